"""The second reader of situations: slower, and better where words were never seen before. Pure."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.understanding.encoder import Encoder, Floats

WEIGHTS = Path(__file__).parent / "weights"
ENCODER, HEAD = WEIGHTS / "encoder.npz", WEIGHTS / "meaning.npz"


class Meaning:
    """Scores texts by where they stand among all texts."""

    def __init__(self, encoder: Encoder, labels: Sequence[str], learned: Mapping[str, Any]) -> None:
        self._encoder, self._labels = encoder, labels
        self._rows, self._always = learned["rows"], learned["always"]

    def knows(self, word: str) -> bool:
        """Say whether a word is known as a whole."""
        return self._encoder.knows(word)

    def place(self, text: str) -> Floats:
        """Say where a text stands among all texts: that takes some milliseconds."""
        return self._encoder.encode(text)

    def scores_at(self, place: Floats) -> dict[str, float]:
        """Say how much speaks for each label of a text that stands there."""
        scores = place @ self._rows + self._always
        return dict(zip(self._labels, map(float, scores), strict=True))


def load_meaning(folder: Path) -> Meaning | None:
    """Load what was learned; nothing without numpy or without the files: the quick reader answers alone then."""
    # One text is too small to share: threads would wait for each other, spinning, longer than they count.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import numpy as np  # noqa: PLC0415  may be missing

        from bot.understanding.encoder import Encoder  # noqa: PLC0415  needs it

        with np.load(folder / HEAD.name, allow_pickle=False) as head:
            labels = bytes(head["labels"]).decode().split("\n")
            return Meaning(Encoder.load(folder / ENCODER.name), labels, head)
    except (ImportError, OSError, ValueError, KeyError):
        return None


@cache
def meaning() -> Meaning | None:
    """Load it from where it is installed, once."""
    return load_meaning(WEIGHTS)


def shared_encoder() -> Encoder | None:
    """Give the encoder to others who read by it; it is large, and loaded once."""
    found = meaning()
    return found._encoder if found is not None else None  # noqa: SLF001  ours
