"""How often each cause was named: the queries behind `/zanshin causes`, reviews, and the section of the report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from bot.causes.model import Attribution
from bot.handoffs.model import OPEN, Handoff, HandoffState
from bot.incidents.model import LIVE, Incident
from bot.insights.figures.definitions import figure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Count:
    """How often a cause was named."""

    cases: int = 0
    incidents: int = 0

    @property
    def all(self) -> int:
        """Cases and incidents together."""
        return self.cases + self.incidents


@figure("Causes named")
def count_causes(session: Session, organisation_id: int, begins: datetime, ends: datetime) -> dict[int | None, Count]:
    """How many cases and incidents each cause was named for, and how many have none.

    - Population: cases are handoffs, each case once, where it ended up: what was handed on counts in the handoff it
      went on in. Incidents are all of the organisation's, planned ones too. No cause is of a team.
    - Clock: when the handoff began, or the incident was opened, whenever the cause was named; the last one named holds.
    - Zone: the days of the period are those of the organisation.
    - Left out: what its requester cancelled, and what isn't over and has no cause yet: it lacks nothing. What has none
      is said beside the others, for a cause that is rarely named may be less rare than it looks.
    """
    cases = (
        select(Attribution.cause_id, func.count(Handoff.id))
        .select_from(Handoff)
        .outerjoin(Attribution, Attribution.handoff_id == Handoff.id)
        .where(
            Handoff.organisation_id == organisation_id,
            Handoff.started_at >= begins,
            Handoff.started_at < ends,
            Handoff.state.not_in((HandoffState.PASSED_ON, HandoffState.CANCELLED)),
            or_(Attribution.id.is_not(None), Handoff.state.not_in(OPEN)),
        )
        .group_by(Attribution.cause_id)
    )
    incidents = (
        select(Attribution.cause_id, func.count(Incident.id))
        .select_from(Incident)
        .outerjoin(Attribution, Attribution.incident_id == Incident.id)
        .where(
            Incident.organisation_id == organisation_id,
            Incident.opened_at >= begins,
            Incident.opened_at < ends,
            or_(Attribution.id.is_not(None), Incident.state.not_in(LIVE)),
        )
        .group_by(Attribution.cause_id)
    )
    found: dict[int | None, Count] = {cause: Count(cases=count) for cause, count in session.execute(cases)}
    for cause, count in session.execute(incidents):
        found[cause] = replace(found.get(cause, Count()), incidents=count)
    return found


def named_in(counts: Mapping[int | None, Count]) -> int:
    """Say how many have a cause at all."""
    return sum(count.all for cause, count in counts.items() if cause is not None)
