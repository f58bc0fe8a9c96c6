"""Figures of handoffs: how many there were, how soon somebody took them, how far the search went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, select

from bot.handoffs.decisions.rungs import RUNGS, Rung
from bot.handoffs.model import Handoff, HandoffState
from bot.insights.figures.definitions import figure
from bot.insights.figures.spread import SLOT_S, Hour, hours_of_week, percentile, seconds
from bot.insights.values import Share
from bot.store.moments import Milliseconds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from sqlalchemy import ColumnElement

    from bot.insights.figures.population import Population
    from bot.insights.period import Period

AT_ONCE_S = 60


@dataclass(frozen=True, slots=True)
class Waits:
    """So many handoffs that ended alike: how far the search went, and the whole seconds until somebody took it."""

    rung: str | None
    waited_s: int | None  # begun seconds; None: nobody had taken it when this was counted
    dropped: bool  # the requester went on alone before anybody had taken it
    heated: bool
    count: int


def waits(population: Population, period: Period) -> Sequence[Waits]:
    """Count handoffs of a period by what became of them."""
    waited = (Milliseconds(Handoff.taken_at) - Milliseconds(Handoff.started_at) + 999) // 1000
    dropped = case((and_(Handoff.state == HandoffState.CANCELLED, Handoff.taken_at.is_(None)), 1), else_=0)
    rows = population.session.execute(
        select(Handoff.rung, waited.label("waited_s"), dropped.label("was_dropped"), Handoff.heated, func.count())
        .where(*_of(population, period))
        .group_by(Handoff.rung, "waited_s", "was_dropped", Handoff.heated)
    )
    return [Waits(rung, waited_s, bool(gone), heated, count) for rung, waited_s, gone, heated, count in rows]


def hours(population: Population, period: Period) -> Sequence[tuple[int, bool, int]]:
    """Count handoffs of a period by the quarter of an hour they began in, and whether nobody was left to ask."""
    slot = Milliseconds(Handoff.started_at) // (SLOT_S * 1000)
    nobody = case((Handoff.rung == Rung.NOBODY, 1), else_=0)
    rows = population.session.execute(
        select(slot.label("slot"), nobody.label("nobody_left"), func.count())
        .where(*_of(population, period))
        .group_by("slot", "nobody_left")
    )
    return [(at, bool(left), count) for at, left, count in rows]


def _of(population: Population, period: Period) -> tuple[ColumnElement[bool], ...]:
    return population.within(period, Handoff.organisation_id, Handoff.requester_id, Handoff.started_at)


@figure("Handoffs")
def handoffs(counted: Sequence[Waits]) -> int:
    """How many handoffs were begun.

    - Population: every handoff of the organisation; of a team, those its people stepped out of.
    - Clock: when the handoff began.
    - Zone: the days of the period are those of the organisation.
    - Left out: nothing. A case passed on twice is two handoffs. Who handed a case over is kept for a time only
      (docs/privacy.md): of a team, a period that reaches behind that time is not told, nor compared with.
    """
    return sum(one.count for one in counted)


@figure("Heated handoffs")
def heated_handoffs(counted: Sequence[Waits]) -> Share:
    """Which share of handoffs was heated, by the reason that was chosen or the words that were typed.

    - Population, clock, zone: as for handoffs.
    - Left out: nothing. A handoff without a reason counts as heated, as it does for whoever takes it.
    """
    return Share(sum(one.count for one in counted if one.heated), handoffs(counted))


@figure("Taken within 60 seconds")
def taken_at_once(counted: Sequence[Waits]) -> Share:
    """Which share of handoffs somebody had taken within 60 seconds.

    - Population: handoffs, but those the requester called off before anybody had taken them.
    - Clock: from the beginning of the handoff to when whoever has it took it, in milliseconds; 60.000 s is within.
    - Zone: none is needed; the days are those of the organisation.
    - Left out: called off. One that nobody has taken so far, or that ended in a call back, counts as not within.
    """
    asked = [one for one in counted if not one.dropped]
    soon = sum(one.count for one in asked if one.waited_s is not None and one.waited_s <= AT_ONCE_S)
    return Share(soon, sum(one.count for one in asked))


@figure("Time to accept")
def time_to_accept(counted: Sequence[Waits], part: float) -> timedelta | None:
    """How long it took until somebody had taken a handoff: the time that half (p50), or nine in ten (p90), kept within.

    - Population: handoffs that somebody has taken.
    - Clock: from the beginning of the handoff to when whoever has it took it, in seconds begun.
    - Zone: none is needed.
    - Left out: what nobody took. A long p90 therefore tells less than a small share taken within 60 seconds.
    """
    lengths: Counter[int] = Counter()
    for one in counted:
        if one.waited_s is not None:
            lengths[max(0, one.waited_s)] += one.count
    return seconds(percentile(lengths, part))


@figure("Rung reached")
def rungs_reached(counted: Sequence[Waits]) -> Mapping[Rung, Share]:
    """How far the search had to go: the wished colleague, the best one, everybody, the supervisors, nobody left.

    - Population: as for handoffs.
    - Clock, zone: as for handoffs.
    - Left out: handoffs for which nobody was asked yet.
    """
    found: Counter[str] = Counter()
    for one in counted:
        if one.rung is not None:
            found[one.rung] += one.count
    return {rung: Share(found[rung], found.total()) for rung in RUNGS}


@figure("Hours in which nobody was left")
def hours_without_anybody(counted: Sequence[tuple[int, bool, int]], zone: ZoneInfo) -> dict[Hour, Share]:
    """In which hours of the week handoffs began for which nobody was left to ask, and of how many.

    - Population: as for handoffs.
    - Clock: when the handoff began, not when the search had come to its end.
    - Zone: weekday and hour of the organisation; the hour that comes twice in autumn is counted as one hour,
      the one that is left out in spring has no handoffs.
    - Left out: hours in which no handoff began; nothing is known of them.
    """
    everything = hours_of_week(((slot, count) for slot, _nobody, count in counted), zone)
    nobody = hours_of_week(((slot, count) for slot, nobody, count in counted if nobody), zone)
    return {hour: Share(nobody[hour], of) for hour, of in sorted(everything.items())}
