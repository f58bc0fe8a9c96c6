"""Danger that no word names is suspected more often than not, and ordinary words hardly ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbooks.training.texts import read_situations
from bot.safety.hearing import Danger, danger_in
from bot.understanding.danger import SURE, danger_score, may_be_danger
from tests.safety.phrases import read


def test_a_table_nobody_learned_from_is_suspected() -> None:
    """Rules alone hear a fifth of it; with what was learned two thirds get the line that offers a supervisor."""
    dangers = [words for kind, words in read("strangers") if kind in set(Danger)]
    harmless = [words for kind, words in read("strangers") if kind not in set(Danger)]

    suspected = [words for words in dangers if danger_in(words) or may_be_danger(words)]

    assert len(suspected) >= 0.65 * len(dangers)
    assert sum(map(may_be_danger, harmless)) <= 0.25 * len(harmless)  # written to sound like danger


@pytest.mark.parametrize(("kind", "words"), read("hints"))
def test_a_line_is_offered_where_something_may_be_wrong(kind: str, words: str) -> None:
    """Pills that were taken are one, a short answer is none; neither alarms."""
    assert danger_in(words) is None
    assert may_be_danger(words) == (kind == "hint")


@pytest.mark.parametrize(
    "words",
    [
        "charged twice and the refund still is not there",
        "she keeps asking when the engineer comes",
        "he called me useless and wants my manager",
        "he shouts that I am a worthless piece of shit",
        "she keeps calling us worthless",
        "the customer yelled that we are worthless idiots",
        "how do I tell her that it cannot be repaired",
        "customer says the update broke everything",
        "ich habe eine Frage zu meiner Rechnung",
        "",
        "🙂",
    ],
)
def test_ordinary_words_are_not_suspected(words: str) -> None:
    """A line above every answer would be read by nobody."""
    assert not may_be_danger(words)


def test_what_is_most_likely_danger_is_sure() -> None:
    """None of its words is one of danger, together they are."""
    assert danger_score("he will take his mother with him when he goes tonight") > SURE


@given(st.text(max_size=300))
def test_any_words_get_a_score(words: str) -> None:
    """Nothing that can be typed fails."""
    assert danger_score(words) < 10


def test_ordinary_words_of_many_voices_are_hardly_ever_taken_for_danger() -> None:
    """Of thousands of everyday sentences the hard rule hears danger in one of two hundred at most."""
    heard = [one.query for one in read_situations() if danger_in(one.query)]

    assert len(heard) <= 0.005 * len(read_situations())
