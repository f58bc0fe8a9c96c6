"""What the open incident says of time, for whoever speaks with a customer about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.incidents.cards.customer import written_time
from bot.incidents.model import Incident, IncidentState
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Mapping


def times_of_the_incident(work: Work) -> Mapping[str, str]:
    """Say since when it is, and by when customers hear more; of two incidents nobody knows which one is meant."""
    live = select(Incident).where(
        Incident.organisation_id == work.actor.organisation_id, Incident.state == IncidentState.OPEN
    )
    found = work.session.scalars(live.limit(2)).all()
    if len(found) != 1:
        return {}
    [incident] = found
    zone, now = work.organisation.zone, work.now
    times = {"since": written_time(incident.began_at, zone, now)}
    # A promise that is over is none to repeat.
    return times | ({"next_update": written_time(incident.promise_at, zone, now)} if incident.promise_at > now else {})
