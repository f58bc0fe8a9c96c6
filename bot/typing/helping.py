"""Whoever types a question mark or a word for help, and nothing else, wants to know what can be typed: pure."""

from __future__ import annotations

import re

from bot.typing.mentions import take_person

CALLS_FOR_HELP = ("help", "help me", "/help", "?")  # whoever types these has not learned our words yet
_MARKS = " ?!.…,:;()[]/\"'"  # around the word; a dash before it is how terminals have it
_WORDS = frozenset(("help", "-help", "--help", "-h", "hilfe", "-hilfe", "--hilfe"))
_LONGEST = 40  # letters
_ALL = re.compile(
    r"(?:(?:list|show|see|zeige?) )?(?:me |mir )?(?:the |die )?(?:list|liste|all|alles?|everything|playbooks?"
    r"|(?:all(?: the)?|list of(?: all)?(?: the)?|alle|liste (?:der|aller)) playbooks)",
    re.IGNORECASE,
)
_NAMES_ONE = re.compile(r"(?:sev[1-4]|#?[A-Za-z]*-?\d+)(?=\W)\s*", re.IGNORECASE)


def asks_for_help(words: str) -> bool:
    """Say whether words are nothing but a wish for help."""
    bare = words.strip(_MARKS)
    return "?" in words if not bare else bare.lower() in _WORDS


def asks_for_all(words: str) -> bool:
    """Say whether words are nothing but a wish to see the whole list."""
    return len(words) <= _LONGEST and _ALL.fullmatch(words.strip(_MARKS)) is not None


def only_asks(words: str) -> bool:
    """Say the same of what stands behind a command; a question mark may follow whom or what it names."""
    if asks_for_help(words):
        return True
    _whom, rest = take_person(words)
    named = _NAMES_ONE.match(rest)
    rest = rest[named.end() :] if named is not None else rest
    return rest != words and asks_for_help(rest) and not rest.strip(_MARKS)
