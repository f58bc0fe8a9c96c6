"""Learning what the places of texts among all texts say of situations."""

from __future__ import annotations

import io
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.understanding.encoder import UPPER, Encoder
from bot.understanding.meaning import ENCODER, NEAR_STEPS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Situation
    from bot.understanding.encoder import Floats

CACHE = Path(".cache/places.npz")
STRENGTH = 10.0  # how closely the weights follow the texts
_ROUNDS = 100
_AT_ONCE = 32
_BEST = 0.7  # what of a neighbour is for its best label; the rest is for all that are acceptable


def places_of(texts: Sequence[str]) -> Floats:
    """Say where each text stands; what was looked up before is remembered on this machine."""
    known = _remembered()
    new = sorted({text for text in texts if text not in known})
    known.update(zip(new, _looked_up(new), strict=True))
    if new:
        CACHE.parent.mkdir(exist_ok=True)
        np.savez(CACHE, texts=np.array(list(known)), places=np.array(list(known.values())))
    return np.array([known[text] for text in texts])


def _remembered() -> dict[str, Floats]:
    if not CACHE.exists():
        return {}
    with np.load(CACHE, allow_pickle=False) as kept:
        return dict(zip(map(str, kept["texts"]), kept["places"], strict=True))


def _looked_up(texts: Sequence[str]) -> list[Floats]:
    """Look up those of equally many pieces together."""
    encoder = Encoder.load(ENCODER)
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
    return [found[place] for place in range(len(texts))]


def fit_meaning(places: Floats, learned: Sequence[Situation]) -> dict[str, np.ndarray]:
    """Learn what each direction says for a label, and which labels stand where."""
    told = LogisticRegression(C=STRENGTH, max_iter=_ROUNDS).fit(places, [one.best for one in learned])
    labels = list(map(str, told.classes_))
    best = np.array([[label == one.best for label in labels] for one in learned], dtype=np.float32)
    fits = np.array([[label in one.acceptable for label in labels] for one in learned], dtype=np.float32)
    shares = _BEST * best + (1 - _BEST) * fits / fits.sum(axis=1, keepdims=True)
    last = places[:, -places.shape[1] // UPPER :]
    near = last / np.linalg.norm(last, axis=1, keepdims=True)
    return {
        "labels": np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        "rows": (told.coef_.T - told.coef_.T.mean(axis=1, keepdims=True)).astype(np.float32),
        "always": (told.intercept_ - told.intercept_.mean()).astype(np.float32),
        "near": np.rint(near * NEAR_STEPS).astype(np.int8),
        "near_labels": np.rint(shares * NEAR_STEPS).astype(np.uint8),
    }


def learn_meaning(learned: Sequence[Situation]) -> bytes:
    """Learn all, and write what `bot.understanding.meaning` reads."""
    written = io.BytesIO()
    np.savez_compressed(written, **fit_meaning(places_of([one.query for one in learned]), learned))  # type: ignore[arg-type]
    return written.getvalue()
