"""What caused it? Asked on the card of whoever ends a case or an incident; nothing waits for the answer."""

from __future__ import annotations

from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.causes import cards
from bot.causes.facts import Ended, causes_of, named_for, proposed
from bot.handoffs.commands import CompleteHandoff
from bot.handoffs.model import Handoff, HandoffState, Offer
from bot.handoffs.search.searching import subject
from bot.incidents.commands import Resolve
from bot.incidents.model import EventKind, Incident, IncidentEvent
from bot.ports import Subject
from bot.say.replies import Private, Replace, Reply
from bot.work.domain import Domain
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.causes.model import Cause
    from bot.say.messages import Message, Part
    from bot.typing.command import Command

    Acts = Callable[[Any, Work], Reply]
    Asks = Callable[[Message, Any, Work], Message]


def asking(domain: Domain) -> Domain:
    """Ask for the cause wherever a domain ends a case or an incident."""
    asks: dict[type[Command], Asks] = {CompleteHandoff: _after_case, Resolve: _after_incident}
    use_cases = {one: _then(act, asks[one]) if one in asks else act for one, act in domain.use_cases.items()}
    return replace(domain, use_cases=use_cases)


def _then(
    act: Callable[[Any, Work], Reply], ask: Callable[[Message, Any, Work], Message]
) -> Callable[[Any, Work], Reply]:
    @wraps(act)
    def acts(command: Command, work: Work) -> Reply:
        reply = act(command, work)
        if not isinstance(reply, Private | Replace):
            return reply
        return reply.model_copy(update={"message": ask(reply.message, command, work)})

    return acts


def _after_case(message: Message, command: CompleteHandoff, work: Work) -> Message:
    """Ask whoever had the case, in the answer and on the card they keep; not where somebody was in danger."""
    me = work.actor.person_id
    handoff = work.session.scalar(
        select(Handoff)
        .where(
            Handoff.organisation_id == work.actor.organisation_id,
            Handoff.ended_at == work.now,
            *((Handoff.id == command.handoff,) if command.handoff is not None else ()),
            Handoff.state == HandoffState.COMPLETED,
            (Handoff.taker_id == me) | (Handoff.taker_id.is_(None) & (Handoff.requester_id == me)),
        )
        .limit(1)
    )
    if handoff is None or handoff.danger is not None:
        return message
    asked = with_parts(message, question(Ended(handoff=handoff), work))
    work.show_to(card_of(handoff), work.me(), lambda: asked)
    return asked


def card_of(handoff: Handoff) -> Subject:
    """Name the card that whoever ended a case keeps."""
    return subject(handoff) if handoff.taker_id is None else Offer(handoff_id=handoff.id).subject


def _after_incident(message: Message, _command: Resolve, work: Work) -> Message:
    incident = work.session.scalar(
        select(Incident)
        .join(IncidentEvent, IncidentEvent.incident_id == Incident.id)
        .where(
            Incident.organisation_id == work.actor.organisation_id,
            Incident.resolved_at == work.now,
            IncidentEvent.kind == EventKind.RESOLVED,
            IncidentEvent.at == work.now,
        )
        .order_by(IncidentEvent.id.desc())
        .limit(1)
    )
    return with_parts(message, question(Ended(incident=incident), work)) if incident is not None else message


def question(ended: Ended, work: Work) -> tuple[Part, ...]:
    """Ask what caused it, the likeliest first; or say what was named."""
    causes: list[Cause] = causes_of(work, retired=True)
    named = named_for(ended, work)
    if named is not None:
        return cards.asked.named(ended, next(one for one in causes if one.id == named.cause_id))
    there = [one for one in causes if one.retired_at is None]
    return cards.asked.question(ended, proposed(ended, there)) if there else ()


def with_parts(message: Message, parts: tuple[Part, ...]) -> Message:
    """Say more below."""
    return message.model_copy(update={"parts": (*message.parts, *parts)})
