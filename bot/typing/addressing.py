"""What is said to us, out of words that name us: pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.typing.mentions import MENTION, read_mention

if TYPE_CHECKING:
    from collections.abc import Collection

OUR_WORDS = ("calm", "recuse", "incident", "zanshin", "help", "status", "home")  # what commands begin with
MARKS = " \t\r\n\N{NO-BREAK SPACE},:;.!…-–—"  # what people write around a name
_FIRST = re.compile(r"/?(\w+)")


def said_to_us(words: str, us: Collection[str], *, aloud: bool) -> str:
    """Take what is said to us: our name, the marks around it and those named beside it are left out.

    `us` are the addresses of our own account; `aloud`: where others read along, so that only a word is taken.
    """
    pieces = _around(words, us)
    before, after = pieces[0], " ".join(piece.strip() for piece in pieces[1:])
    if len(pieces) == 1:
        return _bare(words) if aloud else words.strip()
    is_ours, said = _is_ours(before), after.strip(MARKS) != ""
    if is_ours and not said:
        return before.strip(MARKS)
    if is_ours and not aloud and len(before.split()) > 1:
        return words.strip()  # we are what it is about
    if is_ours and not _is_ours(_bare(after)):
        return f"{before.strip()} {after.strip()}"
    if aloud or not _bare(before):
        return _bare(after) if aloud else after.lstrip(MARKS)
    return f"{before.strip()} {after.strip()}".strip() if said else before.strip(MARKS)


def without_marks(words: str) -> str:
    """Take the marks off a lone word: "calm!" is "calm", and a sentence keeps its own."""
    return words if len(words.split(maxsplit=1)) > 1 else words.strip().rstrip(MARKS)


def _around(words: str, us: Collection[str]) -> list[str]:
    """Part words where they name us."""
    pieces, end = [], 0
    for found in MENTION.finditer(words):
        mention = read_mention(found[0])
        if mention is not None and mention.address in us:
            pieces.append(words[end : found.start()])
            end = found.end()
    return [*pieces, words[end:]]


def _bare(words: str) -> str:
    """Take what is named, and the marks around it, off the front."""
    rest = words.strip().lstrip(MARKS)
    while (found := MENTION.match(rest)) is not None:
        rest = rest[found.end() :].lstrip(MARKS)
    return rest


def _is_ours(words: str) -> bool:
    """Say whether words begin like a command."""
    found = _FIRST.match(_bare(words))
    return found is not None and found[1].lower() in OUR_WORDS
