"""Learning how heated a text is: at least annoyed, at least angry, abusive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.training.fitting import fit
from bot.understanding.signals import signs_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Heated

_KEPT = 20_000  # features
_STRENGTH = 0.4


def learn_heat(learned: Sequence[Heated]) -> bytes:
    """Learn each level against all below, from the words of a text and the signs in it."""
    return fit(
        [one.text for one in learned],
        [frozenset(str(level) for level in range(1, one.level + 1)) for one in learned],
        kept=_KEPT,
        balanced=True,
        strength=_STRENGTH,
        signs=[signs_in(one.text).marks for one in learned],
    )
