"""A linear model in plain Python: what each word, pair and piece of a word says for each label, added up. Pure.

A row of weights is one long integer with a lane for each label, so that adding rows adds all labels at once.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, Self

from bot.understanding.features import Token, pieces_of, tokens_in, wholes_of
from bot.understanding.mending import Mender

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_MIDDLE = 1 << 15  # weights are stored above it, so that no lane borrows from its neighbour
_LANE = 4  # bytes: two for a weight, two for how often it is added
_FINE = 4  # how finely a count is weighed: a text of the most characters still fits its lanes
RARITY_SCALE = 1 << 12


@dataclass(frozen=True)
class Reason:
    """A word, where it stands, and what it said for a label."""

    word: str
    start: int
    end: int
    credit: float


class Linear:
    """Scores of texts for labels: positive where a label is likelier than not."""

    def __init__(self, header: Mapping[str, Any], features: Sequence[str], rarities: array[int], rows: bytes) -> None:
        self.labels: tuple[str, ...] = tuple(header["labels"])
        self.about: Mapping[str, Any] = header.get("about", {})  # what whoever trained it wants to know again
        self._intercepts: list[float] = header["intercepts"]
        self._unit: float = header["unit"]
        self._places = {feature: place for place, feature in enumerate(features)}
        self._rarities = rarities
        self._rows = rows
        self._mender = Mender(header["words"])

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file of weights. Raises OSError, ValueError."""
        try:
            data = zlib.decompress(path.read_bytes())
        except zlib.error as broken:
            raise ValueError(f"{path} holds no weights") from broken
        sizes = _numbers("I", data[:8])
        names, numbers = 8 + sizes[0], 8 + sizes[0] + sizes[1]
        header = json.loads(data[8:names])
        features = data[names:numbers].decode().split("\n")
        rarities = _numbers("H", data[numbers : numbers + 2 * len(features)])
        weights = _numbers("H", data[numbers + 2 * len(features) :])
        return cls(header, features, rarities, array("I", weights).tobytes())

    def scores(self, text: str) -> dict[str, float]:
        """Say how much speaks for each label; an empty text has what is always so."""
        return self._scores_of([token.word for token in self.tokens(text)])

    def tokens(self, text: str) -> list[Token]:
        """Cut a text into what this model reads, slips mended."""
        return self._mender.mend(tokens_in(text))

    def knows(self, word: str) -> bool:
        """Say whether a word was in the text it learned from."""
        return word in self._places

    def reasons(self, text: str, label: str) -> tuple[Reason, ...]:
        """Say what each word of a text did for a label, in the order of the text."""
        tokens, lane = self.tokens(text), self.labels.index(label)
        words = [token.word for token in tokens]
        whole = self._unit_of(wholes_of(words))
        piece = self._unit_of([piece for word in words for piece in pieces_of(word)])
        pairs = [self._weight(f"{one} {two}", lane) / 2 for one, two in pairwise(words)]
        found = []
        for place, token in enumerate(tokens):
            near = sum(pairs[max(place - 1, 0) : place + 1])
            inside = sum(self._weight(one, lane) for one in pieces_of(token.word))
            credit = (self._weight(token.word, lane) + near) * whole + inside * piece
            found.append(Reason(text[token.start : token.end], token.start, token.end, credit))
        return tuple(found)

    def _scores_of(self, words: Sequence[str]) -> dict[str, float]:
        wholes = self._added(wholes_of(words))
        pieces = self._added(piece for word in words for piece in pieces_of(word))
        added = zip(wholes, pieces, self._intercepts, strict=True)
        return dict(zip(self.labels, (one + two + always for one, two, always in added), strict=True))

    def _counted(self, features: Iterable[str]) -> list[tuple[int, int]]:
        """Find the rows of what is known, and how often each is added: twice is no double."""
        counts = Counter(map(self._places.get, features))
        counts.pop(None, 0)
        return [
            (place, _FINE if count == 1 else round(_FINE * (1 + math.log(count))))
            for place, count in counts.items()
            if place is not None
        ]

    def _added(self, features: Iterable[str]) -> list[float]:
        """Add up the rows of what was found, as of a text of length one."""
        rows, width = self._rows, _LANE * len(self.labels)
        found = self._counted(features)
        total = sum(
            int.from_bytes(rows[place * width : (place + 1) * width], "little") * often for place, often in found
        )
        weight = _MIDDLE * sum(often for _place, often in found)
        unit = self._unit_for(found)
        return [(lane - weight) * unit for lane in _numbers("I", total.to_bytes(width, "little"))]

    def _unit_of(self, features: Iterable[str]) -> float:
        return _FINE * self._unit_for(self._counted(features))

    def _unit_for(self, found: Sequence[tuple[int, int]]) -> float:
        """Give what one step of a weight is worth in a text of these features."""
        length = sum((self._rarities[place] * often) ** 2 for place, often in found)
        return self._unit * RARITY_SCALE / math.sqrt(length) if length else 0.0

    def _weight(self, feature: str, lane: int) -> int:
        place = self._places.get(feature)
        if place is None:
            return 0
        at = (place * len(self.labels) + lane) * _LANE
        return int.from_bytes(self._rows[at : at + _LANE], "little") - _MIDDLE


def _numbers(code: Literal["H", "I"], data: bytes) -> array[int]:
    numbers = array(code)
    numbers.frombytes(data)
    return numbers


def pack(header: Mapping[str, Any], features: Sequence[str], rarities: array[int], weights: array[int]) -> bytes:
    """Write what `Linear.load` reads; weights are stored above the middle."""
    head, names = json.dumps(header, ensure_ascii=False).encode(), "\n".join(features).encode()
    sizes = array("I", [len(head), len(names)]).tobytes()
    return zlib.compress(sizes + head + names + rarities.tobytes() + weights.tobytes(), 9)
