"""Whether the owner of an incident is there, and the questions that are open while they are not."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.incidents import nag_texts
from bot.language import N_
from bot.people.availability import AvailabilityState
from bot.people.roster import availability_of
from bot.people.roster import supervisors as all_supervisors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.incidents.model import Incident
    from bot.incidents.scene import Scene
    from bot.people.availability import Availability
    from bot.people.model import Person
    from bot.work import TextWriter, Work

    Called = Callable[[], Sequence[Person]]  # the supervisors on duty, looked up when they are needed

BEFORE_THE_END = timedelta(minutes=15)  # of a shift: then its owner is asked to hand over

IS_BACK = N_("{name} is here again.")


def mind_owner(scene: Scene, owner: Availability, work: Work, supervisors: Called) -> None:
    """See whether the owner is there to keep the promise, and for how long."""
    incident = scene.incident
    if owner.state is AvailabilityState.AVAILABLE and scene.owner.on_team:
        if not incident.unreached:
            close_orphan(scene, work, partial(nag_texts.note_over, scene, IS_BACK))
        ends = owner.until
        if ends is None or incident.handover_asked_at == ends:
            return
        if ends - BEFORE_THE_END <= work.now and scene.owner.shifts:
            incident.handover_asked_at = ends
            work.tell(scene.subject, scene.owner, partial(nag_texts.hand_over_before_you_go, scene, ends))
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
            work.show_to(_orphan_subject(incident), one, partial(nag_texts.owner_is_away, scene))
    there = availability_of(scene.owner, scene.organisation, work.now)
    if scene.owner.on_team and there.state is AvailabilityState.AWAY:
        work.show_to(_orphan_subject(incident), scene.owner, partial(nag_texts.you_are_away, scene))


def miss_owner(scene: Scene, work: Work, supervisors: Called) -> None:
    """Ask the supervisors too when an owner who seems to be there cannot be reached."""
    if scene.incident.orphaned_at is None:
        scene.incident.unreached = True
        call_for_owner(scene, work, supervisors)


def hear_of_owner(scene: Scene, work: Work) -> None:
    """Close that question again once the owner does something."""
    incident = scene.incident
    if incident.unreached and work.actor.person_id == incident.owner_id:
        close_orphan(scene, work, partial(nag_texts.note_over, scene, IS_BACK))


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
