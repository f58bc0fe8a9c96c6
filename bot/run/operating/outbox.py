"""The outbox: what waits to be sent or was given up, as rows without a word of what they say; to retry or to drop."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from bot.delivery.model import KINDS, Deliverable, DeliveryState, in_state
from bot.directory.model import Conversation, Person, Workspace
from bot.errors import NothingFound, WrongUse
from bot.run.deeds import note_deed
from bot.run.operating.outdated import out_of_date
from bot.run.operating.places import place_name
from bot.run.operating.reasons import DROPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy.orm import Session

WAITING = (DeliveryState.PENDING, DeliveryState.DEAD, DeliveryState.UNKNOWN)  # somebody may have to do something
MENDABLE = (DeliveryState.DEAD, DeliveryState.UNKNOWN)
AGAIN = "goes out again"
PASSED_OVER = "passed over: "
UNDERWAY = "left as it is: it is being sent just now"
LONGEST_NUMBER = 18  # digits: what a column of numbers takes
NAMES = {kind.__name__.lower(): kind for kind in KINDS}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One card or notice, without its words."""

    name: str  # such as notice:12
    about: str  # the kind of its subject, such as offer
    platform: str
    place: str
    state: str
    asked_at: datetime
    attempts: int
    try_at: datetime
    error: str | None
    readable: bool  # its words are still there


def entries(session: Session, now: datetime, states: Sequence[str], within: timedelta) -> list[Entry]:
    """List what is in these states, the oldest first; what ended only if it did lately."""
    found = [entry for kind in KINDS for entry in _of_kind(session, kind, states, now - within)]
    return sorted(found, key=lambda entry: (entry.asked_at, entry.name))


def _of_kind(session: Session, kind: type[Deliverable], states: Sequence[str], since: datetime) -> Iterable[Entry]:
    # Its words are not loaded: this shall work with any key, and show nobody what others read.
    row = kind.__table__.c
    rows = session.execute(
        select(
            row.id,
            row.subject,
            row.state,
            row.asked_at,
            row.attempts,
            row.try_at,
            row.error,
            row.body.is_not(None),
            Workspace.platform,
            place_name(),
        )
        .join(Conversation, Conversation.id == row.conversation_id)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .where(in_state(row, *states), or_(row.ended_at.is_(None), row.ended_at > since))
    )
    for row_id, subject, state, asked_at, attempts, try_at, error, readable, platform, place in rows:
        yield Entry(
            name=f"{kind.__name__.lower()}:{row_id}",
            about=subject.kind,
            platform=platform,
            place=place,
            state=state,
            asked_at=asked_at,
            attempts=attempts,
            try_at=try_at,
            error=error,
            readable=readable,
        )


def retry(session: Session, now: datetime, names: Sequence[str], *, stale: bool = False) -> list[tuple[str, str]]:
    """Have messages sent again as if for the first time; say of each what was done.

    What is no longer true is passed over, unless it is to go out all the same.
    """
    rows = _rows(session, names)
    note_deed(session, "operator-retries-messages", {row.organisation_id for _name, row, _has_words in rows})
    return [(name, _retry(session, row, now, has_words=has_words, stale=stale)) for name, row, has_words in rows]


def passed_over(done: Iterable[str]) -> Counter[str]:
    """Count what was passed over, by why."""
    return Counter(one.removeprefix(PASSED_OVER) for one in done if one.startswith(PASSED_OVER))


def drop(session: Session, now: datetime, names: Sequence[str]) -> list[tuple[str, str]]:
    """Never send messages, and erase their words; whoever wanted to know hears that they did not arrive."""
    rows = _rows(session, names)
    note_deed(session, "operator-drops-messages", {row.organisation_id for _name, row, _has_words in rows})
    return [(name, _drop(row, now)) for name, row, _has_words in rows]


def _retry(session: Session, row: Deliverable, now: datetime, *, has_words: bool, stale: bool) -> str:
    if row.state == DeliveryState.SENT:
        return "left as it is: it was sent"
    if not has_words:
        return "left as it is: its words are erased, as a day after its end"
    if _is_underway(row, now):
        return UNDERWAY
    if not stale and (why := out_of_date(session, row, now)):
        return f"{PASSED_OVER}{why}"
    if row.not_after is not None and row.not_after <= now:
        row.not_after = None
    row.sent_again |= row.state == DeliveryState.UNKNOWN  # they read that they may have seen it
    row.state, row.try_at, row.attempts = DeliveryState.PENDING, now, 0
    row.lease_until = row.ended_at = row.error = row.outcome_due_at = None
    return AGAIN


def _drop(row: Deliverable, now: datetime) -> str:
    if row.state in (DeliveryState.SENT, DeliveryState.EXPIRED):
        return f"left as it is: it is {row.state}"
    if _is_underway(row, now):
        return UNDERWAY
    if row.state == DeliveryState.PENDING and row.outcome_to is not None:
        row.outcome_due_at = now
    row.state, row.error, row.body = DeliveryState.DEAD, DROPPED, None
    row.ended_at, row.lease_until = now, None
    return "dropped"


def _is_underway(row: Deliverable, now: datetime) -> bool:
    return row.state == DeliveryState.PENDING and row.lease_until is not None and row.lease_until > now


def _rows(session: Session, names: Sequence[str]) -> list[tuple[str, Deliverable, bool]]:
    """Find messages by their names, with whether their words are still there; those are not loaded."""
    found = []
    for name in dict.fromkeys(names):
        called, _colon, number = name.partition(":")
        kind = NAMES.get(called)
        if kind is None or not number.isdecimal() or len(number) > LONGEST_NUMBER:
            raise WrongUse(f"{name} is no message. Copy one from: zanshin outbox list (such as notice:12)")
        rows = select(kind, kind.body.is_not(None)).where(kind.id == int(number)).options(defer(kind.body))
        row = session.execute(rows.with_for_update()).first()
        if row is None:
            raise NothingFound(f"There is no {name}; nothing was changed. See: zanshin outbox list")
        found.append((name, row[0], row[1]))
    return found
