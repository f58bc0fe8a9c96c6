"""Did a change help? Two shares, the interval of their difference, and what may be said of it: pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING

from bot.insights.figures.definitions import figure
from bot.insights.values import Share

if TYPE_CHECKING:
    from datetime import datetime

LOOKS_BACK = timedelta(days=90)  # before the change
FIRST_LOOK = timedelta(days=14)  # what comes sooner says more of that week than of the change
FEWEST = 10  # on each side
WIDEST = 0.2  # an interval wider than twenty points that holds no difference says nothing


class Verdict(enum.Enum):
    """What before and after say together."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"  # whatever difference there is, is small
    TOO_EARLY = "too early"


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the share after lies from the one before, and the bounds of that (95 %)."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """How often a cause was named among all that were, before a change and since."""

    before: Share
    after: Share
    since: timedelta  # how long the change has held

    @property
    def difference(self) -> Difference | None:
        """The difference of the two; None where one side has nothing."""
        return difference(self.before, self.after)

    @property
    def verdict(self) -> Verdict:
        """Say what it comes to."""
        found = self.difference
        few = min(self.before.of, self.after.of) < FEWEST
        if found is None or few or self.since < FIRST_LOOK:
            return Verdict.TOO_EARLY
        if found.high < 0:
            return Verdict.BETTER
        if found.low > 0:
            return Verdict.WORSE
        return Verdict.SAME if found.high - found.low <= WIDEST else Verdict.TOO_EARLY


@figure("Before and after a change")
def difference(before: Share, after: Share) -> Difference | None:
    """By how much the share of a cause differs after a change from before it, and the bounds of that.

    - Population: the cases and incidents whose cause was named, as for causes named; the share is that of one cause.
    - Clock: the 90 days before the change, and at most 90 days since, up to the end of the review.
    - Zone: a change begins with a day of the organisation.
    - Left out: what has no cause. The bounds are those that Newcombe makes of two intervals of Wilson (95%). With fewer
      than ten named on a side, or less than 14 days since, it is too early to say; where the bounds leave room for no
      difference, none is claimed.
    """
    if before.value is None or before.low is None or before.high is None:
        return None
    if after.value is None or after.low is None or after.high is None:
        return None
    value = after.value - before.value
    down = sqrt((after.value - after.low) ** 2 + (before.high - before.value) ** 2)
    up = sqrt((after.high - after.value) ** 2 + (before.value - before.low) ** 2)
    return Difference(value, max(-1.0, value - down), min(1.0, value + up))


def windows(changed_at: datetime, now: datetime) -> tuple[tuple[datetime, datetime], tuple[datetime, datetime]]:
    """Say which time is looked at before a change, and which since."""
    ends = max(changed_at, min(now, changed_at + LOOKS_BACK))
    return (changed_at - LOOKS_BACK, changed_at), (changed_at, ends)
