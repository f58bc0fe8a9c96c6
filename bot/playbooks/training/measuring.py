"""Measuring on authors nothing was learned from: they are left out, and read by ways that never saw their words."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import ComplementNB

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.own_words import OwnWords
from bot.playbooks.training.meaning import places_of
from bot.playbooks.training.situations import learn_situations
from bot.playbooks.training.texts import OF_LANGUAGE, Situation, playbook_words, read_situations, read_told, read_upset
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.understanding.encoder import Encoder
from bot.understanding.features import pieces_of, tokens_in, wholes_of
from bot.understanding.linear import Linear
from bot.understanding.meaning import ENCODER, HEAD
from bot.understanding.meaning import WEIGHTS as SHIPPED
from bot.understanding.situations import ALONE, MEANT, NOTHING, PLAIN, TOGETHER, WARY, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.understanding.encoder import Floats

LEFT_OUT = frozenset(  # chosen for their mixed styles, before anything was measured
    ("ambrose", "dee", "desk", "gareth", "hank", "kirsty", "maricel", "omar", "p6m", "thandi", "wojtek")
)
MEASURED = Path(".cache/measured")  # the encoder that was taught without them, and its head
WAYS = {
    "files": "the words in the playbooks' files, phrase by phrase",
    "bayes": "complement naive Bayes, words and pieces",
    "linear": "**the quick reader**: linear, words, pairs and pieces",
    "slow": "**the slow reader**: the encoder, taught our situations, and its head",
    "always": "both readers, always asked",
    "both": "**both readers, as the product asks them**",
}
FIRST = "first"  # the author whose passes count as authors of their own


@dataclass
class Measured:
    """Texts that were read by ways that had not learned from their authors."""

    labels: list[str]
    texts: list[Situation]
    shares: dict[str, Floats]


@dataclass
class Readers:
    """Both readers, of texts in one go."""

    linear: Linear
    folder: Path  # where the encoder is, and its head
    labels: list[str]

    def shares(self, texts: Sequence[str]) -> dict[str, Floats]:
        """Read texts by each, and by both."""
        scored = [self.linear.scores(text) for text in texts]
        linear = np.array([[one[label] for label in self.labels] for one in scored], dtype=np.float32)
        encoder = Encoder.load(self.folder / ENCODER.name)
        places = places_of([self.linear.mended(text, encoder.knows) for text in texts], encoder)
        with np.load(self.folder / HEAD.name, allow_pickle=False) as head:
            slow = places @ head["rows"] + head["always"]
        wary = np.array([WARY * (label == NOTHING) for label in self.labels], dtype=np.float32)
        quick, always = softmax(ALONE * linear + wary), softmax(TOGETHER * linear + MEANT * slow + wary)
        return {
            "linear": quick,
            "slow": softmax(slow),
            "always": always,
            "both": np.where(quick.max(axis=1, keepdims=True) > PLAIN, quick, always),
        }


def author_of(text: Situation) -> str:
    """Name who wrote a text; a pass of the first author is one of its own."""
    return text.id.partition("-")[0] if text.author == FIRST else text.author


def shipped() -> Readers:
    """Load what is shipped."""
    linear = Linear.load(WEIGHTS)
    return Readers(linear, SHIPPED, list(linear.labels))


def learned_without(texts: Sequence[Situation]) -> Readers:
    """Learn from some texts, and load the encoder that learned from none of the authors left out."""
    linear = _learned(texts, [*read_told(), *read_upset()])
    return Readers(linear, MEASURED, list(linear.labels))


def _learned(texts: Sequence[Situation], told: Sequence[Situation] = ()) -> Linear:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "weights"
        path.write_bytes(learn_situations(texts, told))
        return Linear.load(path)


def leave_germans_out() -> Iterator[tuple[str, list[Situation], Floats, list[str]]]:
    """Read each German author's texts by what was learned from the others, and give shares and labels with them."""
    every, words = read_situations(OF_LANGUAGE["de"]), playbook_words("de")
    for author in sorted({one.author for one in every}):
        theirs = [one for one in every if one.author == author]
        linear = _learned(
            [*(one for one in every if one.author != author), *words], [*read_told("de"), *read_upset("de")]
        )
        yield author, theirs, quick_shares(linear, theirs), list(linear.labels)


def quick_shares(linear: Linear, texts: Sequence[Situation]) -> Floats:
    """Read texts by a quick reader alone."""
    labels = list(linear.labels)
    scored = [linear.scores(one.query) for one in texts]
    wary = np.array([WARY * (label == NOTHING) for label in labels], dtype=np.float32)
    return softmax(ALONE * np.array([[one[label] for label in labels] for one in scored], dtype=np.float32) + wary)


def leave_authors_out(texts: Sequence[Situation]) -> tuple[Measured, Readers]:
    """Read the texts of the authors left out by what was learned from others; these readers come along."""
    learned = [one for one in texts if author_of(one) not in LEFT_OUT]
    others = [one for one in texts if author_of(one) in LEFT_OUT]
    words, readers = [one.query for one in others], learned_without(learned)
    shares = {
        "files": _by_files(words, readers.labels),
        "bayes": _by_bayes(learned, words, readers.labels),
        **readers.shares(words),
    }
    return Measured(readers.labels, others, shares), readers


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
