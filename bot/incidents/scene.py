"""The scene of an incident: everything its cards show, gathered at once for all incidents of a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from bot.directory.model import Conversation, Organisation, Person
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent
from bot.incidents.rules import Rules, rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, timedelta

    from bot.work.work import Work

TOLD = (EventKind.UPDATED, EventKind.RESOLVED)  # events by which customers heard something


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One incident with everybody in it."""

    incident: Incident
    owner: Person
    people: dict[int, Person]
    last: IncidentEvent | None  # the last update customers got
    channel: Conversation
    organisation: Organisation
    rules: Rules
    now: datetime

    @property
    def subject(self) -> str:
        """Name the card that shows how it stands."""
        return f"incident:{self.incident.id}"

    @property
    def cadence(self) -> timedelta:
        """How often customers hear of an incident of this severity."""
        return self.rules.cadences[self.incident.severity]

    @property
    def is_live(self) -> bool:
        """Say whether it is not resolved."""
        return self.incident.state in LIVE

    @property
    def is_red(self) -> bool:
        """Say whether its promise is broken, however quiet the reminders are."""
        return self.is_live and self.incident.promise_at <= self.now


def scenes_of(work: Work, incidents: Sequence[Incident]) -> list[Scene]:
    """Set the scene of each of these incidents of the actor's organisation."""
    if not incidents:
        return []
    session, organisation = work.session, work.organisation
    rules = rules_of(session, organisation.id)
    ids = {
        one for incident in incidents for one in (incident.owner_id, incident.offered_to_id, *incident.nagged) if one
    }
    people = _by_id(session.scalars(_PEOPLE, {"ids": list(ids)}))
    places = {incident.conversation_id for incident in incidents}
    channels = _by_id(session.scalars(_CHANNELS, {"ids": list(places)}))
    told = session.scalars(_LAST_UPDATES, {"ids": [one.id for one in incidents]})
    last = {one.incident_id: one for one in told}
    return [
        Scene(
            incident=incident,
            owner=people[incident.owner_id],
            people=people,
            last=last.get(incident.id),
            channel=channels[incident.conversation_id],
            organisation=organisation,
            rules=rules,
            now=work.now,
        )
        for incident in incidents
    ]


def _last_updates() -> Select[IncidentEvent]:
    """Select what customers heard last of each of `ids`; what was written first may have gone out last."""
    latest = func.row_number().over(
        partition_by=IncidentEvent.incident_id, order_by=(IncidentEvent.at.desc(), IncidentEvent.id.desc())
    )
    ranked = (
        select(IncidentEvent.id, latest.label("place"))
        .where(IncidentEvent.incident_id.in_(_IDS), IncidentEvent.kind == EventKind.UPDATED)
        .subquery()
    )
    return select(IncidentEvent).join(ranked, ranked.c.id == IncidentEvent.id).where(ranked.c.place == 1)


# Built once: every command about an incident needs them.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)

_PEOPLE = select(Person).where(Person.id.in_(_IDS))
_CHANNELS = select(Conversation).where(Conversation.id.in_(_IDS))
_LAST_UPDATES = _last_updates()


def _by_id(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.id: row for row in rows}
