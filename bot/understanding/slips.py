"""Slips of the fingers in words that are looked for: two letters swapped, one left out or one too many. Pure."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 7  # letters: shorter words have too many neighbours


class Slips:
    """Knows the words that are looked for, commonest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= _SHORTEST and word.isalpha():
                self._by_length[len(word)].append(word)
        self.meant = lru_cache(4096)(self._meant)  # single words, no text

    def _meant(self, word: str) -> str:
        """Give the one word this was meant to be; another letter in a place makes another word, and is no slip."""
        if len(word) < _SHORTEST or not word.isalpha():
            return word
        near = (
            found
            for size in (len(word) - 1, len(word), len(word) + 1)
            for found, _distance, _place in process.extract_iter(
                word, self._by_length.get(size, ()), scorer=OSA.distance, score_cutoff=1
            )
            if found[0] == word[0] and (size != len(word) or sorted(found) == sorted(word))
        )
        return next(near, word)
