"""The second reader of situations: slower, and better where words were never seen before. Pure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.encoder import Encoder, Floats

WEIGHTS = Path(__file__).parent / "weights"
ENCODER, HEAD = WEIGHTS / "encoder.npz", WEIGHTS / "meaning.npz"


class Meaning:
    """Scores texts by where they stand among all texts."""

    def __init__(self, encoder: Encoder, labels: Sequence[str], rows: Floats, always: Floats) -> None:
        self._encoder, self._labels = encoder, labels
        self._rows, self._always = rows, always

    def scores(self, text: str) -> dict[str, float]:
        """Say how much speaks for each label."""
        scores = self._encoder.encode(text) @ self._rows + self._always
        return dict(zip(self._labels, map(float, scores), strict=True))


def load_meaning(folder: Path) -> Meaning | None:
    """Load what was learned; nothing without numpy or without the files: the quick reader answers alone then."""
    try:
        import numpy as np  # noqa: PLC0415  may be missing

        from bot.understanding.encoder import Encoder  # noqa: PLC0415  needs it

        with np.load(folder / HEAD.name, allow_pickle=False) as head:
            labels = bytes(head["labels"]).decode().split("\n")
            return Meaning(Encoder.load(folder / ENCODER.name), labels, head["rows"], head["always"])
    except (ImportError, OSError, ValueError, KeyError):
        return None


@cache
def meaning() -> Meaning | None:
    """Load it from where it is installed, once."""
    return load_meaning(WEIGHTS)
