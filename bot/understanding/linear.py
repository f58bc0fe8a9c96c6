"""A linear model in plain Python: what each word, pair and piece of a word says for each label, added up. Pure.

A row of weights is one long integer with a lane for each label, so that adding rows adds all labels at once.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self

from bot.understanding.features import Token, pieces_of, tokens_in, wholes_of
from bot.understanding.mending import Mender

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

MIDDLE = 1 << 15  # weights are stored above it, so that no lane borrows from its neighbour
_LANE = 4  # bytes: two for a weight, two for how often it is added
_LANE_MOST = (1 << 8 * _LANE) - 1
_FINE = 4  # how finely a count is weighed: a text of the most characters still fits its lanes
RARITY_SCALE = 1 << 12


class Reason(NamedTuple):
    """A word, where it stands, and what it said for a label."""

    word: str
    known: str  # the word that was meant, small and without signs
    start: int
    end: int
    credit: float


class _Sum(NamedTuple):
    """Rows added up."""

    total: int  # all labels at once
    often: int  # how many weights are in each
    length: int  # the square of how long a text of these rows is


class Read(NamedTuple):
    """A text as a model has read it: its words, slips mended, and their rows added up."""

    tokens: list[Token]
    places: list[int | None]  # of its words, then of its pairs; none where one is not known
    wholes: _Sum
    pieces: _Sum


class _Word(NamedTuple):
    """The pieces of one word that are known: where they stand, those that stand there again, and their rows."""

    places: frozenset[int]
    again: tuple[int, ...]
    often: int
    total: int
    length: int


class Linear:
    """Scores of texts for labels: positive where a label is likelier than not."""

    def __init__(
        self, header: Mapping[str, Any], features: Sequence[str], rarities: array[int], weights: array[int]
    ) -> None:
        self.labels: tuple[str, ...] = tuple(header["labels"])
        self.about: Mapping[str, Any] = header.get("about", {})  # what whoever trained it wants to know again
        self._intercepts: list[float] = header["intercepts"]
        self._unit: float = header["unit"]
        self._places = {feature: place for place, feature in enumerate(features)}
        self._squares = [rarity**2 for rarity in rarities]
        width = len(self.labels)
        rows = (array("I", weights[at : at + width]) for at in range(0, len(weights), width))  # one at a time
        self._rows = [int.from_bytes(row.tobytes(), "little") for row in rows]
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
        return cls(header, features, rarities, _numbers("H", data[numbers + 2 * len(features) :]))

    def scores(self, text: str, tokens: Sequence[Token] | None = None) -> dict[str, float]:
        """Say how much speaks for each label; an empty text has what is always so."""
        return self.scores_of(self.read(text, tokens))

    def read(self, text: str, tokens: Sequence[Token] | None = None) -> Read:
        """Read a text once, for all that is asked of it; whoever has cut it already hands that on."""
        tokens = self._mender.mend(tokens_in(text) if tokens is None else tokens)
        words = [token.word for token in tokens]
        places = list(map(self._places.get, wholes_of(words)))
        known = [place for place in places if place is not None]
        return Read(tokens, places, self._less_doubles(self._added(known), _doubles(known)), self._pieces(words))

    def scores_of(self, read: Read) -> dict[str, float]:
        """Score a text that was read."""
        whole, piece = self._unit_for(read.wholes), self._unit_for(read.pieces)
        middle = MIDDLE * (read.wholes.often * whole + read.pieces.often * piece)
        lanes = zip(self._lanes(read.wholes), self._lanes(read.pieces), self._intercepts, strict=True)
        scores = [one * whole + two * piece + always - middle for one, two, always in lanes]
        return dict(zip(self.labels, scores, strict=True))

    def mended(self, text: str, spared: Callable[[str], bool]) -> str:
        """Give a text with the known word in the place of each that is none, but for those somebody else knows."""
        tokens = tokens_in(text)
        for typed, meant in zip(reversed(tokens), reversed(self._mender.mend(tokens)), strict=True):
            if meant.word != typed.word and not spared(typed.word):
                text = text[: typed.start] + meant.word + text[typed.end :]
        return text

    def knows(self, word: str) -> bool:
        """Say whether a word was in the text it learned from."""
        return word in self._places

    def reasons(self, text: str, label: str, read: Read | None = None) -> tuple[Reason, ...]:
        """Say what each word of a text did for a label, in the order of the text; whoever has read it hands that on."""
        tokens, places, wholes, pieces = read or self.read(text)
        lane = self.labels.index(label)
        whole, piece = _FINE * self._unit_for(wholes), _FINE * self._unit_for(pieces)
        weights = [0 if place is None else _lane(self._rows[place], lane) - MIDDLE for place in places]
        pairs = [0, *weights[len(tokens) :], 0]
        found = []
        for place, token in enumerate(tokens):
            near = (pairs[place] + pairs[place + 1]) / 2
            known = self._word(token.word)
            inside = (_lane(known.total, lane) - MIDDLE * known.often) // _FINE
            credit = (weights[place] + near) * whole + inside * piece
            found.append(Reason(text[token.start : token.end], token.word, token.start, token.end, credit))
        return tuple(found)

    def _pieces(self, words: Sequence[str]) -> _Sum:
        """Add up the rows of the pieces that are known, a word at a time; then what stands in several is no double."""
        total = often = length = 0
        seen: set[int] = set()
        again: list[int] = []
        for places, doubles, many, row, square in map(self._word, words):
            total, often, length = total + row, often + many, length + square
            again += seen & places
            again += doubles
            seen |= places
        return self._less_doubles(_Sum(total, often, length), Counter(again))

    def _read_word(self, word: str) -> _Word:
        places = [place for piece in pieces_of(word) if (place := self._places.get(piece)) is not None]
        total, often, length = self._added(places)
        doubles = tuple(Counter(_doubles(places)).elements())
        return _Word(frozenset(places), doubles, often, total, length)

    def _added(self, places: Sequence[int]) -> _Sum:
        """Add up rows."""
        rows, squares = self._rows, self._squares
        total, length = sum([rows[place] for place in places]), sum([squares[place] for place in places])
        return _Sum(total * _FINE, len(places) * _FINE, length * _FINE**2)

    def _less_doubles(self, added: _Sum, again: Mapping[int, int]) -> _Sum:
        """Take away what is too much where rows were added again: twice is no double."""
        if not again:
            return added
        total, often, length = added
        by_count: dict[int, list[int]] = {}
        for place, more in again.items():
            by_count.setdefault(more + 1, []).append(place)
        for count, places in by_count.items():
            less, shorter = _too_much(count)
            total -= sum([self._rows[place] for place in places]) * less
            often -= len(places) * less
            length -= sum([self._squares[place] for place in places]) * shorter
        return _Sum(total, often, length)

    def _lanes(self, added: _Sum) -> array[int]:
        """Take the lanes of rows apart."""
        return _numbers("I", added.total.to_bytes(_LANE * len(self.labels), "little"))

    def _unit_for(self, added: _Sum) -> float:
        """Give what one step of a weight is worth in a text of these rows."""
        return self._unit * RARITY_SCALE / math.sqrt(added.length) if added.length else 0.0


def _doubles(places: Sequence[int]) -> dict[int, int]:
    """Count how often each stands there again."""
    if len(set(places)) == len(places):
        return {}
    return {place: count - 1 for place, count in Counter(places).items() if count > 1}


@cache
def _too_much(count: int) -> tuple[int, int]:
    """Say by how much too often something was added, and its square, that stands there so many times."""
    fine = round(_FINE * (1 + math.log(count)))
    return count * _FINE - fine, count * _FINE**2 - fine**2


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
