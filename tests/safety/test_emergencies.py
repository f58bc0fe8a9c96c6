"""Emergencies in two words, despair said sideways, hands at a counter, things that smoulder; what only sounds so."""

from __future__ import annotations

import pytest

from bot.safety.card import safety_card
from bot.safety.hearing import Danger, Heard
from bot.say.messages import Listing, Say
from tests.safety.phrases import read


def _kind(words: str) -> str:
    heard = Heard(words)
    if heard.danger is not None:
        return heard.danger.value
    return "child" if heard.is_of_child else "hint" if heard.may_be_danger else "nothing"


def test_emergencies_are_heard_as_what_they_are() -> None:
    """Each with the card that fits it, a line above the answer where it may be one, and none for what sounds so."""
    rows = read("emergencies")

    assert len(rows) >= 600
    assert [(kind, found, words) for kind, words in rows if (found := _kind(words)) != kind] == []


@pytest.mark.parametrize("words", ["passenger fainted at the queue", "baby not breathing", "Kunde hat Brustschmerzen"])
def test_whoever_is_ill_is_told_nothing_of_gas(words: str) -> None:
    """The emergency number comes first, in what is done and in what is said."""
    danger = Heard(words).danger
    assert danger is Danger.ACCIDENT

    card = safety_card(danger, "", ())
    done = next(part for part in card.parts if isinstance(part, Listing))
    said = [part for part in card.parts if isinstance(part, Say)]

    assert "emergency number" in str(done.lines[0])
    assert "emergency number" in str(said[0].text)
    assert "gas" not in str(card)


def test_where_it_burns_everybody_gets_out_first() -> None:
    """And a device that smoulders is left alone."""
    card = safety_card(Danger.FIRE, "", ())
    done = next(part for part in card.parts if isinstance(part, Listing))

    assert "everybody out first" in str(done.lines[0])
    assert "device" in str(done.lines[1])
