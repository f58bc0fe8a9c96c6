"""Fitting a linear model: which weights tell the labels of texts apart."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from bot.understanding.features import pieces_of, tokens_in, wholes_of
from bot.understanding.linear import MIDDLE, RARITY_SCALE, pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEPT = 40_000  # features, those that say the most
STRENGTH = 0.5  # how closely the weights follow the texts
_STEPS = 1023  # of a weight, above and below the middle: finer ones take room, and tell nothing more
_SIGN = 0.3  # what a sign that rules found counts beside all words of a text, which make up 1
_LEAST = 0.01  # that a sign says for one of many labels
_FEWEST = 4  # texts in which a sign is found: of fewer nothing is learned

Labels = frozenset[str]


def fit(
    texts: Sequence[str],
    fits: Sequence[Labels],
    *,
    may_fit: Sequence[Labels] | None = None,
    counts: Sequence[float] | None = None,
    kept: int = KEPT,
    balanced: bool = False,
    strength: float = STRENGTH,
    signs: Sequence[frozenset[str]] = (),
    of_many: bool = False,
) -> bytes:
    """Learn one label against all others, for each; what only may fit a text counts neither way.

    Counts are what missing each text counts, 1 unless said.
    Balanced: the few weigh as much as the many. Signs are what rules found in each text, weighed along with its words;
    slips are not mended then, as rules have read them as they stand. Of many labels a sign tells something of a few.
    """
    labels = sorted(set().union(*fits))
    words = [[token.word for token in tokens_in(text)] for text in texts]
    blocks = [_block(wholes_of), _block(_pieces)]
    named, found = _signs(signs, len(texts))
    rows = hstack([*(block.fit_transform(words) for block in blocks), found]).tocsr()
    parted = partial(_separate, labels=labels, fits=fits, may_fit=may_fit, counts=counts)
    weights, _always = parted(rows, balanced=balanced, strength=strength)
    names = [name for block in blocks for name in block.get_feature_names_out()]
    best = np.sort(np.argsort(-np.abs(weights[: len(names)]).max(axis=1), kind="stable")[:kept])
    chosen = {names[place] for place in best}
    blocks = [_block(wholes_of, chosen), _block(_pieces, chosen)]
    rows = hstack([*(block.fit_transform(words) for block in blocks), found]).tocsr()
    weights, always = parted(rows, balanced=balanced, strength=strength)
    features = [str(name) for block in blocks for name in block.get_feature_names_out()]
    rarities = np.concatenate([block.idf_ for block in blocks])
    seen = Counter(word for text in words for word in text)
    header = {
        "labels": labels,
        "intercepts": [round(float(one), 6) for one in always],
        "words": [word for word, _count in sorted(seen.items(), key=lambda one: (-one[1], one[0])) if word.isalpha()],
    }
    if named:
        worth = np.round(weights[len(features) :] * _SIGN, 4).tolist()
        header |= {"words": [], "about": {"signs": dict(zip(named, worth, strict=True))}}
        if of_many:
            header |= {
                "about": {"signs": {sign: _telling(labels, one) for sign, one in zip(named, worth, strict=True)}}
            }
    return _packed(header, features, rarities, weights[: len(features)] * rarities[:, None])


def _telling(labels: Sequence[str], worth: Sequence[float]) -> dict[str, float]:
    """Keep of a sign what it tells."""
    return {label: one for label, one in zip(labels, worth, strict=True) if abs(one) >= _LEAST}


def _signs(signs: Sequence[frozenset[str]], texts: int) -> tuple[list[str], csr_matrix]:
    """Give a column to every sign that is found often enough."""
    counts = Counter(sign for one in signs for sign in one)
    named = sorted(sign for sign, count in counts.items() if count >= _FEWEST)
    found = [[_SIGN * (sign in one) for sign in named] for one in signs]
    return named, csr_matrix(np.array(found).reshape(texts, len(named)))


def _block(cut: Any, chosen: set[str] | None = None) -> TfidfVectorizer:
    vocabulary = None if chosen is None else sorted(name for name in chosen if _is_of(name, cut))
    return TfidfVectorizer(analyzer=cut, sublinear_tf=True, vocabulary=vocabulary)


def _is_of(feature: str, cut: Any) -> bool:
    return feature.startswith("#") is (cut is _pieces)


def _pieces(words: Sequence[str]) -> list[str]:
    return [piece for word in words for piece in pieces_of(word)]


def _separate(
    rows: csr_matrix,
    *,
    labels: Sequence[str],
    fits: Sequence[Labels],
    may_fit: Sequence[Labels] | None,
    counts: Sequence[float] | None,
    balanced: bool,
    strength: float,
) -> tuple[np.ndarray, np.ndarray]:
    weights, always = [], []
    classes = "balanced" if balanced else None
    for label in labels:
        wanted = np.array([label in one for one in fits])
        weighed = np.ones(len(fits)) if counts is None else np.array(counts)
        if may_fit is not None:
            weighed[[not is_it and label in one for is_it, one in zip(wanted, may_fit, strict=True)]] = 0
        told = LinearSVC(C=strength, class_weight=classes, random_state=0).fit(rows, wanted, sample_weight=weighed)
        weights.append(told.coef_[0])
        always.append(told.intercept_[0])
    return np.array(weights).T, np.array(always)


def _packed(header: Mapping[str, Any], features: Sequence[str], rarities: np.ndarray, weights: np.ndarray) -> bytes:
    unit = float(np.abs(weights).max()) / _STEPS
    steps = np.rint(weights / unit).astype(np.int32) + MIDDLE
    return pack(
        {**header, "unit": unit},
        features,
        array("H", np.rint(rarities * RARITY_SCALE).astype(np.uint16).tolist()),
        array("H", steps.ravel().tolist()),
    )
