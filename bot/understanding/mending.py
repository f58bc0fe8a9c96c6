"""Slips of the fingers: a word nobody has seen becomes the known one it was meant to be. Pure."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.features import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHORTEST = 4  # letters: shorter words have too many neighbours
_TWO_SLIPS_FROM = 8  # letters
_MOST = 40  # words of one text: a text with more slips is in another language


class Mender:
    """Knows the words of a model, commonest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = {word: rank for rank, word in enumerate(words)}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in self._known:
            self._by_length[len(word)].append(word)
        self._mended = lru_cache(4096)(self._mend)  # single words, no text

    def mend(self, tokens: Sequence[Token]) -> list[Token]:
        """Put the known word in the place of each that is none."""
        strange = [place for place, token in enumerate(tokens) if self._is_strange(token.word)]
        mended = list(tokens)
        for place in strange[:_MOST]:
            mended[place] = tokens[place]._replace(word=self._mended(tokens[place].word))
        return mended

    def _is_strange(self, word: str) -> bool:
        return len(word) >= _SHORTEST and word not in self._known and word.isalpha()

    def _mend(self, word: str) -> str:
        slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
        found = [
            (distance, self._known[near], near)
            for size in range(len(word) - slips, len(word) + slips + 1)
            for near, distance, _place in process.extract_iter(
                word, self._by_length.get(size, ()), scorer=OSA.distance, score_cutoff=slips
            )
        ]
        return min(found)[2] if found else word
