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
GERMAN = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_WORDS = {"weekdays": range(5), "weekends": (5, 6), "weekend": (5, 6), "daily": range(7), "everyday": range(7)}
_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?\s*h?\s*(am|pm)?"
_HOURS = re.compile(rf"(?<![\d:.]){_TIME}\s*(?:-|to|until|till)\s*{_TIME}(?![\d:.])")
_ABOUT_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"  # "tues thurs": without a comma
_SAME = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[‐‑‒–—―−]", "-"),
        (r"\b24/7\b|\brund um die uhr\b|\bround the clock\b", "daily 0-24"),
        (r"\bm\s?-\s?f\b", "mon-fri"),
        (r"\b(?:only|nur)\b", ""),
        (
            r"(?<![\d:.])(\d\d)([0-5]\d)\s*h?(?:rs)?\s*(?:-|to|bis)\s*(\d\d)([0-5]\d)(?:\s*h(?:rs)?)?(?!\d)",
            r"\1:\2-\3:\4",
        ),
        (rf"\b({_ABOUT_DAY}) (?={_ABOUT_DAY}\b)", r"\1,"),
        (r"\b(?:von|from)(?=\s+\d)", ""),
        (r"\b([ap])\.\s?m\b\.?", r"\1m"),
        (r"\bnoon\b", "12:00"),
        (r"\bmidnight\b", "24:00"),
        (r"\bevery day\b|\btäglich\b", "daily"),
        (r"\b(?:werktags|wochentags)\b", "weekdays"),
        (r"\bwochenende\b", "weekend"),
        (r"\bbis\b", "to"),
        (r"\bund\b", "and"),
        (r"\s*\buhr\b", ""),
    )
)
# What else days are called: by two letters, and in German.
_OTHERS = "mo montag, tu di dienstag, we mi weds mittwoch, th do donnerstag, fr freitag, sa samstag, su so sonntag"
_ALSO = {name: number for number, names in enumerate(_OTHERS.split(", ")) for name in names.split()}
_IN_FULL = re.compile(r"\d\d:\d\d-\d\d:\d\d")  # as we write them: on the 24-hour clock
_AND = re.compile(r"[,;&]|\band\b")
_TO = re.compile(r"\s*(?:-|\bto\b|\bthrough\b|\bthru\b)\s*")
_DAYS_BEGIN = 7  # "1-5" on a dial may be the afternoon
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
    text = words.lower()
    for pattern, instead in _SAME:
        text = pattern.sub(instead, text)
    shifts: list[Shift] = []
    end = 0
    for hours in _HOURS.finditer(text):
        named = text[end : hours.start()]
        # "mon, wed 8:30-12, 13-17": hours without days are those of the days before.
        days = shifts[-1].days if shifts and not _names(named) else frozenset(_read_days(named, text))
        shifts.append(Shift(days, *_read_hours(hours)))
        end = hours.end()
    if not shifts or _names(text[end:]):
        raise ShiftNotUnderstood(words)
    return tuple(shifts)


def _names(words: str) -> list[str]:
    return [name.strip(" .:") for name in _AND.split(words) if name.strip(" .:")]


def _read_hours(found: re.Match[str]) -> tuple[time, time]:
    """Read both ends; on a dial, an end before the start is that of the same day: 9-5 is 09:00-17:00."""
    piece, (hour, _minute, half, last, minute, last_half) = found[0], found.groups()
    in_full = _IN_FULL.fullmatch(piece) is not None
    dial, last_dial = not in_full and _on_dial(hour, half), not in_full and _on_dial(last, last_half)
    if dial and last_half == "pm" and int(hour) < int(last) < _NOON:  # "1-5pm"
        half = "pm"
    start, end = _read_time(piece, hour, found[2], half), _read_time(piece, last, minute, last_half)
    in_the_morning = half == "am" or (dial and half is None)
    if last_dial and in_the_morning and end <= start and end.hour + _NOON < 24:  # noqa: PLR2004  hours of a day
        end = end.replace(hour=end.hour + _NOON)
    elif dial and last_dial and half is None and int(hour) < _DAYS_BEGIN:
        raise ShiftNotUnderstood(piece)
    return start, end


def _on_dial(hour: str, half: str | None) -> bool:
    """Say whether an hour may be one of the morning or of the afternoon; "09" is how the 24-hour clock is written."""
    return half is None and not hour.startswith("0") and 1 <= int(hour) <= _NOON


def _read_days(words: str, piece: str) -> Iterator[int]:
    names = [name.removeprefix("on ").removeprefix("from ") for name in _names(words)]
    if not names:
        raise ShiftNotUnderstood(piece)
    for name in names:
        if name in _WORDS:
            yield from _WORDS[name]
            continue
        first, *more = _TO.split(name.removesuffix(" from"))
        if len(more) > 1:
            raise ShiftNotUnderstood(piece)
        last = more[0] if more else ""
        begin, end = _read_day(first, piece), _read_day(last or first, piece)
        yield from ((begin + step) % 7 for step in range((end - begin) % 7 + 1))


def _read_day(name: str, piece: str) -> int:
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    name = name.strip(" .")
    name = name.rstrip("s") if name.rstrip("s") in (*full, *_ALSO) else name
    if name in _ALSO:
        return _ALSO[name]
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


def in_words_of(hours: str, locale: str) -> str:
    """Say hours as `write_shifts` writes them with the days as a reader calls them; read_shifts takes them back."""
    if not locale.startswith("de"):
        return hours
    for day, german in zip(DAYS, GERMAN, strict=True):
        hours = hours.replace(day, german)
    return hours


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
