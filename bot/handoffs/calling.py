"""Supervisors are called for somebody who has no case of ours, or told of what a customer says."""

from __future__ import annotations

from functools import partial

from bot.directory.availability import AvailabilityState
from bot.directory.model import Person
from bot.directory.roster import availability_of, supervisors
from bot.handoffs.cards import calling as cards
from bot.handoffs.commands import TellSupervisors
from bot.people.leads import DANGER, tell_leads
from bot.ports import Subject
from bot.safety.card import safety_card
from bot.safety.hearing import Danger
from bot.say.replies import Reply
from bot.work.work import Work


def call_for_somebody_else(danger: Danger, work: Work) -> Reply:
    """Call every supervisor for somebody who is not on the team: danger asks nobody for a role."""
    called = supervisors(work.session, work.actor.organisation_id)
    told = partial(cards.somebody_calls, work.actor.name, danger)
    tell_leads(work, called, told, Subject.of(DANGER, work.actor.person_id or 0))
    message = safety_card(danger, work.organisation.emergency or "", (), called=bool(called))
    return work.answer(message if called else cards.nobody_to_call(message))


def tell_supervisors(_command: TellSupervisors, work: Work) -> Reply:
    """Let supervisors on duty know that a customer speaks of lawyers, the press or a regulator."""
    told = [person for person in _on_duty(work) if person.id != work.actor.person_id]
    about = Subject.of("pressure", work.actor.person_id or 0)
    tell_leads(work, told, partial(cards.customer_presses, work.actor.name), about)
    return work.answer(cards.supervisors_are_told([person.name for person in told]))


def _on_duty(work: Work) -> list[Person]:
    """List the supervisors who can be asked now; all of them, if nobody can."""
    everybody = supervisors(work.session, work.actor.organisation_id)
    states = [(person, availability_of(person, work.organisation, work.now).state) for person in everybody]
    return [person for person, state in states if state is AvailabilityState.AVAILABLE] or everybody
