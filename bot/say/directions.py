"""Words that run from right to left, in sentences that do not."""

from __future__ import annotations

import re

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def isolated(words: str) -> str:
    """Keep words that run from right to left from turning the sentence around them."""
    return f"\u2068{words}\u2069" if _RIGHT_TO_LEFT.search(words) and not words.startswith("\u2068") else words
