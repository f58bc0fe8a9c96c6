"""Numbers as people read them: no length is shorter than it was, and what stands side by side is in one unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.insights.wording import alike, lasting
from bot.say.language import speaking

LENGTHS = [
    # seconds of two periods, as they are written
    ((91, 83), ("91 seconds", "83 seconds")),
    ((1, 0), ("1 second", "0 seconds")),
    ((120, 61), ("120 seconds", "61 seconds")),
    ((600, 61), ("10 minutes", "1 minute 1 second")),
    ((347, 20), ("5 minutes 47 seconds", "20 seconds")),
    ((661, 121), ("11 minutes", "2 minutes")),
    ((None, 83), ("–", "83 seconds")),
    ((None, None), ("–", "–")),
    ((36_001, 60), ("10 hours", "1 hour")),
    ((400_000, 3601), ("5 days", "1 day")),
]


@pytest.mark.parametrize(("seconds", "written"), LENGTHS)
def test_lengths_side_by_side(seconds: tuple[int | None, ...], written: tuple[str, ...]) -> None:
    """In seconds while they are short, else in minutes, hours or days, rounded as every length is."""
    lengths = [None if one is None else timedelta(seconds=one) for one in seconds]

    assert alike(*lengths) == written


def test_a_length_in_german() -> None:
    """As the reader's language writes it."""
    with speaking("de"):
        assert lasting(timedelta(seconds=91)) == "91 Sekunden"
