"""Who can be asked now: pure. Available is on shift and not away; a platform's presence only lowers the rank."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.directory.shifts import Shift, on_shift, shift_change

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from bot.say.messages import Text


class AvailabilityState(enum.StrEnum):
    """Whether somebody can be asked."""

    AVAILABLE = "available"  # on shift and not away
    AWAY = "away"  # they said so
    OFF_SHIFT = "off_shift"  # outside their weekly hours


@dataclass(frozen=True, kw_only=True)
class Occupied:
    """Somebody who is available and is still not asked just now."""

    why: str  # to be translated where it is read, such as "Cooling off"
    until: datetime | None  # None: nobody knows
    told: Callable[[], Text]  # the same in whole sentences, for themselves; what they need is loaded when they are said


@dataclass(frozen=True)
class Availability:
    """Whether somebody can be asked, and when that changes by itself."""

    state: AvailabilityState
    until: datetime | None = None  # None: nobody knows, or never


def availability(
    *,
    away_since: datetime | None,
    away_until: datetime | None,
    shifts: tuple[Shift, ...],
    zone: ZoneInfo,
    now: datetime,
) -> Availability:
    """Work out whether somebody can be asked."""
    if away_since is not None and (away_until is None or now < away_until):
        return Availability(AvailabilityState.AWAY, away_until)
    change = shift_change(shifts, zone, now)
    if on_shift(shifts, zone, now):
        return Availability(AvailabilityState.AVAILABLE, change)
    return Availability(AvailabilityState.OFF_SHIFT, change)
