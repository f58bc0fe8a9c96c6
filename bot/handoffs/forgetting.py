"""Handoffs that are over: their words go after a day; why somebody stepped out, and that it was them, goes later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, case, delete, exists, or_, select, update

from bot.delivery.model import KINDS
from bot.directory.model import Person
from bot.directory.nobody import nobody_of
from bot.handoffs.decisions.hold import HoldStage
from bot.handoffs.kept import WORDS_KEPT
from bot.handoffs.model import Handoff, HandoffState, Hold, Offer
from bot.handoffs.search.searching import subject
from bot.handoffs.takeover.taking import callback_subject, care_subject, closed_subject
from bot.ports import Subject
from bot.work.retention import AT_ONCE, Retention, let_go

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


def erase_old(session: Session, now: datetime, *, retention: Retention) -> bool:
    """Erase what was written about cases a day after their end, and later who stepped out, and why."""
    old = (
        Handoff.ended_at < now - WORDS_KEPT,
        or_(Handoff.note_text.is_not(None), Handoff.case.is_not(None), Handoff.customer.is_not(None)),
    )
    ended = select(Handoff.id).where(Handoff.ended_at < now - WORDS_KEPT)
    told = or_(Handoff.reason_text.is_not(None), Handoff.danger_text.is_not(None))
    words = let_go(
        session,
        update(Handoff).where(*old).values(note_text=None, case=None, customer=None),
        update(Offer).where(Offer.handoff_id.in_(ended), Offer.why_text.is_not(None)).values(why_text=None),
        update(Handoff)
        .where(Handoff.ended_at < now - retention.reasons, told)
        .values(reason_text=None, danger_text=None),
    )
    people = _let_go_of_who_stepped_out(session, now - retention.reasons)
    return _let_go_of_holds(session, now - retention.reasons) or people or words


def _let_go_of_who_stepped_out(session: Session, before: datetime) -> bool:
    """Leave that there was a handoff, when, how far it had to look, and who took it."""
    nobody = select(Person.id).where(Person.is_nobody)
    told = or_(
        Handoff.requester_id.not_in(nobody),
        # Who stepped out may have been erased before: the others are let go of all the same.
        exists().where(Offer.handoff_id == Handoff.id),
        and_(Handoff.state == HandoffState.PASSED_ON, Handoff.taker_id.not_in(nobody)),
    )
    named = select(Handoff).where(Handoff.ended_at < before, told)
    handoffs = session.scalars(named.order_by(Handoff.ended_at).limit(AT_ONCE)).all()
    messages = [name for one in handoffs for name in _subjects(one)]  # before nobody stands in for who stepped out
    for ids, stands_in in _by_organisation(session, handoffs):
        session.execute(
            update(Handoff)
            .where(Handoff.id.in_(ids))
            .values(
                requester_id=stands_in,
                started_by_id=stands_in,
                wish_id=None,
                # Whoever passed a case on has stepped out of it too.
                taker_id=case((Handoff.state == HandoffState.PASSED_ON, stands_in), else_=Handoff.taker_id),
                playbooks=[],
            )
        )
        # Where everybody else was asked, the one who was not is found.
        session.execute(delete(Offer).where(Offer.handoff_id.in_(ids)))
    _drop_messages(session, messages)
    return len(handoffs) == AT_ONCE


def _subjects(handoff: Handoff) -> Iterator[Subject]:
    """Name the messages about it: in whose direct chat they stand tells whose it was."""
    yield from (
        subject(handoff),
        Subject.of("offer", handoff.id),
        Subject.of("taken", handoff.id),
        care_subject(handoff),
        callback_subject(handoff),
        closed_subject(handoff),
    )


def _let_go_of_holds(session: Session, before: datetime) -> bool:
    """Leave how long customers waited: a hold that ended as a handoff began tells who stepped out."""
    nobody = select(Person.id).where(Person.is_nobody)
    named = select(Hold).where(Hold.ended_at < before, Hold.person_id.not_in(nobody))
    holds = session.scalars(named.order_by(Hold.id).limit(AT_ONCE)).all()
    for ids, stands_in in _by_organisation(session, holds):
        session.execute(update(Hold).where(Hold.id.in_(ids)).values(person_id=stands_in))
    _drop_messages(session, [name for one in holds for name in (one.subject, *_once_apart(one))])
    return len(holds) == AT_ONCE


def _once_apart(hold: Hold) -> Iterator[Subject]:
    """Name the messages of a hold that began when each stage of it still had one of its own."""
    yield from (Subject.of("hold", hold.id, stage.name.lower()) for stage in HoldStage)


def _by_organisation(session: Session, rows: Sequence[Handoff] | Sequence[Hold]) -> Iterator[tuple[list[int], int]]:
    for organisation_id in sorted({one.organisation_id for one in rows}):
        yield (
            [one.id for one in rows if one.organisation_id == organisation_id],
            nobody_of(session, organisation_id).id,
        )


def _drop_messages(session: Session, subjects: Sequence[Subject]) -> None:
    for kind in KINDS:
        for first in range(0, len(subjects), AT_ONCE):
            session.execute(delete(kind).where(kind.subject.in_(subjects[first : first + AT_ONCE])))
