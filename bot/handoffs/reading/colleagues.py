"""Whom words want to be asked first. Pure."""

from __future__ import annotations

import re

from bot.typing.mentions import take_person

_TO = re.compile(
    r"(?:(?:please|pls|bitte)\s+)?(?:(?:to|ask|an|frag(?:e|t|en)?|hand(?: it)?(?: over)? to)[\s:]+)?(?=[<@])",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"[,&/+]?\s*(?:(?:and|or|then|und|oder|dann)\s+)?(?:(?:to|ask|an|frag(?:e|t|en)?)\s+)?(?=[<@])", re.IGNORECASE
)
PLEASE = re.compile(r"^(?:please|pls|bitte)\b[\s,:.]*", re.IGNORECASE)
_MARKS = " \t,:;.–—-"  # between a name and what follows


def take_colleagues(words: str) -> tuple[str, str, str]:
    """Take whoever is to be asked first off the front, and who beside them: "@ben", "to @ben and @omar"."""
    to = _TO.match(words)
    who, rest = take_person(words[to.end() :] if to else words)
    others: list[str] = []
    while who and (also := _ALSO.match(rest)) is not None:
        one, rest = take_person(rest[also.end() :])
        if not one:
            break
        others.append(one)
    return who, " ".join(others), PLEASE.sub("", rest.lstrip(_MARKS)) if who else rest
