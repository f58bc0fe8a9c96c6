"""Checking drafts on the command line: one, or many lines."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from bot.errors import WrongUse
from bot.incidents.checking import better_draft, check_draft
from bot.understanding.drafts import Flag
from bot.understanding.tongue import is_other_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENGLISH_ONLY = "This is not English, and only English is read: of other languages times alone are seen."

Id = str | int | float | None


def checked(name: Id, draft: str) -> dict[str, Any]:
    """Say what a draft says, as data."""
    found = check_draft(draft)
    spans = [{"flag": one.flag, "start": one.start, "end": one.end} for one in found.found]
    said = {str(flag): flag in found.flags for flag in Flag}
    language = "other" if is_other_language(draft) else "en"
    return {"id": name, "language": language, **said, "spans": spans, "better": better_draft(draft, found)}


def checked_lines(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Check a draft a line: {"id": …, "draft": …}, or its bare words. Raises WrongUse."""
    for number, line in enumerate(lines, 1):
        words = line.decode("utf-8", "replace").strip("\ufeff \t\r\n")
        if words:
            yield checked(*(_asked(words, number) if words.startswith("{") else (number, words)))


def as_text(draft: str) -> str:
    """Say what a draft says, for reading on a terminal."""
    found = check_draft(draft)
    pointed = {flag: [draft[one.start : one.end] for one in found.found if one.flag is flag] for flag in Flag}
    lines = [
        f"{flag:15} {'yes' if flag in found.flags else 'no ':3} {' … '.join(pointed[flag])}".rstrip() for flag in Flag
    ]
    better = better_draft(draft, found)
    return "\n".join([*lines, *(["", f"Better: {better}"] if better != draft else [])])


def _asked(line: str, number: int) -> tuple[Id, str]:
    try:
        asked = json.loads(line, parse_constant=_no_number)
        name, draft = asked["id"], asked["draft"]
    except (ValueError, KeyError, TypeError, RecursionError) as broken:
        raise WrongUse(
            f'Line {number} of the input is not {{"id": …, "draft": …}}. Nothing after it was read.'
        ) from broken
    if not isinstance(draft, str):
        raise WrongUse(f"Line {number} of the input: draft has to be a string.")
    if not isinstance(name, str | int | float | None) or name in (math.inf, -math.inf):
        raise WrongUse(f"Line {number} of the input: id has to be a string or a number.")
    return name, draft


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and its like: what we print has to be JSON again
