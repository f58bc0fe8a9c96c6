"""The promise of an incident: made, watched, written down, and shown in its channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.directory.availability import Availability, AvailabilityState
from bot.directory.roster import availability_of
from bot.incidents import cards
from bot.incidents.cadence import Nag, Stage, nag_due
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState, Words
from bot.say.language import N_, _, in_public
from bot.say.messages import Message
from bot.work.work import Work

NAG_OUTCOME = "nag"
OPENED_OUTCOME = "incident-card"
CHANGED = N_("Its severity has changed, and with it when news is due.")
BEFORE_THE_END = timedelta(minutes=15)  # of a shift: then its owner is asked to hand over


def promise(incident: Incident, at: datetime, work: Work) -> None:
    """Begin to watch a new promise."""
    incident.promise_made_at, incident.promise_at = work.now, at
    incident.stage, incident.said_at = Stage.QUIET, None
    incident.resume_at, incident.paused = None, False
    incident.wanted_at = None


def want(facts: IncidentFacts, at: datetime | None, work: Work) -> None:
    """Want news sooner than customers were promised it, or no longer; what they were told stays the promise."""
    incident = facts.incident
    if incident.stage > Stage.QUIET:
        close_nag(facts, work, CHANGED)
    promised_at = incident.promise_at
    promise(incident, promised_at, work)
    incident.wanted_at = at


def watch(facts: IncidentFacts, work: Work) -> None:
    """Say when the clock has to look at an incident next."""
    incident = facts.incident
    if not facts.is_live:
        incident.next_due_at = None
        return
    incident.next_due_at = soonest(facts, next_nag(facts, work), owner_there(facts, work), work.now)


def owner_there(facts: IncidentFacts, work: Work) -> Availability:
    """Say whether the owner is there."""
    return availability_of(facts.owner, facts.organisation, work.now)


def soonest(facts: IncidentFacts, nag: Nag, owner: Availability, now: datetime) -> datetime | None:
    """Find the first moment at which the clock has something to do."""
    incident = facts.incident
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


def next_nag(facts: IncidentFacts, work: Work) -> Nag:
    """Decide what is to be said about the promise now, and when to look again."""
    quiet = facts.rules.quiet_for(facts.owner, facts.organisation)
    return nag_due(facts.incident.promise(facts.cadence), quiet, work.now)


def record(
    facts: IncidentFacts, kind: EventKind, work: Work, *, words: Words | None = None, **more: Any
) -> IncidentEvent:
    """Write down what happened."""
    event = IncidentEvent(
        organisation_id=facts.incident.organisation_id,
        incident_id=facts.incident.id,
        kind=kind,
        at=work.now,
        person_id=work.actor.person_id,
        words_text=words.model_dump_json() if words is not None else None,
        **more,
    )
    work.session.add(event)
    return event


def show(facts: IncidentFacts, work: Work, *, outcome_to: str | None = None) -> None:
    """Draw the card of an incident in its channel, and the board."""
    with in_public():
        work.show(facts.subject, facts.channel, cards.channel.incident_card(facts), outcome_to=outcome_to)
    work.board_changed()


def close_nag(facts: IncidentFacts, work: Work, what: str) -> None:
    """Close the card of the last nag: it says what came of it, and has no buttons any more."""
    subject = nag_subject(facts.incident)
    if not facts.incident.nags:
        return
    with in_public():  # also where it went to people at first, and they could not be reached
        work.correct(subject, facts.channel, cards.nags.nag_over(facts, _(what)))
    for person in facts.nagged:
        work.correct_for(subject, person, partial(_over, facts, what))


def _over(facts: IncidentFacts, what: str) -> Message:
    return cards.nags.nag_over(facts, _(what))


RESTS = timedelta(hours=1)  # where everybody has removed us, until we look whether somebody is back


def nag_subject(incident: Incident) -> str:
    """Name the card of the last nag."""
    return f"nag:{incident.id}:{incident.nags}"
