"""Learning what the places of texts among all texts say of situations."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.understanding.encoder import Encoder
from bot.understanding.meaning import ENCODER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Situation
    from bot.understanding.encoder import Floats

STRENGTH = 20.0  # how closely the weights follow the texts
_ROUNDS = 200


def places_of(learned: Sequence[Situation]) -> Floats:
    """Say where each text stands."""
    encoder = Encoder.load(ENCODER)
    return np.array([encoder.encode(one.query) for one in learned])


def fit_meaning(places: Floats, best: Sequence[str]) -> tuple[list[str], Floats, Floats]:
    """Learn the labels, what each direction says for them, and what is always so."""
    told = LogisticRegression(C=STRENGTH, max_iter=_ROUNDS).fit(places, best)
    rows = told.coef_.T - told.coef_.T.mean(axis=1, keepdims=True)
    always = told.intercept_ - told.intercept_.mean()
    return list(map(str, told.classes_)), rows.astype(np.float32), always.astype(np.float32)


def learn_meaning(learned: Sequence[Situation]) -> bytes:
    """Learn all, and write what `bot.understanding.meaning` reads."""
    labels, rows, always = fit_meaning(places_of(learned), [one.best for one in learned])
    written = io.BytesIO()
    np.savez(written, labels=np.frombuffer("\n".join(labels).encode(), dtype=np.uint8), rows=rows, always=always)
    return written.getvalue()
