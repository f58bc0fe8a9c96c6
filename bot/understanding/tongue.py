"""Whether a text is in another language than English, told by its smallest words. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.rules import rules

READ_MOST = 2000  # characters
_SHORTEST = 5  # words: of fewer, few languages can be told
_FEWEST = 2  # small words of another language
_WORD = re.compile(r"[^\W\d_]+")
_WORD_MOST = 30  # letters of a word that is remembered


class _Small(NamedTuple):
    """How many words there are, and how many of them are small ones of a language."""

    words: int
    english: int
    other: int
    german: int

    @property
    def is_german(self) -> bool:
        fewest = _FEWEST if self.words > _SHORTEST else 1
        return self.german >= fewest and self.german >= fewest + self.english


def is_other_language(text: str) -> bool:
    """Say whether a text is most likely not English; short ones count as English, if they are not plainly German."""
    small = _small_in(text)
    is_long = small.other >= _FEWEST and small.words >= _SHORTEST
    return (is_long and small.other > small.english) or small.is_german


def is_german(text: str) -> bool:
    """Say whether a text is most likely German: of a short one a word will do, beside no English ones."""
    return _small_in(text).is_german


def _small_in(text: str) -> _Small:
    typed = text[:READ_MOST].replace("’", "'").lower().split()
    counted = [_count(word) if len(word) <= _WORD_MOST else _count.__wrapped__(word) for word in typed]
    return _Small(*map(sum, zip(*counted, strict=True))) if counted else _Small(0, 0, 0, 0)


@lru_cache(4096)  # single words, no text
def _count(word: str) -> _Small:
    small = rules("understanding/tongue")
    tongues = ([len(pattern.findall(word)) for pattern in small[name]] for name in _Small._fields[1:])
    return _Small(len(_WORD.findall(word)), *map(sum, tongues))
