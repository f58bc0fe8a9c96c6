"""Subjects are values that are stored as one text."""

from __future__ import annotations

import pytest

from bot.ports import Subject


@pytest.mark.parametrize(
    ("subject", "stored"),
    [
        (Subject.of("offer", 12), "offer:12"),
        (Subject.of("own", 3, 7), "own:3:7"),
        (Subject.of("hold", 4, "warning"), "hold:4:warning"),
        (
            Subject.of("trouble", "channel_not_found", "19:abc@thread.tacv2"),
            "trouble:channel_not_found:19:abc@thread.tacv2",
        ),
    ],
)
def test_a_subject_is_read_as_it_was_written(subject: Subject, stored: str) -> None:
    """What is stored of a subject names it again, places with colons in their names too."""
    assert str(subject) == stored
    assert Subject.read(stored) == subject


def test_a_subject_names_its_row() -> None:
    """Whoever hears of a delivery finds the row it was about."""
    assert Subject.read("offer:12:77").number == 12
