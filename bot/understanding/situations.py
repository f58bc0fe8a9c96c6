"""Which situation a text tells of, and how sure that is: a quick reader, and a slow one where it is not sure. Pure.

Each language was learned from texts of its own; the slow reader knows English.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.understanding.features import tokens_in
from bot.understanding.linear import Linear, Read
from bot.understanding.meaning import meaning
from bot.understanding.quoting import FILLER, GERMAN_FILLER, quote, telling_words, tells

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.understanding.encoder import Floats
    from bot.understanding.features import Token
    from bot.understanding.meaning import Meaning

FOLDER = Path(__file__).parent / "weights"
WEIGHTS, GERMAN = FOLDER / "situations.weights", FOLDER / "situations.de.weights"
TELLING, TELLING_GERMAN = FOLDER / "telling.txt", FOLDER / "telling.de.txt"
NOTHING = "nothing"  # what is no situation: small talk, spam, other languages
SURE = 0.5  # from this confidence on a situation is named, and below it only offered
PLAIN = 0.95  # above it the quick reader needs nobody else
FILLED = 0.45  # what is left of confidence where nothing but filler was typed
# What a difference of scores is worth, measured on people nothing was learned from: alone, and together. A tenth less
# was too modest: of six others 72.5 in a hundred were answered, and 95.2 of those right (docs/understanding-others.md).
ALONE = 4.95
TOGETHER, MEANT = 2.2, 0.605
PLAINLY = 0.4  # by how much no situation has to lead to be told at a glance
WARY = 0.8  # what speaks for no situation before a word is read: it is rarer in training than among people


@dataclass(frozen=True)
class Reading:
    """What a text may tell of."""

    shares: Mapping[str, float]  # of each situation, likeliest first; what is missing to one tells of none
    plain: bool = True  # whether reading it again, and slower, is no use


@dataclass(frozen=True)
class Glance(Reading):
    """What the quick reader says of a text, and how it has come to that."""

    by: Situations = field(compare=False, kw_only=True)
    read: Read = field(compare=False, kw_only=True)
    scores: Mapping[str, float] = field(compare=False, kw_only=True)
    mended: Callable[[Callable[[str], bool]], str] = field(compare=False, kw_only=True)  # spares words somebody knows

    @cached_property
    def place(self) -> Floats | None:
        """Where it stands among all texts, looked up once for every slow reader; none without the encoder."""
        slow = self.by.slow
        return slow.place(self.mended(slow.knows)) if slow is not None else None


class Situations:
    """Reads texts of one language as it has learned to."""

    def __init__(self, linear: Linear, *, is_english: bool = True) -> None:
        self._linear, self.is_english = linear, is_english
        self._filler = FILLER if is_english else FILLER | GERMAN_FILLER
        self.known = frozenset(linear.labels) - {NOTHING}

    @property
    def slow(self) -> Meaning | None:
        """The slow reader of its language, if there is one."""
        return meaning() if self.is_english else None

    def words_known(self, tokens: Sequence[Token]) -> int:
        """Say how many of these words it has learned from."""
        return sum(self._linear.knows(token.word) for token in tokens)

    def glance(self, text: str, tokens: Sequence[Token] | None = None) -> Glance:
        """Say how likely each situation is, at once; nothing where no word is known."""
        read = self._linear.read(text, tokens)
        scores = self._linear.scores_of(read)
        glance = partial(Glance, by=self, read=read, scores=scores, mended=partial(self._linear.mended, text))
        known = [token.word for token in read.tokens if self._linear.knows(token.word)]
        if not any(word[0].isalpha() for word in known):
            return glance({})
        shares = _shares({name: ALONE * score for name, score in scores.items()})
        if not any(tells(word, self._filler) for word in known):
            return glance({name: share * FILLED for name, share in shares.items()})
        return glance(shares, plain=max(shares.values()) > PLAIN or self.slow is None)

    def read(self, text: str, glance: Glance | None = None) -> Reading:
        """Say how likely each situation is, and take the time for it where it is not plain at a glance."""
        quick = glance or self.glance(text)
        slow = None if quick.plain else self.slow
        if slow is None or quick.place is None:
            return quick
        scores, meant = quick.scores, slow.scores_at(quick.place)
        return Reading(_shares({name: TOGETHER * scores[name] + MEANT * meant[name] for name in scores}))

    def tells_nothing(self, text: str, glance: Glance | None = None) -> bool:
        """Say whether it is plain at a glance that a text tells of no situation: small talk, adverts."""
        scores = glance.scores if glance else self._linear.scores(text)
        return scores[NOTHING] - max(score for name, score in scores.items() if name != NOTHING) > PLAINLY

    def why(self, text: str, situation: str, glance: Glance | None = None) -> str:
        """Quote the words that decided for a situation and tell of it; nothing where none did."""
        telling = telling_words(TELLING if self.is_english else TELLING_GERMAN)
        reasons = self._linear.reasons(text, situation, glance.read if glance else None)
        return quote(reasons, telling.get(situation, frozenset()))


def _shares(scores: Mapping[str, float]) -> dict[str, float]:
    """Make shares of scores; what tells of no situation is left out."""
    scores = {**scores, NOTHING: scores[NOTHING] + WARY}
    best = max(scores.values())
    odds = {name: math.exp(scores[name] - best) for name in sorted(scores)}
    total = sum(odds.values())
    ranked = sorted(odds, key=odds.__getitem__, reverse=True)  # equals stay in the order of their names
    return {name: odds[name] / total for name in ranked if name != NOTHING}


@cache
def situations() -> Situations:
    """Load what was learned of English, once."""
    return Situations(Linear.load(WEIGHTS))


@cache
def german_situations() -> Situations:
    """Load what was learned of German, once."""
    return Situations(Linear.load(GERMAN), is_english=False)


def glance_at(text: str, tokens: Sequence[Token] | None = None) -> Glance:
    """Read a text at a glance, by whoever knows more of its words."""
    tokens = tokens_in(text) if tokens is None else tokens
    return max((situations(), german_situations()), key=lambda one: one.words_known(tokens)).glance(text, tokens)
