"""Where a case stands, or what limits whoever answers, whatever it is about. Pure.

English is read by where a text stands among all texts, German by its words.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.linear import Linear
from bot.understanding.matters import NONE
from bot.understanding.meaning import WEIGHTS as FOLDER
from bot.understanding.second_look import load_second_look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bot.understanding.encoder import Floats

HEAD, GERMAN = FOLDER / "stages.npz", FOLDER / "stages.de.weights"
# What a difference of scores is worth, of places and of words: chosen by authors left out.
WORTH, WORTH_OF_WORDS = 0.3, 9.0
# From which share on a stage is told: where nothing else answers a text, and where something does.
LIKELY, SURELY = 0.6, 0.9


class Stages:
    """Tells stages apart as it has learned to."""

    def __init__(
        self, known: frozenset[str], scores: Callable[[str, Floats | None], Mapping[str, float]], worth: float
    ) -> None:
        self.known, self._scores, self._worth = known, scores, worth

    def shares(self, text: str, place: Floats | None) -> dict[str, float]:
        """Say how likely each stage is, and that there is none; empty where nobody can say."""
        scores = self._scores(text, place)
        best = max(scores.values(), default=0.0)
        odds = {name: math.exp(self._worth * (score - best)) for name, score in scores.items()}
        return {name: one / sum(odds.values()) for name, one in odds.items()}


def likeliest(shares: Mapping[str, float], fits: float) -> str | None:
    """Name the stage that is likely enough, if one is."""
    name = max(shares, key=shares.__getitem__, default=NONE)
    return name if name != NONE and shares[name] >= fits else None


def stage_in(language: str, text: str, place: Floats | None, *, is_answered: bool) -> str | None:
    """Name the stage that a text of a language tells of; none where none is likely, or nothing was learned."""
    reader = stages_in(language)
    return likeliest(reader.shares(text, place), SURELY if is_answered else LIKELY) if reader else None


def load_stages(head: Path = HEAD) -> Stages | None:
    """Load what was learned of English; nothing without its file, or without the encoder."""
    look = load_second_look(head)
    if look is None:
        return None
    return Stages(look.labels - {NONE}, lambda _text, place: {} if place is None else look.scores_at(place), WORTH)


@cache
def stages_in(language: str) -> Stages | None:
    """Load what was learned of the stages of a language, once."""
    if language == "de":
        linear = Linear.load(GERMAN)
        known = frozenset(linear.labels) - {NONE}
        return Stages(known, lambda text, _place: linear.scores(text), WORTH_OF_WORDS)
    return load_stages() if language == "en" else None
