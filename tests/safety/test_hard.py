"""Danger and what only sounds of it, by a stranger to the rules, hard on purpose; half was mended with in sight."""

from __future__ import annotations

import pytest

from bot.safety.hearing import danger_in
from bot.understanding.danger import may_be_danger
from tests.safety.phrases import read


@pytest.mark.parametrize(
    ("language", "alarms", "heard", "false_alarms", "false_hints"), [("en", 88, 97, 5, 3), ("de", 57, 58, 2, 2)]
)
def test_as_many_are_heard_as_docs_say(
    language: str, alarms: int, heard: int, false_alarms: int, false_hints: int
) -> None:
    """Of 120 dangers and 180 harmless lines in English, of 80 and 120 in German: not fewer, and no more falsely."""
    rows = read("hard")
    dangers = [words for kind, words in rows if kind == f"{language} danger"]
    harmless = [words for kind, words in rows if kind == f"{language} nothing"]
    falsely = [words for words in harmless if danger_in(words)]

    assert len([words for words in dangers if danger_in(words)]) >= alarms
    assert len([words for words in dangers if danger_in(words) or may_be_danger(words)]) >= heard
    assert len(falsely) <= false_alarms
    assert len([words for words in harmless if may_be_danger(words) and words not in falsely]) <= false_hints
