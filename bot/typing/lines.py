"""The lines of what people type: a list that is read in one line keeps them for whoever reads it. Pure."""

from __future__ import annotations

import re

from bot.typing.signs import one_spelling

_WORD = re.compile(r"\S+")


def with_lines(rest: str, typed: str) -> str:
    """Give the end of what was typed with its lines, where it is the same words; otherwise as it was read."""
    whole = "\n".join(line for one in typed.splitlines() if (line := one_spelling(one)))
    words = list(_WORD.finditer(whole))
    count = len(rest.split())
    if "\n" not in whole or not 0 < count <= len(words):
        return rest
    end = whole[words[-count].start() :]
    return end if " ".join(end.split()) == rest else rest
