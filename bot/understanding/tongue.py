"""Whether a text is in another language than English, told by its smallest words. Pure."""

from __future__ import annotations

import re

from bot.understanding.rules import rules

READ_MOST = 2000  # characters
_SHORTEST = 5  # words: of fewer, few languages can be told
_FEWEST = 2  # small words of another language
_WORD = re.compile(r"[^\W\d_]+")


def is_other_language(text: str) -> bool:
    """Say whether a text is most likely not English; short ones count as English, if they are not plainly German."""
    words = _read(text)
    others = _count("other", words)
    is_long = others >= _FEWEST and len(_WORD.findall(words)) >= _SHORTEST
    return (is_long and others > _count("english", words)) or is_german(text)


def is_german(text: str) -> bool:
    """Say whether a text is most likely German: of a short one a word will do, beside no English ones."""
    words = _read(text)
    fewest = _FEWEST if len(_WORD.findall(words)) > _SHORTEST else 1
    german = _count("german", words)
    return german >= fewest and german >= fewest + _count("english", words)


def _read(text: str) -> str:
    return text[:READ_MOST].replace("’", "'").lower()


def _count(language: str, words: str) -> int:
    return sum(len(pattern.findall(words)) for pattern in rules("tongue")[language])
