"""When a report comes by itself: pure arithmetic of days where the organisation works."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.insights.period import Period, months_later, period_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

AT = time(8)  # before the day begins, and at an hour that no change of clocks takes away
WEEK = timedelta(days=7)
DAY = timedelta(days=1)


class Rhythm(enum.StrEnum):
    """How often, and how much."""

    WEEK = "week"  # the whole report, every Monday
    MONTH = "month"  # the whole report, on the first of every month
    MONDAY = "monday"  # five lines, every Monday


def next_time(rhythm: Rhythm, now: datetime, zone: ZoneInfo) -> datetime:
    """Say when the next one is due: later than now."""
    today = now.astimezone(zone).date()
    day = today.replace(day=1) if rhythm is Rhythm.MONTH else today - timedelta(days=today.weekday())
    while (due := datetime.combine(day, AT, zone).astimezone(UTC)) <= now:
        day = months_later(day, 1) if rhythm is Rhythm.MONTH else day + WEEK
    return due


def period_told(rhythm: Rhythm, now: datetime, zone: ZoneInfo) -> Period:
    """Say which period a report tells of that comes now: the last one that is over."""
    today = now.astimezone(zone).date()
    if rhythm is Rhythm.MONTH:
        month = today.replace(day=1)
        return _until(months_later(month, -1), month, zone)
    monday = today - timedelta(days=today.weekday())
    return _until(monday - WEEK, monday, zone)


def _until(first: date, end: date, zone: ZoneInfo) -> Period:
    return period_of(first, end - DAY, zone)
