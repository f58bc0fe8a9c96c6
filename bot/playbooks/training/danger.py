"""Learning which words may tell of danger though none of it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playbooks.training.fitting import fit
from bot.playbooks.training.texts import PHRASES, Situation, read_phrases
from bot.safety.hearing import Danger, danger_in
from bot.understanding.danger import DANGER

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 20_000  # features


def learn_danger(ordinary: Sequence[Situation], told: tuple[Sequence[str], Sequence[str]]) -> bytes:
    """Learn from phrases of danger and their harmless neighbours, among everything ordinary that is typed.

    Told are texts about matters: those that tell of danger, and those that do not.
    """
    phrases = [one for path in sorted(PHRASES.glob("*.tsv")) for one in read_phrases(path)]
    kinds = {str(kind) for kind in Danger}
    rows = [*phrases, *(("nothing", one.query) for one in ordinary if danger_in(one.query) is None)]
    rows += [*((str(Danger.PERSON), words) for words in told[0]), *(("nothing", words) for words in told[1])]
    is_danger = [frozenset({DANGER} if kind in kinds else ()) for kind, _words in rows]
    return fit([words for _kind, words in rows], is_danger, kept=_KEPT, balanced=True, strength=1.0)
