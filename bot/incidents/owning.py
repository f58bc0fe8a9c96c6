"""Who owns an incident, whether they are there, and the questions that are open while they are not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState
from bot.directory.model import Person
from bot.directory.roster import availability_of
from bot.directory.roster import supervisors as all_supervisors
from bot.errors import NotAllowed, Refusal
from bot.incidents import cards
from bot.incidents.commands import AcceptOwnership, AskForOwner, OfferOwnership
from bot.incidents.facts import IncidentFacts
from bot.incidents.meant import insist_on_owner, live_incident
from bot.incidents.model import EventKind, Incident
from bot.incidents.promises import BEFORE_THE_END, record, show, watch
from bot.say.language import N_, _
from bot.say.replies import OpenForm, Private, Reply
from bot.typing.command import Need
from bot.work.named import find_person
from bot.work.permissions import may

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.work.work import TextWriter, Work

    Called = Callable[[], Sequence[Person]]  # the supervisors on duty, looked up when they are needed


def ask_for_owner(command: AskForOwner, work: Work) -> Reply:
    """Open the form that names an owner; whoever may only choose themselves gets a button for that."""
    facts = live_incident(command, work)
    if work.actor.person_id != facts.incident.owner_id and not may(work.actor, Need.SUPERVISOR):
        raise NotAllowed(
            _("{name} owns #{number}.").format(name=facts.owner.name, number=facts.incident.number),
            _("Only they and supervisors can ask somebody else."),
            _("You can own it yourself, at once."),
            (OfferOwnership(number=facts.incident.number, who="me").button(_("I own it"), "primary"),),
        )
    return OpenForm(form=cards.forms.owner_form(facts))


def offer_ownership(command: OfferOwnership, work: Work) -> Reply:
    """Ask somebody to own an incident; oneself, at once."""
    facts = live_incident(command, work)
    person = find_person(work, command.who)
    if not person.on_team:
        raise Refusal(
            _("{name} was not asked.").format(name=person.name),
            _("They are not on the support team."),
            _("Choose somebody of the team: `/zanshin team`."),
        )
    if person.id == facts.incident.owner_id:
        return Private(message=cards.owner.owned(facts.incident, facts.owner))
    if person.id == work.actor.person_id:
        return _own(facts, person, work)
    if not may(work.actor, Need.SUPERVISOR):
        insist_on_owner(facts, work)
    close_offer(facts, work, partial(cards.owner.owned, facts.incident, facts.owner))
    facts.incident.offered_to_id = person.id
    record(facts, EventKind.OFFERED, work, about_id=person.id)
    work.show_to(offer_subject(facts, person), person, partial(cards.owner.own_it, facts, work.actor.name))
    there = availability_of(person, facts.organisation, work.now)
    return Private(message=cards.actor.offered(facts, person.name, there))


def accept_ownership(command: AcceptOwnership, work: Work) -> Reply:
    """Own an incident one was asked to own, or whose owner is not there."""
    facts = live_incident(command, work)
    me = work.me()
    if facts.incident.owner_id == me.id:
        return work.answer(cards.owner.owned(facts.incident, facts.owner))
    if facts.incident.offered_to_id != me.id and facts.incident.orphaned_at is None:
        raise Refusal(
            _("Nothing was changed."),
            _("{name} owns #{number}.").format(name=facts.owner.name, number=facts.incident.number),
            _("To own it all the same, press “Owner …” on its card and choose yourself."),
        )
    return _own(facts, me, work)


def _own(facts: IncidentFacts, person: Person, work: Work) -> Reply:
    incident, before = facts.incident, facts.owner
    over = partial(cards.owner.owned, incident, person)
    close_offer(facts, work, over)
    close_orphan(facts, work, over)
    facts.own(person)
    incident.offered_to_id, incident.handover_asked_at = None, None
    record(facts, EventKind.OWNED, work, about_id=person.id)
    show(facts, work)
    watch(facts, work)
    if before.id not in (person.id, work.actor.person_id):
        work.tell(facts.subject, before, partial(cards.owner.owned, facts.incident, facts.owner))
    return work.answer(cards.owner.owned(facts.incident, facts.owner))


IS_BACK = N_("{name} is here again.")


def mind_owner(facts: IncidentFacts, owner: Availability, work: Work, supervisors: Called) -> None:
    """See whether the owner is there to keep the promise, and for how long."""
    incident = facts.incident
    if owner.state is AvailabilityState.AVAILABLE and facts.owner.on_team:
        if not incident.unreached:
            close_orphan(facts, work, partial(cards.owner.note_over, facts, IS_BACK))
        ends = owner.until
        if ends is None or incident.handover_asked_at == ends:
            return
        if ends - BEFORE_THE_END <= work.now and facts.owner.shifts:
            incident.handover_asked_at = ends
            work.tell(facts.subject, facts.owner, partial(cards.owner.hand_over_before_you_go, facts, ends))
        else:
            incident.handover_asked_at = None
        return
    back = owner.until if owner.state is AvailabilityState.OFF_SHIFT else None
    if back is None or incident.promise_at < back or not facts.owner.on_team:
        call_for_owner(facts, work, supervisors)


def call_for_owner(facts: IncidentFacts, work: Work, supervisors: Called) -> None:
    """Ask the supervisors, once, for an owner who is there."""
    incident = facts.incident
    if incident.orphaned_at is not None:
        return
    incident.orphaned_at = work.now
    asked = [one for one in supervisors() if one.id != facts.owner.id]
    for one in asked:
        work.show_to(_orphan_subject(incident), one, partial(cards.supervisor.owner_is_away, facts))
    there = availability_of(facts.owner, facts.organisation, work.now)
    if facts.owner.on_team and there.state is AvailabilityState.AWAY:
        away = partial(cards.owner.you_are_away, facts, asked=bool(asked))
        work.show_to(_orphan_subject(incident), facts.owner, away)


def miss_owner(facts: IncidentFacts, work: Work, supervisors: Called) -> None:
    """Ask the supervisors too when an owner who seems to be there cannot be reached."""
    if facts.incident.orphaned_at is None:
        facts.incident.unreached = True
        call_for_owner(facts, work, supervisors)


def hear_of_owner(facts: IncidentFacts, work: Work) -> None:
    """Close that question again once the owner does something."""
    incident = facts.incident
    if incident.unreached and work.actor.person_id == incident.owner_id:
        close_orphan(facts, work, partial(cards.owner.note_over, facts, IS_BACK))


def close_orphan(facts: IncidentFacts, work: Work, write: TextWriter) -> None:
    """Close the question for an owner who is there, wherever it was asked."""
    incident = facts.incident
    if incident.orphaned_at is None:
        return
    asked = {one.id: one for one in (*all_supervisors(work.session, incident.organisation_id), facts.owner)}
    for one in asked.values():
        work.correct_for(_orphan_subject(incident), one, write)
    incident.orphaned_at, incident.unreached = None, False


def close_offer(facts: IncidentFacts, work: Work, write: TextWriter) -> None:
    """Close the question to whoever was asked to own it."""
    if (asked := facts.asked) is not None:
        work.correct_for(offer_subject(facts, asked), asked, write)


def offer_subject(facts: IncidentFacts, person: Person) -> str:
    """Name the card that asks somebody to own it."""
    return f"own:{facts.incident.id}:{person.id}"


def _orphan_subject(incident: Incident) -> str:
    since = int(incident.orphaned_at.timestamp()) if incident.orphaned_at is not None else 0
    return f"orphan:{incident.id}:{since}"
