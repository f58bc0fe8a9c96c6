"""What became of a promise: kept, missed, or still open; and by how much."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.incidents.decisions.promised import Fate, fate_of, promises_of
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState

TEN = datetime(2026, 11, 2, 10, tzinfo=UTC)


def minutes(count: int) -> datetime:
    return TEN + timedelta(minutes=count)


@pytest.mark.parametrize(
    ("reached", "now", "fate", "late"),
    [
        (-5, 30, Fate.KEPT, -5),
        (0, 30, Fate.KEPT, 0),
        (1, 30, Fate.MISSED, 1),
        (None, -1, Fate.OPEN, -1),
        (None, 0, Fate.OPEN, 0),
        (None, 45, Fate.MISSED, 45),
    ],
)
def test_a_promise_is_missed_once_its_time_is_over(reached: int | None, now: int, fate: Fate, late: int) -> None:
    """News in its last moment keeps it; without news it is open for as long."""
    found = fate_of(TEN, None if reached is None else minutes(reached), minutes(now))

    assert (found.fate, found.late) == (fate, timedelta(minutes=late))


def test_what_is_due_in_this_second_is_not_missed() -> None:
    """Nothing is late by 0 seconds."""
    assert fate_of(TEN, None, TEN + timedelta(milliseconds=900)).fate is Fate.OPEN
    assert fate_of(TEN, None, TEN + timedelta(seconds=1)).fate is Fate.MISSED


@pytest.mark.parametrize(
    ("state", "told", "end_kept", "now", "fates"),
    [
        (IncidentState.OPEN, True, None, -1, [Fate.KEPT, Fate.OPEN]),
        (IncidentState.OPEN, True, None, 1, [Fate.KEPT, Fate.MISSED]),
        (IncidentState.PLANNED, False, None, 1, [Fate.MISSED]),
        (IncidentState.RESOLVED, True, None, 1, [Fate.KEPT, Fate.MISSED]),  # over, and customers never heard
        (IncidentState.RESOLVED, True, None, -1, [Fate.KEPT, Fate.OPEN]),
        (IncidentState.RESOLVED, False, None, 1, [Fate.MISSED]),  # and nobody had ever told them anything
        (IncidentState.RESOLVED, True, -10, 1, [Fate.KEPT, Fate.MISSED]),  # overdue when it ended
    ],
)
def test_the_one_that_waits_for_news_counts(
    state: IncidentState, *, told: bool, end_kept: int | None, now: int, fates: list[Fate]
) -> None:
    """An overdue promise is missed before the news comes, and after an end of which nobody was told."""
    events = []
    if told:
        at = minutes(-30)
        events.append(IncidentEvent(kind=EventKind.UPDATED, at=at, told_at=at, kept_at=minutes(-20), promise_at=TEN))
    if state is IncidentState.RESOLVED:
        kept_at = None if end_kept is None else minutes(end_kept)
        events.append(IncidentEvent(kind=EventKind.RESOLVED, at=minutes(-5), kept_at=kept_at))

    assert [one.fate for one in promises_of(Incident(state=state, promise_at=TEN), events, minutes(now))] == fates
