"""Words of people inside Slack's markup: escaped once, and nothing in them can mention, link or format."""

from __future__ import annotations

import re
from functools import lru_cache

REMEMBERED = 4096  # texts: most of what is said is said again
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile("[&<>]")
# A mark formats only where a word begins or ends; inside of one, as in CASE_12, it is left as it was typed.
_MARK = re.compile(r"(?<!\w)[*_~]|[*_~](?!\w)|`")
_LOOKALIKES = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_QUOTE = re.compile(r"^(?=\s*&gt;)", re.MULTILINE)
_ATOM = re.compile(r"\s{1,200}|(?:&(?:amp|lt|gt);|[^\s&]){1,200}")
UNSEEN = "\N{ZERO WIDTH SPACE}"


def escape(words: str) -> str:
    """Escape what Slack gives a meaning of its own: no mention and no link can come of it."""
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], words)


@lru_cache(REMEMBERED)
def literal(words: str) -> str:
    """Write words so that they show as they are: besides, marks at the edge of words become their lookalikes."""
    defused = _MARK.sub(lambda found: _LOOKALIKES[found[0]], words)
    return _QUOTE.sub(UNSEEN, escape(defused))


@lru_cache(REMEMBERED)
def literal_atoms(words: str) -> tuple[str, ...]:
    """Write words as `literal` does, taken apart where they may be parted."""
    return tuple(atoms(literal(words)))


def verbatim(words: str) -> str:
    """Write words for inside of a code block, where only backticks have a meaning."""
    return escape(words.replace("`", _LOOKALIKES["`"]))


def atoms(escaped: str) -> list[str]:
    """Take escaped words apart where they may be parted: between words, or inside of an endless one."""
    return _ATOM.findall(escaped)


def pack(tokens: list[str], most: int) -> list[str]:
    """Put tokens together into as few pieces as fit; a token is never longer than a piece may be."""
    if sum(map(len, tokens)) <= most:
        whole = "".join(tokens).strip()
        return [whole] if whole.strip(UNSEEN) else []
    pieces, piece = [], ""
    for token in tokens:
        if len(piece) + len(token) > most:
            pieces.append(piece)
            piece = ""
        piece += token
    return [one.strip() for one in (*pieces, piece) if one.strip().strip(UNSEEN)]
