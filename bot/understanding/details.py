"""Details of a matter: what was typed in figures and in people, where it is certain whose they are. Pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot.safety.plain import folded
from bot.understanding.rules import written_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READ_MOST = 600  # characters: what is pasted whole is read for what it tells, and no figure of it is picked
FILES = {"en": "understanding/details", "de": "understanding/details_de"}
_TOKEN = re.compile(r"[$€£]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?;:,\n–]")
_SECTION = re.compile(r"\[([a-z-]+)(?:: ([^\]]+))?\]")
_QUOTED = "-quoted"  # of a customer's own words: there "I" is the customer


class Detail(enum.StrEnum):
    """What a detail is of."""

    DIED = "died"  # somebody of theirs
    MINE = "mine"  # the fault of whoever answers, as they say themselves
    OURS = "ours"
    UNCALLED = "uncalled"  # a call was promised, and none came
    CALL_BACK = "call-back"  # nobody called back
    NO_SHOW = "no-show"
    REPEATED = "repeated"
    HELD = "held"  # on hold, for how long
    ON_CALL = "on-call"  # how long they have been talking
    WITHOUT = "without"  # water, power, and how long
    DOWN = "down"
    WAITED = "waited"
    LOST = "lost"  # money
    OCCASION = "occasion"  # and on which day
    DUE = "due"
    STAKE = "stake"  # children
    DONE = "done"  # it is over
    CHAT = "chat"
    EMAIL = "email"


@dataclass(frozen=True)
class _Rule:
    """Patterns of one kind, tried where one of its words was typed."""

    kind: Detail
    words: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]
    told: bool  # by whoever answers; otherwise in a customer's own words


@dataclass(frozen=True)
class _Rules:
    told: re.Pattern[str] = field(default_factory=lambda: re.compile("(?!)"))
    unless: re.Pattern[str] = field(default_factory=lambda: re.compile("(?!)"))
    meant: Mapping[str, str] = field(default_factory=dict)  # by what was typed
    kinds: tuple[_Rule, ...] = ()


def details_in(text: str, language: str = "en") -> Mapping[Detail, Mapping[str, str]]:
    """Find the details of a text, each with its figures; whatever is doubtful is left out."""
    rules = _rules(language)
    words = _words_of(text)
    if not words or len(text) > READ_MOST:
        return {}
    typed, line = frozenset(words), f" {' '.join(words)} "
    told: bool | None = None
    found: dict[Detail, Mapping[str, str]] = {}
    for rule in rules.kinds:
        if rule.words.isdisjoint(typed):
            continue
        kind = rule.kind
        if kind in found:
            continue
        told = rules.told.search(line) is not None if told is None else told
        if told != rule.told and (kind in _OF_WHO_ANSWERS or not rule.told):
            continue
        if (match := next(_matches(rule, line, rules.unless), None)) is not None:
            figures = ((name.rstrip("_"), value) for name, value in match.groupdict().items() if value)
            found[kind] = {name: rules.meant.get(value, value) for name, value in figures}
    return found


_OF_WHO_ANSWERS = frozenset((Detail.MINE, Detail.OURS))


def _matches(rule: _Rule, line: str, unless: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for pattern in rule.patterns:
        for match in pattern.finditer(line):
            clause = max(line.rfind(mark, 0, match.start() + 1) for mark in (" . ", " , "))
            if not unless.search(line, max(clause, 0), match.start() + 1):
                yield match


def _words_of(text: str) -> list[str]:
    return [_plain(token) for token in _TOKEN.findall(folded(text[: READ_MOST + 1]))]


@lru_cache(4096)  # single words, no text
def _plain(word: str) -> str:
    return "." if word in ".!?;:\n–" else word.replace("'", "").replace("’", "")


@cache
def _rules(language: str) -> _Rules:
    """Read the rules of a language; one without any has no details."""
    if language not in FILES:
        return _Rules()
    meant: dict[str, str] = {}
    sections: list[tuple[str, str, list[str]]] = []
    for line in written_out(FILES[language]):
        if same := re.fullmatch(r"([^=]+) = (\S+)", line):
            meant |= dict.fromkeys(same[1].split("|"), same[2].replace("_", " "))
        elif section := _SECTION.fullmatch(line):
            sections.append((section[1], section[2] or "", []))
        else:
            sections[-1][2].append(line)
    known = {name: patterns for name, _typed, patterns in sections}
    kinds = tuple(
        _Rule(
            Detail(name.removesuffix(_QUOTED)),
            frozenset(typed.split()),
            tuple(map(_compiled, patterns)),
            told=not name.endswith(_QUOTED),
        )
        for name, typed, patterns in sections
        if name not in {"told", "unless"}
    )
    told, unless = (re.compile("|".join(known[name])) for name in ("told", "unless"))
    return _Rules(told, unless, meant, kinds)


def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which a name may stand several times: the later ones get another, and are read as one."""
    seen: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        seen[found[1]] = seen.get(found[1], 0) + 1
        return f"(?P<{found[1]}{'_' * (seen[found[1]] - 1)}>"

    return re.compile(re.sub(r"\(\?P<([a-z]+)>", named, pattern))
