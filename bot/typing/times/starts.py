"""When what is planned begins, taken out of the line it was typed in: its front or its end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.say.language import _
from bot.typing.times.lengths import read_length, without_in
from bot.typing.times.moments import AskBack, Moment, Why, explain
from bot.typing.times.places import without_place
from bot.typing.times.words import gone_by, is_clause, names_seconds, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Read = Callable[[str], Moment | AskBack]
    Split = Callable[[str], tuple[str, Moment | AskBack | None]]

WORDS_OF_A_TIME = 7  # at most

_AROUND = " ,;:.-–—"
_NO_START = re.compile(
    r"(?:until|till?|by|before|between|no|not|bis|vor|zwischen|nicht)\b", re.IGNORECASE
)  # "closed until 18:00"
_ENDS_THERE = re.compile(r"\b(?:until|till?|by|before|for|since|bis|für|seit)$", re.IGNORECASE)
_AGO = re.compile(r"ago\b", re.IGNORECASE)
_A_CLOCK = re.compile(r"\d{1,2}:\d\d\b")  # "25:00" is meant as a time, though there is none
_NO_TIMES = {Why.NOTHING, Why.UNCLEAR, Why.TIME_OR_LENGTH, Why.NO_UNIT, Why.NO_SUCH_TIME}  # "404 errors", "2 shops"


def read_start(words: str, read: Read) -> Moment | AskBack:
    """Read when something begins; what is said to be past does not lie ahead."""
    found = read(words)
    past = gone_by(words)
    if not past or isinstance(found, Moment):
        return found
    rest = words[len(past) :].strip()
    hour = read(rest) if rest else found
    return (
        found if rest and isinstance(hour, AskBack) and hour.why is Why.UNCLEAR else replace(found, why=Why.NOT_AHEAD)
    )


def split_start(line: str, read: Read, split: Split) -> tuple[str, str, Moment | None]:
    """Take the time off a line: as typed, the rest, and the moment if there is no doubt about it."""
    for words, rest in _fronts(line):
        if isinstance(found := read(words), Moment) and not (_AGO.match(rest) or names_seconds(words)):
            if not rest or not (ours := without_place(words)):
                return words, rest, found
            if read(ours) != found:  # "16:00 Berlin office moves": by whose clock?
                return words, rest, None
    rest, ending = split(line)
    words = line[len(rest) :].strip(_AROUND)
    if isinstance(ending, Moment) and not _NO_START.match(words):
        return words, rest, ending
    for words, rest in (*_fronts(line), *_ends(line)):
        if _may_be_meant(words, read_start(words, read)) and not _ENDS_THERE.search(rest):
            return words, rest, None
    return "", line, None


def _fronts(line: str) -> Iterator[tuple[str, str]]:
    pieces = line.split()
    for count in range(min(WORDS_OF_A_TIME, len(pieces)), 0, -1):
        yield " ".join(pieces[:count]).rstrip(_AROUND), " ".join(pieces[count:])


def _ends(line: str) -> Iterator[tuple[str, str]]:
    pieces = line.split()
    for count in range(min(WORDS_OF_A_TIME, len(pieces) - 1), 0, -1):
        yield " ".join(pieces[-count:]), " ".join(pieces[:-count]).rstrip(_AROUND)


def _may_be_meant(words: str, found: Moment | AskBack) -> bool:
    if isinstance(found, Moment):
        return not _lasts(words) and not _NO_START.match(words)
    if found.why is Why.NO_SUCH_TIME and _A_CLOCK.search(words):
        return True
    return found.why not in _NO_TIMES and not is_clause(words.lower())


def _lasts(words: str) -> bool:
    """Say whether this is how long it lasts, such as "for 20 minutes", rather than when it begins."""
    said = tidy(words).text.removeprefix("for ")
    return without_in(said) == said and read_length(said) is not None


def why_not(words: str, read: Read) -> str:
    """Say why a time of a beginning is not taken."""
    if not words.strip():
        return _("When does it begin? Such as tomorrow 06:00.")
    found = read_start(words, read)
    return explain(found) if isinstance(found, AskBack) else _("Does it begin then? Then plan it.")
