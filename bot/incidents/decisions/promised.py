"""What became of every promise to customers: kept, missed and by how much, or still open. Pure.

One function decides it, for whoever reads the record, the retrospective or figures.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime


IS_OVER = timedelta(seconds=1)  # what is due in this second is not missed yet
SILENT = (EventKind.RESOLVED, EventKind.REOPENED)  # untold, customers know nothing of them


class Fate(enum.StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    MISSED = "missed"  # its time came before the news did, whether they have come by now or not
    OPEN = "open"  # its time has not come


@dataclass(frozen=True)
class Promised:
    """One promise, when the news came that answers it, if any, and what became of it."""

    at: datetime
    reached_at: datetime | None
    fate: Fate
    late: timedelta  # how long after its time, so far if no news has come; below zero: that early


def fate_of(at: datetime, reached_at: datetime | None, now: datetime) -> Promised:
    """Decide what became of a promise; one without news is missed once its time is over."""
    late = (reached_at or now) - at
    if reached_at is None:
        return Promised(at, None, Fate.OPEN if now < at + IS_OVER else Fate.MISSED, late)
    return Promised(at, reached_at, Fate.KEPT if reached_at <= at else Fate.MISSED, late)


def promises_of(incident: Incident, events: Sequence[IncidentEvent], now: datetime) -> list[Promised]:
    """List the promises of an incident in the order they were answered, the one that waits for news last."""
    answered = (answer_of(event, events, now) for event in events)
    return [*(one for one in answered if one is not None), *waiting(incident, events, now)]


def answer_of(event: IncidentEvent, events: Sequence[IncidentEvent], now: datetime) -> Promised | None:
    """Say what became of the promise that an event is about, if it is about one."""
    return None if event.kept_at is None else fate_of(event.kept_at, _news_at(event, events), now)


def _news_at(event: IncidentEvent, events: Sequence[IncidentEvent]) -> datetime | None:
    """Say when customers had the news: an end or a beginning that nobody told them answers nothing by itself."""
    if event.told_at is not None or event.kind not in SILENT:
        return event.reached_at
    return min((one.told_at for one in events if one.told_at is not None and one.told_at >= event.at), default=None)


def waiting(incident: Incident, events: Sequence[IncidentEvent], now: datetime) -> list[Promised]:
    """Find the promise that nothing which happened is about."""
    return [fate_of(at, None, now) for at in _waiting_at(incident, events)]


def _waiting_at(incident: Incident, events: Sequence[IncidentEvent]) -> Iterator[datetime]:
    """Find the promise that no news has answered: an end of which nobody was told does not answer it."""
    if incident.state in LIVE:
        yield incident.promise_at
        return
    end = next((event for event in reversed(events) if event.kind == EventKind.RESOLVED), None)
    given = any(event.told_at is not None and event.promise_at == incident.promise_at for event in events)
    if end is not None and end.kept_at is None and is_owed(incident, given=given):
        yield incident.promise_at


def is_owed(incident: Incident, *, given: bool) -> bool:
    """Say whether customers are to hear of the end: not of what was called off before they were told of it."""
    return given or not incident.is_called_off
