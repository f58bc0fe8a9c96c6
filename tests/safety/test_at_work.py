"""What happens at work: farewells that are written, weapons on a counter, pills, bombs, what is made public."""

from __future__ import annotations

import pytest

from bot.safety.card import safety_card
from bot.safety.hearing import Danger, danger_in
from bot.say.messages import Say
from tests.safety.phrases import read


def test_each_is_heard_as_what_it_is() -> None:
    """With the card that fits it; words that only sound so alarm nobody."""
    rows = read("at-work")
    dangers = [(words, kind) for kind, words in rows if kind in set(Danger)]
    harmless = [words for kind, words in rows if kind == "nothing"]

    assert (len(dangers), len(harmless)) >= (85, 90)
    assert [(words, kind) for words, kind in dangers if danger_in(words) != kind] == []
    assert [words for words in harmless if danger_in(words)] == []


@pytest.mark.parametrize(
    ("danger", "first"),
    [
        (Danger.ATTACK, "do what they want"),
        (Danger.POISON, "emergency number"),
        (Danger.BOMB, "keep them talking"),
        (Danger.EXPOSED, "Don't answer"),
    ],
)
def test_the_first_line_is_what_is_done_first(danger: Danger, first: str) -> None:
    """Somebody who stands there armed hears of no help that comes, and nobody who swallowed pills is asked why."""
    card = safety_card(danger, "", ())
    said = str([part.text for part in card.parts if isinstance(part, Say)])

    assert first in str(card.parts[0])
    assert "getting somebody" not in said
    assert "ending your life" not in said


@pytest.mark.parametrize("danger", [one for one in Danger if one.broad is not one])
def test_a_danger_of_a_finer_kind_is_told_to_others_as_the_broad_one(danger: Danger) -> None:
    """What is shown to everybody needs no more."""
    assert danger.broad.broad is danger.broad
    assert danger.broad in {Danger.ACCIDENT, Danger.THREAT}
