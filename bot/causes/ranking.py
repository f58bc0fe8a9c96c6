"""Causes by how often they were named, against the period before: rows, a picture and the table behind it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.causes.counting import Count, named_in
from bot.causes.silent import Assumption, silent_behind
from bot.insights.values import Bar, Pareto, Share, Table
from bot.insights.wording import NONE, percent
from bot.say.language import _, listing, ngettext

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
    before: int | None  # with a cause, in the period before; None: there is nothing to compare with

    @property
    def top(self) -> tuple[Ranked, ...]:
        """List what was named most, all of it where several were named as often; empty where nothing was."""
        return tuple(row for row in self.rows if row.now.all and row.now.all == self.rows[0].now.all)

    @property
    def vital(self) -> int:
        """Say how many causes make up most of what was named."""
        sums = accumulate(row.now.all for row in self.rows)
        return next((count for count, so_far in enumerate(sums, 1) if so_far >= MOST_OF * self.all), 0)

    def share(self, row: Ranked) -> Share:
        """How much of what was named a cause makes up."""
        return Share(row.now.all, self.all)


def rank(
    causes: Sequence[Cause], now: Mapping[int | None, Count], compared: Mapping[int | None, Count] | None
) -> Ranking:
    """Put causes in order, with the period before if it can be compared; equally frequent ones stand as on the list."""
    nothing, before = Count(), compared or {}
    rows = (
        Ranked(one.id, one.name, one.department, now.get(one.id, nothing), before.get(one.id, nothing))
        for one in causes
    )
    found = sorted((row for row in rows if row.now.all or row.before.all), key=lambda row: -row.now.all)
    named_before = named_in(compared) if compared is not None else None
    return Ranking(tuple(found), named_in(now), now.get(None, nothing).all, named_before)


def named_most(ranking: Ranking) -> str:
    """Say which cause was named most, or which of them were."""
    names, count = [row.name for row in ranking.top], ranking.top[0].now.all
    if len(names) == 1:
        return _("{name} was named most: {count} of {all}.").format(name=names[0], count=count, all=ranking.all)
    return ngettext(
        "{names} were named most: {count} time each, of {all}.",
        "{names} were named most: {count} times each, of {all}.",
        count,
    ).format(names=listing(names), count=count, all=ranking.all)


def pareto_of(ranking: Ranking) -> Pareto | None:
    """Draw it; None where nothing was named."""
    rows = [row for row in ranking.rows if row.now.all]
    if not rows:
        return None
    befores = [float(row.before.all) if ranking.before is not None else None for row in rows]
    bars = tuple(Bar(row.name, float(row.now.all), before) for row, before in zip(rows, befores, strict=True))
    so_far = tuple(round(sums / ranking.all, 4) for sums in accumulate(row.now.all for row in rows))
    alt = _("{named_most} {vital} causes make up most of all.")
    return Pareto(
        title=_("What caused cases and incidents"),
        alt=alt.format(named_most=named_most(ranking), vital=ranking.vital),
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
                str(row.before.all) if ranking.before is not None else NONE,
                percent(share),
                f"{silent.low}\N{EN DASH}{silent.high}" if silent is not None else "",
            )
        )
    return Table(head, tuple(rows))
