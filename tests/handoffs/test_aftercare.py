"""A case that was taken over is asked about, and never kept in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoffs.decisions.aftercare import ASK_AFTER, CLOSE_AFTER, break_for, call_for, care_for

T = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("asked", "ends", "now", "deed", "due"),
    [
        (None, None, T, "wait", T + 2 * HOUR),
        (None, T + HOUR, T, "wait", T + 0.75 * HOUR),
        (None, T + HOUR, T + 0.75 * HOUR, "leaves", T + HOUR),
        (T + 0.75 * HOUR, T + HOUR, T + 0.9 * HOUR, "wait", T + HOUR),
        (None, T + 0.2 * HOUR, T + 0.1 * HOUR, "wait", T + 0.2 * HOUR),  # taken just before the end
        (None, None, T + 2 * HOUR, "ask", T + 4 * HOUR),
        (T + 2 * HOUR, None, T + 3 * HOUR, "wait", T + 4 * HOUR),
        (T + 2 * HOUR, T + 3 * HOUR, T + 2 * HOUR, "wait", T + 2.75 * HOUR),
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


@pytest.mark.parametrize(
    ("now", "answered", "asked", "there", "expected"),
    [
        (11, 10, None, True, ("wait", 12)),  # nothing before its time
        (12, 10, None, True, ("ask", 12.25)),
        (12.1, 10, 12, True, ("wait", 12.25)),  # once
        (12.25, 10, 12, True, ("late", None)),
        (12.1, 12.05, None, True, ("wait", 12.3)),  # "not yet" is a sign of life, and no question follows at once
        (12.3, 12.05, None, True, ("late", None)),
        (12, 10, None, False, ("late", None)),  # whoever is not there is not waited for
        (14, 10, None, True, ("late", None)),  # also after a standstill: not asked first
    ],
)
def test_a_promised_call_is_due_at_its_time_and_somebody_elses_a_little_later(
    now: float, answered: float, asked: float | None, there: bool, expected: tuple[str, float | None]
) -> None:
    """A call that was promised by 12:00."""
    care = call_for(
        call_at=_clock(12),
        answered_at=_clock(answered),
        asked_at=_clock(asked) if asked else None,
        there=there,
        now=_clock(now),
    )

    assert care is not None
    deed, again = expected
    assert (care.deed, care.next_due_at) == (deed, _clock(again) if again else None)


def test_a_late_call_that_was_told_of_is_asked_about_as_any_case() -> None:
    """Supervisors hear of it once."""
    told = call_for(call_at=_clock(12), answered_at=_clock(10), asked_at=_clock(12.25), there=True, now=_clock(13))

    assert told is None


@pytest.mark.parametrize(
    ("now", "until", "answered", "asked", "expected"),
    [
        (12, 14, 11, None, ("leaves", 5)),
        (12, None, 11, 10, ("leaves", 5)),  # asked before the break, of something else
        (12.05, 14, 11, 12, ("wait", 5)),
        (12.1, 14, 11, 12, ("left", None)),
        (12.1, None, 11, 12, ("left", None)),
        (12.1, 12.25, 11, 12, None),  # back soon
        (12.1, 14, 12.05, 12, None),  # they keep it
        (12.2, 14, 11, 12.1, None),  # supervisors hear of it once
    ],
)
def test_a_case_is_not_left_behind_for_a_break(
    now: float, until: float | None, answered: float, asked: float | None, expected: tuple[str, int | None] | None
) -> None:
    """Whoever has it is asked at once, and supervisors a few minutes later; of a short break nobody hears."""
    care = break_for(
        since=_clock(12),
        until=_clock(until) if until else None,
        answered_at=_clock(answered),
        asked_at=_clock(asked) if asked else None,
        now=_clock(now),
    )
    due = _clock(12) + timedelta(minutes=expected[1]) if expected and expected[1] else None

    assert (care and (care.deed, care.next_due_at)) == (expected and (expected[0], due))


def _clock(hours: float) -> datetime:
    return datetime(2026, 11, 24, tzinfo=UTC) + timedelta(hours=hours)
