"""What to do after a platform did not take a message."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retry import LONGEST, MOST_ATTEMPTS, MOST_UNSURE, after_failure, may_repeat
from bot.errors import (
    AccessRevoked,
    CardGone,
    ConversationGone,
    DeliveryError,
    MessageTooLong,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)

PAUSE = RateLimited(timedelta(seconds=60))


@pytest.mark.parametrize(
    ("error", "attempts", "kind", "least", "most"),
    [
        (ConversationGone(), 1, "dead", 0, 0),
        (AccessRevoked(), 1, "dead", 0, 0),
        (MessageTooLong(), 1, "dead", 0, 0),
        (CardGone(), 1, "anew", 0, 0),
        (OutcomeUnknown(), 1, "unknown", 0.5, 1.5),
        (OutcomeUnknown(), 7, "unknown", 30, 60),
        (PlatformDown(), 1, "again", 0.5, 1.5),
        (PlatformDown(), 3, "again", 2, 6),
        (PlatformDown(), 8, "again", 30, 60),
        (PlatformDown(), MOST_ATTEMPTS, "dead", 0, 0),
        (PAUSE, 1, "again", 60, 66),
        (PAUSE, MOST_ATTEMPTS + 5, "again", 60, 66),
    ],
)
def test_each_failure_has_its_answer(error: DeliveryError, attempts: int, kind: str, least: float, most: float) -> None:
    """Final errors end at once, rate limits wait as long as they say, the rest ever longer."""
    for jitter in (0.0, 0.5, 1.0):
        decision = after_failure(error, attempts, jitter)
        assert decision.kind == kind
        assert least <= decision.after.total_seconds() <= most


@given(st.integers(1, 50), st.floats(0, 1))
def test_a_pause_is_never_negative_and_never_endless(attempts: int, jitter: float) -> None:
    """Whatever fails, the next try is between now and a minute from now."""
    decision = after_failure(PlatformDown(), attempts, jitter)

    assert timedelta(0) <= decision.after <= LONGEST


@pytest.mark.parametrize(
    ("attempts", "harmless", "wanted", "repeats"),
    [
        (1, False, True, True),
        (MOST_UNSURE - 1, False, True, True),
        (MOST_UNSURE, False, True, False),
        (1, False, False, False),
        (1, True, False, True),
        (MOST_ATTEMPTS, True, False, False),
    ],
)
def test_what_may_have_arrived_is_repeated_while_that_helps(
    attempts: int, harmless: bool, wanted: bool, repeats: bool
) -> None:
    """An edit is made again, what is said only if twice is better than never, and nothing without end."""
    assert may_repeat(attempts, harmless=harmless, wanted=wanted) is repeats
