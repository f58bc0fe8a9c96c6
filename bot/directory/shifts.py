"""Weekly working hours: read, written, and asked whether they run. Wall-clock rules, right over clock changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORDS = {"weekdays": range(5), "weekends": (5, 6), "weekend": (5, 6), "daily": range(7), "everyday": range(7)}
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\s*(?:-|to|–)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
_NOON = 12
LOOK_AHEAD = 9  # days: every weekly pattern has changed by then


class ShiftNotUnderstood(BotError):
    """These are no weekly working hours."""

    def __init__(self, word: str) -> None:
        super().__init__(f"{word} is no weekly working time such as mon-fri 9-17.")
        self.word = word


@dataclass(frozen=True)
class Shift:
    """One stretch on some days of the week; an end not after the start is on the next day."""

    days: frozenset[int]  # Monday is 0
    start: time
    end: time


def read_shifts(words: str) -> tuple[Shift, ...]:
    """Read hours such as "mon-fri 9-17; sat 22-6"; raise ShiftNotUnderstood."""
    pieces = [piece.strip() for piece in re.split(r";|\band\b", words.lower()) if piece.strip()]
    if not pieces:
        raise ShiftNotUnderstood(words)
    return tuple(map(_read_shift, pieces))


def _read_shift(piece: str) -> Shift:
    first_digit = re.search(r"\d", piece)
    hours = _HOURS.fullmatch(piece[first_digit.start() :].strip()) if first_digit else None
    if first_digit is None or hours is None:
        raise ShiftNotUnderstood(piece)
    days = frozenset(_read_days(piece[: first_digit.start()], piece))
    start, end = _read_time(piece, *hours.group(1, 2, 3)), _read_time(piece, *hours.group(4, 5, 6))
    return Shift(days, start, end)


def _read_days(words: str, piece: str) -> Iterator[int]:
    names = [name.strip() for name in words.strip().split(",") if name.strip()]
    if not names:
        raise ShiftNotUnderstood(piece)
    for name in names:
        if name in _WORDS:
            yield from _WORDS[name]
            continue
        first, _sep, last = name.partition("-")
        begin, end = _read_day(first, piece), _read_day(last or first, piece)
        yield from ((begin + step) % 7 for step in range((end - begin) % 7 + 1))


def _read_day(name: str, piece: str) -> int:
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    name = name.strip().rstrip("s") if name.strip().rstrip("s") in full else name.strip()
    for number, day in enumerate(full):
        if len(name) >= 3 and day.startswith(name):  # noqa: PLR2004  three letters tell the days apart
            return number
    raise ShiftNotUnderstood(piece)


def _read_time(piece: str, hour: str, minute: str | None, half: str | None) -> time:
    number = int(hour)
    if half:
        if not 1 <= number <= _NOON:
            raise ShiftNotUnderstood(piece)
        number = number % _NOON + (_NOON if half == "pm" else 0)
    if number == 24 and not int(minute or 0):  # noqa: PLR2004  midnight, written at the end of the day
        return time(0)
    try:
        return time(number, int(minute or 0))
    except ValueError:
        raise ShiftNotUnderstood(piece) from None


def write_shifts(shifts: tuple[Shift, ...]) -> str:
    """Write hours in the one form that read_shifts takes back."""
    return "; ".join(
        f"{_write_days(shift.days)} {_write_time(shift.start)}-{_write_time(shift.end)}" for shift in shifts
    )


def _write_days(days: frozenset[int]) -> str:
    ordered = sorted(days)
    if len(ordered) > 2 and ordered == list(range(ordered[0], ordered[-1] + 1)):  # noqa: PLR2004  two read better listed
        return f"{DAYS[ordered[0]]}-{DAYS[ordered[-1]]}"
    return ",".join(DAYS[day] for day in ordered)


def _write_time(at: time) -> str:
    return f"{at:%H:%M}"


def on_shift(shifts: tuple[Shift, ...], zone: ZoneInfo, now: datetime) -> bool:
    """Say whether somebody works now; no hours at all means always."""
    return not shifts or any(start <= now < end for start, end in _stretches(shifts, zone, now))


def shift_end(shifts: tuple[Shift, ...], zone: ZoneInfo, now: datetime) -> datetime | None:
    """Say when the work going on now ends."""
    return shift_change(shifts, zone, now) if shifts and on_shift(shifts, zone, now) else None


def shift_start(shifts: tuple[Shift, ...], zone: ZoneInfo, now: datetime) -> datetime | None:
    """Say when the work going on now began; None if there is none, or it never began."""
    edges = sorted({start for start, _end in _stretches(shifts, zone, now) if start <= now}, reverse=True)
    if not edges or not on_shift(shifts, zone, now):
        return None
    moment = timedelta(microseconds=1)
    return next((edge for edge in edges if not on_shift(shifts, zone, edge - moment)), None)


def shift_change(shifts: tuple[Shift, ...], zone: ZoneInfo, now: datetime) -> datetime | None:
    """Say when `on_shift` next changes; None if it never does."""
    if not shifts:
        return None
    edges = sorted({edge for stretch in _stretches(shifts, zone, now) for edge in stretch if edge > now})
    working = on_shift(shifts, zone, now)
    return next((edge for edge in edges if on_shift(shifts, zone, edge) != working), None)


def _stretches(shifts: tuple[Shift, ...], zone: ZoneInfo, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    today = now.astimezone(zone).date()
    for offset in range(-2, LOOK_AHEAD + 1):
        day = today + timedelta(days=offset)
        for shift in shifts:
            if day.weekday() in shift.days:
                last = day if shift.end > shift.start else day + timedelta(days=1)
                yield _at(day, shift.start, zone), _at(last, shift.end, zone)


def _at(day: date, wall: time, zone: ZoneInfo) -> datetime:
    # A wall time that does not exist lands after the gap; one that exists twice means the first.
    return datetime.combine(day, wall, zone).astimezone(UTC)
