"""Learning which opening answers a text."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.playbooks.openings import shipped_openings
from bot.playbooks.shelves.matching import signs_of
from bot.playbooks.training.fitting import fit
from bot.playbooks.training.meaning import places_of
from bot.playbooks.training.texts import EVERY, OF_LANGUAGE, OF_ONESELF, TOLD, read_situations, upset
from bot.say.language import PUBLIC
from bot.understanding.matters import NONE
from bot.understanding.second_look import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.understanding.encoder import Floats

STAGES = "stages.tsv"  # beside the texts: those of where a case stands, whatever the trade, and those of no stage
OF_SITUATIONS = "of-situations.tsv"  # beside the texts: the opening that answers each situation, as somebody judged
EXAMPLES = "examples"  # the author of those that stand beside an opening
KEPT = {PUBLIC: 20_000, "de": 15_000}  # features
KEPT_OF_STAGES = 4_000  # features
_FEWEST = 4  # texts: of fewer nothing is learned
_DRAWN, _ROUND, _COMMON = 2.0, 0.1, 0.5  # how far middles are drawn, spread is evened out, and frequent labels count


@dataclass(frozen=True)
class Matched:
    """What somebody typed, and the opening that answers it."""

    text: str
    author: str
    opening: str


def read_matched(language: str = PUBLIC) -> list[Matched]:
    """Read every text of a language that was matched, always in the same order; rare openings are not learned."""
    texts = list(_texts(TOLD[language]))
    examples = (one for one in _examples(language) if one.opening not in shipped_openings()[language].stages)
    every = [*_situations(language), *texts, *_beside_oneself(texts, language), *examples]
    counts = defaultdict[str, int](int)
    for one in every:
        counts[one.opening] += 1
    return [one for one in every if counts[one.opening] >= _FEWEST]


def read_stages(language: str = PUBLIC) -> list[Matched]:
    """Read the texts that were matched with a stage, the examples of stages, and all others as texts of none."""
    stages = shipped_openings()[language].stages
    told = [*_texts(TOLD[language].with_name(STAGES)), *(one for one in _examples(language) if one.opening in stages)]
    known = {one.text for one in told}
    ordinary = [one for one in read_matched(language) if one.opening not in stages and one.text not in known]
    return [*told, *(replace(one, opening=NONE) for one in ordinary)]


def learn_openings(matched: Sequence[Matched], language: str = PUBLIC) -> bytes:
    """Learn each opening from words, and from what the phrases of openings find in them."""
    ours = shipped_openings()[language]
    return fit(
        [one.text for one in matched],
        [frozenset((one.opening,)) for one in matched],
        kept=KEPT[language],
        signs=[frozenset(signs_of(one.text, ours.met(one.text), language)) for one in matched],
        of_many=True,
    )


def learn_german_stages(matched: Sequence[Matched]) -> bytes:
    """Learn each stage from the words of German texts."""
    return fit(
        [one.text for one in matched],
        [frozenset((one.opening,)) for one in matched],
        kept=KEPT_OF_STAGES,
        of_many=True,
    )


def learn_look(matched: Sequence[Matched], places: Floats | None = None) -> bytes:
    """Learn each opening from the places of texts among all texts."""
    labels = sorted({one.opening for one in matched})
    rows, always = _discriminants(
        places if places is not None else places_of([one.text for one in matched]), labels, matched
    )
    written = io.BytesIO()
    np.savez_compressed(
        written,
        labels=np.frombuffer("\n".join(labels).encode(), dtype=np.uint8),
        rows=rows.astype(np.float16),
        always=always.astype(np.float16),
        encoder=np.array(mark_of()),
    )
    return written.getvalue()


def _discriminants(places: Floats, labels: Sequence[str], matched: Sequence[Matched]) -> tuple[Any, Any]:
    """Fit linear discriminants: how near the middle of a label a text stands, in directions in which few texts differ.

    See Friedman, Regularized Discriminant Analysis, 1989: middles of few texts are drawn to that of all.
    """
    which = np.searchsorted(labels, [one.opening for one in matched])
    counts = np.bincount(which, minlength=len(labels))
    middle = places.mean(axis=0)
    apart = (places - middle).astype(np.float64)
    middles = np.zeros((len(labels), apart.shape[1]))
    np.add.at(middles, which, apart)
    middles /= counts[:, None] + _DRAWN
    rest = apart - middles[which]
    spread = rest.T @ rest / len(rest)
    spread += _ROUND * np.trace(spread) / len(spread) * np.eye(len(spread))
    rows = np.linalg.solve(spread, middles.T)
    always = _COMMON * np.log(counts / len(which)) - np.einsum("kd,dk->k", middles, rows) / 2
    return rows, always - middle @ rows


def _situations(language: str) -> Iterator[Matched]:
    by_id = {one.id: one for one in read_situations(OF_LANGUAGE[language])}
    for row in _rows(TOLD[language].with_name(OF_SITUATIONS)):
        one = by_id[row["situation"]]
        yield Matched(one.query, one.author, row["opening"])


def _texts(path: Path) -> Iterator[Matched]:
    for row in _rows(path):
        yield Matched(row["text"], row["author"], row["opening"])


def _beside_oneself(texts: Sequence[Matched], language: str) -> Iterator[Matched]:
    """Give some texts once more as somebody types them who is upset: the matter stays what it is."""
    matters = [one for one in texts if one.opening != NONE]
    said = upset([one.text for one in matters], OF_ONESELF[language])
    for one, text in zip(matters[::EVERY], said, strict=True):
        yield replace(one, text=text)


def _examples(language: str) -> Iterator[Matched]:
    for one in shipped_openings()[language].by_id.values():
        for text in one.examples:
            yield Matched(text, EXAMPLES, one.id)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
