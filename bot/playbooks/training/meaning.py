"""Where many texts stand among all texts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from bot.understanding.encoder import Encoder
from bot.understanding.meaning import ENCODER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.encoder import Floats

_AT_ONCE = 32


def places_of(texts: Sequence[str], encoder: Encoder | None = None) -> Floats:
    """Say where each text stands, by what is shipped unless told; those of equally many pieces are read together."""
    encoder = encoder or Encoder.load(ENCODER)
    alike: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
    for place, text in enumerate(texts):
        pieces = encoder.pieces(text)
        alike[len(pieces)].append((place, pieces))
    found: dict[int, Floats] = {}
    for _length, same in sorted(alike.items()):
        for start in range(0, len(same), _AT_ONCE):
            some = same[start : start + _AT_ONCE]
            encoded = encoder.encode_alike([pieces for _place, pieces in some])
            found.update(zip((place for place, _pieces in some), encoded, strict=True))
    return np.array([found[place] for place in range(len(texts))])
