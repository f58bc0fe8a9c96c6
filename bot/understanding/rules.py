"""Rules in text files: patterns, a line each, under the name in brackets of what they are signs of.

A line "{they} = he|she" names words of which the lines below it may be made: "{they} says".
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.safety.lines import lines_of, sections_of, words_in
from bot.safety.plain import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parents[1]
SISTERS = ("", "_de")  # what the files of the languages end with
READ_MOST = 2000  # characters
_NAMING = re.compile(r"\{([a-z-]+)\} = (.+)")
_NAMED = re.compile(r"\{([a-z-]+)\}")


@cache
def rules(name: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """Read the rules of a file, by what they are signs of."""
    return {kind: tuple(map(re.compile, lines)) for kind, lines in _sections(name).items()}


@cache
def words_of(name: str) -> Mapping[str, frozenset[str]]:
    """Read a file of words, by what they are."""
    return {kind: words_in(lines) for kind, lines in _sections(name).items()}


def holds(name: str, kind: str, plain: str) -> bool:
    """Say whether any rule of a kind holds, in a file or in its German sister: whoever types may mix them."""
    return _in_one(name)[kind].search(plain) is not None


def kind_in(name: str, plain: str) -> str | None:
    """Name the first kind of which a rule holds, in the order in which they stand; None where none does."""
    return next((kind for kind, rule in _in_one(name).items() if rule.search(plain)), None)


def plainly(text: str) -> str:
    """Write the beginning of a text as rules of both languages read it: small letters, straight apostrophes."""
    return " ".join(folded(text[:READ_MOST].replace("’", "'")).split())


@cache
def _in_one(name: str) -> Mapping[str, re.Pattern[str]]:
    """Make one pattern of all that are signs of the same."""
    both: dict[str, list[str]] = defaultdict(list)
    for language in SISTERS:
        for kind, lines in _sections(f"{name}{language}").items():
            both[kind] += lines
    return {kind: re.compile("|".join(lines)) for kind, lines in both.items()}


def _sections(name: str) -> Mapping[str, list[str]]:
    return sections_of(written_out(name))


def written_out(name: str) -> Iterator[str]:
    """Give the lines of a file of rules, the words that are named written out."""
    words: dict[str, str] = {}
    for line in lines_of(FOLDER / f"{name}.txt"):
        if naming := _NAMING.fullmatch(line):
            words[naming[1]] = f"(?:{_with_words(naming[2], words)})"
        else:
            yield _with_words(line, words)


def _with_words(line: str, words: Mapping[str, str]) -> str:
    return _NAMED.sub(lambda named: words[named[1]], line)
