"""Somebody says what caused a handoff or an incident, and may say so again."""

from __future__ import annotations

from sqlalchemy import select

from bot.causes import cards
from bot.causes.asking import card_of, question, with_parts
from bot.causes.commands import AskForCause, NameCause, OnEnded
from bot.causes.facts import Ended, causes_of, named_for
from bot.causes.model import Attribution, Cause
from bot.errors import NotAllowed, NotFound, Refusal
from bot.handoffs.facts import facts_of
from bot.handoffs.model import OPEN, Handoff, HandoffState
from bot.handoffs.showing import card_for
from bot.incidents.model import Incident
from bot.say.language import _
from bot.say.replies import OpenForm, Private, Reply
from bot.typing.command import Need
from bot.work.permissions import may
from bot.work.work import Work


def ask_for_cause(command: AskForCause, work: Work) -> Reply:
    """Open the list of causes."""
    ended = _meant(command, work)
    causes = causes_of(work)
    if not causes:
        return work.answer(cards.asked.no_causes_yet())
    named = named_for(ended, work)
    return OpenForm(form=cards.asked.cause_form(ended, causes, named.cause_id if named is not None else None))


def name_cause(command: NameCause, work: Work) -> Reply:
    """Keep what was named; the last word holds."""
    ended = _meant(command, work)
    causes_of(work)
    cause = work.look(Cause, command.cause, _("This cause"))
    if cause.retired_at is not None:
        raise Refusal(
            _("{name} is retired.").format(name=cause.name),
            _("Nobody is to choose it any more."),
            _("Choose another cause."),
        )
    row = named_for(ended, work)
    if row is None:
        row = Attribution(organisation_id=work.actor.organisation_id)
        row.handoff_id = ended.handoff.id if ended.handoff is not None else None
        row.incident_id = ended.incident.id if ended.incident is not None else None
        work.session.add(row)
    row.cause_id = cause.id
    work.session.flush()
    return _named(ended, cause, work)


def _named(ended: Ended, cause: Cause, work: Work) -> Reply:
    """Say so where it was asked; a case's card goes on standing above it."""
    handoff = ended.handoff
    if handoff is None or work.actor.person_id != (handoff.taker_id or handoff.requester_id):
        return Private(message=cards.asked.named_alone(ended, cause))
    card = with_parts(card_for(facts_of(handoff, work), work), question(ended, work))
    work.show_to(card_of(handoff), work.me(), lambda: card)
    if work.origin is not None and (work.origin.stays or not work.origin.pressed):
        return Private(message=cards.asked.named_alone(ended, cause))
    return work.answer(card)


def _meant(command: OnEnded, work: Work) -> Ended:
    if command.incident is not None:
        return Ended(incident=_incident(command.incident, work))
    if command.handoff is not None:
        return Ended(handoff=_ours(work.look(Handoff, command.handoff, _("This handoff")), work))
    me = work.actor.person_id
    mine = work.session.scalar(
        select(Handoff)
        .where(
            Handoff.state == HandoffState.COMPLETED,
            (Handoff.taker_id == me) | (Handoff.taker_id.is_(None) & (Handoff.requester_id == me)),
        )
        .order_by(Handoff.ended_at.desc())
        .limit(1)
    )
    if mine is None:
        raise NotFound(
            _("You ended no case lately."),
            _("A cause is named for a case you are done with, or for an incident."),
            _("For an incident, type its number: `/zanshin cause 12`."),
        )
    return Ended(handoff=mine)


def _incident(number: int, work: Work) -> Incident:
    found = work.session.scalar(
        select(Incident).where(Incident.organisation_id == work.actor.organisation_id, Incident.number == number)
    )
    if found is None:
        raise NotFound(
            _("There's no incident #{number}.").format(number=number),
            _("Numbers count up from 1 in your organisation."),
            _("`/incident` shows those that are open, `/incident history` what they were."),
        )
    return found


def _ours(handoff: Handoff, work: Work) -> Handoff:
    me = work.actor.person_id
    if me not in (handoff.taker_id, handoff.requester_id) and not may(work.actor, Need.SUPERVISOR):
        raise NotAllowed(
            _("That wasn't done."),
            _("This handoff is somebody else's."),
            _("Ask them, or a supervisor: `/zanshin team` lists who they are."),
        )
    if handoff.state in OPEN:
        raise Refusal(
            _("No cause is named yet."),
            _("The case isn't over."),
            _("Say first that you're done with it; then I ask."),
        )
    return handoff
