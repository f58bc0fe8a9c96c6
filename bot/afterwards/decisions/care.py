"""What heat takes out of somebody: counted for themselves, never compared. Pure.

A case counts once: what is typed about it and stepping out of it within half an hour are taken for the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.directory.shifts import shift_end

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from bot.directory.shifts import Shift

SAME_CASE = timedelta(minutes=30)
MANY = 3  # heated cases in a day
SMALLEST_GROUP = 5  # people: of fewer nothing is broken down
WITHOUT_HOURS = timedelta(hours=8)  # how long whoever has no working hours is spared


@dataclass(frozen=True)
class Heated:
    """Heated cases of a day that somebody typed about and did not step out of."""

    count: int = 0
    last_at: datetime | None = None


def after_words(heated: Heated, recused: Sequence[datetime], now: datetime) -> Heated:
    """Count heated words, unless they are about a case that counts already."""
    lately = [at for at in (heated.last_at, *recused) if at is not None and now - at < SAME_CASE]
    return heated if lately else Heated(heated.count + 1, now)


def after_recuse(heated: Heated, now: datetime) -> Heated:
    """Take the words back that were about the case somebody has stepped out of: it counts by itself."""
    if heated.last_at is None or now - heated.last_at >= SAME_CASE:
        return heated
    return Heated(heated.count - 1, None)


def is_much(heated: Heated, recused: int) -> bool:
    """Say whether that was a lot for one day."""
    return heated.count + recused >= MANY


def day_of(now: datetime, zone: ZoneInfo) -> datetime:
    """Say when the day began where somebody is."""
    return _begun(now.astimezone(zone).date(), zone)


def week_of(now: datetime, zone: ZoneInfo) -> datetime:
    """Say when the week began where somebody is: on Monday."""
    today = now.astimezone(zone).date()
    return _begun(today - timedelta(days=today.weekday()), zone)


def _begun(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def spared_until(shifts: tuple[Shift, ...], zone: ZoneInfo, now: datetime) -> datetime:
    """Say until when somebody is skipped: the end of their shift."""
    return shift_end(shifts, zone, now) or now + WITHOUT_HOURS


@dataclass(frozen=True)
class Spread:
    """How many people of a group met how many heated cases; None: some, and fewer than may be shown."""

    none: int | None
    few: int | None  # one or two
    many: int | None  # three or more


def spread(counts: Sequence[int]) -> Spread | None:
    """Spread a group over three shares that name nobody; of a small group, say nothing.

    What one share lacks, everybody could count who knows the team: where one is hidden, the next larger one is too.
    """
    if len(counts) < SMALLEST_GROUP:
        return None
    none = sum(count == 0 for count in counts)
    many = sum(count >= MANY for count in counts)
    shares = (none, len(counts) - none - many, many)
    hidden = {at for at, people in enumerate(shares) if 0 < people < SMALLEST_GROUP}
    if len(hidden) == 1:
        hidden.add(min((at for at, people in enumerate(shares) if people >= SMALLEST_GROUP), key=shares.__getitem__))
    return Spread(*(None if at in hidden else people for at, people in enumerate(shares)))
