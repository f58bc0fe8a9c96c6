"""Who owns an incident, whether they are there, and the questions that are open while they are not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.availability import Availability, AvailabilityState
from bot.directory.model import Person
from bot.directory.roster import availability_of
from bot.errors import NotAllowed, Refusal
from bot.incidents import cards
from bot.incidents.commands import AcceptOwnership, AskForOwner, OfferOwnership
from bot.incidents.facts import IncidentFacts, facts_of
from bot.incidents.meant import insist_on_owner, live_incident, own_it_myself
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent
from bot.incidents.promise.promises import BEFORE_THE_END, record, show, watch
from bot.ports import Subject
from bot.say.language import _
from bot.say.replies import OpenForm, Private, Reply
from bot.typing.command import Need
from bot.work.named import find_person
from bot.work.permissions import may

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.work.work import TextWriter, Work

    Called = Callable[[], Sequence[Person]]  # the supervisors on duty, looked up when they are needed

OWN_OUTCOME = "own-offer"


def ask_for_owner(command: AskForOwner, work: Work) -> Reply:
    """Open the form that names an owner; whoever may only choose themselves gets a button for that."""
    facts = live_incident(command, work)
    if work.actor.person_id != facts.incident.owner_id and not may(work.actor, Need.SUPERVISOR):
        raise NotAllowed(
            _("{name} owns #{number}.").format(name=facts.owner.name, number=facts.incident.number),
            _("Only they and supervisors can ask somebody else."),
            _("You can own it yourself, at once."),
            (own_it_myself(facts, "primary"),),
        )
    return OpenForm(form=cards.forms.owner_form(facts))


def offer_ownership(command: OfferOwnership, work: Work) -> Reply:
    """Ask somebody to own an incident; oneself, at once."""
    facts = live_incident(command, work)
    person = find_person(work, command.who)
    if not person.on_team:
        raise Refusal(
            _("{name} wasn't asked.").format(name=person.name),
            _("They're not on the support team."),
            _("Choose somebody of the team: `/zanshin team`."),
        )
    if person.id == facts.incident.owner_id:
        return Private(message=cards.owner.owned(facts.incident, facts.owner))
    _ask_if_it_changed_hands(facts, person, command)
    if person.id == work.actor.person_id:
        return _own(facts, person, work)
    if not may(work.actor, Need.SUPERVISOR):
        insist_on_owner(facts, work)
    if facts.incident.offered_to_id != person.id:
        close_offer(facts, work, partial(cards.owner.owned, facts.incident, facts.owner))
        facts.incident.offered_to_id = person.id
        record(facts, EventKind.OFFERED, work, about_id=person.id)
    asked = partial(cards.owner.own_it, facts, work.actor.name)
    work.show_to(offer_subject(facts, person), person, asked, outcome_to=OWN_OUTCOME)
    there = availability_of(person, facts.organisation, work.now)
    return Private(message=cards.actor.offered(facts, person.name, there))


def _ask_if_it_changed_hands(facts: IncidentFacts, person: Person, command: OfferOwnership) -> None:
    """Take it from nobody whom the one who pressed could not see."""
    if command.owner in (0, facts.incident.owner_id):
        return
    again = command.model_copy(update={"owner": facts.incident.owner_id})
    label = _("I own it") if command.who == "me" else _("Ask {name}").format(name=person.name)
    raise Refusal(
        _("Nothing was changed."),
        _("{name} owns #{number} since you saw this.").format(name=facts.owner.name, number=facts.incident.number),
        _("If it's to change hands all the same, press again."),
        (again.button(label),),
    )


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
    if facts.asked is not None:
        _tell_everybody_asked(facts, work, over)
    close_orphan(facts, work, over)
    facts.own(person)
    incident.offered_to_id, incident.handover_asked_at = None, None
    record(facts, EventKind.OWNED, work, about_id=person.id)
    show(facts, work)
    watch(facts, work)
    if before.id not in (person.id, work.actor.person_id):
        work.tell(facts.subject, before, partial(cards.owner.owned, facts.incident, facts.owner))
    return work.answer(cards.owner.owned(facts.incident, facts.owner))


def mind_owner(facts: IncidentFacts, owner: Availability, work: Work, supervisors: Called) -> None:
    """See whether the owner is there to keep the promise, and for how long."""
    incident = facts.incident
    if owner.state is AvailabilityState.AVAILABLE and facts.owner.on_team:
        if not incident.unreached:
            close_orphan(facts, work, partial(cards.owner.is_back, facts))
        ends = owner.until
        if ends is None or incident.handover_asked_at == ends:
            return
        if ends - BEFORE_THE_END <= work.now and facts.owner.shifts:
            incident.handover_asked_at = ends
            work.tell(facts.subject, facts.owner, partial(cards.owner.hand_over_before_you_go, facts, ends))
        else:
            incident.handover_asked_at = None
        return
    if owner.until is None or incident.due_at < owner.until or not facts.owner.on_team:
        call_for_owner(facts, work, supervisors)


def call_for_owner(facts: IncidentFacts, work: Work, supervisors: Called) -> None:
    """Ask the supervisors, once, for an owner who is there; all that somebody leaves behind stands in one message."""
    incident = facts.incident
    if incident.orphaned_at is not None:
        return
    incident.orphaned_at = work.now
    asked = [one for one in supervisors() if one.id != facts.owner.id]
    orphans = _orphans(facts.owner, work)
    subject = _away_subject(facts.owner)
    for one in asked:
        work.show_to(subject, one, partial(cards.supervisor.owner_is_away, orphans), afresh=True)
    there = availability_of(facts.owner, facts.organisation, work.now)
    if facts.owner.on_team and there.state is AvailabilityState.AWAY:
        away = partial(cards.owner.you_are_away, orphans, asked=bool(asked))
        work.show_to(subject, facts.owner, away, afresh=True)


def follow_orphan(facts: IncidentFacts, work: Work) -> None:
    """Have the question for another owner say what is true by now, without a sound."""
    if facts.incident.orphaned_at is not None:
        _redraw(facts.owner, _orphans(facts.owner, work), work)


def miss_owner(facts: IncidentFacts, work: Work, supervisors: Called) -> None:
    """Ask the supervisors too when an owner who seems to be there cannot be reached."""
    if facts.incident.orphaned_at is None:
        facts.incident.unreached = True
        call_for_owner(facts, work, supervisors)


def hear_of_owner(facts: IncidentFacts, work: Work) -> None:
    """Close that question again once the owner does something."""
    incident = facts.incident
    if incident.unreached and work.actor.person_id == incident.owner_id:
        close_orphan(facts, work, partial(cards.owner.is_back, facts))


def close_orphan(facts: IncidentFacts, work: Work, write: TextWriter) -> None:
    """Close the question for an owner who is there, wherever it was asked."""
    incident = facts.incident
    if incident.orphaned_at is None:
        return
    incident.orphaned_at, incident.unreached = None, False
    rest = _orphans(facts.owner, work)
    if rest:
        _redraw(facts.owner, rest, work)
    else:
        for one in work.readers(_away_subject(facts.owner)):
            work.correct_for(_away_subject(facts.owner), one, write)


def _redraw(owner: Person, orphans: Sequence[IncidentFacts], work: Work) -> None:
    readers = work.readers(_away_subject(owner))
    asked = any(one.id != owner.id for one in readers)
    for one in readers:
        mine = partial(cards.owner.you_are_away, asked=asked) if one.id == owner.id else cards.supervisor.owner_is_away
        work.correct_for(_away_subject(owner), one, partial(mine, orphans))


def close_offer(facts: IncidentFacts, work: Work, write: TextWriter) -> None:
    """Close the question to whoever was asked to own it."""
    if (asked := facts.asked) is not None:
        work.correct_for(offer_subject(facts, asked), asked, write)


def _tell_everybody_asked(facts: IncidentFacts, work: Work, write: TextWriter) -> None:
    """Have the cards of all who were asked name the owner, also of those asked before the last."""
    offered = (IncidentEvent.incident_id == facts.incident.id, IncidentEvent.kind == EventKind.OFFERED)
    asked = select(Person).where(Person.id.in_(select(IncidentEvent.about_id).where(*offered)))
    for one in work.session.scalars(asked).all():
        work.correct_for(offer_subject(facts, one), one, write)


def ask_again_to_own(facts: IncidentFacts, work: Work) -> None:
    """Ask once more, of what is open again, whoever had not answered when it ended."""
    if (asked := facts.asked) is not None and asked.on_team:
        write = partial(cards.owner.own_it, facts, work.actor.name)
        work.show_to(offer_subject(facts, asked), asked, write, outcome_to=OWN_OUTCOME, afresh=True)


def offer_subject(facts: IncidentFacts, person: Person) -> Subject:
    """Name the card that asks somebody to own it."""
    return Subject.of("own", facts.incident.id, person.id)


def _orphans(owner: Person, work: Work) -> list[IncidentFacts]:
    """List what somebody who is not here owns, and somebody else should."""
    left = (Incident.owner_id == owner.id, Incident.state.in_(LIVE), Incident.orphaned_at.is_not(None))
    return facts_of(work, work.session.scalars(select(Incident).where(*left).order_by(Incident.number)).all())


def _away_subject(owner: Person) -> Subject:
    """Name the card that asks who owns what somebody leaves behind."""
    return Subject.of("away", owner.id)
