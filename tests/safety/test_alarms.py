"""Alarms of gas and smoke, boxes of fuses, dogs that are set on people, and work that nobody dies of."""

from __future__ import annotations

from bot.safety.hearing import Danger, danger_in
from tests.safety.phrases import read


def test_alarms_that_sound_boxes_that_burn_and_dogs_that_are_set_on_people_are_heard() -> None:
    """In either language, in the words of a chat."""
    dangers = [words for kind, words in read("alarms") if kind in set(Danger)]

    assert len(dangers) >= 60
    assert [words for words in dangers if danger_in(words) is None] == []


def test_a_low_battery_a_dog_and_work_at_a_desk_alarm_nobody() -> None:
    """The words of the same rules, where nobody is in danger."""
    harmless = [words for kind, words in read("alarms") if kind == "nothing"]

    assert len(harmless) >= 70
    assert [words for words in harmless if danger_in(words)] == []
