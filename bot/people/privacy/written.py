"""Whether words stand in a text as it is kept: pure. Too often is an annoyance; too seldom would keep a name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bot.delivery.renaming import OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def finder(words: str) -> Callable[[str], bool]:
    """Find words in texts where a word begins, so also in "Mary's" and "Marys" but not in "primary"."""
    wanted = words.casefold().strip()
    begins = r"(?<![^\W_])" if wanted[:1].isdigit() or wanted[:1].upper() != wanted[:1] else ""
    ends = r"(?!\d)" if wanted[-1:].isdigit() else ""  # "CASE-42" is none of "CASE-421"
    pattern = re.compile(f"{begins}{re.escape(wanted)}{ends}")
    return lambda text: any(pattern.search(one.casefold()) for one in _written(text))


def names(words: str) -> Callable[[str], bool]:
    """Find words that stand in a text as a whole, also of a genitive: what names somebody by chance has to stay."""
    pattern = re.compile(rf"(?<!\w){re.escape(' '.join(words.casefold().split()))}(?:['’]?s)?(?!\w)")
    return lambda text: pattern.search(" ".join(text.casefold().split())) is not None


def _written(text: str) -> Iterator[str]:
    """List what people wrote or read in a text: of a message, its words and nothing that draws it."""
    if not text.startswith(("{", "[")):
        yield text
        return
    try:
        yield from _strings(json.loads(text))
    except ValueError:
        yield text


def _strings(part: Any) -> Iterator[str]:
    match part:
        case str():
            yield part
        case dict():
            for name, one in part.items():
                if name not in OURS:
                    yield from _strings(one)
        case list():
            for one in part:
                yield from _strings(one)
