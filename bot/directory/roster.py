"""Finding people: by mention, by name, by role, by availability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, or_, select

from bot.directory.availability import Availability, availability
from bot.directory.model import Conversation, Identity, Organisation, Person
from bot.typing.mentions import Kind, Mention

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def on_team() -> ColumnElement[bool]:
    """Say in a query what `Person.on_team` says."""
    return and_(Person.left_at.is_(None), or_(Person.is_agent, Person.is_supervisor, Person.is_admin))


def team(session: Session, organisation_id: int) -> list[Person]:
    """List everybody with a role, by name."""
    return list(
        session.scalars(
            select(Person).where(Person.organisation_id == organisation_id, on_team()).order_by(Person.name, Person.id)
        )
    )


def supervisors(session: Session, organisation_id: int) -> list[Person]:
    """List the supervisors, by name."""
    return [person for person in team(session, organisation_id) if person.is_supervisor]


def availability_of(person: Person, organisation: Organisation, now: datetime) -> Availability:
    """Say whether somebody can be asked now."""
    return availability(
        away_since=person.away_since,
        away_until=person.away_until,
        shifts=person.shifts,
        zone=person.zone_in(organisation),
        now=now,
    )


def named_clock(person: Person, organisation: Organisation, now: datetime) -> str:
    """Name the zone of somebody whose clock shows another time than the organisation's; empty if it does not."""
    theirs, ours = person.zone_in(organisation), organisation.zone
    return "" if now.astimezone(theirs).utcoffset() == now.astimezone(ours).utcoffset() else theirs.key


def mention(session: Session, person: Person, workspace_id: int | None) -> str:
    """Write a person the way forms name people; empty for somebody of another workspace."""
    address = session.scalar(
        select(Identity.address).where(Identity.person_id == person.id, Identity.workspace_id == workspace_id)
    )
    return str(Mention(Kind.PERSON, address)) if address else ""


def channel_name(channel: Conversation | None) -> str:
    """Write a channel the way forms name channels."""
    return str(Mention(Kind.CHANNEL, channel.address)) if channel is not None else ""
