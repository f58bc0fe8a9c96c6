"""Claiming: leases what is due to this process, as a set, and makes a parcel of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ScalarSelect, Select, case, null, select, update
from sqlalchemy.orm import aliased

from bot.delivery.landmarks import with_landmarks
from bot.delivery.model import Card, Deliverable, DeliveryState, IfUnknown
from bot.delivery.parcels import Parcel, marked_again
from bot.delivery.retry import may_repeat
from bot.delivery.waiting import NOW, due_rows, lease_clock, moments
from bot.directory import addresses
from bot.directory.model import Conversation, ConversationKind, Identity, Workspace
from bot.ports import Place
from bot.say.messages import Message
from bot.store.database import locks_all
from bot.store.sets import among

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

LEASE = timedelta(seconds=30)

Counted = tuple[str, str]  # the platform of a message, and what came of it
Fate = Literal["send", "again", "expired", "unknown"]


@dataclass
class Claimed:
    """What one claim came to."""

    parcels: list[Parcel] = field(default_factory=list)
    ended: list[Counted] = field(default_factory=list)

    @classmethod
    def of(cls, several: Sequence[Claimed]) -> Claimed:
        """Put several together."""
        return cls([one for each in several for one in each.parcels], [one for each in several for one in each.ended])

    @property
    def count(self) -> int:
        """Say how many rows that were."""
        return len(self.parcels) + len(self.ended)


def claim(
    session: Session, kind: type[Deliverable], now: datetime, real_now: datetime, only: int | None = None
) -> Claimed:
    """Lease what is due, or one row of it, and end what is too late or must not be said twice.

    One statement finds it, with all that sending takes; one writes down each of what may come of it.
    """
    due = _due_with_places(kind, locks_all(session))
    found = session.execute(due if only is None else due.where(kind.id == only), moments(session, now, real_now)).all()
    claimed, fates = Claimed(), defaultdict[Fate, list[int]](list)
    for row, _at, workspace, conversation, account, root in found:
        fate = fate_of(row, now)
        fates[fate].append(row.id)
        if fate in ("send", "again"):
            place = _place(row, workspace, conversation, account, root)
            claimed.parcels.append(_parcel(session, row, conversation, place, again=row.sent_again or fate == "again"))
        else:
            claimed.ended.append((workspace.platform, fate))
    claimed.parcels = with_landmarks(session, claimed.parcels)
    leased = {"lease_until": found[0][1] + LEASE, "attempts": kind.attempts + 1} if found else {}
    write_down(session, kind, fates["send"], leased)
    write_down(session, kind, fates["again"], leased | {"sent_again": True})
    write_down(session, kind, fates["expired"], ended(kind, DeliveryState.EXPIRED, now))
    write_down(session, kind, fates["unknown"], ended(kind, DeliveryState.UNKNOWN, now))
    return claimed


def write_down(session: Session, kind: type[Deliverable], ids: Collection[int], values: dict[str, Any]) -> None:
    """Write the same to several rows, with one statement."""
    if ids:
        same = update(kind).where(among(session, kind.id, ids)).values(values)
        session.execute(same, execution_options={"synchronize_session": False})


def ended(kind: type[Deliverable], state: DeliveryState, now: datetime) -> dict[str, Any]:
    """Give the values of rows that are done with; whoever wants to know hears of it."""
    heard = case((kind.outcome_to.is_not(None), now), else_=kind.outcome_due_at)
    return {"state": state, "ended_at": now, "lease_until": None, "outcome_due_at": heard}


def fate_of(row: Deliverable, now: datetime) -> Fate:
    """Decide about a row that is due: to be sent, perhaps once more; too late; or nobody knows whether it went out."""
    if row.not_after is not None and now > row.not_after:
        return "expired"
    if row.lease_until is None:
        return "send"
    if not repeats(row):
        return "unknown"
    return "send" if is_edit(row) else "again"


def is_edit(row: Deliverable) -> bool:
    """Say whether sending it changes a message that stands already."""
    return isinstance(row, Card) and row.reference is not None and not row.afresh


def repeats(row: Deliverable) -> bool:
    """Decide about a row of which nobody knows whether it arrived."""
    return may_repeat(row.attempts, harmless=is_edit(row), wanted=row.if_unknown == IfUnknown.AGAIN)


@cache
def _due_with_places(
    kind: type[Deliverable], by_our_clock: bool
) -> Select[Deliverable, datetime, Workspace, Conversation, str, str | None]:
    """Choose what may be sent now, with the time for leases and where each is to go, locked: written once."""
    lease_now = lease_clock(by_our_clock=by_our_clock)
    return (
        due_rows(kind, NOW, lease_now)
        .add_columns(lease_now, Workspace, Conversation, _account(), _root(kind))
        .join(Conversation, Conversation.id == kind.conversation_id)
        .join(Workspace, Workspace.id == Conversation.workspace_id)
        .with_for_update(of=kind, skip_locked=True)
    )


def _account() -> ScalarSelect[str]:
    """Find the person's address on the platform of their direct chat."""
    theirs = (Identity.person_id == Conversation.person_id, Identity.workspace_id == Conversation.workspace_id)
    return select(Identity.address).where(*theirs).limit(1).correlate(Conversation).scalar_subquery()


def _root(kind: type[Deliverable]) -> ScalarSelect[str | None]:
    """Find the message in whose thread a card stands; where that was never shown, none."""
    if not issubclass(kind, Card):
        return select(null()).scalar_subquery()
    root = aliased(Card)
    stands = (root.subject == kind.under, root.conversation_id == kind.conversation_id)
    return select(root.reference).where(*stands).correlate(kind).scalar_subquery()


def _place(
    row: Deliverable, workspace: Workspace, conversation: Conversation, account: str | None, root: str | None
) -> Place:
    at_home = conversation.kind == ConversationKind.HOME
    return Place(
        platform=workspace.platform,
        workspace=workspace.address,
        conversation=conversation.address,
        kind=conversation.kind,
        account=addresses.account_at_home(conversation.address) if at_home else account or "",
        under=root,
        aloud=isinstance(row, Card) and row.under is not None and row.aloud,
    )


def _parcel(session: Session, row: Deliverable, conversation: Conversation, place: Place, *, again: bool) -> Parcel:
    message = Message.model_validate_json(row.body or "")  # its words were let go of: as one that cannot be read
    reference, afresh = (row.reference, row.afresh) if isinstance(row, Card) else (None, False)
    return Parcel(
        kind=type(row),
        row_id=row.id,
        place=place,
        message=marked_again(session, conversation, message) if again else message,
        version=row.wanted if isinstance(row, Card) else 0,
        reference=None if afresh else reference,
        former=reference if afresh else None,
        attempts=row.attempts + 1,
    )
