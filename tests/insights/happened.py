"""What happened in an organisation, told plainly: written as rows for the figures, and counted by hand beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.directory.model import Conversation, ConversationKind, Organisation, Person, Workspace
from bot.handoffs.model import Handoff
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState
from bot.playbooks.model import Run, RunState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Asked:
    """A handoff."""

    at: datetime
    taken_after_ms: int | None
    rung: str | None = "best"
    state: str = "taken"
    heated: bool = True


@dataclass(frozen=True)
class Promise:
    """A promise of news, and by how much it came late; None: never."""

    at: datetime
    late_ms: int | None
    said: bool = True  # that customers have it, by somebody
    reopened: bool = False  # two seconds after its time, which told customers nothing


@dataclass(frozen=True)
class Used:
    """A playbook somebody started."""

    at: datetime
    playbook: str


@dataclass
class Happened:
    """All of it."""

    handoffs: list[Asked] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    runs: list[Used] = field(default_factory=list)


def ms(count: int) -> timedelta:
    return timedelta(milliseconds=count)


def write(session: Session, happened: Happened, zone: str = "UTC") -> Organisation:
    """Write it as rows of an organisation of its own."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    organisation = Organisation(name="Quill & Sons", time_zone=zone, created_at=now)
    session.add(organisation)
    session.flush()
    person = Person(organisation_id=organisation.id, name="Zoë Ó Briain", is_agent=True)
    workspace = Workspace(
        organisation_id=organisation.id, platform="web", address=f"quill-{organisation.id}", name="Quill"
    )
    session.add_all((person, workspace))
    session.flush()
    session.add_all(_handoff(one, organisation.id, person.id) for one in happened.handoffs)
    session.add_all(
        Run(
            organisation_id=organisation.id,
            person_id=person.id,
            playbook=one.playbook,
            path=[],
            state=RunState.DONE,
            started_at=one.at,
        )
        for one in happened.runs
    )
    if happened.promises:
        _write_promises(session, happened.promises, organisation.id, workspace.id, person.id)
    session.flush()
    return organisation


def _handoff(asked: Asked, organisation: int, person: int) -> Handoff:
    return Handoff(
        organisation_id=organisation,
        requester_id=person,
        started_by_id=person,
        state=asked.state,
        heated=asked.heated,
        rung=asked.rung,
        started_at=asked.at,
        asked_at=asked.at,
        supervisors_by=asked.at,
        taken_at=None if asked.taken_after_ms is None else asked.at + ms(asked.taken_after_ms),
    )


def _write_promises(session: Session, promises: list[Promise], organisation: int, workspace: int, person: int) -> None:
    channel = Conversation(
        organisation_id=organisation,
        workspace_id=workspace,
        address="support",
        kind=ConversationKind.CHANNEL,
        name="support",
    )
    session.add(channel)
    session.flush()
    for number, promise in enumerate(promises, 1):
        opened = promise.at - timedelta(hours=1)
        never = promise.late_ms is None
        incident = Incident(
            organisation_id=organisation,
            number=number,
            title="Card payments fail",
            title_hash=str(number),
            severity=2,
            state=IncidentState.OPEN if never else IncidentState.RESOLVED,
            conversation_id=channel.id,
            owner_id=person,
            opened_at=opened,
            promise_made_at=opened,
            promise_at=promise.at if never else promise.at + timedelta(days=3650),
        )
        session.add(incident)
        session.flush()
        if promise.reopened:
            incident.promise_at = promise.at + timedelta(days=3650)
            again = IncidentEvent(kind=EventKind.REOPENED, at=promise.at + timedelta(seconds=2), kept_at=promise.at)
            again.organisation_id, again.incident_id = organisation, incident.id
            session.add(again)
        if promise.late_ms is not None:
            reached = promise.at + ms(promise.late_ms)
            session.add(
                IncidentEvent(
                    organisation_id=organisation,
                    incident_id=incident.id,
                    kind=EventKind.UPDATED,
                    at=reached,
                    kept_at=None if promise.reopened else promise.at,
                    told_at=reached if promise.said else None,
                )
            )
