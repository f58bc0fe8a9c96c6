"""Whether a change helped: two shares, the interval of their difference, and what may be said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.causes.cards.comparing import verdict_line
from bot.causes.decisions.rates import BeforeAfter, Verdict, difference, windows
from bot.insights.values import Share

# Newcombe 1998, Statistics in Medicine 17, table II, method 10: the first share less the second.
PUBLISHED = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((10, 10), (0, 10), 0.6075, 1.0),
]


@pytest.mark.parametrize(("one", "other", "low", "high"), PUBLISHED)
def test_the_interval_is_the_one_that_was_published(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """To four digits."""
    found = difference(Share(*other), Share(*one))

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


counts = st.integers(1, 500).flatmap(lambda of: st.builds(Share, st.integers(0, of), st.just(of)))


@given(counts, counts)
def test_what_was_seen_lies_within_and_turning_it_around_turns_the_sign(before: Share, after: Share) -> None:
    """The interval holds the difference itself, and better for one is worse for the other."""
    there, back = difference(before, after), difference(after, before)

    assert there is not None
    assert back is not None
    assert -1 <= there.low <= there.value <= there.high <= 1
    assert there.low == pytest.approx(-back.high)


VERDICTS = [
    ((60, 100), (20, 100), 30, Verdict.BETTER, "It helped: its share fell by 27 to 51 percentage points."),
    ((20, 100), (60, 100), 30, Verdict.WORSE, "It got worse: its share rose by 27 to 51 percentage points."),
    (
        (200, 1000),
        (200, 1000),
        30,
        Verdict.SAME,
        "No difference that can be seen: its share changed by -4 to +4",
    ),
    ((60, 100), (20, 100), 13, Verdict.TOO_EARLY, "Too early to say: give it 14 days."),
    ((5, 9), (0, 100), 30, Verdict.TOO_EARLY, "Too early to say: fewer than 10 causes were named before, or since."),
    ((0, 0), (3, 20), 30, Verdict.TOO_EARLY, "Too early to say: fewer than 10 causes were named before, or since."),
    ((6, 20), (5, 20), 30, Verdict.TOO_EARLY, "with so few, its share may have changed by -31 to +22 points."),
]


@pytest.mark.parametrize(("before", "after", "days", "verdict", "said"), VERDICTS)
def test_no_more_is_said_than_the_numbers_show(
    before: tuple[int, int], after: tuple[int, int], days: int, verdict: Verdict, said: str
) -> None:
    """Few, or soon: too early to say."""
    found = BeforeAfter(Share(*before), Share(*after), timedelta(days=days))

    assert found.verdict is verdict
    assert said in verdict_line(found)


def test_before_and_since_meet_at_the_change_and_end_after_a_quarter() -> None:
    """What happened a year later says little of the change."""
    changed = datetime(2026, 3, 1, tzinfo=UTC)
    before, since = windows(changed, changed + timedelta(days=400))

    assert before == (changed - timedelta(days=90), changed)
    assert since == (changed, changed + timedelta(days=90))
    assert windows(changed, changed - timedelta(days=3))[1] == (changed, changed)
