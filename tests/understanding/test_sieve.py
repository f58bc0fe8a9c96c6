"""Which patterns are tried on a text: leaving one out never changes what holds."""

from __future__ import annotations

import re

import pytest

from bot.playbooks.training.texts import read_heat
from bot.understanding.letters import needed
from bot.understanding.rules import rules
from bot.understanding.sieve import QUIET, Sieve, sieve

NOTHING_CERTAIN = frozenset(("",))


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\bshouts?\b", {"shout"}),
        (r"\b(?:idiots?|morons?)\b", {"idiot", "moron"}),
        (r"\byou (?:are )?idiot", {"you idiot", "you are idiot"}),
        (r"(?:\w+ )*lawyer(?! friend)", {"lawyer"}),
        (r"sh[io]p", {"ship", "shop"}),
        (r"(?:damn )+\w+", {"damn"}),
        (r"(?:(?:un)?loved|hated) game", {"loved game", "hated game"}),
        (r"\bgr[ae]y\b|\b\d+ days\b", {"gray", "grey", " days"}),
        (r"damn|\d+", NOTHING_CERTAIN),
        (r"(?:damn)?", NOTHING_CERTAIN),
        (r"[^a]|damn", NOTHING_CERTAIN),
        (r"f+[*#]{2,}", {"f*", "f#"}),
        (r"(?i)damn", NOTHING_CERTAIN),
        (r"(?i:damn)", NOTHING_CERTAIN),
        (r"(a+)-\1", {"-"}),
    ],
)
def test_a_pattern_is_known_by_letters_it_cannot_do_without(pattern: str, letters: set[str]) -> None:
    """One of them is in any text of which the pattern holds."""
    assert needed(re.compile(pattern)) == letters


def _each_tried(name: str, text: str) -> list[tuple[str, int]]:
    kinds = rules(name)
    for quiet in kinds[QUIET]:
        text = quiet.sub(" ", text)
    tried = [(kind, number, one) for kind in kinds if kind != QUIET for number, one in enumerate(kinds[kind])]
    return [(kind, number) for kind, number, one in tried if one.search(text)]


@pytest.mark.parametrize("name", ["understanding/heat", "understanding/heat_de"])
def test_what_is_left_out_would_not_have_held(name: str) -> None:
    """Of texts of every author the same is found as when each pattern is tried."""
    texts = [one.text.lower() for one in read_heat()][::40]
    assert [list(sieve(name).holding(text)) for text in texts] == [_each_tried(name, text) for text in texts]


def test_what_is_taken_out_may_bring_together_what_is_looked_for() -> None:
    """After each quiet pattern that holds it is asked again which others may."""
    small = Sieve({"swearing": [re.compile("the hell")], QUIET: [re.compile(" lovely old ")]})
    assert list(small.holding("go to the lovely old hell")) == [("swearing", 0)]
    assert not list(small.holding("an old hell"))
