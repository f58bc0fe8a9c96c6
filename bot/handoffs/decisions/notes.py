"""Two notes about one case, written at the same time: neither is lost. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LENGTH = 16  # of the mark of a note


def mark_of(answers: Mapping[str, str]) -> str:
    """Name a note as it stands, to see whether it has changed since."""
    written = "\0".join(f"{name}={answers[name]}" for name in sorted(answers))
    return hashlib.sha256(written.encode()).hexdigest()[:LENGTH]


def together(theirs: str, mine: str, *, between: str, longest: int) -> str | None:
    """Put what two have written into one answer; None where both do not fit into it."""
    if mine in theirs:
        return theirs
    if theirs in mine:
        return mine
    both = f"{theirs}{between}{mine}"
    return both if len(both) <= longest else None
