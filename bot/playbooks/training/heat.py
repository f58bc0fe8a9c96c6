"""Learning how heated a text is: at least annoyed, at least angry, abusive."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.playbooks.training.fitting import fit
from bot.playbooks.training.meaning import places_of
from bot.understanding.heat import Level
from bot.understanding.second_look import mark_of
from bot.understanding.signals import signs_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Heated
    from bot.understanding.encoder import Floats

_KEPT = 20_000  # features
_STRENGTH = 0.4
_LOOK_STRENGTH, _SHARP = 0.02, 16.0
_LEVELS = tuple(Level)[1:]


def learn_heat(learned: Sequence[Heated]) -> bytes:
    """Learn each level against all below, from the words of a text and the signs in it."""
    signs = [signs_in(one.text) for one in learned]
    return fit(
        [one.words for one in signs],
        [frozenset(str(level) for level in range(1, one.level + 1)) for one in learned],
        kept=_KEPT,
        balanced=True,
        strength=_STRENGTH,
        signs=[one.marks for one in signs],
    )


def learn_heat_look(learned: Sequence[Heated]) -> bytes:
    """Learn the same from the places of texts among all texts."""
    rows, always = fit_heat_look(places_of([signs_in(one.text).words for one in learned]), learned)
    written = io.BytesIO()
    np.savez_compressed(
        written,
        labels=np.frombuffer("\n".join(str(int(level)) for level in _LEVELS).encode(), dtype=np.uint8),
        rows=rows.astype(np.float16),
        always=always.astype(np.float16),
        encoder=np.array(mark_of()),
    )
    return written.getvalue()


def fit_heat_look(places: Floats, learned: Sequence[Heated]) -> tuple[Floats, Floats]:
    """Tell texts of at least each level from those below, by where they stand."""
    levels = np.array([one.level for one in learned])
    fitted = [
        LogisticRegression(C=_LOOK_STRENGTH, max_iter=400, class_weight="balanced").fit(
            _SHARP * places, levels >= level
        )
        for level in _LEVELS
    ]
    rows = np.array([_SHARP * one.coef_[0] for one in fitted], dtype=np.float32).T
    return rows, np.array([one.intercept_[0] for one in fitted], dtype=np.float32)
