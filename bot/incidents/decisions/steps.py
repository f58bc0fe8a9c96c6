"""What happened to an incident, by time: what customers were told later than it was written stands at both. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.incidents.model import IncidentEvent

AT_ONCE = timedelta(minutes=1)


@dataclass(frozen=True)
class Step:
    """One line of the record."""

    at: datetime
    event: IncidentEvent
    is_first: bool = False  # it was written then; that customers were told has a step of its own


def steps_of(events: Sequence[IncidentEvent]) -> list[Step]:
    """List what happened, by time."""
    return sorted((step for event in events for step in _steps(event)), key=lambda one: one.at)


def _steps(event: IncidentEvent) -> Iterator[Step]:
    if event.told_at is not None and not is_at_once(event):
        yield Step(event.at, event, is_first=True)
    yield Step(event.reached_at, event)


def is_at_once(event: IncidentEvent) -> bool:
    """Say whether one person wrote something and told customers in one go."""
    return event.reached_at - event.at < AT_ONCE and event.told_by_id == event.person_id
