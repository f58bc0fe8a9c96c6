"""Rules for one sentence, whoever says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.run.checking.slips import Slip, quoted
from bot.run.checking.tongues import ENGLISH, Tongue
from bot.store.content import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.run.checking.phrases import Mark

LONGEST_SAID = 40  # words
LONGEST_BREATH = 24  # words between two full stops

_GAP = re.compile(r"\{(\w+)\}")


def in_reading(words: str, tongue: Tongue = ENGLISH) -> Iterator[Slip]:
    """Mark what is wrong in words for the agent."""
    yield from _marked(words, (*tongue.anywhere, *tongue.read))
    if _GAP.search(words):
        yield Slip(
            "gap-unfilled",
            f"{quoted(words)} has a gap",
            "Only sentences to say are filled in; here the braces are seen",
            "Write it without",
        )


def in_saying(
    words: str, marks: Iterable[Mark] = (), *, formal: bool = False, tongue: Tongue = ENGLISH
) -> Iterator[Slip]:
    """Mark what is wrong in a sentence for a customer; a formal one is written, and may do without contractions."""
    yield from _marked(words, (*tongue.anywhere, *tongue.said, *marks, *(() if formal else tongue.spoken)))
    yield from _gaps(words, tongue)
    yield from _length(words, tongue)
    yield from _looks(words)


def filled(words: str, value: str = "this") -> str:
    """Put something into every gap."""
    return _GAP.sub(value, words)


def _marked(words: str, marks: Iterable[Mark]) -> Iterator[Slip]:
    for mark in marks:
        if found := mark.found.search(words):
            yield Slip(mark.rule, f"{quoted(found[0])} in {quoted(words)}", mark.why, mark.todo)


def _gaps(words: str, tongue: Tongue) -> Iterator[Slip]:
    for pattern, why, todo in tongue.gaps:
        if pattern.search(words):
            yield Slip("gap-reads-wrong", f"a gap reads wrong in {quoted(words)}", why, todo)
    if re.search(r"[{}]", _GAP.sub("", words)) or any(one not in PLACEHOLDERS for one in _GAP.findall(words)):
        yield Slip(
            "gap-unknown",
            f"braces that are no gap in {quoted(words)}",
            "Agents would see the braces",
            f"Use one of {', '.join(PLACEHOLDERS)}",
        )


def _length(words: str, tongue: Tongue) -> Iterator[Slip]:
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
    if (ease := tongue.ease(said)) < tongue.hardest:
        yield Slip(
            "hard-to-read",
            f"{quoted(words)} is hard to read ({ease:.0f} of 100)",
            "Long words, long sentences",
            "Use shorter words",
        )


def _looks(words: str) -> Iterator[Slip]:
    if words[-1] not in ".?…”“" and not words.endswith("}"):
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
