"""Which patterns may hold of a text at all: those of which it has letters that they cannot do without. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import product
from re import _constants as code  # type: ignore[attr-defined]  # how patterns are read, of which nobody told typeshed
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from bot.understanding.quoting import FILLER, GERMAN_FILLER
from bot.understanding.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Letters = frozenset[str]  # one of which a text has to have

QUIET = "quiet"  # patterns of what is taken out before the others are tried
_BEGINNING = 3  # letters
_MOST = 64  # letters to choose from
_ALPHABET = 20.0  # how much rarer each further letter makes what is looked for
_COMMON = FILLER | GERMAN_FILLER
_EMPTY = frozenset(("",))


class Sieve:
    """Patterns by their kinds, of which each text tries a few."""

    def __init__(self, kinds: Mapping[str, Sequence[re.Pattern[str]]]) -> None:
        all_rules = ((kind, number, one) for kind, patterns in kinds.items() for number, one in enumerate(patterns))
        self._rules = sorted(all_rules, key=lambda rule: rule[0] != QUIET)
        self._always: set[int] = set()
        self._by_beginning: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for place, (_kind, _number, pattern) in enumerate(self._rules):
            letters = needed(pattern)
            if not all(len(one) >= _BEGINNING for one in letters):
                self._always.add(place)
                continue
            for one in letters:
                self._by_beginning[one[:_BEGINNING]].append((one, place))

    def holding(self, text: str) -> Iterator[tuple[str, int]]:
        """Give each pattern that holds, by its kind and number, once the quiet ones are taken out."""
        may_hold = self._left_by(text)
        for place, (kind, number, pattern) in enumerate(self._rules):
            if place not in may_hold:
                continue
            if kind != QUIET:
                if pattern.search(text):
                    yield kind, number
            elif (less := pattern.sub(" ", text)) != text:
                text, may_hold = less, self._left_by(less)

    def _left_by(self, text: str) -> set[int]:
        typed = {text[place : place + _BEGINNING] for place in range(len(text) - _BEGINNING + 1)}
        begun = self._by_beginning.keys() & typed
        return self._always | {
            place for beginning in begun for letters, place in self._by_beginning[beginning] if letters in text
        }


@cache
def sieve(name: str, *kinds: str) -> Sieve:
    """Read the rules of a file, all or those of some kinds."""
    return Sieve({kind: patterns for kind, patterns in rules(name).items() if not kinds or kind in kinds})


def needed(pattern: re.Pattern[str]) -> Letters:
    """Give letters of which any text has some where the pattern holds; nothing but "" where none are certain."""
    return _EMPTY if pattern.flags & re.IGNORECASE else _needed(_parser.parse(pattern.pattern, pattern.flags))


def _needed(parts: Iterable[Any]) -> Letters:
    """Choose the rarest letters among those in a row, and those within the parts."""
    best = row = _EMPTY
    for part in parts:
        whole = _whole(part)
        row = _joined(row, whole) if len(row) * len(whole) <= _MOST else whole
        best = min(best, row or _within(part), key=_likely)
        row = row or _EMPTY
    return _shortest(best)


def _within(part: Any) -> Letters:
    """Give the letters that a part needs of which not everything is known."""
    match part:
        case code.SUBPATTERN, (_, 0, 0, parts):
            return _needed(parts)
        case code.BRANCH, (_, branches):
            return frozenset().union(*map(_needed, branches))
        case ((code.MAX_REPEAT | code.MIN_REPEAT), (least, _, parts)) if least:
            return _needed(parts)
    return _EMPTY


def _whole(part: Any) -> Letters:
    """Give everything a part may be; nothing where that is endless or too much."""
    whole: Letters = frozenset()
    match part:
        case code.LITERAL, letter:
            whole = frozenset((chr(letter),))
        case ((code.AT | code.ASSERT | code.ASSERT_NOT), _):
            whole = _EMPTY  # a place, and no letter
        case code.IN, letters if all(kind is code.LITERAL for kind, _ in letters):
            whole = frozenset(chr(letter) for _, letter in letters)
        case code.SUBPATTERN, (_, 0, 0, parts):
            whole = _all_whole(parts)
        case code.BRANCH, (_, branches):
            each = [_all_whole(branch) for branch in branches]
            whole = frozenset().union(*each) if all(each) else whole
        case ((code.MAX_REPEAT | code.MIN_REPEAT), (least, 1, parts)):
            once = _all_whole(parts)
            whole = once | _EMPTY if once and not least else once
    return whole


def _all_whole(parts: Iterable[Any]) -> Letters:
    row = _EMPTY
    for part in parts:
        row = _joined(row, _whole(part))
        if not 0 < len(row) <= _MOST:
            return frozenset()
    return row


def _joined(before: Letters, behind: Letters) -> Letters:
    return frozenset(one + two for one, two in product(before, behind))


def _likely(letters: Letters) -> float:
    """Guess how likely a text has some of these; what everybody writes tells nothing."""
    telling = (sum(len(word) for word in one.split() if word not in _COMMON) for one in letters)
    return sum(_ALPHABET**-many for many in telling)


def _shortest(letters: Letters) -> Letters:
    """Leave out what holds others: a text that has it has them."""
    return frozenset(one for one in letters if not any(other in one for other in letters - {one}))
