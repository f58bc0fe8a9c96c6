"""Words that may tell of danger though none of it is named: a second, learned net behind the hard rule. Pure.

It never overrules the rule, and never alarms: what it hears puts one line above the answer, for whoever knows more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.safety import hearing
from bot.safety.plain import is_german
from bot.understanding.linear import Linear
from bot.understanding.quoting import FILLER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.features import Token

WEIGHTS = Path(__file__).parent / "weights" / "danger.weights"
DANGER = "danger"
SURE = 0.0  # above it, what is ordinary is hardly ever taken for danger
POSSIBLE = -0.4
IN_SPITE = 0.6  # of an idiom, which sounds of danger and means none
_ORDINARY = FILLER | {"beg", "begs", "begged", "begging", "whatever"}  # of anybody who asks, or no longer cares
NOTHING_TOLD = 0.0  # by the words for what happens: a greeting, a short line, one of unknown words
UNKNOWN = -1.0  # it has learned from English alone, and what it would say of German is chance


@cache
def _danger() -> Linear:
    return Linear.load(WEIGHTS)


def danger_score(words: str, tokens: Sequence[Token] | None = None) -> float:
    """Say how much speaks for danger: above `POSSIBLE` it may be, above `SURE` it most likely is."""
    return UNKNOWN if is_german(words) else _danger().scores(words, tokens)[DANGER]


def may_be_danger(words: str, heard: hearing.Heard | None = None, tokens: Sequence[Token] | None = None) -> bool:
    """Say whether words that are no clear danger may tell of one; whoever has heard and cut them hands that on."""
    heard = heard or hearing.Heard(words)
    if heard.may_be_danger:
        return True
    bar = IN_SPITE if heard.has_idiom else POSSIBLE
    return danger_score(words, tokens) > bar and _happens(words)


def _happens(words: str) -> bool:
    """Say whether the words for what happens speak for danger: "he says" and "her" do so in half of all lines."""
    told = [one.credit for one in _danger().reasons(words, DANGER) if one.known not in _ORDINARY]
    return sum(told) > NOTHING_TOLD


def is_most_likely_danger(words: str, heard: hearing.Heard) -> bool:
    """Say whether what was learned is all but sure of danger; what the rules know for an idiom is none."""
    return not heard.has_idiom and danger_score(words) > SURE
