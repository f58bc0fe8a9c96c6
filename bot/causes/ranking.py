"""Causes by how often they were named, against the period before: rows, a picture and the table behind it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.causes.counting import Count, named_in
from bot.causes.silent import Assumption, silent_behind
from bot.insights.values import Bar, Pareto, Share, Table
from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.causes.model import Cause

MOST_OF = 0.8  # of all that were named: what a few causes make up


@dataclass(frozen=True, slots=True)
class Ranked:
    """One cause with how often it was named."""

    cause_id: int
    name: str
    department: str
    now: Count
    before: Count


@dataclass(frozen=True, slots=True)
class Ranking:
    """All causes that were named in a period or before it, the most frequent first."""

    rows: tuple[Ranked, ...]
    all: int  # with a cause
    unnamed: int
    before: int  # with a cause, in the period before

    @property
    def vital(self) -> int:
        """Say how many causes make up most of what was named."""
        sums = accumulate(row.now.all for row in self.rows)
        return next((count for count, so_far in enumerate(sums, 1) if so_far >= MOST_OF * self.all), 0)

    def share(self, row: Ranked) -> Share:
        """How much of what was named a cause makes up."""
        return Share(row.now.all, self.all)


def rank(causes: Sequence[Cause], now: Mapping[int | None, Count], before: Mapping[int | None, Count]) -> Ranking:
    """Put causes in order; equally frequent ones stand as on the list."""
    nothing = Count()
    rows = (
        Ranked(one.id, one.name, one.department, now.get(one.id, nothing), before.get(one.id, nothing))
        for one in causes
    )
    found = sorted((row for row in rows if row.now.all or row.before.all), key=lambda row: -row.now.all)
    return Ranking(tuple(found), named_in(now), now.get(None, nothing).all, named_in(before))


def pareto_of(ranking: Ranking) -> Pareto | None:
    """Draw it; None where nothing was named."""
    rows = [row for row in ranking.rows if row.now.all]
    if not rows:
        return None
    bars = tuple(Bar(row.name, float(row.now.all), float(row.before.all)) for row in rows)
    so_far = tuple(round(sums / ranking.all, 4) for sums in accumulate(row.now.all for row in rows))
    alt = _("{name} was named most, {count} times of {all}; {vital} causes make up most of all.")
    return Pareto(
        title=_("What caused cases and incidents"),
        alt=alt.format(name=rows[0].name, count=rows[0].now.all, all=ranking.all, vital=ranking.vital),
        unit="",
        bars=bars,
        cumulative=so_far,
    )


def table_of(ranking: Ranking, assumed: Assumption) -> Table:
    """Write the numbers."""
    head = (_("cause"), _("department"), _("cases"), _("incidents"), _("before"), _("share"), _("silent, at a guess"))
    rows = []
    for row in ranking.rows:
        share, silent = ranking.share(row).value, silent_behind(row.now.cases, assumed)
        rows.append(
            (
                row.name,
                row.department,
                str(row.now.cases),
                str(row.now.incidents),
                str(row.before.all),
                f"{round(100 * share)} %" if share is not None else "",
                f"{silent.low}\N{EN DASH}{silent.high}" if silent is not None else "",
            )
        )
    return Table(head, tuple(rows))
