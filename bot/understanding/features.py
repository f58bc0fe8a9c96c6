"""What a text is made of: words, pairs of words, and pieces of words. Training and answering cut alike. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

READ_MOST = 2000  # characters: nobody needs more to say what is happening
NUMBER = "0"  # every number is this one
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]")
_MARKS = frozenset("?!")  # of all plain marks, these two tell something
_SYMBOLS_FROM = "\u2190"  # arrows, symbols and faces begin here
_SHORTEST, _LONGEST = 2, 5  # letters of a piece
_WORD_MOST = 30  # letters of a word that are looked at


class Token(NamedTuple):
    """A word, a number or a telling mark: as it is matched, and where it stands in the text."""

    word: str
    start: int
    end: int


def tokens_in(text: str) -> list[Token]:
    """Cut a text into its words, numbers and telling marks."""
    found = _TOKEN.finditer(text[:READ_MOST].replace("’", "'"))
    return [Token(word, *one.span()) for one in found if (word := NUMBER if one[0].isdigit() else _word(one[0]))]


@lru_cache(4096)  # single words, no text
def _word(typed: str) -> str:
    """Write a word or a mark as it is matched; nothing comes of one that tells nothing."""
    if typed[0].isalpha():
        return unicodedata.normalize("NFKC", typed).lower().replace("'", "")[:_WORD_MOST]
    if typed[0].isdigit():
        return NUMBER
    return typed if typed in _MARKS or typed >= _SYMBOLS_FROM else ""


def wholes_of(words: Sequence[str]) -> list[str]:
    """Name the words and the pairs of neighbours."""
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


@lru_cache(4096)  # single words, no text
def pieces_of(word: str) -> tuple[str, ...]:
    """Name the pieces of one word; they forgive its endings and slips of the fingers."""
    padded = f"_{word}_"
    return tuple(
        f"#{padded[start : start + length]}"
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(padded) - length + 1)
    )
