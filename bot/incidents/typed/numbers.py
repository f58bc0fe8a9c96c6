"""The number of an incident at the beginning of what people type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import NotUnderstood
from bot.say.language import _, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.typing.command import Command

_FOR = r"(?:for|of|on|to|für|von|zu)\s+"
_CALLED = r"(?:inc(?:ident)?|störung)\b\s*[-:]?\s*|inc(?=\d)|no\.\s*|nr\.?\s*|№\s*"
_NUMBER = re.compile(
    rf"(?:{_FOR})?(?:{_CALLED})?#\s?(\d{{1,9}})(?=[\s:,.!]|$)[\s:,.!]*"  # #3
    rf"|(?:{_FOR})?(?:{_CALLED})((?!0)\d{{1,4}})(?=[\s:,.]|$)[\s:,.]*"  # incident 3; longer ones are other people's
    rf"|{_FOR}(\d{{1,9}})(?:[:,]+\s*|$)"  # for 3: …
    r"|(\d{1,9})(?:[:,]?(?=\s|$)|[.!]+$)\s*",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:inc(?:ident)?s?\s*)?#?(\d{1,9})\s*(?:and|und|&|\+|,(?=\s*#)|,(?=\d+$))\s*(?:inc(?:ident)?\s*)?#?(\d{1,9})(?=[\s:]|$)[\s:]*",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:inc(?:ident)?\s*[-:]?\s*)?#?\s?(\d{1,9})(?:\s*[:,-]\s*|\s+|$)(?:(?:is|was|ist|wurde|jetzt|now)\s+)*(?=(\S*))",
    re.IGNORECASE,
)

_SEVERITY = re.compile(r"(?:sev|p)-?\d", re.IGNORECASE)

_SEVERITY_OF = re.compile(r"(?:sev|p)-?\d\s+(?:for|on|für)\s+#?\d{1,9}", re.IGNORECASE)


def take_number(words: str) -> tuple[int | None, str]:
    """Take a number off the front, with its # or without, and what parts it from the words."""
    found = _NUMBER.match(words)
    if found is None:
        return None, words
    rest = words[found.end() :]  # a dash parts what stands behind it: "2 - all works again"
    return int(next(filter(None, found.groups()))), rest[2:].lstrip() if rest.startswith("- ") else rest


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


def insist_on_one(words: str, about: Callable[[int, str], Command]) -> None:
    """Ask which one is meant where two are named: nothing is done to one of them only."""
    if (found := _SEVERAL.match(words)) is None:
        return
    rest = words[found.end() :]
    raise NotUnderstood(
        _("I take one incident at a time."),
        _("You named #{first} and #{second}. Nothing was changed.").format(first=found[1], second=found[2]),
        _("Choose one, then the other."),
        tuple(about(int(number), rest).button(f"#{int(number)}") for number in found.groups()),
    )


def number_behind(words: str) -> str:
    """Put a number that was typed first behind what is to be done: "3 resolve done" is "resolve #3 done"."""
    found = _FIRST.match(words)
    if found is None:
        return f"severity {words}" if _SEVERITY_OF.fullmatch(words) else ""
    word, rest = found[2].rstrip(":,!."), words[found.end() + len(found[2]) :].strip()
    if not word:
        return f"show #{found[1]}"
    if _SEVERITY.fullmatch(word):
        return f"severity #{found[1]} {word} {rest}".strip()
    return f"{word} #{found[1]} {rest}".strip() if word[0].isalpha() else ""
