"""Which of many phrases stand in a text: whole words, in any order, all phrases looked for at once. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.safety.plain import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READ_MOST = 2000  # characters
ANY = "*"
_REMEMBERED = 4096  # single words, no text
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NEGATED = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "could", "would", "should", "need")
_APART = {
    **{f"{one}nt": (one, "not") for one in _NEGATED},
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wont": ("will", "not"),
    "aint": ("is", "not"),
    "u": ("you",),
    "ur": ("your",),
    "pls": ("please",),
    "plz": ("please",),
}


class Word(NamedTuple):
    """A word of a phrase, with a star on one side at most: other languages write several words as one."""

    text: str
    any_ending: bool = False
    any_beginning: bool = False

    def fits(self, typed: str) -> bool:
        """Say whether what was typed is this word."""
        if self.any_ending:
            return typed.startswith(self.text)
        return typed.endswith(self.text) if self.any_beginning else typed == self.text


def typed_words(text: str) -> list[str]:
    """Give the words of a text as they are looked for: in small letters; "can't", "cant" and "cannot" are the same."""
    words: list[str] = []
    for token in _TOKEN.findall(folded(text[:READ_MOST])):
        word = token.replace("'", "").replace("’", "")
        words += _APART.get(word) or (word,)
    return words


def read_phrase(phrase: str) -> tuple[Word, ...]:
    """Read a phrase as its author wrote it: a star behind a word is any ending, in front of it any beginning."""
    words: list[Word] = []
    for piece in phrase.split():
        *whole, last = typed_words(piece) or [""]
        words += [*map(Word, whole), Word(last, piece.endswith(ANY), piece.startswith(ANY))]
    return tuple(words)


class Phrases:
    """Phrases, each by a number, indexed by the word it begins with."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._numbers: dict[tuple[Word, ...], int] = {}
        self._whole: dict[str, list[tuple[tuple[Word, ...], int]]] = {}
        self._begun: dict[str, list[tuple[tuple[Word, ...], int]]] = {}
        self._ended: dict[str, list[tuple[tuple[Word, ...], int]]] = {}
        self._known: dict[str, tuple[frozenset[int], tuple[tuple[tuple[Word, ...], int], ...]]] = {}
        for phrase in phrases:
            self._add(read_phrase(phrase))

    def _add(self, phrase: tuple[Word, ...]) -> None:
        if not phrase or phrase in self._numbers:
            return
        number = self._numbers[phrase] = len(self._numbers)
        first, *rest = phrase
        index = self._begun if first.any_ending else self._ended if first.any_beginning else self._whole
        index.setdefault(first.text, []).append((tuple(rest), number))

    def number_of(self, phrase: str) -> int:
        """Give the number of a phrase."""
        return self._numbers[read_phrase(phrase)]

    def words_of(self) -> list[int]:
        """Count the words of each phrase, by its number."""
        return [len(phrase) for phrase in self._numbers]

    def found_in(self, words: Sequence[str]) -> set[int]:
        """Give the numbers of the phrases that stand in these words."""
        found: set[int] = set()
        for place, word in enumerate(words):
            alone, longer = self._known.get(word) or self._beginning(word)
            found |= alone
            for rest, number in longer:
                if number not in found and _follows(rest, words, place + 1):
                    found.add(number)
        return found

    def _beginning(self, word: str) -> tuple[frozenset[int], tuple[tuple[tuple[Word, ...], int], ...]]:
        """Find the phrases that begin with a word, apart those that are this word alone."""
        begun = [self._begun.get(word[:length], ()) for length in range(1, len(word) + 1)]
        ended = [self._ended.get(word[place:], ()) for place in range(len(word))]
        found = [one for phrases in (self._whole.get(word, ()), *begun, *ended) for one in phrases]
        alone = frozenset(number for rest, number in found if not rest)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[word] = known = alone, tuple(one for one in found if one[0])
        return known


def _follows(rest: Sequence[Word], words: Sequence[str], place: int) -> bool:
    if place + len(rest) > len(words):
        return False
    return all(wanted.fits(word) for wanted, word in zip(rest, words[place:], strict=False))
