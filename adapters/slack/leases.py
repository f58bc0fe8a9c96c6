"""Whose turn it is to renew a token: a lease in its row, so that one process asks Slack and the others wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.slack.installations import remove_row, token_row
from adapters.slack.model import SlackInstallation
from bot.store.database import lease_time

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.slack.rotation import Renewed

EARLY = timedelta(hours=2)  # before its end a token is renewed
LAST_MOMENT = timedelta(seconds=30)  # before its end nobody begins a call with it
LEASE = timedelta(seconds=30)  # whoever renews has this long; then the next one tries


@dataclass(frozen=True)
class Held:
    """A token as it stands in the database."""

    installation: int
    token: str
    refresh_token: str | None
    expires_at: datetime | None
    taken_until: datetime | None = None  # somebody renews it, by the database's clock, if it has one

    def is_fresh(self, now: datetime) -> bool:
        """Say whether nobody has to think of renewing it."""
        return self.expires_at is None or self.expires_at - now > EARLY

    def holds(self, now: datetime) -> bool:
        """Say whether a call can still be made with it."""
        return self.expires_at is None or self.expires_at - now > LAST_MOMENT

    def is_taken(self, now: datetime) -> bool:
        """Say whether somebody renews it just now."""
        return self.taken_until is not None and self.taken_until > now

    def renewed(self, given: Renewed, now: datetime) -> Held:
        """Give what takes its place."""
        return Held(self.installation, given.token, given.refresh_token, now + given.lasts)


def look_up(session: Session, *, team: str) -> Held | None:
    """Find the token for a team."""
    row = token_row(session, team)
    return _held(row) if row is not None else None


def claim(session: Session, *, team: str, now: datetime) -> tuple[Held | None, datetime | None]:
    """Take the turn to renew, unless that is done or somebody has it; say until when it is ours, if it is."""
    row = token_row(session, team, lock=True)
    held = _held(row) if row is not None else None
    if row is None or held is None or held.is_fresh(now):
        return held, None
    lease_now = session.execute(select(lease_time(session, now))).scalar_one()
    if held.is_taken(lease_now):
        return held, None
    row.refreshing_until = lease_now + LEASE
    return held, row.refreshing_until


def keep(session: Session, *, held: Held) -> None:
    """Write a renewed token down."""
    row = _row(session, held)
    if row is not None:
        row.token, row.refresh_token, row.expires_at = held.token, held.refresh_token, held.expires_at
        row.refreshing_until = None


def give_back(session: Session, *, held: Held, lease: datetime) -> None:
    """Give the turn back, if it is still ours."""
    row = _row(session, held)
    if row is not None and row.refreshing_until == lease:
        row.refreshing_until = None


def end(session: Session, *, held: Held, now: datetime) -> list[str]:
    """Remove an installation that Slack renews no more, unless somebody installed it again meanwhile."""
    row = _row(session, held)
    return remove_row(session, row, now) if row is not None and row.refresh_token == held.refresh_token else []


def expire(session: Session, *, team: str, token: str, now: datetime) -> None:
    """Note that a token has run out earlier than we were told."""
    row = token_row(session, team, lock=True)
    if row is not None and row.token == token and row.expires_at is not None and row.expires_at > now:
        row.expires_at = now


def _held(row: SlackInstallation) -> Held | None:
    return Held(row.id, row.token, row.refresh_token, row.expires_at, row.refreshing_until) if row.token else None


def _row(session: Session, held: Held) -> SlackInstallation | None:
    return session.get(SlackInstallation, held.installation, with_for_update=True)
