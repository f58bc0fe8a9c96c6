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

NEAR_STEPS = 127.0  # directions and shares of labels are stored in eight bits
NEARNESS = 1.2  # what a neighbour counts beside the rest
_NARROW, _FAR = 20.0, 1e-4


class Meaning:
    """Scores texts by where they stand among all texts, and by what stands nearest of those it learned from."""

    def __init__(self, encoder: Encoder, labels: Sequence[str], learned: Mapping[str, Any]) -> None:
        self._encoder, self._labels = encoder, labels
        self._rows, self._always = learned["rows"], learned["always"]
        self._near = learned["near"].astype("float32") / NEAR_STEPS
        self._near_labels = learned["near_labels"].astype("float32") / NEAR_STEPS

    def scores(self, text: str) -> dict[str, float]:
        """Say how much speaks for each label."""
        place = self._encoder.encode(text)
        scores = place @ self._rows + self._always + NEARNESS * near(place, self._near, self._near_labels)[0]
        return dict(zip(self._labels, map(float, scores), strict=True))


def near(places: Floats, known: Floats, labels: Floats) -> Floats:
    """Say which labels stand nearby: the nearer, the more a neighbour counts."""
    import numpy as np  # noqa: PLC0415  may be missing

    alike = np.atleast_2d(places)[:, -known.shape[1] :]
    alike = alike / np.linalg.norm(alike, axis=1, keepdims=True)
    counts = np.exp(_NARROW * (alike @ known.T - 1))
    shares: Floats = np.log(counts @ labels / counts.sum(axis=1, keepdims=True) + _FAR)
    return shares


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
