"""What a text means as one point among all texts: MiniLM, a small encoder, in numpy with weights of eight bits. Pure.

See NOTICE in the folder of the weights for whose work it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PIECES_MOST = 128  # of one text: what comes after them is not read
UPPER = 3  # layers whose directions tell something, of as many as there are
HEADS = 12  # ways in which a piece looks at the others
TINY = 1e-12
_WORD_MOST = 100  # letters
_WORD = re.compile(r"\w+|[^\w\s]")


class Encoder:
    """Knows where texts stand; texts that mean nearly the same stand near each other."""

    def __init__(self, arrays: Any) -> None:
        self._places = {piece: place for place, piece in enumerate(bytes(arrays["pieces"]).decode().split("\n"))}
        self._words, self._word_scales = arrays["words"], arrays["words_scales"]
        self._positions: Floats = arrays["positions"]
        self._norms: Floats = arrays["norms"]  # weight and bias: of what goes in, then two a layer
        self._layers = [
            [(arrays[f"{layer}.{part}"] * arrays[f"{layer}.{part}.scales"], arrays[f"{layer}.{part}.bias"])
             for part in PARTS]
            for layer in range(len(self._norms) // 2)
        ]  # fmt: skip
        self._pieces_of = lru_cache(4096)(self._cut)  # single words, no text

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """Read a file of weights. Raises OSError, ValueError, KeyError."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(arrays)

    def encode(self, text: str) -> Floats:
        """Say where a text stands: the directions of its upper layers one behind the other, of length one together."""
        direction: Floats = self.encode_alike([self.pieces(text)])[0]
        return direction

    def encode_alike(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Say where texts of equally many pieces stand."""
        ids = np.array(texts)
        flow = self._words[ids] * self._word_scales[ids] + self._positions[: ids.shape[1]]
        flow, middles = self._normed(flow, 0), []
        for number, layer in enumerate(self._layers):
            flow = self._normed(flow + _attended(flow, layer), 2 * number + 1)
            grown = _gelu(_through(flow, layer[4]))
            flow = self._normed(flow + _through(grown, layer[5]), 2 * number + 2)
            middles.append(_directions(flow.mean(axis=1)))
        return _directions(np.concatenate(middles[-UPPER:], axis=1))

    def knows(self, word: str) -> bool:
        """Say whether a word, small and without accents, is known as a whole."""
        return word in self._places

    def pieces(self, text: str) -> list[int]:
        """Cut a text into the pieces the encoder knows, between a beginning and an end."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(one for one in plain if not unicodedata.combining(one))
        pieces = [piece for word in _WORD.findall(plain.replace("_", " ")) for piece in self._pieces_of(word)]
        return [self._places["[CLS]"], *pieces[: PIECES_MOST - 2], self._places["[SEP]"]]

    def _cut(self, word: str) -> tuple[int, ...]:
        """Cut a word greedily into known pieces; unknown as a whole where any part is."""
        return tuple(self._cuts(word)) if len(word) <= _WORD_MOST else (self._places["[UNK]"],)

    def _cuts(self, word: str) -> Iterator[int]:
        found, start = list[int](), 0
        while start < len(word):
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self._places), None)
            if end is None:
                return iter((self._places["[UNK]"],))
            found.append(self._places[mark + word[start:end]])
            start = end
        return iter(found)

    def _normed(self, flow: Floats, which: int) -> Floats:
        apart = flow - flow.mean(axis=-1, keepdims=True)
        weight, bias = self._norms[which]
        normed: Floats = apart / np.sqrt((apart**2).mean(axis=-1, keepdims=True) + TINY) * weight + bias
        return normed


PARTS = ("query", "key", "value", "attended", "grown", "shrunk")
_Part = tuple[Any, Any]


def _through(flow: Floats, part: _Part) -> Floats:
    weights, bias = part
    passed: Floats = flow @ weights + bias
    return passed


def _attended(flow: Floats, layer: list[_Part]) -> Floats:
    """Let every piece look at every other, in twelve ways."""
    texts, pieces, width = flow.shape
    apart = (texts, pieces, HEADS, width // HEADS)
    query, key, value = (_through(flow, part).reshape(apart).transpose(0, 2, 1, 3) for part in layer[:3])
    looks = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(query.shape[-1]))
    looks = np.exp(looks - looks.max(axis=-1, keepdims=True))
    looks /= looks.sum(axis=-1, keepdims=True)
    return _through((looks @ value).transpose(0, 2, 1, 3).reshape(flow.shape), layer[3])


def _directions(points: Floats) -> Floats:
    directions: Floats = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), TINY)
    return directions


def _gelu(flow: Floats) -> Floats:
    """Let through what is above nothing, softly; the error function by Abramowitz and Stegun 7.1.26."""
    size = np.abs(flow) * np.float32(0.7071067811865476)
    near = 1 / (1 + np.float32(0.3275911) * size)
    curve = near * (
        0.254829592 + near * (-0.284496736 + near * (1.421413741 + near * (-1.453152027 + near * 1.061405429)))
    )
    erf = np.sign(flow) * (1 - curve * np.exp(-(size**2)))
    softly: Floats = (flow * (1 + erf) / 2).astype(np.float32)
    return softly
