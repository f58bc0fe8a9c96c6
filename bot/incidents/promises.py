"""The promise of an incident: made, watched, written down, and shown in its channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.directory.availability import Availability, AvailabilityState
from bot.directory.roster import availability_of
from bot.incidents import cards
from bot.incidents.cadence import Nag, Stage, nag_due
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState, Words
from bot.say.language import _, in_public

if TYPE_CHECKING:
    from bot.incidents.scene import Scene
    from bot.say.messages import Message
    from bot.work.work import Work

BEFORE_THE_END = timedelta(minutes=15)  # of a shift: then its owner is asked to hand over


def promise(incident: Incident, at: datetime, work: Work) -> None:
    """Begin to watch a new promise."""
    incident.promise_made_at, incident.promise_at = work.now, at
    incident.stage, incident.said_at = Stage.QUIET, None
    incident.resume_at, incident.paused = None, False


def watch(scene: Scene, work: Work) -> None:
    """Say when the clock has to look at an incident next."""
    incident = scene.incident
    if not scene.is_live:
        incident.next_due_at = None
        return
    incident.next_due_at = soonest(scene, next_nag(scene, work), owner_there(scene, work), work.now)


def owner_there(scene: Scene, work: Work) -> Availability:
    """Say whether the owner is there."""
    return availability_of(scene.owner, scene.organisation, work.now)


def soonest(scene: Scene, nag: Nag, owner: Availability, now: datetime) -> datetime | None:
    """Find the first moment at which the clock has something to do."""
    incident = scene.incident
    due = nag.next_due_at if nag.say is None else now
    moments = [due, incident.starts_at if incident.state == IncidentState.PLANNED else None]
    if incident.promise_at > now:
        moments.append(incident.promise_at)  # from then on its card is red, even if its reminders rest
    if incident.paused:
        moments.append(incident.resume_at)
    if owner.until is not None:
        moments.append(owner.until)
        if owner.state is AvailabilityState.AVAILABLE and incident.handover_asked_at is None:
            moments.append(max(owner.until - BEFORE_THE_END, now + timedelta(seconds=1)))
    return min((moment for moment in moments if moment is not None), default=None)


def next_nag(scene: Scene, work: Work) -> Nag:
    """Decide what is to be said about the promise now, and when to look again."""
    quiet = scene.rules.quiet_for(scene.owner, scene.organisation)
    return nag_due(scene.incident.promise(scene.cadence), quiet, work.now)


def record(scene: Scene, kind: EventKind, work: Work, *, words: Words | None = None, **more: Any) -> IncidentEvent:
    """Write down what happened."""
    event = IncidentEvent(
        organisation_id=scene.incident.organisation_id,
        incident_id=scene.incident.id,
        kind=kind,
        at=work.now,
        person_id=work.actor.person_id,
        words_text=words.model_dump_json() if words is not None else None,
        **more,
    )
    work.session.add(event)
    return event


def show(scene: Scene, work: Work) -> None:
    """Draw the card of an incident in its channel, and the board."""
    with in_public():
        work.show(scene.subject, scene.channel, cards.channel.incident_card(scene))
    work.board_changed()


def close_nag(scene: Scene, work: Work, what: str) -> None:
    """Close the card of the last nag: it says what came of it, and has no buttons any more."""
    subject = nag_subject(scene.incident)
    if not scene.incident.nags:
        return
    if not scene.incident.nagged:
        with in_public():
            work.correct(subject, scene.channel, cards.nags.nag_over(scene, _(what)))
    for person_id in scene.incident.nagged:
        if person_id in scene.people:
            work.correct_for(subject, scene.people[person_id], partial(_over, scene, what))


def _over(scene: Scene, what: str) -> Message:
    return cards.nags.nag_over(scene, _(what))


def nag_subject(incident: Incident) -> str:
    """Name the card of the last nag."""
    return f"nag:{incident.id}:{incident.nags}"
