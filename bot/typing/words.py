"""Words as people type them, and what is left of a word without its ending: pure."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SUFFIXES = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "s", "y", "e")
_SHORTEST = 3  # letters that must be left for it to be a word


def words_in(text: str) -> list[str]:
    """Find the words of a text, as they stand."""
    return [found[0] for found in _WORD.finditer(text.replace("’", "'"))]


@lru_cache(1024)  # single words, no text: most are typed again
def stem_of(word: str) -> str:
    """Take the ending off a word, so that fail, fails and failing are one."""
    word = word.lower().replace("'", "")
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            return word[: -len(suffix)]
    return word
