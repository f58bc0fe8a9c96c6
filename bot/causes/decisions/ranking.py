"""Causes by how often they were named, against the period before: rows, a picture and the table behind it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.causes.counting import Count, named_in
from bot.causes.decisions.silent import Assumption, silent_behind
from bot.insights.figures.spread import share_changed
from bot.insights.values import Bar, Pareto, Share, Table
from bot.insights.wording import NONE, between, number, percent
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

    def changed(self) -> tuple[Ranked | None, Ranked | None]:
        """Find the cause whose share has surely risen most, and the one whose share has surely fallen most."""
        if not self.before:
            return None, None
        moved = {row: share_changed(self.share(row), Share(row.before.all, self.before)) for row in self.rows}
        gained = {row: row.now.all * self.before - row.before.all * self.all for row in self.rows}
        up = max((row for row in self.rows if moved[row] > 0), key=lambda row: gained[row], default=None)
        down = min((row for row in self.rows if moved[row] < 0), key=lambda row: gained[row], default=None)
        return up, down


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


def changes(ranking: Ranking) -> tuple[str, ...]:
    """Say which cause is named more, and which less, where that is sure: what is worse first."""
    up, down = ranking.changed()
    sentences = (
        (up, _("“{name}” is named more: for {now} of all, after {before}.")),
        (down, _("“{name}” is named less: for {now} of all, after {before}.")),
    )
    return tuple(
        said.format(
            name=row.name,
            now=percent(ranking.share(row).value),
            before=percent(Share(row.before.all, ranking.before or 0).value),
        )
        for row, said in sentences
        if row is not None
    )


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
    head = (
        _("Cause"),
        _("Department"),
        _("Cases"),
        _("Incidents"),
        _("Before"),
        _("Share"),
        _("Silent, at a guess"),
    )
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
                between(number(silent.low), number(silent.high)) if silent is not None else NONE,
            )
        )
    return Table(head, tuple(rows))
