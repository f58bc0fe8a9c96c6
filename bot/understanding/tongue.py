"""Whether a text is in another language than English, told by its smallest words. Pure."""

from __future__ import annotations

import re

from bot.understanding.rules import rules

READ_MOST = 2000  # characters
_SHORTEST = 5  # words: of fewer nobody can say, and they count as English
_FEWEST = 2  # small words of another language
_WORD = re.compile(r"[^\W\d_]+")


def is_other_language(text: str) -> bool:
    """Say whether a text is most likely not English; short ones count as English."""
    words = text[:READ_MOST].replace("’", "'").lower()
    others = _count("other", words)
    return len(_WORD.findall(words)) >= _SHORTEST and others >= _FEWEST and others > _count("english", words)


def _count(language: str, words: str) -> int:
    return sum(len(pattern.findall(words)) for pattern in rules("tongue")[language])
