"""How heated a text is, and by which signs: of the text, never of a person. Pure.

The hard rule for danger stands before this and is not learned: see `bot/safety`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from bot.understanding.signals import Signal, signals_in


class Level(enum.IntEnum):
    """How heated a text is."""

    CALM = 0
    ANNOYED = 1
    ANGRY = 2
    ABUSIVE = 3  # or threatening


READ_MOST = 4000  # characters
_ABUSE = {Signal.INSULT, Signal.SLUR, Signal.HARM}
_ANGER = {Signal.SHOUTING, Signal.SWEARING, Signal.ULTIMATUM, Signal.LEGAL}


@dataclass(frozen=True)
class Heat:
    """How heated a text is, and what in it says so."""

    level: Level
    signals: tuple[Signal, ...] = ()


def heat_of(text: str) -> Heat:
    """Say how heated a text is; never raises."""
    signals = signals_in(text[:READ_MOST])
    return Heat(_level(set(signals)), signals)


def _level(signals: set[Signal]) -> Level:
    if signals & _ABUSE:
        return Level.ABUSIVE
    if signals & _ANGER:
        return Level.ANGRY
    return Level.ANNOYED if signals else Level.CALM
