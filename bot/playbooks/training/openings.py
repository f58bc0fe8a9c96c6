"""Learning which opening answers a text."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.playbooks.openings import shipped_openings
from bot.playbooks.shelves.matching import signs_of
from bot.playbooks.training.fitting import fit
from bot.playbooks.training.meaning import places_of
from bot.playbooks.training.texts import read_situations
from bot.say.language import PUBLIC
from bot.understanding.matters import NONE
from bot.understanding.second_look import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.playbooks.openings import Openings
    from bot.understanding.encoder import Floats

FOLDER = Path(__file__).parent / "openings"
OF_SITUATIONS = FOLDER / "of-situations.tsv"  # the opening that answers each situation, as somebody judged
OF_TEXTS = FOLDER / "texts.tsv"  # texts that were written for one
EXAMPLES = "examples"  # the author of those that stand beside an opening
KEPT = 20_000  # features
# What is said of oneself beside a matter, which is answered all the same; every so many texts are given with it.
_FEELINGS = (
    *("and i'm about to lose it", "my hands are shaking", "I'm close to tears", "and I can't take much more of this"),
    *("i want to scream", "how do i stay calm", "I'm about to lose my temper", "and now I'm upset myself"),
    *("it gets to me", "and I nearly snapped at him", "I could have hung up on her", "my heart is racing"),
)
_EVERY = 6
_FEWEST = 4  # texts: of fewer nothing is learned
_DRAWN, _ROUND, _COMMON = 2.0, 0.1, 0.5  # how far middles are drawn, spread is evened out, and frequent labels count


@dataclass(frozen=True)
class Matched:
    """What somebody typed, and the opening that answers it."""

    text: str
    author: str
    opening: str


def read_matched() -> list[Matched]:
    """Read every text that was matched, always in the same order; rare openings are not learned."""
    texts = list(_texts(OF_TEXTS))
    every = [*_situations(), *texts, *_beside_oneself(texts), *_examples()]
    counts = defaultdict[str, int](int)
    for one in every:
        counts[one.opening] += 1
    return [one for one in every if counts[one.opening] >= _FEWEST]


def learn_openings(matched: Sequence[Matched]) -> bytes:
    """Learn each opening from words, and from what the phrases of openings find in them."""
    return fit(
        [one.text for one in matched],
        [frozenset((one.opening,)) for one in matched],
        kept=KEPT,
        signs=[frozenset(signs_of(one.text, _ours().met(one.text))) for one in matched],
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


@cache
def _ours() -> Openings:
    return shipped_openings()[PUBLIC]


def _situations() -> Iterator[Matched]:
    by_id = {one.id: one for one in read_situations()}
    for row in _rows(OF_SITUATIONS):
        one = by_id[row["situation"]]
        yield Matched(one.query, one.author, row["opening"])


def _texts(path: Path) -> Iterator[Matched]:
    for row in _rows(path):
        yield Matched(row["text"], row["author"], row["opening"])


def _beside_oneself(texts: Sequence[Matched]) -> Iterator[Matched]:
    """Give some texts once more as somebody types them who is upset: the matter stays what it is."""
    matters = [one for one in texts if one.opening != NONE]
    for feeling, one in zip(cycle(_FEELINGS), matters[::_EVERY], strict=False):
        yield replace(one, text=f"{one.text.rstrip('.')}, {feeling}")


def _examples() -> Iterator[Matched]:
    for one in _ours().by_id.values():
        for text in one.examples:
            yield Matched(text, EXAMPLES, one.id)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
