"""Whether customers ask when it is over."""

from __future__ import annotations

import pytest

from bot.understanding.outcome import asks_when

ASKS = (
    "When will it be up?",
    "any ETA?",
    "ETA pls",
    "HOW LONG IS THIS GOING TO TAKE",
    "is it fixed yet",
    "whats the status. what’s the status of my refund",
    "You said an hour ago. Any news?",
    "By when can I work again?",
    "still no internet in 3rd street",
    "wann geht das Internet wieder?",
    "Wie lange dauert das noch?",
    "gibt es schon was Neues?",
)
DOES_NOT = (
    "",
    "I was there when he shouted.",
    "She cries when I speak.",
    "This is the third time I am calling!",
    "I want your manager.",
    "Das ist eine Frechheit!",
)


@pytest.mark.parametrize("words", ASKS)
def test_questions_for_the_outcome_are_heard(words: str) -> None:
    """Long and short, English and German."""
    assert asks_when(words)


@pytest.mark.parametrize("words", DOES_NOT)
def test_other_words_are_not(words: str) -> None:
    """The word alone asks nothing."""
    assert not asks_when(words)
