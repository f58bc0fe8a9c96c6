"""Lengths of time from now on: "in 45 minutes", "within the hour", "in 1 to 2 hours"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

_NUMBER = r"(?:\d+(?:[.,]\d+)?|[.,]\d+)"
_UNIT = r"(?:weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m)"
_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1)}
_AMOUNT = re.compile(rf"(-? ?{_NUMBER}) ?({_UNIT})(?: ?(?:and |, ?)?(\d+) ?(?:minutes?|mins?|m)?)?")
_PLAIN = re.compile(_NUMBER)
_BETWEEN = re.compile(r" ?- ?| to | or | and ")
_IN = re.compile(r"(?:with)?in (?:the next |the |next )?|(?:over |during )?the next |next (?=\d)")
_ON = re.compile(r" (?:from now|(ago))$")
_MOST = 99_999.0  # of any unit: far beyond every promise, and still a length of time

# Without "in" or "at", 2h is a length and 14h a time of day, which is also the sooner of the two; 8h may be either.
_EITHER = re.compile(r"(\d{1,2})(?: ?- ?\d{1,2})? ?h ?(?:\d\d)?")
# 14.30h is half past two; 1.30h is an hour and a half to some, 1.3 hours to others, and a time of day to others.
_DOTTED = re.compile(r"(\d{1,2})\.([0-5]\d) ?(?:h|hrs?|hours?)")
_QUARTERS = re.compile(r"\d+\.(?:25|50) hours?")
_MILITARY = re.compile(r"[0-2]\d[0-5]\d ?(?:h|hrs?|hours)")
_HOURS_OF_LENGTHS = range(7)
_HOURS_OF_DAYS = range(13, 24)


@dataclass(frozen=True)
class Length:
    """How long from now; for a range its end, and its beginning."""

    end: timedelta
    start: timedelta | None = None


def read_length(text: str) -> Length | None:
    """Read a length, with or without "in" before it."""
    inside = without_in(text)
    if inside == "hour" != text:  # "within the hour"
        return Length(_UNITS["h"])
    behind = _ON.search(inside)
    found = _single(inside[: behind.start()] if behind else inside)
    if behind and behind[1] and found:
        return Length(-abs(found))
    return Length(found) if found is not None else _range(inside)


def without_in(text: str) -> str:
    """Take "in", "within the next" and the like off the front."""
    found = _IN.match(text)
    return text[found.end() :] if found else text


def read_dotted(text: str) -> tuple[int, int] | None:
    """Read hours and minutes with a dot between them, as in 1.30h; 1.25 hours written out is clear."""
    found = _DOTTED.fullmatch(text)
    return (int(found[1]), int(found[2])) if found and not _QUARTERS.fullmatch(text) else None


def is_number(text: str) -> bool:
    """Say whether this is a number alone."""
    return _PLAIN.fullmatch(text) is not None


def may_be_time_of_day(text: str) -> bool | None:
    """Say of words such as "8h30" whether they are a time of day; None if they may as well be a length."""
    if _MILITARY.fullmatch(text):
        return True
    if dotted := read_dotted(text):
        return True if dotted[0] in _HOURS_OF_DAYS else None
    found = _EITHER.fullmatch(text)
    if not found or int(found[1]) in _HOURS_OF_LENGTHS:
        return False
    if int(found[1]) in _HOURS_OF_DAYS:
        return True
    return None if int(found[1]) < _HOURS_OF_DAYS.start else False


def _single(text: str) -> timedelta | None:
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None
    number, unit, more = float(found[1].replace(" ", "").replace(",", ".")), found[2][0], found[3]
    if more and unit != "h":
        return None
    return _UNITS[unit] * max(-_MOST, min(number, _MOST)) + _UNITS["m"] * min(float(more or 0), _MOST)


def _range(text: str) -> Length | None:
    pieces = [piece.strip() for piece in _BETWEEN.split(text.removeprefix("between "))]
    if len(pieces) != 2:  # noqa: PLR2004  a range has two ends
        return None
    start, end = pieces
    if is_number(start) and (found := _AMOUNT.fullmatch(end)):  # "1 to 2 hours"
        start += found[2]
    elif is_number(end) and " or " in text and (found := _AMOUNT.fullmatch(start)):  # "an hour or two"
        end += found[2]
    ends = [length for piece in (start, end) if (length := _single(piece)) is not None]
    return Length(max(ends), min(ends)) if len(ends) == len(pieces) else None
