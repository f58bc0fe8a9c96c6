"""Rules written as people read them, and looked up by a word that each of them cannot do without. Pure.

They stand in text files, one a line: words with a space between; `a|b` is one of these, `{kill}` any word of that
list, `?` behind a word means that it may be left out, `...` stands for up to four words of the same clause, and an
underscore joins words of a list that stand together. A line `{kill} = kill murder` adds to a list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "rules"

GAP = r"((?: [^\W_]+){0,4}?)"
_LIST = re.compile(r"(\{\w+\}) = (.+)")


class Rules:
    """The rules of one file, of which a text tries only those that may hold."""

    def __init__(self, name: str, *, never_between: Iterable[str] = ()) -> None:
        self._never_between = frozenset(word for named in never_between for word in words_of(named))
        lists = _own_copy_of_shared()
        self._by_word: dict[str, list[str]] = defaultdict(list)  # word -> patterns, compiled when first tried
        for line in _lines(name):
            if found := _LIST.fullmatch(line):
                lists[found[1]] += found[2].split()
                continue
            elements = [_Element(one, lists) for one in line.split()]
            pattern = "".join(element.pattern for element in elements)
            for word in _anchor(elements, lists["{common}"]):
                self._by_word[word].append(pattern)

    def matches(self, line: str) -> Iterator[re.Match[str]]:
        """Find what holds of a plain line."""
        for pattern in self._candidates(line):
            yield from _compiled(pattern).finditer(line)

    def first(self, line: str) -> re.Match[str] | None:
        """Find what holds earliest in a plain line."""
        return min(self.matches(line), key=lambda found: found.start(), default=None)

    def taken_out(self, line: str) -> str:
        """Take out what holds, and leave a break in its place."""
        for pattern in self._candidates(line):
            line = _compiled(pattern).sub(self._break, line)
        return line

    def _break(self, found: re.Match[str]) -> str:
        between = " ".join(filter(None, found.groups())).split()
        return found[0] if self._never_between.intersection(between) else " ."

    def _candidates(self, line: str) -> Iterable[str]:
        words = dict.fromkeys(line.split())
        return dict.fromkeys(pattern for word in words for pattern in self._by_word.get(word, ()))


class _Element:
    """One word of a rule, with everything it may be."""

    def __init__(self, written: str, lists: Mapping[str, list[str]]) -> None:
        self.needed = written != "..." and not written.endswith("?")
        self.words = list(dict.fromkeys(_words(written.removesuffix("?"), lists))) if written != "..." else []
        one = "|".join(re.escape(word.replace("_", " ")) for word in self.words)
        self.pattern = (f"(?: (?:{one})(?= ))" + ("" if self.needed else "?")) if self.words else GAP


def _words(written: str, lists: Mapping[str, list[str]]) -> Iterator[str]:
    for one in written.split("|"):
        if one.startswith("{"):
            for word in lists[one]:
                yield from _words(word, lists)
        else:
            yield one


def _anchor(elements: Sequence[_Element], common: list[str]) -> Iterable[str]:
    """Choose the words to look a rule up by: those of the element that stands in the fewest sentences."""
    needed = [one.words for one in elements if one.needed and one.words]
    firsts = [[word.split("_")[0] for word in words] for words in needed]
    rarest = min(firsts, key=lambda words: (sum(word in common for word in words), len(words)))
    return dict.fromkeys(rarest)


def words_of(name: str) -> list[str]:
    """List the words of a shared list."""
    return list(_words(name, _own_copy_of_shared()))


def _own_copy_of_shared() -> defaultdict[str, list[str]]:
    return defaultdict(list, {name: list(words) for name, words in _shared().items()})


def _lines(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def _shared() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for line in _lines("words"):
        found = _LIST.fullmatch(line)
        assert found is not None, line  # noqa: S101  it ships with the program, and tests read it
        lists[found[1]] += found[2].split()
    return lists


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
