"""Which of the words that decided are quoted as a reason."""

from __future__ import annotations

import pytest

from bot.understanding.linear import Reason
from bot.understanding.quoting import quote


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("i can't do this any more", ""),
        ("customers don't know yet", ""),
        ("we never gave either of them anything", "never"),
        ("she seems to be crying again", "crying"),
        ("any refund at all", "refund"),
        ("third technician never turned up and she took a day off this morning", "technician never"),
    ],
)
def test_words_of_any_complaint_are_no_reason(words: str, quoted: str) -> None:
    """Whatever they were worth to the model, nobody would give them as a reason."""
    reasons = [Reason(word=word, start=0, end=0, credit=1.0) for word in words.split()]
    assert quote(reasons) == quoted
