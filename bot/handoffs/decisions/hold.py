"""When a hold needs a word: pure. A customer should not be on hold for more than a minute (seed point 001.6)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.handoffs.model import Hold

FORGOTTEN_AFTER = timedelta(minutes=5)  # past the limit: nobody holds a customer on purpose for that long


class HoldStage(enum.IntEnum):
    """How much has been said about a hold."""

    QUIET = 0  # nothing yet
    WARNED = 1  # "go back soon"
    OVER = 2  # "go back now, or let somebody take over"
    FORGOTTEN = 3  # the clock was stopped, and its owner told so


@dataclass(frozen=True, kw_only=True)
class HoldDecision:
    """What to say now, and when to look again."""

    stage: HoldStage
    say: bool  # something new is to be said
    next_due_at: datetime | None


def decide(
    *, started_at: datetime, told: HoldStage, now: datetime, warning: timedelta, limit: timedelta
) -> HoldDecision:
    """Decide what a running hold needs; a stage that was slept through is skipped, never said late with the next."""
    moments = {
        HoldStage.WARNED: started_at + min(warning, limit),
        HoldStage.OVER: started_at + limit,
        HoldStage.FORGOTTEN: started_at + limit + FORGOTTEN_AFTER,
    }
    reached = max((stage for stage, at in moments.items() if at <= now), default=HoldStage.QUIET)
    stage = max(reached, told)
    later = [at for following, at in moments.items() if following > stage]
    return HoldDecision(stage=stage, say=stage > told, next_due_at=min(later, default=None))


def supervisors_by(hold: Hold, limit: timedelta) -> datetime:
    """Say by when the supervisors are asked, so that somebody can be there when the hold is over: second 40 of 60."""
    return hold.started_at + limit * 2 / 3
