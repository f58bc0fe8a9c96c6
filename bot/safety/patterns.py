"""Rules written as people read them, and looked up by a word that each of them cannot do without. Pure.

They stand in text files, one a line: words with a space between; `a|b` is one of these, `{kill}` any word of that
list, `?` behind a word means that it may be left out, `...` stands for up to four words of the same clause, and an
underscore joins words of a list that stand together; `#` is a number. A line `{kill} = kill murder` adds to a list.
`^` is where a text begins, and a break stands where it ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.safety.lines import lines_of
from bot.safety.plain import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

FOLDER = Path(__file__).parent / "rules"

BEGIN = "^"
GAP_WORDS = 4
GAP = rf"((?: [^\W_]+){{0,{GAP_WORDS}}}?)"
NUMBER = r"(?: \d+(?= ))"
_WITHOUT_WORDS = {"...": GAP, "#": NUMBER}
_SPACE = re.compile(" ")
_LIST = re.compile(r"(\{\w+\}) = (.+)")


class Rules:
    """The rules of one file, of which a text tries only those that may hold."""

    def __init__(self, name: str, *, never_between: Iterable[str] = ()) -> None:
        language = name.rpartition("/")[0]
        self._never_between = frozenset(word for named in never_between for word in words_of(named, language))
        lists = _own_copy_of_shared(language)
        self._by_word: dict[str, list[_Rule]] = defaultdict(list)
        for line in _lines(name):
            if found := _LIST.fullmatch(line):
                lists[found[1]] += found[2].split()
                continue
            elements = [_Element(one, lists) for one in line.split()]
            anchor, *others = _needed(elements, lists["{common}"])
            pattern = "".join(one.pattern for one in elements)
            rule = _Rule(pattern, anchor, tuple(others), sum(one.longest for one in elements))
            for word in anchor:
                self._by_word[word].append(rule)

    def matches(self, line: Line) -> Iterator[re.Match[str]]:
        """Find what holds of a plain line."""
        for rule in self._candidates(line):
            yield from line.found(rule)

    def first(self, line: Line) -> re.Match[str] | None:
        """Find what holds earliest in a plain line."""
        return min(self.matches(line), key=lambda found: found.start(), default=None)

    def taken_out(self, line: Line) -> Line:
        """Take out what holds, and leave a break in its place."""
        for rule in self._candidates(line):
            if found := list(line.found(rule)):
                line = Line(_replaced(line.text, found, [self._break(one) for one in found]))
        return line

    def _break(self, found: re.Match[str]) -> str:
        between = " ".join(filter(None, found.groups())).split()
        return found[0] if self._never_between.intersection(between) else " ."

    def _candidates(self, line: Line) -> Iterable[_Rule]:
        if self._by_word.keys().isdisjoint(line.places):
            return ()
        found = (self._by_word[word] for word in line.places if word in self._by_word)
        return dict.fromkeys(filter(line.may_hold, chain.from_iterable(found)))


class _Rule(NamedTuple):
    """A rule as it is tried: its pattern (compiled when first tried), where to try it, and how many words it spans."""

    pattern: str
    anchor: frozenset[str]
    others: tuple[frozenset[str], ...]  # of each of these a word has to stand there as well
    longest: int


class Line:
    """The words of a plain line, and where each stands: a rule is tried around its anchor alone."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(text.split(" ")[1:-1]):
            self.places[word].append(place)

    @cached_property
    def _starts(self) -> list[int]:
        """Where the spaces stand: before each word, and behind the last."""
        return [found.start() for found in _SPACE.finditer(self.text)]

    def as_whole(self) -> Line:
        """Give the same line with a mark where it begins and a break where it ends, for rules that ask for them."""
        return Line(f" {BEGIN}{self.text}. ")

    def may_hold(self, rule: _Rule) -> bool:
        """Say whether a word is there of everything that a rule cannot do without."""
        return not any(words.isdisjoint(self.places) for words in rule.others)

    def found(self, rule: _Rule) -> Iterator[re.Match[str]]:
        """Find what holds, in the order in which it stands."""
        pattern = _compiled(rule.pattern)
        for start, end in self._around(rule):
            yield from pattern.finditer(self.text, start, end)

    def _around(self, rule: _Rule) -> Iterator[tuple[int, int]]:
        """Give the stretches of the line that a rule can reach from its anchor; those that touch are one."""
        stretches: list[tuple[int, int]] = []
        last = len(self._starts) - 1
        for place in sorted(place for word in rule.anchor & self.places.keys() for place in self.places[word]):
            start = self._starts[max(0, place - rule.longest)]
            end = self._starts[min(last, place + rule.longest + 1)] + 1
            if stretches and start < stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
        yield from stretches


def _replaced(line: str, found: Sequence[re.Match[str]], by: Sequence[str]) -> str:
    parts, done = [], 0
    for one, instead in zip(found, by, strict=True):
        parts += [line[done : one.start()], instead]
        done = one.end()
    return "".join([*parts, line[done:]])


class _Element:
    """One word of a rule, with everything it may be."""

    def __init__(self, written: str, lists: Mapping[str, list[str]]) -> None:
        self.needed = written not in _WITHOUT_WORDS and not written.endswith("?")
        self.words = [] if written in _WITHOUT_WORDS else list(dict.fromkeys(_words(written.removesuffix("?"), lists)))
        self.longest = max((word.count("_") + 1 for word in self.words), default=GAP_WORDS)
        one = "|".join(re.escape(word.replace("_", " ")) for word in self.words)
        self.pattern = _WITHOUT_WORDS.get(written) or f"(?: (?:{one})(?= ))" + ("" if self.needed else "?")


def _words(written: str, lists: Mapping[str, list[str]]) -> Iterator[str]:
    for one in written.split("|"):
        if one.startswith("{"):
            assert one in lists, one  # noqa: S101  whatever is named below its rule would stand for any words
            for word in lists[one]:
                yield from _words(word, lists)
        else:
            yield one


def _needed(elements: Sequence[_Element], common: list[str]) -> list[frozenset[str]]:
    """List the words that a rule cannot do without, an element each; first the one that stands in the fewest texts."""
    needed = [one.words for one in elements if one.needed and one.words]
    firsts = [tuple(word.split("_")[0] for word in words) for words in needed]
    return list(map(_set, sorted(firsts, key=lambda words: (sum(word in common for word in words), len(words)))))


@cache  # many rules need the same
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def words_of(name: str, language: str = "") -> list[str]:
    """List the words of a list that the rules of a language share; English ones stand at the top."""
    return list(_words(name, _own_copy_of_shared(language)))


def _own_copy_of_shared(language: str) -> defaultdict[str, list[str]]:
    return defaultdict(list, {name: list(words) for name, words in _shared(language).items()})


def _lines(name: str) -> list[str]:
    return [folded(line).strip() for line in lines_of(FOLDER / f"{name}.txt")]


@cache
def _shared(language: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = defaultdict(list)
    for line in _lines(f"{language}/words" if language else "words"):
        found = _LIST.fullmatch(line)
        assert found is not None, line  # noqa: S101  it ships with the program, and tests read it
        lists[found[1]] += found[2].split()
    return lists


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
