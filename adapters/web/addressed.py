"""What is said to us in a channel without a slash, as in any other chat: behind our name, or a call for help. Pure."""

from __future__ import annotations

import re

from bot.typing.addressing import MARKS, said_to_us, without_marks
from bot.typing.helping import CALLS_FOR_HELP

US = "zanshin"
_NAME = re.compile(rf"(?<![\w@.])@{US}\b", re.IGNORECASE)


def said_aloud(words: str) -> str | None:
    """Take what is said to us where everybody reads along; None for what people say to one another."""
    if words.strip(MARKS).lower() in CALLS_FOR_HELP:
        return words.strip(MARKS)
    if _NAME.search(words) is None:
        return None
    said = without_marks(said_to_us(_NAME.sub(f"<@{US}>", words), (US,), aloud=True))
    return said or f"/{US}"
