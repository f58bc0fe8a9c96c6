"""Recording: writes down what came of parcels, as a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from bot.delivery.claiming import Counted, ended, is_edit, repeats
from bot.delivery.elsewhere import move_elsewhere
from bot.delivery.ending import REMOVED
from bot.delivery.model import KINDS, UNSAID, Card, Deliverable, DeliveryState, Notice
from bot.store.sets import among, update_each

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.delivery.parcels import Attempt


def record(session: Session, attempts: Sequence[Attempt], now: datetime) -> list[Counted]:
    """Write down what came of each; count it by its platform."""
    counted: list[Counted] = []
    for kind in KINDS:
        made = {attempt.parcel.row_id: attempt for attempt in attempts if attempt.parcel.kind is kind}
        alike = {row_id for row_id, attempt in made.items() if kind is Notice and attempt.failure is None}
        counted += _record_said(session, {row_id: made[row_id] for row_id in alike}, now)
        counted += _record_each(session, kind, {row_id: made[row_id] for row_id in made.keys() - alike}, now)
    return counted


def _record_said(session: Session, made: dict[int, Attempt], now: datetime) -> list[Counted]:
    """Write down notices that were taken, which is the same for all of them."""
    ids = session.scalars(_locked(session, Notice, made).with_only_columns(Notice.id)).all() if made else ()
    sent = {"error": None, "attempts": 0, **ended(Notice, DeliveryState.SENT, now)}
    if ids:
        update_each(session, Notice.id, Notice.reference, {one: made[one].reference for one in ids}, sent)
    return [(made[row_id].parcel.place.platform, DeliveryState.SENT) for row_id in ids]


def _record_each(session: Session, kind: type[Deliverable], made: dict[int, Attempt], now: datetime) -> list[Counted]:
    counted = []
    for row in session.scalars(_locked(session, kind, made).options(defer(kind.body))).all() if made else ():
        if not (made[row.id].gone and move_elsewhere(session, row, now)):
            _note(row, made[row.id], now)
        sent = made[row.id].failure is None  # also a card that has to be shown again at once
        counted.append((made[row.id].parcel.place.platform, DeliveryState.SENT if sent else row.state))
    return counted


def _locked(session: Session, kind: type[Deliverable], ids: Collection[int]) -> Select[Deliverable]:
    """Choose rows in the order in which use cases write them, so that nobody waits for us in a ring."""
    these = select(kind).where(among(session, kind.id, ids))
    return these.order_by(kind.subject, kind.conversation_id).with_for_update()


def _note(row: Deliverable, attempt: Attempt, now: datetime) -> None:
    row.error = attempt.error
    if attempt.failure is None:
        row.lease_until = None
        row.attempts = 0
        if isinstance(row, Card):
            row.shown, row.reference = attempt.parcel.version, attempt.reference
            if row.wanted > row.shown:
                row.try_at = now
                return
            row.afresh = False
        _end(row, DeliveryState.SENT, now)
    elif attempt.failure.kind == "again":
        row.lease_until = None
        row.try_at = now + attempt.failure.after
    elif attempt.failure.kind in ("anew", "dead") and row.subject.kind == UNSAID:  # which says nothing of its reader
        _end(row, DeliveryState.EXPIRED, now)
    elif attempt.failure.kind == "anew" and isinstance(row, Card) and row.reference is not None:
        row.reference, row.shown = None, 0
        row.lease_until, row.try_at = None, now
    elif attempt.failure.kind == "unknown" and repeats(row):
        row.sent_again |= not is_edit(row)
        row.lease_until = None
        row.try_at = now + attempt.failure.after
    elif isinstance(row, Card) and row.wanted > attempt.parcel.version:  # what it should show now may be taken
        row.lease_until, row.try_at, row.attempts = None, now, 0
    elif attempt.failure.kind == "unknown":
        _end(row, DeliveryState.UNKNOWN, now)
    else:
        refused = attempt.gone and attempt.error != REMOVED and not is_edit(row)  # an old message may be too old
        _end(row, DeliveryState.DEAD, now, refused=refused)


def _end(row: Deliverable, state: DeliveryState, now: datetime, *, refused: bool = False) -> None:
    """Note how it ended; that a place refuses what is new is heard of also where nobody asked."""
    row.state, row.ended_at, row.lease_until = state, now, None
    if row.outcome_to is not None or refused:
        row.outcome_due_at = now
