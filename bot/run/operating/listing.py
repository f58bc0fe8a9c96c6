"""Handoffs and incidents as rows, without anybody's words: how far they are, since when, and what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Conversation, Organisation, Person
from bot.handoffs.model import OPEN, Handoff
from bot.incidents.decisions.cadence import Stage
from bot.incidents.model import LIVE, Incident
from bot.run.operating.places import place_name

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, kw_only=True)
class HandoffRow:
    """One handoff: not who stepped out, nor why."""

    number: int
    organisation: str
    state: str
    since: datetime
    rung: str | None  # whom it asks just now
    rounds: int
    urgent: bool
    due_at: datetime | None  # when the clock acts next


@dataclass(frozen=True, kw_only=True)
class IncidentRow:
    """One incident, without its title."""

    number: int
    organisation: str
    state: str
    severity: int
    since: datetime
    place: str
    promise_at: datetime
    reminded: str  # how far reminders have gone
    paused: bool
    due_at: datetime | None  # when the clock acts next


def open_handoffs(session: Session) -> list[HandoffRow]:
    """List the handoffs that are not over, the oldest first."""
    columns = (
        Handoff.id,
        Organisation.name,
        Handoff.state,
        Handoff.started_at,
        Handoff.rung,
        Handoff.rounds,
        Handoff.urgent,
        Handoff.next_due_at,
    )
    rows = session.execute(
        select(*columns)
        .join(Organisation, Organisation.id == Handoff.organisation_id)
        .where(Handoff.state.in_(OPEN))
        .order_by(Handoff.started_at, Handoff.id)
    )
    return [
        HandoffRow(
            number=number,
            organisation=organisation,
            state=state,
            since=since,
            rung=rung,
            rounds=rounds,
            urgent=urgent,
            due_at=due_at,
        )
        for number, organisation, state, since, rung, rounds, urgent, due_at in rows
    ]


def live_incidents(session: Session) -> list[IncidentRow]:
    """List the incidents that are not resolved, the most severe first."""
    rows = session.execute(
        select(
            Incident.number,
            Organisation.name,
            Incident.state,
            Incident.severity,
            Incident.opened_at,
            place_name(),
            Incident.promise_at,
            Incident.stage,
            Incident.paused,
            Incident.next_due_at,
        )
        .join(Organisation, Organisation.id == Incident.organisation_id)
        .join(Conversation, Conversation.id == Incident.conversation_id)
        .outerjoin(Person, Person.id == Conversation.person_id)
        .where(Incident.state.in_(LIVE))
        .order_by(Incident.severity, Incident.opened_at, Incident.id)
    )
    return [
        IncidentRow(
            number=number,
            organisation=organisation,
            state=state,
            severity=severity,
            since=since,
            place=place,
            promise_at=promise_at,
            reminded=Stage(stage).name.lower(),
            paused=paused,
            due_at=due_at,
        )
        for number, organisation, state, severity, since, place, promise_at, stage, paused, due_at in rows
    ]
