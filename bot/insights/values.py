"""What a report is made of: plain values that every picture, table and page is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from bot.pictures.values import Bar, Bars, HeatMap, Pareto, Picture

if TYPE_CHECKING:
    from datetime import date

    from bot.insights.period import Period

__all__ = ["Bar", "Bars", "Complaint", "HeatMap", "Pareto", "Picture", "Report", "Section", "Share", "Table"]

_Z = 1.959963984540054  # 95 % of a bell curve lie this many deviations around its middle


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why what was asked for cannot be shown: what happened, why, and what to do next."""

    what: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and between which bounds the true share lies as far as so few can tell (Wilson, 95 %)."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share itself, from 0 to 1; None of nothing."""
        return self.hits / self.of if self.of else None

    @property
    def low(self) -> float | None:
        """The lower bound."""
        bounds = self._bounds()
        return bounds[0] if bounds else None

    @property
    def high(self) -> float | None:
        """The upper bound."""
        bounds = self._bounds()
        return bounds[1] if bounds else None

    def _bounds(self) -> tuple[float, float] | None:
        if not self.of:
            return None
        share, square = self.hits / self.of, _Z * _Z
        middle = (share + square / (2 * self.of)) / (1 + square / self.of)
        reach = _Z * sqrt(share * (1 - share) / self.of + square / (4 * self.of**2)) / (1 + square / self.of)
        # What was seen lies within, whatever rounding says of all and of none.
        return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a picture."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One subject of a report."""

    key: str
    title: str
    sentences: tuple[str, ...]
    picture: Picture | None
    table: Table | None
    changed: str = ""  # what it has to say first, if anything has surely changed
    to_do: str = ""  # on Monday, if it has advice


@dataclass(frozen=True, slots=True)
class Report:
    """What one team reads about one period, in the reader's language."""

    organisation: str
    team: str | None
    period: Period
    sentences: tuple[str, str, str]  # what changed, and what to do about it
    picture: Picture
    sections: tuple[Section, ...]
    begun: date | None = None  # the first day of all, where it leaves nothing to compare with
    told: frozenset[str] = frozenset()  # sections whose facts the three sentences tell already
