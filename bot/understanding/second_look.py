"""What the place of a text among all texts says of it, beside its words: carries over to words never seen. Pure."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.understanding.meaning import ENCODER, WEIGHTS, shared_encoder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.understanding.encoder import Encoder, Floats

HEAD = WEIGHTS / "drafts.npz"


class SecondLook:
    """Scores texts by where they stand among all texts."""

    def __init__(self, encoder: Encoder, learned: Mapping[str, Any]) -> None:
        self._encoder = encoder
        self._labels = bytes(learned["labels"]).decode().split("\n")
        self._rows, self._always = (learned[name].astype("float32") for name in ("rows", "always"))

    @property
    def labels(self) -> frozenset[str]:
        """Name what it tells apart."""
        return frozenset(self._labels)

    def scores(self, text: str) -> dict[str, float]:
        """Say how much more, or less, speaks for each label."""
        return self.scores_at(self._encoder.encode(text))

    def scores_at(self, place: Floats) -> dict[str, float]:
        """Say the same of a text that stands there."""
        scores = place @ self._rows + self._always
        return dict(zip(self._labels, map(float, scores), strict=True))


def mark_of(encoder: Path = ENCODER) -> int:
    """Tell encoders apart: what was learned from the places of one is nonsense for another."""
    return zlib.crc32(encoder.read_bytes())


def load_second_look(head: Path = HEAD) -> SecondLook | None:
    """Load what was learned; nothing without numpy or files, or of another encoder: words alone count then."""
    encoder = shared_encoder()
    if encoder is None:
        return None
    try:
        import numpy as np  # noqa: PLC0415  may be missing

        with np.load(head, allow_pickle=False) as learned:
            return SecondLook(encoder, learned) if int(learned["encoder"]) == mark_of() else None
    except (ImportError, OSError, ValueError, KeyError):
        return None


@cache
def second_look() -> SecondLook | None:
    """Load it from where it is installed, once."""
    return load_second_look()
