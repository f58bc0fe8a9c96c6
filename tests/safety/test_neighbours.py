"""Ordinary sentences that hold the words of a rule alarm nobody; the dangers that stand next to them are heard."""

from __future__ import annotations

import pytest

from bot.safety.hearing import Danger, Heard, danger_in, may_be_danger
from tests.safety.phrases import as_in_tables, read


def test_ordinary_sentences_that_hold_the_words_of_a_rule_alarm_nobody() -> None:
    """Next to each rule stands a sentence of support with the same words in it."""
    neighbours = [words for kind, words in read("neighbours") if kind == "nothing"]

    assert len(neighbours) >= 240
    assert [words for words in neighbours if danger_in(words)] == []


def test_dangers_next_to_ordinary_sentences_are_heard() -> None:
    """A bus, a box and a debt are figures of speech until somebody is meant by them."""
    dangers = [(kind, words) for kind, words in read("neighbours") if kind in set(Danger)]
    heard = [(kind, danger_in(words)) for kind, words in dangers]

    assert len(dangers) >= 40
    assert [words for _kind, words in dangers if danger_in(words) is None] == []
    assert [found for kind, found in heard if found is None or kind not in as_in_tables(found)] == []


@pytest.mark.parametrize(
    "words",
    [
        "My chest is tight, I am on mute, she is reading out each line",
        "chest feels tight, he is still talking about my accent",
    ],
)
def test_a_tight_chest_after_a_call_is_stress_and_gets_the_softer_offer(words: str) -> None:
    """No emergency of whoever writes, and a line about danger above the answer."""
    assert danger_in(words) is None
    assert may_be_danger(words)


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("my chest is tight and my left arm is numb", Danger.AGENT),
        ("my chest is tight, I am dizzy and need an ambulance", Danger.ACCIDENT),
        ("the customer says her chest is tight", Danger.ACCIDENT),
        ("I can't breathe and my chest is tight", Danger.ACCIDENT),
    ],
)
def test_a_tight_chest_with_more_or_of_somebody_else_is_an_emergency(words: str, danger: Danger) -> None:
    """An arm, dizziness, an ambulance asked for; or a customer, whom nobody sees."""
    assert danger_in(words) is danger


def test_who_cannot_breathe_properly_after_a_call_is_weary() -> None:
    """Said of oneself in a chat of colleagues: stress, and no choking."""
    heard = Heard("cannot breathe properly after that call")

    assert heard.danger is None
    assert heard.is_weary


@pytest.mark.parametrize(
    "words", ["he is standing on the roof and says goodbye", "she is sitting on the roof", "I stand on the roof"]
)
def test_somebody_on_a_roof_is_in_danger(words: str) -> None:
    """A dish and an engineer may stand there."""
    assert danger_in(words) in (Danger.SELF_HARM, Danger.AGENT)
    assert danger_in("the engineer is standing on the roof and needs access") is None


@pytest.mark.parametrize(
    "words",
    [
        *("chemical got in her eye", "swallowed glass from the yoghurt", "found a hand grenade in the parcel"),
        *("lift stuck, people inside", "finger stuck in escalator", "child locked in the car with the windows up"),
        *("Säure ins Auge bekommen", "Oma sitzt im Aufzug fest"),
    ],
)
def test_what_bursts_poisons_or_holds_somebody_is_an_accident(words: str) -> None:
    """Nobody else's doing: the emergency number comes first."""
    assert danger_in(words) is Danger.ACCIDENT


@pytest.mark.parametrize(
    "words",
    [
        *("the oven is on fire", "boiler blew up", "sparks from the socket", "carbon monoxide alarm is beeping"),
        *("Trockner qualmt", "es raucht aus dem Trockner"),
    ],
)
def test_what_burns_or_smokes_is_an_accident_of_fire(words: str) -> None:
    """Whoever is there gets out before anything else."""
    assert danger_in(words) is Danger.FIRE
