"""The rungs of the ladder, and how long each waits: pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta


class Rung(enum.StrEnum):
    """How far a search has come."""

    WISH = "wish"  # the colleague the requester named
    BEST = "best"  # the best one, alone
    EVERYBODY = "everybody"  # everybody who can be asked, at once
    SUPERVISORS = "supervisors"  # the supervisors on duty, again and again
    NOBODY = "nobody"  # said loudly, again and again, until it ends


RUNGS = tuple(Rung)
PATIENT = timedelta(hours=2)  # so long a search that nobody answers asks at the pace that was set
SLOWEST = timedelta(hours=1)  # then ever more seldom, up to this: at night each call wakes whoever sleeps
LOUD_AGAIN = timedelta(minutes=45)  # between two calls of the channel that make a sound


@dataclass(frozen=True, kw_only=True)
class Times:
    """How long each rung waits; set by the organisation."""

    one: timedelta = timedelta(seconds=20)  # for one colleague, from delivery
    everybody: timedelta = timedelta(seconds=20)  # for all of them, from the first delivery
    delivery: timedelta = timedelta(seconds=5)  # for the platform to take an offer
    supervisors: timedelta = timedelta(seconds=60)  # between two calls of the supervisors
    supervisors_again: int = 3  # times they are called once more
    nobody: timedelta = timedelta(minutes=5)  # between two loud calls
    cooling: timedelta = timedelta(minutes=30)  # after stepping away, nobody is asked

    @property
    def to_supervisors(self) -> timedelta:
        """How long a search may take at most to reach the supervisors, when nobody is on hold."""
        return 2 * self.one + self.everybody

    def nobody_after(self, rounds: int, *, urgent: bool) -> timedelta:
        """How long to wait for an answer after so many calls; where there is danger it never slows down."""
        slowly = rounds - max(1, PATIENT // self.nobody)
        if urgent or slowly <= 0 or self.nobody >= SLOWEST:
            return self.nobody
        return min(SLOWEST, self.nobody * (1 << min(slowly, 10)))

    def loud_on(self, rounds: int, *, urgent: bool) -> bool:
        """Say whether this call is heard in the channel, too: the first, and one whenever enough time has gone."""
        at = sum((self.nobody_after(one, urgent=urgent) for one in range(1, rounds)), timedelta(0))
        before = at - self.nobody_after(rounds - 1, urgent=urgent)
        return rounds == 1 or at // LOUD_AGAIN > before // LOUD_AGAIN
