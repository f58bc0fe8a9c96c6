"""What happens at work: farewells that are written, weapons on a counter, pills, bombs, what is made public."""

from __future__ import annotations

import pytest

from bot.safety.card import safety_card
from bot.safety.hearing import Danger, danger_in, is_pressure
from bot.say.messages import Say
from bot.understanding.danger import may_be_danger
from bot.understanding.understood import Understood
from tests.safety.phrases import read


def test_each_is_heard_as_what_it_is() -> None:
    """With the card that fits it; words that only sound so alarm nobody."""
    rows = read("at-work")
    dangers = [(words, kind) for kind, words in rows if kind in set(Danger)]
    harmless = [words for kind, words in rows if kind == "nothing"]

    assert (len(dangers), len(harmless)) >= (125, 115)
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


def test_the_line_about_danger_needs_words_for_what_happens() -> None:
    """That "he says" something to "her", a greeting and words nobody learned of tell of nothing."""
    harmless = [words for kind, words in read("at-work") if kind == "nothing"]

    assert len([words for words in harmless if may_be_danger(words)]) <= 0.1 * len(harmless)
    assert not any(
        map(may_be_danger, ("hallo", "hello???", "he says", "she says he says", "customer and him", "qwertz uiop"))
    )


def test_the_press_and_regulators_are_named_and_not_only_met() -> None:
    """Bad news is no press, a journalist may want a table, and a regulator is gone to."""
    rows = read("named")
    pressure = [words for kind, words in rows if kind == "pressure"]
    none = [words for kind, words in rows if kind == "nothing"]

    assert (len(pressure), len(none)) >= (11, 15)
    assert [words for words in pressure if not is_pressure(words)] == []
    assert [words for words in none if is_pressure(words)] == []


def test_names_pet_names_and_praise_are_no_abuse() -> None:
    """A line about abuse where none was is read by nobody where there is some."""
    rows = read("named")

    assert [words for kind, words in rows if kind == "civil" and Understood(words).is_abusive] == []
    assert [words for kind, words in rows if kind == "abuse" and not Understood(words).is_abusive] == []
