"""Which causes are likely, by the words of a title, a note, and the playbooks that were used: pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.typing.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROPOSED = 3  # more than that is not read while one is on the way to the next customer
_WHOLE = 4  # letters: shorter words count as a whole, longer ones as the beginning of a word too


@dataclass(frozen=True)
class Candidate:
    """A cause with the words that speak for it."""

    id: int
    hints: tuple[str, ...]


def read_hints(line: str) -> tuple[str, ...]:
    """Read words with commas between."""
    return tuple(dict.fromkeys(hint for one in line.split(",") if (hint := fold(one))))


def propose(texts: Iterable[str], causes: Sequence[Candidate]) -> tuple[int, ...]:
    """Name the likeliest causes, the likeliest first; none where no word speaks for any."""
    words = f" {' '.join(fold(one) for one in texts)} "
    spoken = {cause.id: sum(_speaks(hint, words) for hint in cause.hints) for cause in causes}
    likely = sorted((cause.id for cause in causes if spoken[cause.id]), key=lambda one: -spoken[one])
    return tuple(likely[:PROPOSED])


def _speaks(hint: str, words: str) -> bool:
    begins = f" {hint}"
    return begins in words if len(hint) >= _WHOLE else f"{begins} " in words
