"""The number of an incident at the beginning of what people type."""

from __future__ import annotations

import re

from bot.errors import NotUnderstood
from bot.say.language import _, quoted

_NUMBER = re.compile(
    r"(?:(?:no\.|nr\.?|№)\s*)?(?:#\s?(\d{1,9})(?=[\s:,.]|$)[\s:,.]*|(\d{1,9})[:,]?(?=\s|$)\s*)", re.IGNORECASE
)


def take_number(words: str) -> tuple[int | None, str]:
    """Take a number off the front, with its # or without, and what parts it from the words."""
    found = _NUMBER.match(words)
    return (int(found[1] or found[2]), words[found.end() :]) if found else (None, words)


def take_sure_number(words: str) -> tuple[int | None, str]:
    """Take `#3`, or a 3 that stands alone, off the front; a bare 3 before words may be a part of them."""
    number, rest = take_number(words)
    return (number, rest) if not rest or words.startswith("#") else (None, words)


def only_number(words: str) -> int | None:
    """Read words that can be nothing but a number; another incident is never shown instead of the one meant."""
    number, _rest = take_number(words)
    if number is None and words:
        said = quoted(f"{words[:59]}…" if len(words) > 60 else words)  # noqa: PLR2004  fits a line
        raise NotUnderstood(
            _("There's no incident {number}.").format(number=said),
            _("An incident has a number, such as #12."),
            _("See what there is: `/incident list`."),
        )
    return number
