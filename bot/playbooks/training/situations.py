"""Learning which situation a text tells of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.training.fitting import fit
from bot.playbooks.training.texts import Situation

if TYPE_CHECKING:
    from collections.abc import Sequence


def learn_situations(learned: Sequence[Situation]) -> bytes:
    """Learn which playbook is the best one; another that is acceptable as well counts neither way."""
    return fit(
        [one.query for one in learned],
        [frozenset((one.best,)) for one in learned],
        may_fit=[one.acceptable for one in learned],
    )
