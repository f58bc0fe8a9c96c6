"""What many counted values say together: the middle, the rare ones, the hours of a week. Pure."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import ceil, sqrt
from typing import TYPE_CHECKING

from bot.insights.values import Share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

SLOT_S = 900  # seconds: every zone there is differs from UTC by whole quarters of an hour
Hour = tuple[int, int]  # day of the week from Monday, 0, and hour of the day


def percentile(counts: Mapping[int, int], part: float) -> int | None:
    """Find the least value that this part of all does not exceed; None of nothing."""
    rank, seen = max(1, ceil(part * sum(counts.values()))), 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= rank:
            return value
    return None


def hours_of_week(slots: Iterable[tuple[int, int]], zone: ZoneInfo) -> Counter[Hour]:
    """Add up what was counted by quarters of an hour since 1970 by the hours of the week somebody works in."""
    found: Counter[Hour] = Counter()
    for slot, count in slots:
        local = datetime.fromtimestamp(slot * SLOT_S, UTC).astimezone(zone)
        found[local.weekday(), local.hour] += count
    return found


def seconds(length: int | None) -> timedelta | None:
    """See a count of seconds as a length of time."""
    return None if length is None else timedelta(seconds=length)


def share_changed(now: Share, before: Share) -> int:
    """Say whether a share has surely risen (1), fallen (-1), or may be as it was (0).

    The bounds are those of the difference of two shares (Newcombe, from the bounds of Wilson).
    """
    if not now.of or not before.of:
        return 0
    (here, low, high), (there, down, up) = _of(now), _of(before)
    if here - there - sqrt((here - low) ** 2 + (up - there) ** 2) > 0:
        return 1
    return -1 if here - there + sqrt((high - here) ** 2 + (there - down) ** 2) < 0 else 0


def count_changed(now: int, before: int, days: int, days_before: int) -> int:
    """Say whether something surely happens more often (1), less often (-1), or may be as often as it was (0)."""
    usual = days / (days + days_before)
    share = Share(now, now + before)
    if share.low is None or share.high is None:
        return 0
    return (share.low > usual) - (share.high < usual)


def _of(share: Share) -> tuple[float, float, float]:
    return share.value or 0.0, share.low or 0.0, share.high or 0.0
