"""The promise of an incident: made, watched, written down, and shown in its channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, insert

from bot.delivery.ending import is_removed_from_all
from bot.delivery.model import IfUnknown
from bot.directory.availability import Availability, AvailabilityState
from bot.directory.model import Person
from bot.directory.roster import availability_of
from bot.incidents import cards
from bot.incidents.decisions.cadence import Nag, Stage, nag_due
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState, Words
from bot.ports import Subject
from bot.say.language import N_, _, in_public
from bot.say.messages import Message
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

NAG_OUTCOME = "nag"
OPENED_OUTCOME = "incident-card"
WORSE_OUTCOME = "incident-worse"
CHANGED = N_("Its severity has changed, and with it when news is due.")
_EVENTS: Table = IncidentEvent.__table__  # type: ignore[assignment]  # a declared class always has a table
_APPEND = insert(_EVENTS).values(
    {name: bindparam(name) for name in ("organisation_id", "incident_id", "kind", "at", "person_id", "words")}
)
BEFORE_THE_END = timedelta(minutes=15)  # of a shift: then its owner is asked to hand over


def promise(incident: Incident, at: datetime, work: Work) -> None:
    """Begin to watch a new promise."""
    incident.promise_made_at, incident.promise_at = work.now, at
    incident.stage, incident.said_at, incident.nagged = Stage.QUIET, None, []
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


def note_down(facts: IncidentFacts, words: Words, work: Work) -> None:
    """Write down what nothing else hangs on: a row is added, and no more is known of it here."""
    row = {"organisation_id": facts.incident.organisation_id, "incident_id": facts.incident.id, "at": work.now}
    row |= {"kind": EventKind.NOTED, "person_id": work.actor.person_id, "words": words.model_dump_json()}
    work.session.connection().execute(_APPEND, row)


def show(facts: IncidentFacts, work: Work, *, outcome_to: str | None = None) -> None:
    """Draw the card of an incident in its channel, and the board."""
    with in_public():
        work.show(facts.subject, facts.channel, cards.channel.incident_card(facts), outcome_to=outcome_to)
    work.board_changed()


def nag_in_channel(facts: IncidentFacts, message: Message, work: Work, *, aloud: bool) -> None:
    """Say a nag to everybody, in the thread of the incident; aloud, those hear it who do not follow that."""
    work.show(
        nag_subject(facts.incident),
        facts.channel,
        message,
        outcome_to=NAG_OUTCOME,
        under=facts.subject,
        aloud=aloud,
        afresh=True,
    )


def nag_in_chat(facts: IncidentFacts, person: Person, write: Callable[[], Message], work: Work) -> None:
    """Say a nag to somebody in their direct chat."""
    work.show_to(
        nag_subject(facts.incident),
        person,
        write,
        if_unknown=IfUnknown.LEAVE,
        outcome_to=NAG_OUTCOME,
        afresh=True,
    )


def close_nag(facts: IncidentFacts, work: Work, what: str, *, aloud: bool = False) -> None:
    """Close the nag wherever it is read: it says what came of it, and has no buttons any more.

    What the channel must not miss is said `aloud`, in the place of the nag or as the first of it.
    """
    if aloud:
        with in_public():
            nag_in_channel(facts, cards.nags.nag_over(facts, _(what)), work, aloud=True)
    elif facts.incident.stage >= Stage.DUE:
        close_nag_in_channel(facts, work, what)
    close_nag_in_chats(facts, work, what)


def close_nag_in_channel(facts: IncidentFacts, work: Work, what: str) -> None:
    """Close the nag that everybody reads."""
    with in_public():
        work.correct(nag_subject(facts.incident), facts.channel, cards.nags.nag_over(facts, _(what)))


def close_nag_in_chats(facts: IncidentFacts, work: Work, what: str) -> None:
    """Close the nag in the direct chats of those who were reminded there."""
    for person in facts.nagged:
        work.correct_for(nag_subject(facts.incident), person, partial(_over, facts, what))


def move_nag_to_channel(facts: IncidentFacts, work: Work, *, is_silent: bool) -> None:
    """Let the nag of a direct chat say that it's overdue and asked for in the channel, still to be answered there."""
    write = partial(cards.nags.asked_in_channel, facts, is_silent=is_silent)
    for person in facts.nagged:
        work.correct_for(nag_subject(facts.incident), person, write)


def _over(facts: IncidentFacts, what: str) -> Message:
    return cards.nags.nag_over(facts, _(what))


RESTS = timedelta(hours=1)  # where everybody has removed us, until we look whether somebody is back


def nag_subject(incident: Incident) -> Subject:
    """Name the nag of an incident: one for each who reads it, which moves on with what it says."""
    return Subject.of("nag", incident.id)


def said_since(incident: Incident) -> datetime:
    """Say since when cards of the nag count for the last time it was said."""
    return incident.said_at or incident.promise_made_at


def was_removed_from_all(incident: Incident, work: Work) -> bool:
    """Say whether everybody whom the last nag was for has removed us, and nobody has acted here since."""
    return is_removed_from_all(work.session, nag_subject(incident), said_since(incident))
