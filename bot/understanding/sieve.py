"""Which patterns may hold of a text at all: those of which it has letters that they cannot do without. Pure."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.letters import alternatives, needed
from bot.understanding.rules import rules

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

QUIET = "quiet"  # patterns of what is taken out before the others are tried
_BEGINNING = 2  # letters: what begins with fewer is in most texts
_WORD_MOST = 30  # letters of a word that is remembered


class _Tried(NamedTuple):
    """A pattern, or one of the alternatives that it is made of."""

    kind: str
    number: int
    pattern: re.Pattern[str]


class _InWord(NamedTuple):
    """What a word tells: places of what may hold by this word alone, and of what may by letters that go on."""

    places: frozenset[int]
    longer: tuple[tuple[str, int], ...]


class Sieve:
    """Patterns by their kinds, of which each text tries a few."""

    def __init__(self, kinds: Mapping[str, Sequence[re.Pattern[str]]]) -> None:
        quiet = [_Tried(QUIET, number, one) for number, one in enumerate(kinds.get(QUIET, ()))]
        rest = [
            _Tried(kind, number, one)
            for kind, patterns in kinds.items()
            if kind != QUIET
            for number, pattern in enumerate(patterns)
            for one in alternatives(pattern)
        ]
        self._quiet, self._tried = range(len(quiet)), [*quiet, *rest]
        self._always: set[int] = set()
        self._by_beginning: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for place, one in enumerate(self._tried):
            self._index(place, needed(one.pattern))
        self._in_word = lru_cache(4096)(self._read_word)  # single words, no text

    def _index(self, place: int, letters: frozenset[str]) -> None:
        """Look letters up by the longest word in them."""
        words = {one: max(one.split(), key=len, default="") for one in letters}
        if any(len(word) < _BEGINNING for word in words.values()):
            self._always.add(place)
            return
        for one, word in words.items():
            self._by_beginning[word[:_BEGINNING]].append((word, one, place))

    def holding(self, text: str) -> Iterator[tuple[str, int]]:
        """Give each pattern that holds, by its kind and number, once the quiet ones are taken out."""
        may_hold = self._left_by(text)
        for place in self._quiet:
            if place in may_hold and (less := self._tried[place].pattern.sub(" ", text)) != text:
                text, may_hold = less, self._left_by(less)
        found = (self._tried[place] for place in sorted(may_hold) if place not in self._quiet)
        yield from dict.fromkeys((one.kind, one.number) for one in found if one.pattern.search(text))

    def _left_by(self, text: str) -> set[int]:
        left = set(self._always)
        for word in text.split():
            places, longer = self._in_word(word) if len(word) <= _WORD_MOST else self._read_word(word)
            left |= places
            left.update(place for letters, place in longer if letters in text)
        return left

    def _read_word(self, word: str) -> _InWord:
        begun = {word[place : place + _BEGINNING] for place in range(len(word) - _BEGINNING + 1)}
        there = [
            (letters, place)
            for beginning in self._by_beginning.keys() & begun
            for within, letters, place in self._by_beginning[beginning]
            if within in word
        ]
        alone = frozenset(place for letters, place in there if letters in word)
        return _InWord(alone, tuple(one for one in there if one[1] not in alone))


@cache
def sieve(name: str, *kinds: str) -> Sieve:
    """Read the rules of a file, all or those of some kinds."""
    return Sieve({kind: patterns for kind, patterns in rules(name).items() if not kinds or kind in kinds})
