"""The clock watches every promise: it nags, begins what was planned, ends pauses, and minds owners who are away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from bot.delivery.reached import silent_places
from bot.directory.availability import AvailabilityState
from bot.directory.model import Person
from bot.incidents import cards
from bot.incidents.decisions.cadence import LATE, Stage
from bot.incidents.facts import IncidentFacts, facts_of
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent, IncidentState, Words
from bot.incidents.owning import follow_orphan, mind_owner
from bot.incidents.promise.calling import Leads
from bot.incidents.promise.promises import (
    RESTS,
    WORSE_OUTCOME,
    close_nag,
    close_nag_in_channel,
    move_nag_to_channel,
    nag_in_channel,
    nag_in_chat,
    next_nag,
    owner_there,
    record,
    show,
    soonest,
    was_removed_from_all,
    watch,
)
from bot.incidents.updates.telling import end_of
from bot.say.language import N_, in_public, listing
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


AGAIN_AFTER = timedelta(minutes=1)
IN_VAIN = 3  # cadences after a promise: by then supervisors were called twice
CHANNEL = (Stage.DUE, Stage.OVERDUE_1, Stage.OVERDUE_2, Stage.OVERDUE_3)
ASKED_AGAIN = N_("Still no update: I'm asking again.")
CALLED = N_("Still no update: I'm calling the supervisors.")


@dataclass
class _Round:
    """One look of the clock at the incidents of an organisation."""

    work: Work
    said: list[dict[str, Any]] = field(default_factory=list)  # events, written together: rows one by one cost more

    @cached_property
    def leads(self) -> Leads:
        """Who can be called."""
        return Leads(self.work)

    @cached_property
    def silent(self) -> set[int]:
        """The channels of what is open that refused what was last said there."""
        live = select(Incident.conversation_id).where(
            Incident.organisation_id == self.work.actor.organisation_id, Incident.state.in_(LIVE)
        )
        return silent_places(self.work.session, self.work.session.scalars(live.distinct()).all())


def watch_promises(incidents: Sequence[Incident], work: Work) -> None:
    """Let the clock act on every incident that is due."""
    look = _Round(work)
    for facts in facts_of(work, incidents):
        if facts.is_live:
            _look(facts, look)
        elif facts.incident.next_due_at is not None:
            _ask_whether_told(facts, work)
    if look.said:
        work.session.execute(insert(IncidentEvent), look.said)


def _ask_whether_told(facts: IncidentFacts, work: Work) -> None:
    """Ask once whether customers know that it's over: its owner, or the channel if they are not there."""
    facts.incident.next_due_at = None
    end = end_of(facts, work)
    if facts.owner.on_team and owner_there(facts, work).state is AvailabilityState.AVAILABLE:
        facts.nag([facts.owner])
        nag_in_chat(facts, facts.owner, partial(cards.nags.told_of_the_end, facts, end), work)
        return
    with in_public():
        message = cards.nags.told_of_the_end(facts, end)
    nag_in_channel(facts, message, work, aloud=True)


def _look(facts: IncidentFacts, look: _Round) -> None:
    incident, work = facts.incident, look.work
    held_up = incident.next_due_at is not None and work.now - incident.next_due_at > LATE
    changed = incident.next_due_at is not None and incident.next_due_at <= incident.promise_at <= work.now
    if incident.state == IncidentState.PLANNED and incident.starts_at is not None and incident.starts_at <= work.now:
        _begin(facts, look)
        changed = True
    _promise_comes_due(facts, work)
    ended = incident.paused and incident.resume_at is not None and incident.resume_at <= work.now
    if ended:
        incident.paused, changed = False, True
    nag = next_nag(facts, work)
    if nag.say is Stage.SUPERVISOR == incident.stage and was_removed_from_all(incident, work):
        incident.next_due_at = work.now + RESTS
        return
    if nag.say is not None:
        _say(facts, nag.say, look, late=nag.late and held_up, skips=nag.skips)
        changed = True
    elif ended:
        work.tell(facts.subject, facts.owner, partial(cards.owner.pause_over, facts))
    if incident.resume_at is not None and incident.resume_at <= work.now:
        incident.resume_at, changed = None, True
    if changed:
        follow_orphan(facts, work)
    owner = owner_there(facts, work)
    mind_owner(facts, owner, work, lambda: look.leads.supervisors)
    incident.next_due_at = soonest(facts, nag if nag.say is None else next_nag(facts, work), owner, work.now)
    if changed:
        show(facts, work)


def _begin(facts: IncidentFacts, look: _Round) -> None:
    """Let a planned incident begin: what customers were promised stands, and whoever should have told them is asked."""
    incident, work = facts.incident, look.work
    incident.state = IncidentState.OPEN
    record(facts, EventKind.BEGAN, work, promise_at=incident.due_at)
    if facts.last is None and facts.is_late and not facts.rests:
        incident.stage, incident.said_at = Stage.DUE, work.now  # asked now, and again until customers know
        look.said.append(_nagged(facts, Stage.DUE, work))
    with in_public():
        message = cards.nags.begun(facts, asks=incident.stage >= Stage.DUE)
    nag_in_channel(facts, message, work, aloud=True)
    if facts.owner.on_team:
        work.tell(facts.subject, facts.owner, partial(cards.nags.begun, facts), outcome_to=WORSE_OUTCOME)


def _promise_comes_due(facts: IncidentFacts, work: Work) -> None:
    """Let the time that customers were told count, once it has come."""
    incident = facts.incident
    if incident.wanted_at is None or incident.promise_at > work.now:
        return
    if incident.stage > Stage.QUIET:
        close_nag(facts, work, ASKED_AGAIN)
    incident.wanted_at = None
    incident.stage, incident.said_at, incident.nagged = Stage.QUIET, None, []


def _say(facts: IncidentFacts, stage: Stage, look: _Round, *, late: bool, skips: bool) -> None:
    """Say one nag: each reader has one, said afresh in place of what it said before, since editing makes no sound."""
    incident, work = facts.incident, look.work
    people = _whom(facts, stage, look)
    reminded = skips and stage is Stage.SUPERVISOR and all(one.id != facts.owner.id for one in people)
    if reminded and people:  # nobody has reminded the owner: they learn it together with who is called
        people = [*people, facts.owner]
    if stage is Stage.DUE and facts.nagged:
        move_nag_to_channel(facts, work, is_silent=facts.channel.id in look.silent)
    elif stage is Stage.SUPERVISOR and people and Stage.DUE <= incident.stage < stage:
        close_nag_in_channel(facts, work, CALLED)
    incident.stage, incident.said_at = stage, work.now
    facts.nag(people)
    if stage in CHANNEL or not people:
        with in_public():
            message = cards.nags.nag(facts, stage, late=late)
        nag_in_channel(facts, message, work, aloud=stage in (Stage.DUE, Stage.SUPERVISOR))
    off_duty = stage is Stage.SUPERVISOR and not any(look.leads.is_on_duty(one) for one in people)
    for person in people:
        theirs = Stage.OVERDUE_3 if reminded and person.id == facts.owner.id else stage
        nag_in_chat(facts, person, partial(cards.nags.nag, facts, theirs, late=late, off_duty=off_duty), work)
    look.said.append(_nagged(facts, stage, work, people, late=late))


def _nagged(
    facts: IncidentFacts, stage: Stage, work: Work, people: Sequence[Person] = (), *, late: bool = False
) -> dict[str, Any]:
    """Write down who was reminded."""
    return {
        "organisation_id": facts.incident.organisation_id,
        "incident_id": facts.incident.id,
        "kind": EventKind.NAGGED,
        "at": work.now,
        "stage": int(stage),
        "late": late,
        "about_id": people[0].id if len(people) == 1 else None,
        "words_text": Words(note=listing([one.name for one in people])).model_dump_json() if people[1:] else None,
    }


def _whom(facts: IncidentFacts, stage: Stage, look: _Round) -> list[Person]:
    if stage is Stage.WARNED:
        return [facts.owner]
    if stage is not Stage.SUPERVISOR:
        return []
    leads = look.leads
    people = [*leads.supervisors, *(leads.admins if looks_in_vain(facts) else ())]
    return list({one.id: one for one in people}.values())


def looks_in_vain(facts: IncidentFacts) -> bool:
    """Say whether supervisors were called twice, and customers have still heard nothing: admins are called too."""
    return facts.now >= facts.incident.due_at + IN_VAIN * facts.cadence


def look_after_owners(work: Work) -> None:
    """Let incidents look again: the team has changed, and an owner may have left."""
    incidents = work.session.scalars(
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.state.in_(LIVE))
        .order_by(Incident.id)
        .with_for_update()
    ).all()
    look = _Round(work)
    for facts in facts_of(work, incidents):
        mind_owner(facts, owner_there(facts, work), work, lambda: look.leads.supervisors)
        watch(facts, work)
