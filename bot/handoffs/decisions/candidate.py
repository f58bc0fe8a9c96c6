"""One person of the team, as far as one handoff is concerned, and why they are not asked: pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.directory.availability import AvailabilityState
from bot.handoffs.decisions.rungs import Rung

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Exclusion(enum.StrEnum):
    """Why somebody is not asked."""

    HAD_CASE = "had_case"  # asked for help with it, or had it before
    RECUSED = "recused"  # stepped away from this customer today
    COOLING = "cooling"  # stepped away from somebody less than half an hour ago
    DECLINED = "declined"
    AWAY = "away"
    OFF_SHIFT = "off_shift"
    HANDING_OVER = "handing_over"  # looks for somebody who takes a case of theirs
    ON_HOLD = "on_hold"  # a customer waits for them to be back
    ENGAGED = "engaged"  # looks after something that cannot wait
    AT_CAPACITY = "at_capacity"
    NO_ROLE = "no_role"  # neither agent nor supervisor


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One person of the team, as far as this handoff is concerned."""

    person_id: int
    is_agent: bool = True
    is_supervisor: bool = False
    state: AvailabilityState = AvailabilityState.AVAILABLE
    load: int = 0  # handoffs accepted and not completed
    capacity: int = 1
    has_skill: bool = True
    heated_today: int = 0  # accepted today
    last_heated_at: datetime | None = None
    said_no_lately: bool = False  # to this case or another, a moment ago
    asked_elsewhere: int = 0  # offers of other cases that are theirs alone to answer just now
    had_case: bool = False
    recused: bool = False
    cooling_until: datetime | None = None
    handing_over: bool = False  # a case of their own
    on_hold: bool = False  # has a customer on hold
    engaged: bool = False  # looks after something that cannot wait
    asked_on: Rung | None = None  # where they were last asked about this handoff
    asked_at: datetime | None = None
    as_supervisor: bool = False  # how they were last asked
    declined: bool = False
    undelivered: bool = False  # the last offer did not reach them
    spared: bool = False  # wants no more today: reads like having enough
    quiet: bool = False  # their platform thinks that they are not there: a hint, which only lowers the rank
    free_since: datetime | None = None  # when they last became free; None: as long as anybody remembers

    def must_not(self, now: datetime) -> Exclusion | None:
        """Say why they must not have this case, whoever wants it; None if they may."""
        if self.had_case:
            return Exclusion.HAD_CASE
        if self.recused:
            return Exclusion.RECUSED
        if self.cooling_until is not None and now < self.cooling_until:
            return Exclusion.COOLING
        return None

    def not_asked(self, now: datetime) -> Exclusion | None:
        """Say why they are not asked at all."""
        if found := self.must_not(now):
            return found
        if not (self.is_agent or self.is_supervisor):
            return Exclusion.NO_ROLE
        if self.declined:
            return Exclusion.DECLINED
        if self.state is AvailabilityState.AWAY:
            return Exclusion.AWAY
        if self.state is AvailabilityState.OFF_SHIFT:
            return Exclusion.OFF_SHIFT
        return Exclusion.HANDING_OVER if self.handing_over else None

    def not_as_colleague(self, now: datetime) -> Exclusion | None:
        """Say why they are not asked as a colleague; supervisors are called also when they have enough to do."""
        if found := self.not_asked(now):
            return found
        if not self.is_agent:
            return Exclusion.NO_ROLE
        if self.on_hold:
            return Exclusion.ON_HOLD
        if self.engaged:
            return Exclusion.ENGAGED
        return Exclusion.AT_CAPACITY if self.spared or self.load >= self.capacity else None

    def is_free(self, now: datetime) -> bool:
        """Say whether they can be asked, as a supervisor or as a colleague."""
        return self.not_as_colleague(now) is None or (self.is_supervisor and self.not_asked(now) is None)

    @property
    def unasked(self) -> bool:
        """Say whether they were not asked since they became free."""
        return self.asked_at is None or (self.free_since is not None and self.free_since > self.asked_at)


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Put the best first.

    Who has the skill, seems to be there, said no to nobody a moment ago, is not busy with another offer, had the fewest
    heated cases today, and the longest time since one.
    """
    return sorted(
        candidates,
        key=lambda one: (
            not one.has_skill,
            one.quiet,
            one.said_no_lately,
            one.asked_elsewhere,
            one.heated_today,
            one.last_heated_at.timestamp() if one.last_heated_at else 0.0,
            one.person_id,
        ),
    )
