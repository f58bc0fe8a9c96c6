"""What pictures show: frozen values, with the words that stand in for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a picture, beside the one of the period before."""

    label: str
    now: float | None
    before: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Values side by side."""

    title: str
    alt: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Values of two kinds of places, such as days and hours."""

    title: str
    alt: str
    unit: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Pareto:
    """Values from the most to the fewest, with the share of all that each and those before it make."""

    title: str
    alt: str
    unit: str
    bars: tuple[Bar, ...]
    cumulative: tuple[float, ...]


Picture = Bars | HeatMap | Pareto
