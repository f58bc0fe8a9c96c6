"""When to remind whom of a follow-up: pure. In working hours of who does it: nothing of this is worth anybody's night.

Who does it hears in the morning of its day, when it is due, and the next morning; then the owner of the incident does,
then the supervisors, a working day apart, and the supervisors each week after that: silence is no state.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.directory.shifts import read_shifts, shift_change

if TYPE_CHECKING:
    from datetime import datetime

    from bot.incidents.decisions.cadence import Quiet

OFFICE = read_shifts("mon-fri 09:00-17:00")  # of whoever has no hours of their own
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LOOKS = 20  # stretches of work: a morning comes before that


class Stage(enum.IntEnum):
    """How much was said about a follow-up."""

    QUIET = 0
    WARNED = 1  # who does it, in the morning of its day
    DUE = 2  # who does it
    AGAIN = 3  # who does it, the next morning
    OWNER = 4  # the owner of the incident
    SUPERVISORS = 5  # each week again


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A follow-up as its pace sees it."""

    made_at: datetime  # or moved
    due_at: datetime
    stage: Stage = Stage.QUIET
    said_at: datetime | None = None


@dataclass(frozen=True)
class Next:
    """What to say now, if anything, and when to look again."""

    say: Stage | None
    next_due_at: datetime


def next_nag(kept: Kept, quiet: Quiet, now: datetime) -> Next:
    """Decide what is to be said now: one thing, however long nobody looked."""
    stage = _following(kept, now)
    at = _when(stage, kept, quiet)
    if now < at:
        return Next(None, at)
    if quiet.is_quiet(now):  # what we missed ourselves is no reason to disturb anybody
        return Next(None, quiet.ends(now))
    said = Kept(made_at=kept.made_at, due_at=kept.due_at, stage=stage, said_at=now)
    return Next(stage, _when(_following(said, now), said, quiet))


def _following(kept: Kept, now: datetime) -> Stage:
    if kept.stage is Stage.QUIET:
        return Stage.WARNED if now < kept.due_at else Stage.DUE
    return Stage(min(kept.stage + 1, Stage.SUPERVISORS))


def _when(stage: Stage, kept: Kept, quiet: Quiet) -> datetime:
    if stage is Stage.WARNED:
        return _warning(kept, quiet)
    if stage is Stage.DUE or kept.said_at is None:
        return quiet.ends(kept.due_at)
    if kept.stage is Stage.SUPERVISORS:
        return quiet.ends(kept.said_at + WEEK)
    return morning_after(kept.said_at, quiet)


def _warning(kept: Kept, quiet: Quiet) -> datetime:
    """Say when its day begins; of one that was made on its day, half of the time that is left."""
    morning = morning_after(kept.due_at - DAY, quiet)
    if morning >= kept.due_at or morning <= kept.made_at:
        return min(quiet.ends(kept.made_at + (kept.due_at - kept.made_at) / 2), kept.due_at)
    return morning


def morning_after(at: datetime, quiet: Quiet) -> datetime:
    """Say when work begins on the next day on which there is work; for whoever always works, a day later."""
    found = at
    for _look in range(LOOKS):
        change = shift_change(quiet.hours, quiet.zone, found)
        if change is None:
            break
        found = change
        begins = not quiet.is_quiet(found + timedelta(microseconds=1))
        if begins and found.astimezone(quiet.zone).date() > at.astimezone(quiet.zone).date():
            return found
    return at + DAY
