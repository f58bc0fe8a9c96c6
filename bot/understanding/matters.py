"""Which opening answers a text, as many were matched by hand: words and phrases weighed together. Pure.

A quick reader answers alone where it is sure; otherwise where the text stands among all texts is weighed, too.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.linear import Linear
from bot.understanding.meaning import WEIGHTS as FOLDER
from bot.understanding.second_look import load_second_look

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from bot.understanding.encoder import Floats
    from bot.understanding.features import Token
    from bot.understanding.second_look import SecondLook

WEIGHTS, HEAD, GERMAN = FOLDER / "openings.weights", FOLDER / "openings.npz", FOLDER / "openings.de.weights"
NONE = "-"  # what no opening answers: one's own state, small talk, questions to us
# Chosen by texts of which nothing was learned (tests/understanding/openings-tuned.tsv): what a difference of scores is
# worth at a glance, what the slow reader counts beside it, and what it counts that an opening's words were met first.
WORTH, BESIDE, MET = 4.0, 0.12, 1.0
WORTH_ALONE = 9.0  # what a difference is worth where nobody looks again
_HARDLY = 0.02  # a share that nobody asks about
PLAIN = 0.7  # from this share on the quick reader needs nobody else

Odds = dict[str, float]  # of each opening, as logarithms


class Matters:
    """Reads texts as it has learned to."""

    def __init__(self, linear: Linear, look: SecondLook | None, worth: float = WORTH) -> None:
        self._linear, self._look, self._worth = linear, look, worth
        self._signs: Mapping[str, Mapping[str, float]] = linear.about["signs"]
        self.known = frozenset(linear.labels) - {NONE}

    @property
    def takes_time(self) -> bool:
        """Whether there is a slow reader."""
        return self._look is not None

    def glance(
        self, text: str, signs: Collection[str], first: str | None, tokens: Sequence[Token] | None = None
    ) -> Odds:
        """Say at once how likely each opening is; the first one is that whose words were met."""
        odds = {name: self._worth * score for name, score in self._linear.scores(text, tokens).items()}
        for sign in signs:
            for name, worth in self._signs.get(sign, {}).items():
                odds[name] += self._worth * worth
        return odds if first not in odds else odds | {first: odds[first] + MET}

    def look(self, glance: Mapping[str, float], place: Floats | None) -> Odds:
        """Weigh along with a glance where the text stands among all texts."""
        if self._look is None or place is None:
            return dict(glance)
        more = self._look.scores_at(place)
        return {name: odds + BESIDE * more[name] for name, odds in glance.items()}


def shares_of(odds: Mapping[str, float]) -> dict[str, float]:
    """Make shares of odds, the likeliest first, that of none among them; what is hardly likely is left out."""
    best, exp = max(odds.values()), math.exp
    weights = [exp(one - best) for one in odds.values()]
    total = sum(weights)
    least = min(total * _HARDLY, 1.0)
    likely = [(-weight, name) for name, weight in zip(odds, weights, strict=True) if weight >= least]
    return {name: -weight / total for weight, name in sorted(likely)}


@cache
def matters() -> Matters:
    """Load what was learned of English, once."""
    return Matters(Linear.load(WEIGHTS), load_second_look(HEAD))


@cache
def german_matters() -> Matters:
    """Load what was learned of German, once: there the quick reader is alone, and has to be surer."""
    return Matters(Linear.load(GERMAN), None, WORTH_ALONE)


def matters_in(language: str) -> Matters | None:
    """Give who knows a language; none where nothing was learned of it."""
    known = {"en": matters, "de": german_matters}
    return known[language]() if language in known else None
