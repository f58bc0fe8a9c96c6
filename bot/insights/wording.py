"""Numbers as people read them: shares with their bounds, lengths, hours of the week."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING

from babel.dates import get_day_names
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from bot.say.dates import written_days
from bot.say.language import _, manners, nearest, reader

if TYPE_CHECKING:
    from datetime import date

    from bot.insights.figures.spread import Hour
    from bot.insights.values import Share

NONE = "–"  # where there is no number
# Units of time with their seconds, and the longest that is written in each; up to ten minutes the second is read too.
TO_THE_SECOND = 600
UNITS = (("second", 1, 120), ("minute", 60, 600), ("hour", 3600, 96), ("day", 86400, inf))


def percent(share: float | None) -> str:
    """Write a share, for example "81%"."""
    return NONE if share is None else format_percent(share, locale=manners(reader()))


def per_mille(share: int) -> str:
    """Write a share of a thousand, for example "4%" or "2.5%"."""
    return format_percent(Decimal(share) / 1000, locale=manners(reader()), decimal_quantization=False)


def number(count: int) -> str:
    """Write a count, for example "1,204"."""
    return format_decimal(count, locale=manners(reader()))


def bounds(share: Share) -> str:
    """Write between which bounds the true share lies."""
    if share.low is None or share.high is None:
        return NONE
    return between(percent(share.low), percent(share.high))


def between(low: str, high: str) -> str:
    """Write a range, for example "18 to 440"."""
    return _("{low} to {high}").format(low=low, high=high)


def of_all(share: Share) -> str:
    """Write a share with what it is of, for example "81% (34 of 42)"."""
    if not share.of:
        return NONE
    said = _("{percent} ({hits} of {count})")
    return said.format(percent=percent(share.value), hits=number(share.hits), count=number(share.of))


def lasting(delta: timedelta | None) -> str:
    """Write a length of time, rounded as all of them are."""
    return alike(delta)[0]


def alike(*lengths: timedelta | None) -> tuple[str, ...]:
    """Write lengths of time that stand side by side in one way, the longest one's."""
    longest = max((one.total_seconds() for one in lengths if one is not None), default=0)
    if UNITS[0][2] < longest <= TO_THE_SECOND:
        return tuple(NONE if one is None else _to_the_second(nearest(one, 1)) for one in lengths)
    unit, seconds = next((unit, seconds) for unit, seconds, most in UNITS if longest <= seconds * most)
    return tuple(NONE if one is None else _of(unit, _counted(one, seconds)) for one in lengths)


def _counted(length: timedelta, seconds: int) -> int:
    """Count units; what was not at once is no nothing beside a longer one."""
    return max(nearest(length, seconds), int(length > timedelta(0)))


def _to_the_second(length: int) -> str:
    minutes, seconds = divmod(length, 60)
    parts = [_of("minute", minutes)] if minutes else []
    return " ".join((*parts, _of("second", seconds)) if seconds or not minutes else parts)


def _of(unit: str, count: int) -> str:
    return format_unit(count, f"duration-{unit}", "long", locale=manners(reader()))


def nothing_before(day: date) -> str:
    """Say why a period is compared with nothing."""
    return _("Nothing was recorded before {day}, so there is nothing to compare with.").format(
        day=written_days(day, day)
    )


def weekday(day: int, width: str = "wide") -> str:
    """Name a day of the week."""
    return str(get_day_names(width, locale=manners(reader()))[day])  # type: ignore[arg-type]  # one of babel's widths


def hour_named(hour: Hour) -> str:
    """Name an hour of the week, for example "Friday 16:00–17:00"."""
    day, begins = hour
    return f"{weekday(day)} {begins:02}:00–{begins + 1:02}:00"


def in_percent(share: float | None) -> float | None:
    """See a share as pictures draw it: from 0 to 100."""
    return None if share is None else round(100 * share, 3)
