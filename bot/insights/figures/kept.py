"""Figures of promises to customers: kept, missed and by how much, and how soon they first heard."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from bot.incidents.decisions.promised import IS_OVER, SILENT
from bot.incidents.model import LIVE, Incident, IncidentEvent
from bot.insights.figures.definitions import figure
from bot.insights.figures.spread import percentile, seconds
from bot.insights.values import Share
from bot.store.database import Moment
from bot.store.moments import Milliseconds

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement
    from sqlalchemy.sql.elements import SQLCoreOperations

    from bot.insights.figures.population import Population
    from bot.insights.period import Period

Lengths = Counter[int]  # of begun seconds


def answered_promises(population: Population, period: Period, now: datetime) -> Lengths:
    """Count promises that something is about by how many seconds after their time news came; without news, to now."""
    late = _begun(IncidentEvent.kept_at, func.coalesce(_news_at(), literal(now, Moment)))
    counted = select(late.label("late_s"), func.count()).group_by("late_s")
    if population.people is not None:  # whose an incident is asks for a row more, of every promise
        counted = counted.join(Incident, Incident.id == IncidentEvent.incident_id)
    within = population.within(period, IncidentEvent.organisation_id, Incident.owner_id, IncidentEvent.kept_at)
    rows = population.session.execute(counted.where(*within))
    return Counter({length: count for length, count in rows})  # noqa: C416  rows are typed, dict() is not


def _news_at() -> ColumnElement[Any]:
    """Say when customers had the news, as the record does: an end that nobody told them is none."""
    told = aliased(IncidentEvent)
    first = select(func.min(told.told_at)).where(
        told.incident_id == IncidentEvent.incident_id, told.told_at >= IncidentEvent.at
    )
    silent = and_(IncidentEvent.kind.in_(SILENT), IncidentEvent.told_at.is_(None))
    return case((silent, first.scalar_subquery()), else_=func.coalesce(IncidentEvent.told_at, IncidentEvent.at))


def waiting_promises(population: Population, period: Period, now: datetime) -> Lengths:
    """Count promises whose time is over and whose news has never come by how many seconds ago it should have."""
    answers = and_(IncidentEvent.incident_id == Incident.id, IncidentEvent.kept_at == Incident.promise_at)
    given = and_(
        IncidentEvent.incident_id == Incident.id,
        IncidentEvent.told_at.is_not(None),
        IncidentEvent.promise_at == Incident.promise_at,
    )
    called_off = and_(Incident.starts_at.is_not(None), Incident.resolved_at < Incident.starts_at)
    owed = or_(Incident.starts_at.is_(None), ~called_off, exists().where(given))  # as is_owed of the record says
    open_still = or_(Incident.state.in_(LIVE), and_(owed, ~exists().where(answers)))
    rows = population.session.scalars(
        select(Incident.promise_at).where(
            *population.within(period, Incident.organisation_id, Incident.owner_id, Incident.promise_at),
            Incident.promise_at <= now - IS_OVER,
            open_still,
        )
    )
    return Counter(-int((at - now).total_seconds() // 1) for at in rows)


def first_updates(population: Population, period: Period) -> Lengths:
    """Count incidents of a period by how many seconds it took until customers first heard of them."""
    took = _begun(Incident.opened_at, Incident.first_update_at)
    rows = population.session.execute(
        select(took.label("took_s"), func.count())
        .where(
            *population.within(period, Incident.organisation_id, Incident.owner_id, Incident.opened_at),
            Incident.starts_at.is_(None),
            Incident.first_update_at.is_not(None),
        )
        .group_by("took_s")
    )
    found: Lengths = Counter()
    for length, count in rows:
        found[max(0, length)] += count
    return found


def _begun(start: SQLCoreOperations[Any], end: SQLCoreOperations[Any]) -> ColumnElement[int]:
    return (Milliseconds(end) - Milliseconds(start) + 999) // 1000


@figure("Promises kept")
def promises_kept(answered: Lengths, waiting: Lengths) -> Share:
    """Which share of promises of a next update was kept.

    - Population: every time customers were promised news by; of a team, of the incidents its people own.
    - Clock: the promised moment decides the period; kept is what customers had, as somebody said, by that moment.
    - Zone: the days of the period are those of the organisation.
    - Left out: promises whose time has not come. News that came first keeps a promise, whatever was promised next.
    """
    kept = sum(count for late, count in answered.items() if late <= 0)
    return Share(kept, answered.total() + waiting.total())


@figure("Missed by")
def missed_by(answered: Lengths, waiting: Lengths, part: float) -> timedelta | None:
    """By how much missed promises were late: the time that half (p50), or nine in ten (p90), stayed within.

    - Population: promises that were not kept.
    - Clock: from the promised moment to when customers had the news; without news, to now.
    - Zone: none is needed.
    - Left out: promises that were kept.
    """
    late = Counter({length: count for length, count in answered.items() if length > 0}) + waiting
    return seconds(percentile(late, part))


@figure("Time to the first update")
def time_to_first_update(first: Lengths, part: float) -> timedelta | None:
    """How long it took until customers first heard of an incident: half of them (p50), or nine in ten (p90), within it.

    - Population: incidents opened in the period; of a team, those its people own.
    - Clock: from opening the incident to when customers had the first update, as somebody said.
    - Zone: the days of the period are those of the organisation.
    - Left out: planned work, which is told ahead, and incidents customers have never been told of.
    """
    return seconds(percentile(first, part))
