"""Who owns an incident, whether they are there, and the questions that are open while they are not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from bot.directory.availability import Availability, AvailabilityState
from bot.directory.roster import availability_of, find_person
from bot.directory.roster import supervisors as all_supervisors
from bot.errors import NotAllowed, Refusal
from bot.incidents import cards
from bot.incidents.commands import AcceptOwnership, AskForOwner, OfferOwnership
from bot.incidents.meant import insist_on_owner, live_scene, scene_again
from bot.incidents.model import EventKind, Incident
from bot.incidents.promises import BEFORE_THE_END, record, show, watch
from bot.say.language import N_, _
from bot.say.replies import OpenForm, Private, Reply
from bot.work.permissions import Need, may

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.directory.model import Person
    from bot.incidents.scene import Scene
    from bot.work.work import TextWriter, Work

    Called = Callable[[], Sequence[Person]]  # the supervisors on duty, looked up when they are needed


def ask_for_owner(command: AskForOwner, work: Work) -> Reply:
    """Open the form that names an owner; whoever may only choose themselves gets a button for that."""
    scene = live_scene(command, work)
    if work.actor.person_id != scene.incident.owner_id and not may(work.actor, Need.SUPERVISOR):
        raise NotAllowed(
            _("{name} owns #{number}.").format(name=scene.owner.name, number=scene.incident.number),
            _("Only they and supervisors can ask somebody else."),
            _("You can own it yourself, at once."),
            (OfferOwnership(number=scene.incident.number, who="me").button(_("I own it"), "primary"),),
        )
    return OpenForm(form=cards.forms.owner_form(scene))


def offer_ownership(command: OfferOwnership, work: Work) -> Reply:
    """Ask somebody to own an incident; oneself, at once."""
    scene = live_scene(command, work)
    person = find_person(work, command.who)
    if not person.on_team:
        raise Refusal(
            _("{name} was not asked.").format(name=person.name),
            _("They are not on the support team."),
            _("Choose somebody of the team: `/zanshin team`."),
        )
    if person.id == scene.incident.owner_id:
        return Private(message=cards.owner.owned(scene))
    if person.id == work.actor.person_id:
        return _own(scene, person, work)
    if not may(work.actor, Need.SUPERVISOR):
        insist_on_owner(scene, work)
    close_offer(scene, work, partial(cards.owner.owned, scene))
    scene.incident.offered_to_id = person.id
    record(scene, EventKind.OFFERED, work, about_id=person.id)
    work.show_to(offer_subject(scene, person), person, partial(cards.owner.own_it, scene, work.actor.name))
    there = availability_of(person, scene.organisation, work.now)
    return Private(message=cards.actor.offered(scene, person.name, there))


def accept_ownership(command: AcceptOwnership, work: Work) -> Reply:
    """Own an incident one was asked to own, or whose owner is not there."""
    scene = live_scene(command, work)
    me = work.me()
    if scene.incident.owner_id == me.id:
        return work.answer(cards.owner.owned(scene))
    if scene.incident.offered_to_id != me.id and scene.incident.orphaned_at is None:
        raise Refusal(
            _("Nothing was changed."),
            _("{name} owns #{number}.").format(name=scene.owner.name, number=scene.incident.number),
            _("To own it all the same, press “Owner …” on its card and choose yourself."),
        )
    return _own(scene, me, work)


def _own(scene: Scene, person: Person, work: Work) -> Reply:
    incident, before = scene.incident, scene.owner
    over = partial(cards.owner.owned, replace(scene, owner=person))
    close_offer(scene, work, over)
    close_orphan(scene, work, over)
    incident.owner_id, incident.offered_to_id, incident.handover_asked_at = person.id, None, None
    record(scene, EventKind.OWNED, work, about_id=person.id)
    scene = scene_again(incident, work)
    show(scene, work)
    watch(scene, work)
    if before.id not in (person.id, work.actor.person_id):
        work.tell(scene.subject, before, partial(cards.owner.owned, scene))
    return work.answer(cards.owner.owned(scene))


IS_BACK = N_("{name} is here again.")


def mind_owner(scene: Scene, owner: Availability, work: Work, supervisors: Called) -> None:
    """See whether the owner is there to keep the promise, and for how long."""
    incident = scene.incident
    if owner.state is AvailabilityState.AVAILABLE and scene.owner.on_team:
        if not incident.unreached:
            close_orphan(scene, work, partial(cards.owner.note_over, scene, IS_BACK))
        ends = owner.until
        if ends is None or incident.handover_asked_at == ends:
            return
        if ends - BEFORE_THE_END <= work.now and scene.owner.shifts:
            incident.handover_asked_at = ends
            work.tell(scene.subject, scene.owner, partial(cards.owner.hand_over_before_you_go, scene, ends))
        else:
            incident.handover_asked_at = None
        return
    back = owner.until if owner.state is AvailabilityState.OFF_SHIFT else None
    if back is None or incident.promise_at < back:
        call_for_owner(scene, work, supervisors)


def call_for_owner(scene: Scene, work: Work, supervisors: Called) -> None:
    """Ask the supervisors, once, for an owner who is there."""
    incident = scene.incident
    if incident.orphaned_at is not None:
        return
    incident.orphaned_at = work.now
    for one in supervisors():
        if one.id != scene.owner.id:
            work.show_to(_orphan_subject(incident), one, partial(cards.supervisor.owner_is_away, scene))
    there = availability_of(scene.owner, scene.organisation, work.now)
    if scene.owner.on_team and there.state is AvailabilityState.AWAY:
        work.show_to(_orphan_subject(incident), scene.owner, partial(cards.owner.you_are_away, scene))


def miss_owner(scene: Scene, work: Work, supervisors: Called) -> None:
    """Ask the supervisors too when an owner who seems to be there cannot be reached."""
    if scene.incident.orphaned_at is None:
        scene.incident.unreached = True
        call_for_owner(scene, work, supervisors)


def hear_of_owner(scene: Scene, work: Work) -> None:
    """Close that question again once the owner does something."""
    incident = scene.incident
    if incident.unreached and work.actor.person_id == incident.owner_id:
        close_orphan(scene, work, partial(cards.owner.note_over, scene, IS_BACK))


def close_orphan(scene: Scene, work: Work, write: TextWriter) -> None:
    """Close the question for an owner who is there, wherever it was asked."""
    incident = scene.incident
    if incident.orphaned_at is None:
        return
    asked = {one.id: one for one in (*all_supervisors(work.session, incident.organisation_id), scene.owner)}
    for one in asked.values():
        work.correct_for(_orphan_subject(incident), one, write)
    incident.orphaned_at, incident.unreached = None, False


def close_offer(scene: Scene, work: Work, write: TextWriter) -> None:
    """Close the question to whoever was asked to own it."""
    asked = scene.people.get(scene.incident.offered_to_id or 0)
    if asked is not None:
        work.correct_for(offer_subject(scene, asked), asked, write)


def offer_subject(scene: Scene, person: Person) -> str:
    """Name the card that asks somebody to own it."""
    return f"own:{scene.incident.id}:{person.id}"


def _orphan_subject(incident: Incident) -> str:
    since = int(incident.orphaned_at.timestamp()) if incident.orphaned_at is not None else 0
    return f"orphan:{incident.id}:{since}"
