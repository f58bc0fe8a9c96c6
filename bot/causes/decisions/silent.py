"""How many more met the same and said nothing: a range under an assumption that is shown, never a bare number: pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

from bot.insights.figures.definitions import figure

PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Assumption:
    """Of a thousand customers who meet a problem, at least and at most so many say so."""

    fewest: int = 40
    most: int = 500


@dataclass(frozen=True, slots=True)
class Silent:
    """Between how many and how many more met it."""

    low: int
    high: int


@figure("Silent customers")
def silent_behind(complaints: int, assumed: Assumption) -> Silent | None:
    """Between how many and how many more customers may have met what a cause was named for, and said nothing.

    - Population: the cases a cause was named for stand for complaints; incidents do not, for nobody counted who wrote
      about them. If a share s of those who met it complained, n complaints stand for n / s customers: n / s - n were
      silent. A team assumes its own two shares (`/zanshin causes`, “Who says nothing”): 4% and 50% to begin with.
    - Clock, zone: as for causes named.
    - Left out: nothing, and nothing is certain: a range under an assumption, which is said with it. Both ends are
      rounded outwards to two digits, since no more is known.
    """
    if complaints <= 0:
        return None
    low, high = (complaints * (PER_MILLE - share) / share for share in (assumed.most, assumed.fewest))
    return Silent(floor(_digits(low)) * _step(low), ceil(_digits(high)) * _step(high))


def _step(count: float) -> int:
    """Say what the second digit counts."""
    return int(10 ** max(0, floor(log10(count)) - 1)) if count >= 1 else 1


def _digits(count: float) -> float:
    return round(count / _step(count), 6)  # what binary fractions add is no further customer
