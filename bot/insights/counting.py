"""Everything a report counts, of its period and of the one before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.insights.figures.beginning import begun_within
from bot.insights.figures.given import Given, gestures_granted
from bot.insights.figures.handed import Waits, hours, waits
from bot.insights.figures.kept import Lengths, answered_promises, first_updates, waiting_promises
from bot.insights.figures.met import did_not_fit, due_for_review, runs
from bot.insights.figures.running import Ran, incidents_ran

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from bot.insights.figures.population import Population
    from bot.insights.period import Period
    from bot.work.retention import Retention


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in one period."""

    waits: Sequence[Waits]
    hours: Sequence[tuple[int, bool, int]]
    answered: Lengths
    waiting: Lengths
    first: Lengths
    ran: Ran
    runs: Counter[str]
    given: Sequence[Given]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing happened."""
        counted = (self.waits, self.answered, self.waiting, self.first, self.ran, self.runs, self.given)
        return not any(counted)


@dataclass(frozen=True, slots=True)
class Compared:
    """A period beside the one before."""

    period: Period
    begun: date | None  # the first day of all, where it leaves nothing to compare with
    now: Counted
    before: Counted
    runs_cut: bool  # part of the period is longer ago than runs are kept
    runs_compared: bool  # both periods are kept whole
    handoffs_cut: bool  # of a team: part of the period is longer ago than is kept who handed a case over
    handoffs_compared: bool
    misfits: Sequence[tuple[str, str, int]]
    review: Sequence[str]
    titles: Mapping[str, str]

    def title(self, playbook: str) -> str:
        """Name a playbook as people read it; one that is gone keeps its id."""
        return self.titles.get(playbook) or playbook.replace("-", " ").capitalize()


NOTHING = Counted((), (), Counter(), Counter(), Counter(), Ran(), Counter(), ())


def count(population: Population, period: Period, now: datetime) -> Counted:
    """Count everything that happened in a period."""
    return Counted(
        waits=waits(population, period),
        hours=hours(population, period),
        answered=answered_promises(population, period, now),
        waiting=waiting_promises(population, period, now),
        first=first_updates(population, period),
        ran=incidents_ran(population, period, now),
        runs=runs(population, period),
        given=gestures_granted(population, period),
    )


def compare(
    population: Population, period: Period, now: datetime, kept: Retention, titles: Mapping[str, str]
) -> Compared:
    """Count a period and the one before it."""
    since = now - kept.runs
    begun = begun_within(population.session, population.organisation_id, period)
    whole, comparable = known(period, now, kept, everybody=population.people is None)
    return Compared(
        period=period,
        begun=begun,
        now=count(population, period, now),
        before=count(population, period.before, now) if begun is None else NOTHING,
        runs_cut=period.begins < since,
        runs_compared=begun is None and period.before.begins >= since,
        handoffs_cut=not whole,
        handoffs_compared=begun is None and comparable,
        misfits=did_not_fit(population),
        review=due_for_review(population, now),
        titles=titles,
    )


def known(period: Period, now: datetime, kept: Retention, *, everybody: bool) -> tuple[bool, bool]:
    """Say whether the handoffs of a period are known, and those of the one before.

    Longer ago no row tells who handed a case over, and so of which team they are.
    """
    since = now - kept.reasons
    return everybody or period.begins >= since, everybody or period.before.begins >= since
