"""Figures of incidents as they ran: opened, resolved, open, planned, and overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, or_, select

from bot.incidents.model import LIVE, Incident
from bot.insights.figures.definitions import figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.insights.figures.population import Population
    from bot.insights.period import Period


@dataclass(frozen=True, slots=True)
class Ran:
    """How many incidents there were of each kind; one may be of several."""

    opened: int = 0
    resolved: int = 0
    open: int = 0
    planned: int = 0
    overdue: int = 0

    def __bool__(self) -> bool:
        return any((self.opened, self.resolved, self.open, self.planned, self.overdue))


def incidents_ran(population: Population, period: Period, now: datetime) -> Ran:
    """Count what was not over before a period, each as it is counted."""
    opened = and_(Incident.opened_at >= period.begins, Incident.starts_at.is_(None))
    resolved = and_(Incident.resolved_at < period.ends, Incident.starts_at.is_(None))
    overdue = and_(Incident.state.in_(LIVE), Incident.promise_at < min(now, period.ends))
    kinds = (opened, resolved, Incident.starts_at.is_(None), Incident.starts_at.is_not(None), overdue)
    asked = select(*(func.count().filter(kind) for kind in kinds)).where(
        Incident.organisation_id == population.organisation_id,
        Incident.opened_at < period.ends,
        or_(Incident.resolved_at.is_(None), Incident.resolved_at >= period.begins),
    )
    if population.people is not None:
        asked = asked.where(Incident.owner_id.in_(sorted(population.people)))
    counts: Sequence[int] = population.session.execute(asked).one()
    return Ran(*counts)


@figure("Incidents opened")
def incidents_opened(ran: Ran) -> int:
    """How many incidents were opened.

    - Population: incidents of the organisation; of a team, those its people own.
    - Clock: when it was opened.
    - Zone: the days of the period are those of the organisation.
    - Left out: planned work, which is told ahead.
    """
    return ran.opened


@figure("Incidents resolved")
def incidents_resolved(ran: Ran) -> int:
    """How many incidents were resolved, whenever they were opened.

    - Population: incidents of the organisation; of a team, those its people own.
    - Clock: when it was resolved; of one that was opened again, the last time.
    - Zone: the days of the period are those of the organisation.
    - Left out: planned work, which is told ahead.
    """
    return ran.resolved


@figure("Incidents open")
def incidents_open(ran: Ran) -> int:
    """How many incidents were open at some time.

    - Population: incidents of the organisation; of a team, those its people own.
    - Clock: from opening the incident to resolving it; of one that was opened again, the last time.
    - Zone: the days of the period are those of the organisation.
    - Left out: planned work, which is counted by itself.
    """
    return ran.open


@figure("Planned work")
def planned_work(ran: Ran) -> int:
    """How much planned work lay ahead or was under way.

    - Population: planned work of the organisation; of a team, what its people own.
    - Clock: from the day it was planned to its end, or to the day it was called off.
    - Zone: the days of the period are those of the organisation.
    - Left out: incidents nobody planned, which are counted by themselves.
    """
    return ran.planned


@figure("News overdue")
def news_overdue(ran: Ran) -> int:
    """Of how many incidents customers still wait for news that was due by the end of the period.

    - Population: incidents and planned work of the organisation that are not over; of a team, what its people own.
    - Clock: the promised moment lies before the end of the period, and before now; that no news came is so now.
    - Zone: the days of the period are those of the organisation.
    - Left out: what is resolved by now, and news that came late: "Missed by" counts that.
    """
    return ran.overdue
