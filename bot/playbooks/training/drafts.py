"""Learning what a draft for customers says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.offered import offered_sentences
from bot.playbooks.training.fitting import fit
from bot.typing.times.mentioned import times_in
from bot.understanding.draft_signs import sentences_in, signs_of
from bot.understanding.drafts import NEEDED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.playbooks.training.texts import Draft

_KEPT = 20_000  # features
_STRENGTH = 0.4


def learn_drafts(learned: Sequence[Draft]) -> bytes:
    """Learn each flag from the words of a draft and the signs in it; what we offer to say has no flag against it."""
    offered = offered_sentences() * 2  # they have to pass
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
