"""What reading a time comes to: a moment, or a question back."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, time, timedelta

FURTHEST = timedelta(days=14)  # a promise beyond that is a slip of the finger, or none
LONGEST_BREAK = timedelta(days=30)


class Why(enum.StrEnum):
    """Why a time is asked back."""

    NOTHING = enum.auto()  # no words at all
    VAGUE = enum.auto()  # "soon", "when it is done"
    UNCLEAR = enum.auto()  # no time that we know
    HALF_OF_DAY = enum.auto()  # "at 7": morning or evening
    TIME_OR_LENGTH = enum.auto()  # "7": o'clock or minutes
    NO_UNIT = enum.auto()  # "in 7"
    NO_HOUR = enum.auto()  # "tomorrow", "this evening"
    WHICH_DAY = enum.auto()  # "next friday" said on a Tuesday
    NOT_AHEAD = enum.auto()  # has passed, or is just now
    TOO_FAR = enum.auto()  # beyond FURTHEST
    NO_SUCH_DAY = enum.auto()  # 30 February
    NO_SUCH_TIME = enum.auto()  # 25:00
    SKIPPED = enum.auto()  # the clocks go forward over it
    OTHER_ZONE = enum.auto()  # "14:30 IST" where that is not the time
    BEGINS = enum.auto()  # "dentist at 3pm": may be when it begins, where an end is asked for
    SEVERAL = enum.auto()  # "30m lunch until 15:00"


@dataclass(frozen=True)
class Moment:
    """The time by which an update is promised; for a range its end, and its beginning while that is ahead."""

    at: datetime
    earliest: datetime | None = None


@dataclass(frozen=True)
class AskBack:
    """A time that could not be taken, and up to three phrases that can."""

    why: Why
    options: tuple[str, ...] = ()
    gap: tuple[time, time] | None = None  # from and to where the clocks go forward, if SKIPPED
    furthest: timedelta = FURTHEST


@dataclass(frozen=True)
class WorkingDay:
    """What "end of day" and "before we open" mean; an end not after the start is on the next day."""

    opens: time = time(9)
    closes: time = time(17)
