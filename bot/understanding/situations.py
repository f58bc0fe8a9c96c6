"""Which situation a text tells of. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.understanding.linear import Linear

WEIGHTS = Path(__file__).parent / "weights" / "situations.weights"


@cache
def situations() -> Linear:
    """Load what was learned, once."""
    return Linear.load(WEIGHTS)
