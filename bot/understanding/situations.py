"""Which situation a text tells of, and how sure that is. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.understanding.linear import Linear
from bot.understanding.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = Path(__file__).parent / "weights" / "situations.weights"
NOTHING = "nothing"  # what is no situation: small talk, spam, other languages
SURE = 0.5  # from this confidence on a situation is named, and below it only offered
SHARPNESS = 4.5  # how much a difference of scores is worth: measured on authors nothing was learned from


@dataclass(frozen=True)
class Reading:
    """What a text may tell of."""

    shares: Mapping[str, float]  # of each situation, likeliest first; what is missing to one tells of none


NONE = Reading({})


class Situations:
    """Reads texts as it has learned to."""

    def __init__(self, linear: Linear) -> None:
        self._linear = linear
        self.known = frozenset(linear.labels) - {NOTHING}

    def read(self, text: str) -> Reading:
        """Say how likely each situation is; nothing where no word is known."""
        if not any(token.word[0].isalpha() and self._linear.knows(token.word) for token in self._linear.tokens(text)):
            return NONE
        scores = self._linear.scores(text)
        best = max(scores.values())
        odds = {name: math.exp(SHARPNESS * (score - best)) for name, score in scores.items()}
        total = sum(odds.values())
        ranked = sorted(odds, key=lambda name: (-odds[name], name))
        return Reading({name: odds[name] / total for name in ranked if name != NOTHING})

    def why(self, text: str, situation: str) -> str:
        """Quote the words that decided for a situation; nothing where only filler did."""
        return quote(self._linear.reasons(text, situation))


@cache
def situations() -> Situations:
    """Load what was learned, once."""
    return Situations(Linear.load(WEIGHTS))
