"""Whom messages reach: people whose last message was refused are not asked first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from bot.delivery.ending import REMOVED
from bot.delivery.model import KINDS, DeliveryState, Notice
from bot.directory.model import Conversation, Identity
from bot.ports import Subject

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

FORGIVEN_AFTER = timedelta(days=1)  # then they are tried again
NOT_THEIRS = (REMOVED, "MessageTooLong")  # refusals that say nothing about the person


def out_of_reach(session: Session, people: Collection[int], now: datetime) -> set[int]:
    """Find those whose last message was refused, and who have done nothing since."""
    lost: dict[int, datetime] = {}
    heard: dict[int, datetime] = {}
    for kind in KINDS:
        refused = (kind.state == DeliveryState.DEAD) & kind.error.not_in(NOT_THEIRS)
        taken = kind.state == DeliveryState.SENT
        rows = session.execute(
            select(
                Conversation.person_id,
                func.max(case((refused, kind.ended_at))),
                func.max(case((taken, kind.ended_at))),
            )
            .join(Conversation, Conversation.id == kind.conversation_id)
            .where(Conversation.person_id.in_(people), kind.asked_at > now - FORGIVEN_AFTER)
            .group_by(Conversation.person_id)
        )
        for person_id, refused_at, taken_at in rows:
            _keep_latest(lost, person_id, refused_at)
            _keep_latest(heard, person_id, taken_at)
    if not lost:
        return set()
    acts = select(Identity.person_id, func.max(Identity.last_acted_at)).where(Identity.person_id.in_(lost))
    for person_id, acted_at in session.execute(acts.group_by(Identity.person_id)):
        _keep_latest(heard, person_id, acted_at)
    return {person_id for person_id, at in lost.items() if person_id not in heard or heard[person_id] < at}


def _keep_latest(found: dict[int, datetime], person_id: int | None, at: datetime | None) -> None:
    if person_id is not None and at is not None:
        found[person_id] = max(at, found.get(person_id, at))


def silent_places(session: Session, places: Collection[int]) -> set[int]:
    """Find the conversations that refused what was last said there."""
    lost: dict[int, datetime] = {}
    heard: dict[int, datetime] = {}
    for kind in KINDS:
        states = (DeliveryState.DEAD, DeliveryState.SENT)
        ended = select(kind.conversation_id, kind.state, func.max(kind.ended_at)).where(
            kind.conversation_id.in_(places), kind.state.in_(states)
        )
        for place, state, at in session.execute(ended.group_by(kind.conversation_id, kind.state)):
            _keep_latest(lost if state == DeliveryState.DEAD else heard, place, at)
    return {place for place, at in lost.items() if place not in heard or heard[place] < at}


def was_said(session: Session, organisation_id: int, subject: Subject, since: datetime) -> bool:
    """Say whether something was said about a subject since a moment."""
    said = select(Notice.id).where(
        Notice.organisation_id == organisation_id, Notice.subject == subject, Notice.asked_at > since
    )
    return session.scalars(said.limit(1)).first() is not None


def trouble_subject(code: str, where: str) -> Subject:
    """Name what a platform refuses at a place, as people are told of it."""
    return Subject.of("trouble", code, where)


def told_of_place(session: Session, place: Conversation, since: datetime) -> set[int]:
    """Find the people who were told since a moment that a platform refuses us at a place."""
    told = (
        select(Conversation.person_id)
        .join(Notice, Notice.conversation_id == Conversation.id)
        .where(
            Notice.organisation_id == place.organisation_id,
            Notice.asked_at > since,
            Notice.subject.like(str(trouble_subject("%", place.address))),
        )
    )
    return {person_id for person_id in session.scalars(told) if person_id is not None}
