"""Menaces in polite words, orders to die and what somebody knows of us, and jokes that hold the same words."""

from __future__ import annotations

import pytest

from bot.safety.hearing import Danger, danger_in
from bot.understanding.heat import Level, heat_of
from bot.understanding.signals import Signal
from tests.safety.phrases import read

ROWS = read("menaces")
MENACES = [words for kind, words in ROWS if kind == "threat"]
HARMLESS = [words for kind, words in ROWS if kind == "nothing"]


def test_menaces_are_heard_as_threats() -> None:
    """Whether they are said to somebody's face, left to be thought or told by whoever heard them."""
    heard = {words: danger_in(words) for words in MENACES}

    assert len(heard) >= 250
    assert {words: danger for words, danger in heard.items() if danger is not Danger.THREAT} == {}


def test_jokes_and_errands_in_the_same_words_alarm_nobody() -> None:
    """A pity, a walk, a rope and a bullet stand in ordinary sentences, too."""
    assert len(HARMLESS) >= 250
    assert {words: danger for words in HARMLESS if (danger := danger_in(words))} == {}


@pytest.mark.parametrize("words", MENACES[::9])
def test_a_menace_is_as_heated_as_can_be_and_says_so(words: str) -> None:
    """Whoever asks how heated it is reads the same as whoever is warned."""
    heat = heat_of(words)

    assert heat.level is Level.ABUSIVE
    assert Signal.HARM in heat.signals


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("jump off a bridge", Danger.THREAT),
        ("you should walk in front of a train", Danger.THREAT),
        ("he told my colleague to lie on the tracks", Danger.THREAT),
        ("he says he will walk in front of a train", Danger.SELF_HARM),
        ("she is standing on the bridge. jump off the bridge, she says, is all she thinks of", Danger.SELF_HARM),
        ("I want to jump off a bridge", Danger.AGENT),
        ("do us a favour and stop breathing", Danger.THREAT),
        ("the baby stopped breathing", Danger.ACCIDENT),
        ("Springen Sie doch von der Brücke", Danger.THREAT),
        ("der Kunde hat mir geraten, vom Dach zu springen", Danger.THREAT),
        ("er sagt, er will vom Dach springen", Danger.SELF_HARM),
        ("ich will vor einen Zug springen", Danger.AGENT),
    ],
)
def test_whoever_is_sent_to_their_death_is_threatened(words: str, danger: Danger) -> None:
    """Whoever speaks of their own is in danger themselves."""
    assert danger_in(words) is danger
