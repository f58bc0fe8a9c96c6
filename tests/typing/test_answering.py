"""An answer to a question of ours is told from what happens to somebody."""

from __future__ import annotations

import pytest

from bot.typing.answering import answer_in


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("yes I take it", "yes"),
        ("I take it", "yes"),
        ("ok I can take it", "yes"),
        ("ok", "yes"),
        ("Yes!", "yes"),
        ("I'll take it", "yes"),
        ("ja", "yes"),
        ("mach ich", "yes"),
        ("Ja, ich übernehme", "yes"),
        ("ich nehm's", None),
        ("no", "no"),
        ("not now", "no"),
        ("busy", "no"),
        ("not now, in a call", "no"),
        ("No, sorry", "no"),
        ("nein", "no"),
        ("gerade nicht", "no"),
        ("Nein, bin im Gespräch", "no"),
        ("yes but only in ten minutes", "perhaps"),
        ("vielleicht", "perhaps"),
        ("no, he keeps shouting at me", None),
        ("I take the refund back", None),
        ("he says no", None),
        ("they were called names", None),
        ("no, he has a knife", None),
        ("thanks", None),
        ("she is busy shouting", None),
        ("/recuse", None),
        ("not now, he said, and hung up", None),
        ("nicht mehr auszuhalten", None),
    ],
)
def test_what_a_text_answers(words: str, answer: str | None) -> None:
    """The whole text has to be one."""
    assert answer_in(words) == answer
