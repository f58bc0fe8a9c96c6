"""Learning what a draft for customers says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.training.fitting import fit
from bot.typing.times.mentioned import times_in
from bot.understanding.draft_signs import sentences_in, signs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Draft

_KEPT = 20_000  # features
_STRENGTH = 0.4


def learn_drafts(learned: Sequence[Draft]) -> bytes:
    """Learn each flag from the words of a draft and the signs in it."""
    return fit(
        [one.draft for one in learned],
        [one.flags for one in learned],
        kept=_KEPT,
        balanced=True,
        strength=_STRENGTH,
        signs=[signs_of(sentences_in(one.draft, times_in)) for one in learned],
    )
