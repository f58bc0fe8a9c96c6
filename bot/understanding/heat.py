"""How heated a text is, and by which signs: of the text, never of a person. Pure.

The hard rule for danger stands before this and is not learned: see `bot/safety`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.safety.hearing import Heard
from bot.understanding.linear import Linear
from bot.understanding.signals import Signal, signs_in
from bot.understanding.weighing import weigh

WEIGHTS = Path(__file__).parent / "weights" / "heat.weights"
READ_MOST = 2000  # characters
RISING = 2  # levels, from the coolest message to the last one


class Level(enum.IntEnum):
    """How heated a text is."""

    CALM = 0
    ANNOYED = 1
    ANGRY = 2
    ABUSIVE = 3  # or threatening


@dataclass(frozen=True)
class Heat:
    """How heated a text is, and what in it says so."""

    level: Level
    signals: tuple[Signal, ...] = ()


def heat_of(text: str, heard: Heard | None = None) -> Heat:
    """Say how heated a text is; never raises. Of a long one the beginning is read.

    Whoever has heard the text for danger hands that on.
    """
    words = text[:READ_MOST]
    if not words.strip():
        return Heat(Level.CALM)
    signs = signs_in(words, heard)
    if signs.is_threat:
        return Heat(Level.ABUSIVE, signs.signals)
    learned = Level.CALM if signs.is_foreign else _learned(words, signs.marks)
    return Heat(max(learned, _least(signs.german)), signs.signals)


def _learned(words: str, marks: frozenset[str]) -> Level:
    scores = weigh(_model(), words, marks)
    return max((level for level in Level if scores.get(str(int(level)), -1.0) > 0), default=Level.CALM)


def _least(german: frozenset[Signal]) -> Level:
    """Say how heated German is at least, of which nothing was learned."""
    if german & {Signal.INSULT, Signal.SLUR}:
        return Level.ABUSIVE
    return Level.ANGRY if german else Level.CALM


@cache
def _model() -> Linear:
    return Linear.load(WEIGHTS)
