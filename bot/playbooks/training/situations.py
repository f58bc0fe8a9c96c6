"""Learning which situation a text tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.training.fitting import fit
from bot.playbooks.training.texts import Situation

if TYPE_CHECKING:
    from collections.abc import Sequence


KEPT = 50_000  # features
TOLD = 0.3  # what a text counts that was written for an opening: of most there are many about one matter


def learn_situations(learned: Sequence[Situation], told: Sequence[Situation] = ()) -> bytes:
    """Learn which playbook is the best one; another that is acceptable as well counts neither way."""
    every = [*learned, *told]
    return fit(
        [one.query for one in every],
        [frozenset((one.best,)) for one in every],
        may_fit=[one.acceptable for one in every],
        counts=[*[1.0] * len(learned), *[TOLD] * len(told)],
        kept=KEPT,
    )
