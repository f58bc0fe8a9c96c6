"""Follow-ups with whose they are and what they follow from: looked up together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.afterwards.model import FollowUp
from bot.directory.model import Person
from bot.incidents.model import Incident

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.work.work import Work


@dataclass(frozen=True)
class Seen:
    """One follow-up, as people see it."""

    row: FollowUp
    person: Person
    owner: Person  # of the incident
    incident: Incident
    now: datetime

    @property
    def is_due(self) -> bool:
        """Say whether its time has come."""
        return self.row.due_at <= self.now

    @property
    def is_late(self) -> bool:
        """Say whether its time has passed."""
        return self.row.due_at < self.now


def see(rows: Sequence[FollowUp], work: Work) -> list[Seen]:
    """Look up what belongs to each."""
    if not rows:
        return []
    incidents = {
        one.id: one
        for one in work.session.scalars(select(Incident).where(Incident.id.in_({row.incident_id for row in rows})))
    }
    ids = {row.person_id for row in rows} | {one.owner_id for one in incidents.values()}
    people = {one.id: one for one in work.session.scalars(select(Person).where(Person.id.in_(ids)))}
    pairs = ((row, incidents[row.incident_id]) for row in rows)
    return [Seen(row, people[row.person_id], people[one.owner_id], one, work.now) for row, one in pairs]
