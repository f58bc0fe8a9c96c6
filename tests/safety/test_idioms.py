"""No idiom hides a danger: whatever can be done to a person is heard, whichever way somebody goes on."""

from __future__ import annotations

from itertools import cycle, product
from typing import TYPE_CHECKING

import pytest
import yaml

from bot.safety.hearing import Danger, danger_in
from bot.safety.patterns import words_of
from bot.store.content import SHIPPED_PLAYBOOKS

if TYPE_CHECKING:
    from pathlib import Path

VERBS = sorted(word.replace("_", " ") for word in words_of("{maim}"))
PERSONS = sorted({word for name in ("{staff}", "{kin}", "{job}", "{child}") for word in words_of(name)})
REASONS = (
    *("", " if the app is not fixed", " over the invoice", " about the call", " again", " tonight", " when he leaves"),
    *(" for this", " because of the fee", " today", " with his own hands", " in the car park", " like a dog"),
)
SELVES = (("i", "myself"), ("he", "himself"), ("she", "herself"), ("the customer", "themselves"))


def _missed(sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if danger_in(sentence) is None]


@pytest.mark.parametrize("verb", VERBS)
def test_no_idiom_hides_what_is_threatened_to_a_person(verb: str) -> None:
    """Idioms are of things: a technician, a driver, a colleague is none."""
    frames = ("he says he will {verb} the {whom}", "she threatened to {verb} our {whom} over the invoice")
    sentences = [frame.format(verb=verb, whom=person) for frame, person in zip(cycle(frames), PERSONS, strict=False)]

    assert _missed(sentences) == []


@pytest.mark.parametrize("verb", VERBS)
def test_no_idiom_hides_a_threat_by_how_it_goes_on(verb: str) -> None:
    """“Hit me up” is none; “hit me again tonight” is one."""
    sentences = [
        f"he {wants} {verb} {whom}{reason}"
        for wants, whom, reason in product(("will", "wants to", "threatened to"), ("me", "you", "her"), REASONS)
    ]

    assert _missed(sentences) == []


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize(("who", "self"), SELVES)
def test_no_idiom_hides_harm_to_oneself_by_how_it_goes_on(who: str, self: str, reason: str) -> None:
    """Whoever says why is in no less danger."""
    verbs = ("kill", "hurt", "harm", "hang", "poison", "drown", "shoot", "stab", "cut", "burn")
    sentences = [f"{who} will {verb} {self}{reason}" for verb in verbs]

    assert _missed(sentences) == []
    assert {danger_in(sentence) for sentence in sentences} <= {Danger.SELF_HARM, Danger.AGENT}


def _sentences(content: object) -> list[str]:
    if isinstance(content, str):
        return [content]
    inner = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [sentence for one in inner for sentence in _sentences(one)]


@pytest.mark.parametrize(
    "file", sorted((SHIPPED_PLAYBOOKS / "en" / "updates").glob("*.yaml")), ids=lambda one: one.stem
)
def test_no_wording_prepared_for_customers_raises_an_alarm(file: Path) -> None:
    """Whoever takes a prepared sentence is not told that somebody is in danger."""
    alarming = {one: danger_in(one) for one in _sentences(yaml.safe_load(file.read_text(encoding="utf-8")))}

    assert {one: danger for one, danger in alarming.items() if danger} == {}


@pytest.mark.parametrize("paper", ["lawsuit", "chargeback", "bad review", "court order", "late fee", "one-star review"])
def test_to_be_hit_with_a_paper_hurts_nobody(paper: str) -> None:
    """A lawsuit or a fee may hit somebody; a bat and a brick may, too."""
    assert danger_in(f"he says he'll hit us with a {paper}") is None
    assert danger_in("he says he'll hit us with a brick") is Danger.THREAT


@pytest.mark.parametrize(
    "typed",
    [
        "I've had to ring you every day. Would it kill you to call me for once?",
        "would it kill them to answer an e-mail",
        "i want to throw my headset out of the window",
        "I could throw this keyboard through the window, honestly",
        "they are shooting the messenger again",
        "last nail in the coffin for this vendor",
        "we are hostage to their ticket system",
    ],
)
def test_what_is_said_of_effort_and_of_things_is_no_danger(typed: str) -> None:
    """Who asks whether it would kill somebody to call threatens nobody, and a headset may fly."""
    assert danger_in(typed) is None


@pytest.mark.parametrize(
    "typed", ["I want to throw myself out of the window", "would he kill her?", "I will throw you out of the window"]
)
def test_what_is_said_of_a_person_is_a_danger(typed: str) -> None:
    """The same words of a person are heard."""
    assert danger_in(typed) is not None
