"""What waits: how much is still to be sent, since when the oldest is due, what the clock could not act on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.delivery.model import KINDS, Card, Deliverable, DeliveryState, Notice, Parked, in_state
from bot.store.database import Moment, locks_all
from bot.watch.metrics import Waiting

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE = 500  # rows one round of the sender takes up
NOW = bindparam("now", type_=Moment)  # in statements that are written once


def look(session: Session, now: datetime) -> Waiting:
    """Look at what waits; indexes answer all of it."""
    pending, oldest = 0, now
    for kind in KINDS:
        due = select(func.count(), func.min(kind.try_at)).where(in_state(kind, DeliveryState.PENDING))
        count, first = session.execute(due).one()
        pending += count
        oldest = min(oldest, first or now)
    parked = session.scalar(select(func.count()).select_from(Parked)) or 0
    return Waiting(pending=pending, late=now - oldest, parked=parked)


def anything_due(session: Session, now: datetime, real_now: datetime) -> bool:
    """Say, with one statement, whether anything may have to be sent now; what is held back counts too."""
    return bool(session.scalar(_anything_due(locks_all(session)), moments(session, now, real_now)))


@cache
def _anything_due(by_our_clock: bool) -> Select[bool]:
    """Write the question once: it is asked every second, and after every commit."""
    lease_now = lease_clock(by_our_clock=by_our_clock)
    return select(or_(*(exists().where(is_due(kind, NOW, lease_now)) for kind in KINDS)))


def moments(session: Session, now: datetime, real_now: datetime) -> dict[str, datetime]:
    """Give the moments that a statement written once is asked with."""
    return {"now": now} | ({"real_now": real_now} if locks_all(session) else {})


def lease_clock(*, by_our_clock: bool) -> ColumnElement[datetime]:
    """Name the moment that leases go by, in a statement written once."""
    return bindparam("real_now", type_=Moment) if by_our_clock else func.now(type_=Moment)


def is_due(kind: type[Deliverable], now: Any, lease_now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Say that a row has to be sent now, and nobody is at it."""
    return and_(
        kind.state == DeliveryState.PENDING,
        kind.try_at <= now,
        or_(kind.lease_until.is_(None), kind.lease_until < lease_now),
    )


def due_rows(kind: type[Deliverable], now: Any, lease_now: ColumnElement[datetime]) -> Select[Deliverable]:
    """Choose the rows that may be sent now, those of nobody's lease and in their order: as an index has them."""
    may_go = (is_due(kind, now, lease_now), ~_held_back(kind, Card), ~_held_back(kind, Notice))
    return select(kind).where(*may_go).order_by(kind.try_at, kind.asked_at).limit(AT_ONCE)


def late_rows(kind: type[Deliverable], before: Any, lease_now: ColumnElement[datetime]) -> Select[int]:
    """Choose what could have been sent before then, and was not: nothing holds it back."""
    late = due_rows(kind, NOW, lease_now).where(kind.try_at < before)
    return late.order_by(None).with_only_columns(kind.id)


def _held_back(kind: type[Deliverable], by: type[Deliverable]) -> ColumnElement[bool]:
    """Something of the same subject, asked for earlier, has still to go out in the same conversation."""
    earlier = aliased(by)
    return exists().where(
        and_(
            earlier.subject == kind.subject,
            earlier.conversation_id == kind.conversation_id,
            earlier.state == DeliveryState.PENDING,
            earlier.asked_at < kind.asked_at,
        )
    )
