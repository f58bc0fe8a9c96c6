"""What sounds of heat and is none of this customer's now: over, denied, of others, a figure of speech. Pure."""

from __future__ import annotations

from bot.understanding.rules import rules
from bot.understanding.sieve import sieve

_FILES = ("understanding/spared", "understanding/spared_de")  # whoever types may mix the two
_DENIED = "denied"
_OTHERS = ("over", "others", "idiom")


def without_spared(text: str) -> str:
    """Leave out what is spared; heat beside it stays."""
    return _without(text, _DENIED, *_OTHERS)


def tells_of_others(text: str) -> bool:
    """Say whether what is spared is over, of others or a figure of speech: whoever denies heat may say worse next."""
    return _without(text, *_OTHERS) != text


def without_lesser(text: str) -> str:
    """Leave out what a firm is called, and what is only rude: that is anger, and abuse of nobody."""
    return _without(text, "firm", "rude")


def _without(text: str, *kinds: str) -> str:
    for name in _FILES:
        for kind, number in sieve(name, *kinds).holding(_small(text)):
            for found in reversed([*rules(name)[kind][number].finditer(_small(text))]):
                text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _small(text: str) -> str:
    """Write it in small letters, each where it was."""
    small = text.replace("’", "'").lower()
    if len(small) == len(text):
        return small
    return "".join(letter if len(letter := one.lower()) == 1 else one for one in text)
