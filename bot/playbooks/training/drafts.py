"""Learning what a draft for customers says."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from sklearn.svm import LinearSVC

from bot.playbooks.offered import offered_sentences, said_in_openings
from bot.playbooks.training.fitting import fit
from bot.playbooks.training.meaning import places_of
from bot.typing.times.mentioned import times_in
from bot.understanding.draft_signs import sentences_in, signs_of
from bot.understanding.drafts import NEEDED, Flag, parts_in
from bot.understanding.second_look import mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Draft
    from bot.understanding.encoder import Floats

_KEPT = 20_000  # features
_STRENGTH = 0.4
_LOOK_STRENGTH = 0.3
_OURS = 4.0  # times that what we offer counts: it has to pass
_BESIDE_WORDS = 0.8  # what the second look counts beside words and signs


def learn_drafts(learned: Sequence[Draft]) -> bytes:
    """Learn each flag from the words of a draft and the signs in it; what we offer to say has no flag against it."""
    sentences = [*offered_sentences(), *said_in_openings()]
    offered = [*sentences, *sentences, *(part for one in sentences for part in parts_in(one))]  # they have to pass
    texts = [*(one.draft for one in learned), *offered]
    return fit(
        texts,
        [*(one.flags for one in learned), *(frozenset[str]() for _one in offered)],
        may_fit=[*(one.flags for one in learned), *(frozenset[str](NEEDED) for _one in offered)],
        kept=_KEPT,
        balanced=True,
        strength=_STRENGTH,
        signs=[signs_of(sentences_in(one, times_in)) for one in texts],
    )


def learn_second_look(learned: Sequence[Draft]) -> bytes:
    """Learn each flag from the place of a draft among all texts."""
    offered = offered_sentences()
    places = places_of([*(one.draft for one in learned), *offered])
    rows, always = fit_second_look(places, [one.flags for one in learned])
    written = io.BytesIO()
    np.savez_compressed(
        written,
        labels=np.frombuffer("\n".join(Flag).encode(), dtype=np.uint8),
        rows=rows,
        always=always,
        encoder=np.array(mark_of()),
    )
    return written.getvalue()


def fit_second_look(places: Floats, flags: Sequence[frozenset[str]]) -> tuple[Floats, Floats]:
    """Tell drafts with a flag from those without; places behind them are of what we offer, and need to pass."""
    middle = places.mean(axis=0)
    spread = float(np.linalg.norm(places - middle, axis=1).mean())
    rows, always = [], []
    for flag in Flag:
        used = places if flag not in NEEDED else places[: len(flags)]
        told = np.array([flag in one for one in flags] + [False] * (len(used) - len(flags)))
        fitted = LinearSVC(C=_LOOK_STRENGTH, class_weight="balanced", dual=False, tol=1e-2, random_state=0)
        weights = np.where(np.arange(len(used)) < len(flags), 1.0, _OURS)
        fitted.fit((used - middle) / spread, told, sample_weight=weights)
        row = fitted.coef_[0] / spread
        rows.append(_BESIDE_WORDS * row)
        always.append(_BESIDE_WORDS * (fitted.intercept_[0] - middle @ row))
    return np.array(rows, dtype=np.float32).T, np.array(always, dtype=np.float32)
