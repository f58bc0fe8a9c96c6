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
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from bot.understanding.features import Token, pieces_of, tokens_in, wholes_of
from bot.understanding.mending import Mender

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

_MIDDLE = 1 << 15  # weights are stored above it, so that no lane borrows from its neighbour
_LANE = 4  # bytes: two for a weight, two for how often it is added
_LANE_MOST = (1 << 8 * _LANE) - 1
_FINE = 4  # how finely a count is weighed: a text of the most characters still fits its lanes
RARITY_SCALE = 1 << 12


@dataclass(frozen=True)
class Reason:
    """A word, where it stands, and what it said for a label."""

    word: str
    start: int
    end: int
    credit: float


class _Sum(NamedTuple):
    """Rows added up."""

    total: int  # all labels at once
    often: int  # how many weights are in each
    length: int  # the square of how long a text of these rows is


_NONE = _Sum(0, 0, 0)


class Read(NamedTuple):
    """A text as a model has read it: its words, slips mended, and their rows added up."""

    tokens: list[Token]
    wholes: _Sum
    pieces: _Sum


class _Word(NamedTuple):
    """The pieces of one word that are known: where they stand, and their rows added up."""

    places: tuple[int, ...]
    sum: _Sum


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
        self._word = lru_cache(4096)(self._read_word)  # single words, no text

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
        return self.scores_of(self.read(text))

    def read(self, text: str) -> Read:
        """Read a text once, for all that is asked of it."""
        tokens = self.tokens(text)
        words = [token.word for token in tokens]
        return Read(tokens, self._wholes(words), self._pieces(words))

    def scores_of(self, read: Read) -> dict[str, float]:
        """Score a text that was read."""
        added = zip(self._lanes(read.wholes), self._lanes(read.pieces), self._intercepts, strict=True)
        return dict(zip(self.labels, (one + two + always for one, two, always in added), strict=True))

    def tokens(self, text: str) -> list[Token]:
        """Cut a text into what this model reads, slips mended."""
        return self._mender.mend(tokens_in(text))

    def mended(self, text: str, spared: Callable[[str], bool]) -> str:
        """Give a text with the known word in the place of each that is none, but for those somebody else knows."""
        for typed, meant in zip(reversed(tokens_in(text)), reversed(self.tokens(text)), strict=True):
            if meant.word != typed.word and not spared(typed.word):
                text = text[: typed.start] + meant.word + text[typed.end :]
        return text

    def knows(self, word: str) -> bool:
        """Say whether a word was in the text it learned from."""
        return word in self._places

    def reasons(self, text: str, label: str, read: Read | None = None) -> tuple[Reason, ...]:
        """Say what each word of a text did for a label, in the order of the text; whoever has read it hands that on."""
        tokens, wholes, pieces = read or self.read(text)
        lane = self.labels.index(label)
        whole, piece = _FINE * self._unit_for(wholes), _FINE * self._unit_for(pieces)
        pairs = [self._weight(f"{one.word} {two.word}", lane) / 2 for one, two in pairwise(tokens)]
        found = []
        for place, token in enumerate(tokens):
            near = sum(pairs[max(place - 1, 0) : place + 1])
            known = self._word(token.word)
            inside = _lane(known.sum.total, lane) // _FINE - _MIDDLE * len(known.places)
            credit = (self._weight(token.word, lane) + near) * whole + inside * piece
            found.append(Reason(text[token.start : token.end], token.start, token.end, credit))
        return tuple(found)

    def _wholes(self, words: Sequence[str]) -> _Sum:
        """Add up the rows of the words and pairs that are known."""
        counts = Counter(map(self._places.get, wholes_of(words)))
        return self._added((place, _fine(count)) for place, count in counts.items() if place is not None)

    def _pieces(self, words: Sequence[str]) -> _Sum:
        """Add up the rows of the pieces that are known, a word at a time; then what stands in several is no double."""
        known = [self._word(word) for word in words]
        total, often, length = (
            (sum(part) for part in zip(*(word.sum for word in known), strict=True)) if known else _NONE
        )
        for place, count in Counter(chain.from_iterable(word.places for word in known)).items():
            if count > 1:
                fine = _fine(count)
                total -= self._row(place) * (count * _FINE - fine)
                often -= count * _FINE - fine
                length -= self._rarities[place] ** 2 * (count * _FINE**2 - fine**2)
        return _Sum(total, often, length)

    def _read_word(self, word: str) -> _Word:
        places = tuple(place for piece in pieces_of(word) if (place := self._places.get(piece)) is not None)
        return _Word(places, self._added((place, _FINE) for place in places))

    def _added(self, found: Iterable[tuple[int, int]]) -> _Sum:
        """Add up rows, each as often as it says."""
        total, many, length = _NONE
        for place, often in found:
            total += self._row(place) * often
            many += often
            length += (self._rarities[place] * often) ** 2
        return _Sum(total, many, length)

    def _row(self, place: int) -> int:
        width = _LANE * len(self.labels)
        return int.from_bytes(self._rows[place * width : (place + 1) * width], "little")

    def _lanes(self, added: _Sum) -> list[float]:
        """Say what rows speak for each label, as of a text of length one."""
        weight, unit = _MIDDLE * added.often, self._unit_for(added)
        lanes = _numbers("I", added.total.to_bytes(_LANE * len(self.labels), "little"))
        return [(lane - weight) * unit for lane in lanes]

    def _unit_for(self, added: _Sum) -> float:
        """Give what one step of a weight is worth in a text of these rows."""
        return self._unit * RARITY_SCALE / math.sqrt(added.length) if added.length else 0.0

    def _weight(self, feature: str, lane: int) -> int:
        place = self._places.get(feature)
        if place is None:
            return 0
        at = (place * len(self.labels) + lane) * _LANE
        return int.from_bytes(self._rows[at : at + _LANE], "little") - _MIDDLE


def _fine(count: int) -> int:
    """Say how often something is added that stands there so many times: twice is no double."""
    return _FINE if count == 1 else round(_FINE * (1 + math.log(count)))


def _lane(total: int, lane: int) -> int:
    return (total >> (8 * _LANE * lane)) & _LANE_MOST


def _numbers(code: Literal["H", "I"], data: bytes) -> array[int]:
    numbers = array(code)
    numbers.frombytes(data)
    return numbers


def pack(header: Mapping[str, Any], features: Sequence[str], rarities: array[int], weights: array[int]) -> bytes:
    """Write what `Linear.load` reads; weights are stored above the middle."""
    head, names = json.dumps(header, ensure_ascii=False).encode(), "\n".join(features).encode()
    sizes = array("I", [len(head), len(names)]).tobytes()
    return zlib.compress(sizes + head + names + rarities.tobytes() + weights.tobytes(), 9)
