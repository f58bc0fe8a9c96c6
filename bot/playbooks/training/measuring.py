"""Measuring on authors nothing was learned from: each is left out once, and read by ways that never saw their words."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import ComplementNB

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.own_words import OwnWords
from bot.playbooks.training.meaning import fit_meaning, places_of
from bot.playbooks.training.situations import learn_situations
from bot.playbooks.training.texts import WORDS
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding.features import pieces_of, tokens_in, wholes_of
from bot.understanding.linear import Linear
from bot.understanding.meaning import NEAR_STEPS, NEARNESS, near
from bot.understanding.situations import ALONE, MEANT, NOTHING, PLAIN, TOGETHER, WARY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.playbooks.training.texts import Situation
    from bot.understanding.encoder import Floats

ROUNDS = 5
WAYS = {
    "files": "the words in the playbooks' files, phrase by phrase",
    "bayes": "complement naive Bayes, words and pieces",
    "linear": "**the quick reader**: linear, words, pairs and pieces",
    "near": "nearest neighbours among the encoder's places",
    "head": "the encoder and a linear head",
    "linear and head": "the quick reader and the head together",
    "both": "**both readers, as the product asks them**",
}
FIRST = "first"  # the author whose passes count as authors of their own


@dataclass
class Measured:
    """Texts that were read by ways that had not learned from their authors."""

    labels: list[str]
    texts: list[Situation] = field(default_factory=list)
    shares: dict[str, list[Floats]] = field(default_factory=lambda: {way: [] for way in WAYS})


@dataclass
class Readers:
    """What was learned without some authors."""

    linear: Linear
    learned: Mapping[str, np.ndarray]
    labels: list[str]

    def shares(self, texts: Sequence[str], places: Floats) -> dict[str, Floats]:
        """Read texts in every way that was learned here."""
        scored = [self.linear.scores(text) for text in texts]
        linear = np.array([[one[label] for label in self.labels] for one in scored], dtype=np.float32)
        head = places @ self.learned["rows"] + self.learned["always"]
        nearby = near(places, *(_unpacked(self.learned[name]) for name in ("near", "near_labels")))
        wary = np.array([WARY * (label == NOTHING) for label in self.labels], dtype=np.float32)
        quick = softmax(ALONE * linear + wary)
        slow = softmax(TOGETHER * linear + MEANT * (head + NEARNESS * nearby) + wary)
        return {
            "linear": quick,
            "near": softmax(nearby),
            "head": softmax(head),
            "linear and head": softmax(TOGETHER * linear + MEANT * head + wary),
            "both": np.where(quick.max(axis=1, keepdims=True) > PLAIN, quick, slow),
        }


def author_of(text: Situation) -> str:
    """Name who wrote a text; a pass of the first author is one of its own."""
    return text.id.partition("-")[0] if text.author == FIRST else text.author


def learn(texts: Sequence[Situation], places: Floats) -> Readers:
    """Learn from some texts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "weights"
        path.write_bytes(learn_situations(texts))
        linear = Linear.load(path)
    return Readers(linear, fit_meaning(places, texts), list(linear.labels))


def leave_authors_out(texts: Sequence[Situation]) -> tuple[Measured, Readers, list[Situation]]:
    """Read every author's texts by what was learned from others; the last round's readers and texts come along."""
    places = places_of([one.query for one in texts])
    authors = sorted({author_of(one) for one in texts} - {WORDS})
    random.Random(1).shuffle(authors)  # noqa: S311  no secret
    measured = Measured(sorted({one.best for one in texts}))
    for turn in range(ROUNDS):
        out = set(authors[turn::ROUNDS])
        left = np.array([author_of(one) in out for one in texts])
        learned = [one for one, is_out in zip(texts, left, strict=True) if not is_out]
        others = [one for one, is_out in zip(texts, left, strict=True) if is_out]
        readers = learn(learned, places[~left])
        words = [one.query for one in others]
        shares = readers.shares(words, places[left])
        shares["files"] = _by_files(words, measured.labels)
        shares["bayes"] = _by_bayes(learned, words, measured.labels)
        measured.texts += others
        for way, rows in shares.items():
            measured.shares[way] += list(rows)
    return measured, readers, others


def _unpacked(steps: np.ndarray) -> Floats:
    unpacked: Floats = steps.astype(np.float32) / np.float32(NEAR_STEPS)
    return unpacked


def softmax(scores: Floats) -> Floats:
    """Make shares of scores."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = odds / odds.sum(axis=1, keepdims=True)
    return shares


def damaged(text: str, share: float, seed: int) -> str:
    """Have some letters left out, doubled, or hit beside."""
    chance = random.Random(f"{seed} {text}")  # noqa: S311  no secret
    typed = [
        chance.choice(("", one * 2, chance.choice("abcdefghijklmnopqrstuvwxyz")))
        if one.isalpha() and chance.random() < share
        else one
        for one in text
    ]
    return "".join(typed)


def _by_files(texts: Sequence[str], labels: Sequence[str]) -> Floats:
    words = OwnWords(load_catalogue(SHIPPED_PLAYBOOKS).playbooks.values())
    found = [words.matches(text) for text in texts]
    return np.array([[one[label].share if label in one else 0.0 for label in labels] for one in found])


def _by_bayes(learned: Sequence[Situation], texts: Sequence[str], labels: Sequence[str]) -> Floats:
    counter = CountVectorizer(analyzer=_cut, min_df=2)
    bayes = ComplementNB().fit(counter.fit_transform(one.query for one in learned), [one.best for one in learned])
    shares: Floats = bayes.predict_proba(counter.transform(texts))[
        :, [list(bayes.classes_).index(one) for one in labels]
    ]
    return shares


def _cut(text: str) -> list[str]:
    words = [token.word for token in tokens_in(text)]
    return [*wholes_of(words), *(piece for word in words for piece in pieces_of(word))]
