"""Rules for one sentence, whoever says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.run.checking.phrases import ANYWHERE, CONTRACTED, FUTURE, SAID
from bot.run.checking.slips import Slip, quoted
from bot.store.content import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.run.checking.phrases import Mark

LONGEST_SAID = 40  # words
LONGEST_BREATH = 24  # words between two full stops
HARDEST = 45.0  # reading ease by Flesch: below it is what a lawyer writes

_GAP = re.compile(r"\{(\w+)\}")
_WRONG_GAPS = (
    (
        re.compile(r"\b(?:by|at|on|until|till|before|in|from|within) \{eta\}", re.IGNORECASE),
        "{eta} brings its own “by” or “on”",
        "Write “{eta}” alone, as in “You'll have it {eta}”",
    ),
    (re.compile(r"(?:^|[.?:] )\{eta\}"), "{eta} begins a sentence in small letters", "Put words in front of it"),
    (
        re.compile(r"(?<!\bby )\{next_update\}", re.IGNORECASE),
        "{next_update} is a bare time",
        "Write “by {next_update}”",
    ),
    (
        re.compile(
            r"(?<!\bI'll )(?<!\bI can )(?<!\bI could )(?<!\bcan do is )(?<!\bcan do now is )(?<!\bto )(?<!\bwe'll )"
            r"(?<!\bwe can )(?<!\bI'll now )(?<!\blet me )\{step\}",
            re.IGNORECASE,
        ),
        "{step} is what you do, as it follows “I'll”",
        "Write “I'll {step}” or “What I can do is {step}”",
    ),
    (
        re.compile(r"(?<!you can )(?<!You can )\{instead\}"),
        "{instead} is what they do, as it follows “you can”",
        "Write “you can {instead}”",
    ),
    (
        re.compile(r"(?<!: )(?<!that )\{(?:fact|cause)\}"),
        "{fact} is a whole clause",
        "Put a colon or “that” in front of it",
    ),
)


def in_reading(words: str) -> Iterator[Slip]:
    """Mark what is wrong in words for the agent."""
    yield from _marked(words, (*ANYWHERE, CONTRACTED))
    if _GAP.search(words):
        yield Slip(
            "gap-unfilled",
            f"{quoted(words)} has a gap",
            "Only sentences to say are filled in; here the braces are seen",
            "Write it without",
        )


def in_saying(words: str, marks: Iterable[Mark] = (), *, formal: bool = False) -> Iterator[Slip]:
    """Mark what is wrong in a sentence for a customer; a formal one is written, and may do without contractions."""
    yield from _marked(words, (*ANYWHERE, *SAID, *marks, *(() if formal else (CONTRACTED, FUTURE))))
    yield from _gaps(words)
    yield from _length(words)
    yield from _looks(words)


def filled(words: str, value: str = "this") -> str:
    """Put something into every gap."""
    return _GAP.sub(value, words)


def _marked(words: str, marks: Iterable[Mark]) -> Iterator[Slip]:
    for mark in marks:
        if found := mark.found.search(words):
            yield Slip(mark.rule, f"{quoted(found[0])} in {quoted(words)}", mark.why, mark.todo)


def _gaps(words: str) -> Iterator[Slip]:
    for pattern, why, todo in _WRONG_GAPS:
        if pattern.search(words):
            yield Slip("gap-reads-wrong", f"a gap reads wrong in {quoted(words)}", why, todo)
    if re.search(r"[{}]", _GAP.sub("", words)) or any(one not in PLACEHOLDERS for one in _GAP.findall(words)):
        yield Slip(
            "gap-unknown",
            f"braces that are no gap in {quoted(words)}",
            "Agents would see the braces",
            f"Use one of {', '.join(PLACEHOLDERS)}",
        )


def _length(words: str) -> Iterator[Slip]:
    said = filled(words)
    if (count := len(said.split())) > LONGEST_SAID:
        yield Slip(
            "sentence-long",
            f"{count} words in {quoted(words)}",
            "Nobody reads out a paragraph under attack",
            f"Keep to {LONGEST_SAID}",
        )
    longest = max((len(one.split()) for one in re.split(r"[.?!:;]\s", said)), default=0)
    if longest > LONGEST_BREATH:
        yield Slip(
            "breath",
            f"{longest} words without a stop in {quoted(words)}",
            "It can't be said in one breath",
            f"Stop after {LONGEST_BREATH}",
        )
    if (ease := reading_ease(said)) < HARDEST:
        yield Slip(
            "hard-to-read",
            f"{quoted(words)} is hard to read ({ease:.0f} of 100)",
            "Long words, long sentences",
            "Use shorter words",
        )


def _looks(words: str) -> Iterator[Slip]:
    if words[-1] not in ".?…”" and not words.endswith("}"):
        yield Slip("no-full-stop", f"{quoted(words)} has no end", "It looks cut off", "End it with a full stop")
    if words.count("?") > 1:
        yield Slip(
            "two-questions",
            f"two questions in {quoted(words)}",
            "They'll answer one, and you'll have to ask again",
            "Ask one thing",
        )
    if "  " in words or " ." in words or " ," in words:
        yield Slip("spaces", f"a space too many in {quoted(words)}", "It looks careless", "Take it out")


def reading_ease(words: str) -> float:
    """Measure how easily something is read, by Flesch: 100 a child, 0 a lawyer; a few words are always easy."""
    found = re.findall(r"[A-Za-z']+", words)
    if len(found) < 8:  # noqa: PLR2004  too few to measure
        return 100.0
    sentences = max(1, len(re.findall(r"[.?!:;](?:\s|$)", words)))
    return 206.835 - 1.015 * len(found) / sentences - 84.6 * sum(map(_syllables, found)) / len(found)


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee"))
    return max(1, groups - silent)
