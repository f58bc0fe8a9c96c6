"""What happens when a nag could not be delivered: the next is asked, and the owner reads who was not reached."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import Card, DeliveryState
from bot.delivery.reached import told_of_place, was_said
from bot.directory.availability import AvailabilityState
from bot.directory.model import Conversation, Person
from bot.incidents import cards
from bot.incidents.decisions.cadence import Stage
from bot.incidents.facts import IncidentFacts, facts_of
from bot.incidents.model import EventKind, Incident, IncidentEvent
from bot.incidents.owning import miss_owner, offer_subject
from bot.incidents.placing import place_is_silent
from bot.incidents.promise.calling import Leads
from bot.incidents.promise.promises import (
    RESTS,
    nag_in_channel,
    nag_in_chat,
    nag_subject,
    owner_there,
    said_since,
    was_removed_from_all,
    watch,
)
from bot.ports import Subject
from bot.say.language import in_public, listing
from bot.say.messages import Message
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.ports import Outcome

SAID_AGAIN_AFTER = timedelta(days=1)  # that a channel cannot be reached


def hear_of_nags(outcomes: Sequence[Outcome], work: Work) -> None:
    """Ask the next with a nag that nobody could receive."""
    lost: dict[Subject, set[int]] = defaultdict(set)
    for outcome in outcomes:
        if outcome.state != DeliveryState.SENT:
            lost[outcome.subject].add(outcome.conversation_id)
    if not lost:
        return
    leads = Leads(work)
    for facts in _locked(lost, work):
        places = lost.get(nag_subject(facts.incident))
        if facts.is_live and places:
            _ask_the_next(facts, places, leads, work)


def hear_of_opening(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell the opener at once that the channel takes nothing, and where they are reminded instead."""
    lost = {one.subject.number for one in outcomes if one.state == DeliveryState.DEAD}
    if not lost:
        return
    incidents = work.session.scalars(
        select(Incident)
        .where(Incident.id.in_(lost), Incident.organisation_id == work.actor.organisation_id)
        .order_by(Incident.id)
    ).all()
    for facts in facts_of(work, incidents):
        if facts.is_live:
            place_is_silent(facts, work)


def hear_of_worse(outcomes: Sequence[Outcome], work: Work) -> None:
    """Ask the supervisors for an owner where the one there is cannot hear that it became worse."""
    lost = {one.subject.number: one.conversation_id for one in outcomes if one.state == DeliveryState.DEAD}
    theirs = (
        select(Incident)
        .join(Conversation, Conversation.person_id == Incident.owner_id)
        .where(
            Incident.id.in_(lost),
            Conversation.id.in_(lost.values()),
            Incident.organisation_id == work.actor.organisation_id,
        )
    )
    incidents = work.session.scalars(theirs.order_by(Incident.id).with_for_update(of=Incident)).all()
    leads = Leads(work)
    for facts in facts_of(work, incidents):
        if facts.is_live:
            miss_owner(facts, work, lambda: leads.supervisors)


def hear_of_ownership(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell whoever asked somebody to own an incident that they cannot be reached: nobody waits for their answer."""
    lost = {one.subject for one in outcomes if one.state == DeliveryState.DEAD}
    for facts in _locked(lost, work):
        asked = facts.asked
        if asked is None or offer_subject(facts, asked) not in lost:
            continue
        facts.incident.offered_to_id = None
        if (asker := _who_asked(facts, asked, work)) is not None:
            work.tell(facts.subject, asker, partial(cards.owner.offer_not_reached, facts, asked.name))


def _locked(subjects: Collection[Subject], work: Work) -> list[IncidentFacts]:
    """Find the incidents these cards are about, each for us alone."""
    incidents = work.session.scalars(
        select(Incident)
        .where(
            Incident.id.in_({subject.number for subject in subjects}),
            Incident.organisation_id == work.actor.organisation_id,
        )
        .order_by(Incident.id)
        .with_for_update()
    ).all()
    return facts_of(work, incidents)


def _who_asked(facts: IncidentFacts, asked: Person, work: Work) -> Person | None:
    offered = (IncidentEvent.incident_id == facts.incident.id, IncidentEvent.kind == EventKind.OFFERED)
    return work.session.scalar(
        select(Person)
        .join(IncidentEvent, IncidentEvent.person_id == Person.id)
        .where(*offered, IncidentEvent.about_id == asked.id)
        .order_by(IncidentEvent.id.desc())
        .limit(1)
    )


def _ask_the_next(facts: IncidentFacts, places: Collection[int], leads: Leads, work: Work) -> None:
    incident = facts.incident
    if incident.stage == Stage.WARNED:
        miss_owner(facts, work, lambda: leads.supervisors)
    elif incident.stage == Stage.SUPERVISOR and was_removed_from_all(incident, work):
        incident.next_due_at = work.now + RESTS  # nobody can hear us; once somebody is back, it goes on
    elif incident.stage == Stage.SUPERVISOR:
        _call_further(facts, places, leads, work)
    elif incident.stage >= Stage.DUE:
        _remind_owner(facts, places, leads, work)


def _remind_owner(facts: IncidentFacts, places: Collection[int], leads: Leads, work: Work) -> None:
    """Remind the owner in their direct chat of what the channel could not be told; if they are not there, go up."""
    incident = facts.incident
    is_silent = incident.conversation_id in places
    if is_silent:
        say_channel_is_silent(facts, leads, work)
    there = owner_there(facts, work).state is AvailabilityState.AVAILABLE and facts.owner.on_team
    if not is_silent or not there or incident.unreached:
        incident.stage, incident.said_at = Stage.OVERDUE_3, incident.promise_made_at
        watch(facts, work)
        return
    facts.nag([facts.owner])
    nag_in_chat(facts, facts.owner, partial(_written, facts, [facts.place]), work)


def _call_further(facts: IncidentFacts, places: Collection[int], leads: Leads, work: Work) -> None:
    """Call whoever is left when nobody who was called could be reached: others who decide, or else the channel."""
    incident = facts.incident
    states = _where(incident, work)
    if any(state in (DeliveryState.SENT, DeliveryState.PENDING) for one, state in states if one != incident.owner_id):
        return
    called = {person_id for person_id, _state in states if person_id is not None}
    missed = [one.name for one in facts.nagged if one.id in called - {incident.owner_id}] or [facts.place]
    people = leads.further({*called, incident.owner_id})
    in_channel = not people and all(person_id is not None for person_id, _state in states)
    facts.nag(people)
    for person in people:
        nag_in_chat(facts, person, partial(_written, facts, missed), work)
    if in_channel:
        with in_public():
            message = cards.nags.nag(facts, Stage(incident.stage), missed=listing(missed))
        nag_in_channel(facts, message, work, aloud=True)
    if incident.conversation_id in places:
        say_channel_is_silent(facts, leads, work)
    if facts.owner.on_team:
        asked = [one.name for one in people]
        told = partial(cards.owner.not_reached, facts, missed, asked, in_channel=in_channel)
        work.tell(facts.subject, facts.owner, told)


def _where(incident: Incident, work: Work) -> list[tuple[int | None, str]]:
    """List what became of the last nag: in whose direct chat, or None for the channel; what was closed is none."""
    rows = work.session.execute(
        select(Conversation.person_id, Card.state)
        .join(Conversation, Conversation.id == Card.conversation_id)
        .where(
            Card.subject == nag_subject(incident), Card.asked_at >= said_since(incident), Card.outcome_to.is_not(None)
        )
    )
    return [(person_id, state) for person_id, state in rows]


def _written(facts: IncidentFacts, missed: Sequence[str]) -> Message:
    return cards.nags.nag(facts, Stage(facts.incident.stage), missed=listing(missed))


def say_channel_is_silent(facts: IncidentFacts, leads: Leads, work: Work) -> None:
    """Tell supervisors and admins, once a day, that the channel of an incident takes nothing any more."""
    subject, since = Subject.of("silent", facts.incident.conversation_id), work.now - SAID_AGAIN_AFTER
    if subject in leads.said or was_said(work.session, facts.incident.organisation_id, subject, since):
        return
    leads.said.add(subject)
    heard = told_of_place(work.session, facts.channel, since)  # the platform's own trouble says it better
    for person in {one.id: one for one in (*leads.supervisors, *leads.admins)}.values():
        if person.id not in heard:
            work.tell(subject, person, partial(cards.supervisor.channel_is_silent, facts))
