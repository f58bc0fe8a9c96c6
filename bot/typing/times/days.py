"""Days as people type them: "tomorrow", "next monday", "24 Nov", "24.11.", "2026-11-24"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from bot.typing.times.clocks import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_TWO_MONTHS = 62  # days: a month without a 31st is followed by one that has it
_PARTS = "|".join(Part)
_NEAR = {"today": 0, "tonight": 0, "this": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "day after tomorrow": 2}
_NUMBER, _NTH, _YEAR = r"(?:0?[1-9]|1[0-2])", r"(?P<d>\d{1,2})(?:st|nd|rd|th)?", r"(?:,? (?P<y>20\d\d)(?!:))?"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_NAME = rf"(?P<m>{MONTH})\.?"
_WAYS = (
    rf"(?P<near>today|tonight|this(?= (?:{_PARTS}))|tomorrow|tmrw?|day after tomorrow)",
    rf"(?:(?P<which>next|this|coming) )?(?P<weekday>{WEEKDAY})\.?",
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    rf"{_NTH}\.?[ -]?(?:of )?{_NAME}{_YEAR}",
    rf"{_NAME} {_NTH}{_YEAR}",
    # "10.11" is a time of day unless a dot or another time follows, or no day has so many hours.
    rf"(?P<d>\d{{1,2}})\.(?P<m>{_NUMBER})(?:\.(?P<y>20\d\d)?(?!\d)|(?= (?:at )?\d))",
    rf"(?P<d>2[4-9]|3\d)\.(?P<m>{_NUMBER})(?P<y>)",
    r"(?P<nth>\d{1,2})(?:st|nd|rd|th)",
    r"in (?P<ahead>\d{1,2}) days?(?= |$)",
    r"(?P<d>\d{1,2})(?P<slash>-)(?P<m>\d{1,2})-(?P<y>20\d\d)",
    r"(?P<d>\d{1,2})(?P<slash>/)(?P<m>\d{1,2})(?:/(?P<y>20\d\d))?",
)
_DAYS = tuple(rf"(?:on )?(?:the )?(?:(?P<named>{WEEKDAY})\.?,? )?{way}(?: (?P<part>{_PARTS}))?" for way in _WAYS)
_FRONT = tuple(re.compile(rf"{day}(?:$|[ ,]+|t(?=\d))") for day in _DAYS)
_END = tuple(re.compile(rf"(?:^|[ ,]+){day}$") for day in _DAYS)


@dataclass(frozen=True)
class Day:
    """A day found in a phrase: every date it can mean, none if it does not exist, and the words beside it."""

    dates: tuple[date, ...]
    part: Part | None
    rest: str


def find_days(text: str, today: date) -> Iterator[Day]:
    """Take a day off the front or off the end, in every way that is possible."""
    for found in (*(day.match(text) for day in _FRONT), *(day.search(text) for day in _END)):
        if found:
            said = found.groupdict()
            dates = tuple(_dates(said, today))
            if named := said["named"]:
                dates = tuple(day for day in dates if day.weekday() == WEEKDAYS.index(named[:3]))
            part = Part.NIGHT if said.get("near") == "tonight" else Part(said["part"]) if said["part"] else None
            yield Day(dates, part, text[: found.start()] + text[found.end() :])


def _dates(said: dict[str, str | None], today: date) -> Iterator[date]:
    if near := said.get("near"):
        yield today + timedelta(days=_NEAR[near])
    elif weekday := said.get("weekday"):
        yield from _weekday(said["which"], WEEKDAYS.index(weekday[:3]), today)
    elif ahead := said.get("ahead"):
        yield today + timedelta(days=int(ahead))
    elif nth := said.get("nth"):
        yield from _next(int(nth), today)
    else:
        day, month, year = said["d"] or "", said["m"] or "", said["y"]
        yield from _nearest(day, month, year, today)
        if "slash" in said and day != month:  # 3/12 is December to some and March to others
            yield from _nearest(month, day, year, today)


def _weekday(which: str | None, weekday: int, today: date) -> Iterator[date]:
    ahead = (weekday - today.weekday()) % 7
    # On a Monday, "Monday" is today or in a week; on a Tuesday, "next Friday" is in three days or in ten.
    if ahead or which != "next":
        yield today + timedelta(days=ahead)
    if (which == "next" and today.weekday() + ahead < len(WEEKDAYS)) or (not ahead and which != "this"):
        yield today + timedelta(days=ahead + 7)


def _next(nth: int, today: date) -> Iterator[date]:
    """Find the next day of this number: on the 24th, "the 3rd" is that of the month to come."""
    days = (today + timedelta(days=ahead) for ahead in range(_TWO_MONTHS))
    yield from islice((day for day in days if day.day == nth), 1)


def _nearest(day: str, month: str, year: str | None, today: date) -> Iterator[date]:
    """Find a date; without a year the nearest to today, so that yesterday has passed rather than being a year ahead."""
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3]) + 1
    found: list[date] = []
    for one in [int(year)] if year else range(today.year - 1, today.year + 2):
        try:
            found.append(date(one, number, int(day)))
        except ValueError:
            continue
    if found:
        yield min(found, key=lambda one: abs(one - today))


def names_day(text: str, today: date) -> bool:
    """Say whether a day is named at all."""
    return next(find_days(text, today), None) is not None
