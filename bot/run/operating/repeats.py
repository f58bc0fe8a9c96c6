"""One line for what is said again and again: pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta, tzinfo

    from bot.run.operating.simulating import Said


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """A message to one place, and the times it is said there."""

    first: Said
    times: tuple[datetime, ...]

    def then(self, zone: tzinfo) -> str:
        """Say when it comes again, such as: then every 30 min until 18:00, 11 more."""
        more = len(self.times) - 1
        if not more:
            return ""
        if more == 1:
            return f"then {self.times[-1].astimezone(zone):%H:%M}"
        gaps = {later - earlier for earlier, later in pairwise(self.times)}
        rhythm = f"every {_lasting(gaps.pop())} " if len(gaps) == 1 else ""
        return f"then {rhythm}until {self.times[-1].astimezone(zone):%H:%M}, {more} more"


def in_groups(said: Iterable[Said]) -> list[Repeated]:
    """Gather what is about the same, and at the same place; each stands where it is said first."""
    groups: dict[tuple[str, ...], list[Said]] = defaultdict(list)
    for one in sorted(said):
        groups[one.platform, one.place, one.about, one.number].append(one)
    return [Repeated(first=group[0], times=tuple(one.at for one in group)) for group in groups.values()]


def _lasting(gap: timedelta) -> str:
    minutes, seconds = divmod(round(gap.total_seconds()), 60)
    return f"{minutes} min" if not seconds else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
