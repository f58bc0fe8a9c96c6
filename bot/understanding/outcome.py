"""Whether a customer asks when it is over. Pure."""

from __future__ import annotations

from bot.understanding.rules import rules
from bot.understanding.sieve import sieve

READ_MOST = 2000  # characters


def asks_when(text: str) -> bool:
    """Say whether a text asks for the outcome: when, how long still, any news."""
    plain = text[:READ_MOST].replace("’", "'").lower()
    return any(True for _ in sieve("understanding/outcome", "asks").holding(plain))


def is_filler(word: str) -> bool:
    """Say whether a word, in small letters, tells nothing of what is meant."""
    return any(pattern.fullmatch(word) for pattern in rules("understanding/outcome")["filler"])
