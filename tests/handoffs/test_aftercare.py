"""A case that was taken over is asked about, and never kept in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoffs.decisions.aftercare import ASK_AFTER, CLOSE_AFTER, care_for

T = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("asked", "ends", "now", "deed", "due"),
    [
        (None, None, T, "wait", T + 2 * HOUR),
        (None, T + HOUR, T, "wait", T + HOUR),
        (None, None, T + 2 * HOUR, "ask", T + 4 * HOUR),
        (T + 2 * HOUR, None, T + 3 * HOUR, "wait", T + 4 * HOUR),
        (T + 2 * HOUR, T + 3 * HOUR, T + 2 * HOUR, "wait", T + 3 * HOUR),
        (None, T + HOUR, T + HOUR, "close", None),
        (None, T - HOUR, T, "wait", T + 2 * HOUR),
        (T + 10 * HOUR, None, T + CLOSE_AFTER, "close", None),
    ],
)
def test_what_is_done_about_it(
    asked: datetime | None, ends: datetime | None, now: datetime, deed: str, due: datetime | None
) -> None:
    """Asked after two hours, closed at the end of the shift or after half a day without a word."""
    care = care_for(answered_at=T, asked_at=asked, ends_at=ends, now=now)

    assert (care.deed, care.next_due_at) == (deed, due)


@given(st.integers(0, 3000), st.one_of(st.none(), st.integers(-600, 3000)))
def test_it_always_ends(minutes: int, shift: int | None) -> None:
    """Whoever never answers is asked every two hours and let go in the end, with a next moment all the way."""
    ends = T + timedelta(minutes=shift) if shift is not None else None
    asked, now = None, T + timedelta(minutes=minutes)
    for _look in range(40):
        care = care_for(answered_at=T, asked_at=asked, ends_at=ends, now=now)
        if care.deed == "close":
            assert now >= min(ends if ends and ends > T else T + CLOSE_AFTER, now)
            return
        assert care.next_due_at is not None
        assert now < care.next_due_at <= now + ASK_AFTER
        asked = now if care.deed == "ask" else asked
        now = care.next_due_at
    raise AssertionError("It never ended.")
