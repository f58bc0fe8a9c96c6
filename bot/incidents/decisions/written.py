"""What people write for customers, made fit to be read: pure. Gaps are filled from the case, sentences are ended."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.say.language import _
from bot.store.content import PLACEHOLDERS

if TYPE_CHECKING:
    from collections.abc import Mapping


_PIECES = re.compile(r"\s*[|•●▪]\s*|(?<=[.!?])\s+")
_MARKS_AROUND = "|•●▪ "  # of a row of a table, or of a list, as they are pasted
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’-]+"
_DRAWN = re.compile(r"(?<![\w*_`~])([*_`~])(?=\S)([^*_`~]*[^\s*_`~])\1(?![\w*_`~])")
_QUOTE = re.compile(r"(?:^|(?<=[.!?] ))>\s*(?=\w)")
_SIGNED = re.compile(
    rf"\s+--+\s+(?-i:{_NAME})\b.{{0,80}}$"  # what mail puts below
    r"|\s+(?-i:Sent from my|Get Outlook for|Von meinem|Gesendet von)\b[^.!?]{0,40}$"
    rf"|(?<=[.!?])\s+[-~]\s?(?-i:{_NAME}(?:\s{_NAME}){{0,2}})\.?$"
    r"|(?<=[.!?])\s+(?:(?:kind|best|warm)(?:est)?\s(?:regards|wishes)|regards|cheers|best|mfg|vg|lg|br|kr"
    rf"|(?:mit\s)?(?:freundlichen?|viele|beste|liebe)\s(?:gr(?:ü|ue)(?:ß|ss)en?))[,.!]?(?:\s+(?-i:{_NAME})){{0,4}}\.?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_MID_WORD = re.compile(r"\w+$")  # "Thank you" and "There will be" begin with the same letters
FEWEST_WORDS = 4  # of a last word: "done" and "it was DNS" are said among ourselves
LONG_ENOUGH = 30  # characters, for languages that do not space their words


def two(line: str) -> tuple[str, str]:
    """Split a line into what customers notice and what is done about it."""
    pieces = [piece for piece in _PIECES.split(line.strip(_MARKS_AROUND), maxsplit=1) if piece]
    notice, doing = (*pieces, "", "")[:2]
    return ended(notice), ended(doing)


def unsigned(line: str) -> str:
    """Take off what people and mail put below their words: customers read no name of an agent."""
    return _SIGNED.sub("", line.rstrip(_MARKS_AROUND))


def unmarked(line: str) -> str:
    """Take off the marks by which chats are told to draw words bold, slanted, as code or quoted."""
    return _QUOTE.sub("", _DRAWN.sub(r"\2", line))


def ended(sentence: str) -> str:
    """End a sentence with a full stop if nothing else ends it."""
    return f"{sentence}." if sentence and sentence[-1].isalnum() else sentence


def unfit(answer: str) -> str:
    """Say why customers cannot be told this; empty if they can."""
    if not answer:
        return _("Please fill this in.")
    gap = gap_in(answer)
    return _("Fill in what stands in brackets: {gap}.").format(gap=gap) if gap else ""


def is_note(last_words: str) -> bool:
    """Say whether last words are too short to be read by customers, and are meant for the team."""
    return len(_WORD.findall(last_words)) < FEWEST_WORDS and len(last_words) < LONG_ENOUGH


def is_whole_without(rest: str, text: str) -> bool:
    """Say whether what was taken out of a text was a sentence of its own, so that the rest still reads well."""
    same = takewhile(lambda letters: letters[0] == letters[1], zip(rest, text, strict=False))
    before = "".join(letter for letter, _other in same)
    if rest[len(before) :][:1].isalnum():
        before = _MID_WORD.sub("", before)
    before = before.rstrip()
    behind = rest[len(before) :].lstrip()
    return (not before or before[-1] in ".!?|" or not behind) and not behind[:1].islower()


def gap_in(words: str) -> str:
    """Find a gap of a prepared wording that nobody has filled yet; empty if there is none."""
    return next((gap for name in PLACEHOLDERS for gap in _written(name) if gap in words), "")


def filled_in(words: str, known: Mapping[str, str]) -> str:
    """Fill the gaps of a prepared wording with what is known of the case."""
    for name, value in known.items():
        for gap in _written(name):
            words = words.replace(gap, value)
    return words


def _written(name: str) -> tuple[str, str]:
    """Write a gap the two ways people copy it: as they see it, and as it stands in the file."""
    return f"[{_(PLACEHOLDERS[name])}]", f"{{{name}}}"
