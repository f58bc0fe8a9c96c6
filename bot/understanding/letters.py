"""Which letters a pattern cannot do without, read off the pattern as it is written. Pure.

Only what our rules are made of is understood: letters, classes, groups, repeats, alternatives, places. Of anything
else, nothing is taken for certain.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.quoting import FILLER, GERMAN_FILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Letters = frozenset[str]  # one of which a text has to have

_MOST = 64  # letters to choose from
_ALPHABET = 20.0  # how much rarer each further letter makes what is looked for
_TOLD_BY_COMMON = 0.2  # of what a rare word of as many letters tells
_COMMON = FILLER | GERMAN_FILLER
_NOTHING = frozenset(("",))
_ENDLESS: Letters = frozenset()
_SIGN = re.compile(
    r"""(?P<look>\(\?<?[=!])|(?P<group>\((?:\?:|\?P<\w+>|(?!\?)))|(?P<strange>\(\?)|(?P<close>\))|(?P<bar>\|)
    |(?P<repeat>(?:(?P<mark>[*+?])|\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\})[?+]?)
    |(?P<place>\\[bBAZ]|[\^$])|\[(?P<one_of>[^\]\\^-][^\]\\]*)\]|(?P<any>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[\w\n]|\.)
    |(?P<word>\w+(?![*+?{]))|\\?(?P<letter>.)""",
    re.VERBOSE | re.DOTALL,
)
_RANGE = re.compile(".-.")
_REFERENCE = re.compile(r"\\\d|\(\?P=|\(\?[a-zA-Z]+\)")
_TIMES = {"*": (0, None), "+": (1, None), "?": (0, 1)}


class _Part(NamedTuple):
    """A piece of a pattern: everything that it may be, unless that is endless, and letters that it needs."""

    whole: Letters
    needs: Letters = _NOTHING
    edge: Letters = _ENDLESS  # what it both begins and ends with, where it is repeated


_PLACE, _ANY = _Part(_NOTHING), _Part(_ENDLESS)


def needed(pattern: re.Pattern[str]) -> Letters:
    """Give letters of which any text has some where the pattern holds; nothing but "" where none are certain."""
    return _NOTHING if pattern.flags & re.IGNORECASE else _either(_signs(pattern.pattern)).needs


def alternatives(pattern: re.Pattern[str]) -> list[re.Pattern[str]]:
    """Take a pattern apart into those of which one holds where it does."""
    written = pattern.pattern
    if _REFERENCE.search(written):
        return [pattern]
    depth, cuts = 0, [-1]
    for sign in _SIGN.finditer(written):
        depth += (sign.lastgroup in ("look", "group", "strange")) - (sign.lastgroup == "close")
        if sign.lastgroup == "bar" and not depth:
            cuts.append(sign.start())
    cuts.append(len(written))
    return [re.compile(written[start + 1 : end], pattern.flags) for start, end in pairwise(cuts)]


def _signs(written: str) -> Iterator[re.Match[str]]:
    return _SIGN.finditer(written)


def _either(signs: Iterator[re.Match[str]]) -> _Part:
    """Read alternatives up to the end of their group."""
    branches: list[_Part] = []
    end: str | None = "bar"
    while end == "bar":
        row, end = _row(signs)
        branches.append(row)
    whole = frozenset().union(*(one.whole for one in branches)) if all(one.whole for one in branches) else _ENDLESS
    return _Part(whole, _shortest(frozenset().union(*(one.needs for one in branches))))


def _row(signs: Iterator[re.Match[str]]) -> tuple[_Part, str | None]:
    """Read what stands in a row, and say what it ends with."""
    parts: list[_Part] = []
    for sign in signs:
        match sign.lastgroup:
            case "bar" | "close" as end:
                return _joined(parts), end
            case "repeat":
                parts[-1] = _repeated(parts[-1], *_times(sign))
            case "group":
                parts.append(_either(signs))
            case "look" | "strange" as kind:
                _either(signs)
                parts.append(_PLACE if kind == "look" else _ANY)
            case "one_of" if not _RANGE.search(sign["one_of"]):
                parts.append(_Part(frozenset(sign["one_of"])))
            case "word" | "letter" as kind:
                parts.append(_Part(frozenset((sign[kind],))))
            case kind:
                parts.append(_PLACE if kind == "place" else _ANY)
    return _joined(parts), None


def _times(sign: re.Match[str]) -> tuple[int, int | None]:
    """Say how often something is repeated, at least and at most."""
    if mark := sign["mark"]:
        return _TIMES[mark]
    least = int(sign["least"])
    return least, least if sign["more"] is None else int(sign["most"]) if sign["most"] else None


def _repeated(part: _Part, least: int, most: int | None) -> _Part:
    if most == 1:
        return part if least else _Part(part.whole and part.whole | _NOTHING)
    return _Part(_ENDLESS, part.needs, edge=part.whole) if least else _ANY


def _joined(parts: Sequence[_Part]) -> _Part:
    """Choose the rarest letters among those in a row, and those within the parts."""
    best = row = whole = _NOTHING
    for part in parts:
        reaches = part.whole or part.edge
        row = (_both(row, reaches) or reaches) if reaches else _NOTHING
        best = min(best, row if part.whole else part.needs, row, key=_likely)
        whole = _both(whole, part.whole)
        row = row if part.whole else part.edge or _NOTHING
    return _Part(whole, _shortest(best))


def _both(before: Letters, behind: Letters) -> Letters:
    """Put letters together; where that is too much to choose from, nothing is known of them."""
    if len(before) * len(behind) > _MOST:
        return _ENDLESS
    return frozenset(one + two for one, two in product(before, behind))


def _likely(letters: Letters) -> float:
    """Guess how likely a text has some of these."""
    return sum(map(_likely_alone, letters))


@lru_cache(4096)
def _likely_alone(letters: str) -> float:
    return _ALPHABET ** -sum(len(word) * (_TOLD_BY_COMMON if word in _COMMON else 1) for word in letters.split())


def _shortest(letters: Iterable[str]) -> Letters:
    """Leave out what holds others: a text that has it has them."""
    kept: list[str] = []
    for one in sorted(letters, key=len):
        if not any(shorter in one for shorter in kept):
            kept.append(one)
    return frozenset(kept)
