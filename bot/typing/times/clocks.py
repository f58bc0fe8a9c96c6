"""Times of day as people type them: "14:30", "2pm", "half past two", "between 2 and 3pm", "end of day"."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.typing.times.answers import WorkingDay
from bot.typing.times.words import without_until

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import time


HOUR, NOON, MIDNIGHT = 60, 720, 1440  # minutes; midnight ends a day
_HALF, _QUARTER = 30, 15
_LONGEST_RANGE = NOON
_PADDED = frozenset(f"{hour:02}" for hour in range(10))
_DAYS_BEGIN = 7

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:(?: ?[:.] ?| ?h ?)(?P<minute>\d\d)(?::\d\d)?| (?P<apart>\d\d))?"
    r"(?: ?h(?:rs?|ours?)?| oclock)?(?: ?(?P<half>[ap]m))?"
)
_FOUR_DIGITS = re.compile(r"(?P<hour>\d\d)(?P<minute>\d\d) ?(?:h|hrs?|hours)?(?P<apart>)(?P<half>)")
_SPOKEN = re.compile(
    r"(?P<amount>half|(?:a )?quarter|5|10|20|25|\d{1,2} ?min(?:ute)?s?) (?P<way>past|after|to|before) "
    r"(?P<hour>\d|1[0-2])(?: oclock)?(?: ?(?P<half>[ap]m))?"
)
_HOURS_TO_HOURS = re.compile(r"5 to (?:[6-9]|1[0-2])\b.*|10 to 1[12]\b.*")  # or minutes to the hour
_HALF_SEVEN = re.compile(r"half (?P<hour>\d{1,2})(?: ?(?P<half>[ap]m))?")
_RANGE = re.compile(r"(?:between |from )?(?P<start>.+?)(?: ?- ?| and | to | until )(?P<end>.+)")

_NOON = re.compile(r"(?:12 )?(?:noon|midday)")
_MIDNIGHT = re.compile(r"(?:12 )?midnight")
_CLOSES = re.compile(
    r"(?:the )?end of(?: the| our| my| business| working)*(?: day| business| play| shift)?|eo[bds]|co[bp]"
    r"|(?:the )?rest of (?:the|my|our) (?:working )?day|close of (?:business|play)|(?:when )?we close|closing(?: time)?"
)
_OPENS = re.compile(
    r"(?:when )?we (?:open|start)|opening(?: time)?|(?:the )?start of(?: the| our| business| working)* (?:day|business)"
    r"|first thing|sob|sod"
)
_PART = re.compile(r"(?:^|,? )(?:in the |this |at )?(?P<part>morning|afternoon|evening|night)$")


class Firm(enum.StrEnum):
    """How sure a time of day is."""

    SURE = enum.auto()  # the first reading is meant
    USUAL = enum.auto()  # the first reading, if it lies in the working day
    OPEN = enum.auto()  # nobody can tell


@dataclass(frozen=True)
class Reading:
    """One reading of a time of day, in minutes of the wall clock after the midnight that begins the day."""

    end: int
    start: int | None = None  # of a range; below zero it lies on the day before


@dataclass(frozen=True)
class Clock:
    """A time of day in all its readings, the one as typed first; none if there is no such time."""

    readings: tuple[Reading, ...]
    firm: Firm = Firm.SURE
    landmark: bool = False  # said by name: where the clocks skip it, the moment they skip to is meant


class Part(enum.StrEnum):
    """A part of the day."""

    MORNING = enum.auto()
    AFTERNOON = enum.auto()
    EVENING = enum.auto()
    NIGHT = enum.auto()


PARTS = {
    Part.MORNING: range(NOON),
    Part.AFTERNOON: range(NOON, 19 * HOUR),
    Part.EVENING: range(17 * HOUR, MIDNIGHT),
    Part.NIGHT: range(18 * HOUR, MIDNIGHT + HOUR),
}


def minutes(at: time) -> int:
    """Write a time of day in minutes."""
    return at.hour * HOUR + at.minute


def closing(day: WorkingDay) -> int:
    """Say when the day closes, in minutes after the midnight that begins it."""
    closes = minutes(day.closes)
    return closes if closes > minutes(day.opens) else closes + MIDNIGHT


def take_part(text: str) -> tuple[str, Part | None]:
    """Take "in the afternoon" and the like off the end."""
    found = _PART.search(text)
    return (text[: found.start()], Part(found["part"])) if found else (text, None)


def narrow(clock: Clock, part: Part) -> Clock:
    """Keep the readings in a part of the day; if there is none, nobody can tell what was meant."""
    if clock.landmark:
        return clock
    kept = tuple(reading for reading in clock.readings if reading.end in PARTS[part])
    if not kept:
        return replace(clock, firm=Firm.OPEN)
    return replace(clock, readings=kept, firm=Firm.SURE if len(kept) == 1 else clock.firm)


def read_clock(text: str, day: WorkingDay, *, dated: bool) -> Clock | None:
    """Read a time of day or a range of it; `dated` if a day other than today was named with it."""
    text = without_until(text)
    found, ends = _point(text, day, dated=dated), _RANGE.fullmatch(text)
    if not ends or (found and not _HOURS_TO_HOURS.fullmatch(text)):
        return found
    start, end = _point(ends["start"], day, dated=False), _point(ends["end"], day, dated=False)
    if not (start and end):
        return None
    span = _range(start, end)
    return Clock((*found.readings, *span.readings), Firm.OPEN) if found else span


def _range(start: Clock, end: Clock) -> Clock:
    if not (start.readings and end.readings):
        return Clock(())
    starts = [reading.end for reading in start.readings]
    if start.firm is Firm.SURE:
        del starts[1:]
    kept = tuple(
        Reading(reading.end, begins)
        for reading in (end.readings[:1] if end.firm is Firm.SURE else end.readings)
        if (begins := _beginning(starts, reading.end)) is not None
    )
    firm = Firm.OPEN if Firm.OPEN in (start.firm, end.firm) else end.firm
    return Clock(kept, Firm.SURE if len(kept) == 1 and firm is Firm.USUAL else firm, end.landmark)


def _beginning(starts: Iterable[int], end: int) -> int | None:
    """Find the beginning nearest before an end, over midnight if need be: "2-3pm", "11-1pm", "22:00-02:00"."""
    both = [start - shift for start in starts for shift in (0, MIDNIGHT)]
    return max((start for start in both if end - _LONGEST_RANGE <= start < end), default=None)


def _point(text: str, day: WorkingDay, *, dated: bool) -> Clock | None:
    if _NOON.fullmatch(text):
        return Clock((Reading(NOON),), landmark=True)
    if _MIDNIGHT.fullmatch(text):
        # Midnight is the coming one; of another day it may be the one that begins it or the one that ends it.
        both = (Reading(0), Reading(MIDNIGHT))
        return Clock(both, Firm.OPEN, landmark=True) if dated else Clock(both[1:], landmark=True)
    if _CLOSES.fullmatch(text):
        return Clock((Reading(closing(day)),), landmark=True)
    if _OPENS.fullmatch(text):
        return Clock((Reading(minutes(day.opens)),), landmark=True)
    return _read_digits(text) or _read_spoken(text)


def _read_digits(text: str) -> Clock | None:
    found = _FOUR_DIGITS.fullmatch(text) or _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute = found["hour"], found["minute"] or found["apart"]
    past = int(minute or 0)
    if past >= HOUR:
        return Clock(())
    if int(hour) == MIDNIGHT // HOUR and not past:
        return Clock((Reading(MIDNIGHT),))
    readings = tuple(Reading(whole + past) for whole in _hours(int(hour), found["half"]))
    # Minutes or a zero in front are how the 24-hour clock is written. "2:30" is not: few promise for the small hours.
    in_24_hours = hour in _PADDED or (minute and int(hour) >= _DAYS_BEGIN)
    return Clock(readings, Firm.SURE if in_24_hours or len(readings) <= 1 else Firm.USUAL)


def _read_spoken(text: str) -> Clock | None:
    if found := _HALF_SEVEN.fullmatch(text):
        # Half past six to some, half past seven to others.
        hours = _hours(int(found["hour"]), found["half"])
        return Clock(tuple(Reading(hour + by) for hour in hours for by in (_HALF, -_HALF)), Firm.OPEN)
    if not (found := _SPOKEN.fullmatch(text)):
        return None
    amount = found["amount"]
    past = _HALF if amount == "half" else _QUARTER if amount.endswith("quarter") else int(amount.rstrip(" minutes"))
    sign = 1 if found["way"] in ("past", "after") else -1
    readings = tuple(Reading(hour + sign * past) for hour in _hours(int(found["hour"]), found["half"]))
    if past >= HOUR:
        return Clock(())
    return Clock(readings, Firm.SURE if len(readings) == 1 else Firm.USUAL)


def _hours(hour: int, half: str | None) -> tuple[int, ...]:
    """List what an hour can mean, in minutes; nothing if there is no such hour."""
    if half == "am":
        return (hour % 12 * HOUR,) if hour <= 12 else ()  # noqa: PLR2004  hours on a dial
    if half == "pm":
        return (hour % 12 * HOUR + NOON,) if 1 <= hour < 24 else ()  # noqa: PLR2004  as above
    if 1 <= hour <= 12:  # noqa: PLR2004  as above
        return (hour * HOUR, hour * HOUR + NOON)
    return (hour * HOUR,) if hour < 24 else ()  # noqa: PLR2004  as above
