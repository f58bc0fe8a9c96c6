"""Signs of heat in a text: what can be pointed at, each by its name. Pure."""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING

from bot.safety.hearing import Danger, danger_in, is_pressure
from bot.understanding.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORTEST_SHOUT = 4  # letters: "VAT" and "ASAP" are no shouts
_FEWEST_SHOUTED = 3  # words in a row
_MARKS = re.compile(r"[!?]{3,}|(?:![^!]*){4,}")


class Signal(enum.StrEnum):
    """What can be pointed at in a heated text."""

    SHOUTING = "shouting"
    SWEARING = "swearing"
    INSULT = "insults"
    SLUR = "slurs"
    REPEATED = "repeated contact"
    ULTIMATUM = "ultimatum"
    LEGAL = "legal or press threat"
    CHURN = "churn"
    HARM = "threat of harm"


def signals_in(text: str) -> tuple[Signal, ...]:
    """Name the signs of heat in a text, in the order in which they are listed."""
    found = set(_found(text))
    return tuple(one for one in Signal if one in found)


def _found(text: str) -> Iterator[Signal]:
    plain = text.replace("’", "'").lower()
    heat = rules("heat")
    for quiet in heat["quiet"]:
        plain = quiet.sub(" ", plain)
    yield from (one for one in Signal if any(rule.search(plain) for rule in heat.get(one.name.lower(), ())))
    if _is_shouted(text) or _MARKS.search(text):
        yield Signal.SHOUTING
    if is_pressure(text):
        yield Signal.LEGAL
    if danger_in(text) is Danger.THREAT:
        yield Signal.HARM


def _is_shouted(text: str) -> bool:
    """Say whether words stand in capitals that are no names or abbreviations."""
    words = _WORD.findall(text)
    shouted = [word for word in words if word.isupper() and len(word) >= _SHORTEST_SHOUT]
    in_row = re.search(rf"(?:\b[^\W\d_a-z]{{2,}}\b[^\w.]*){{{_FEWEST_SHOUTED},}}", text) is not None
    return len(shouted) >= _FEWEST_SHOUTED and (in_row or len(shouted) * 2 > len(words))
