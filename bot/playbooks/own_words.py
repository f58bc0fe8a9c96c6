"""How well a playbook nothing was learned of fits a text, by the words its authors gave it: pure."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Playbook
from bot.typing.words import stem_of, words_in
from bot.understanding.quoting import FILLER, GERMAN_FILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READ_MOST = 2000  # characters
_SURE = 0.9  # no phrase of a few words is surer
_ONE_WORD = 0.7  # a single word is met by chance more often than several
_ENOUGH = 0.4  # less of a phrase than this is no hint


@dataclass(frozen=True)
class Match:
    """How likely a playbook fits, and the words that say so."""

    share: float
    why: str


class OwnWords:
    """Finds playbooks by how much of their phrases was typed; rare words count more."""

    def __init__(self, playbooks: Iterable[Playbook]) -> None:
        self._phrases = {one.id: [*map(_stems, (*one.words, one.title))] for one in playbooks}
        found_in = Counter(stem for phrases in self._phrases.values() for stem in set().union(*phrases))
        total = len(self._phrases)
        self._worth = {stem: 1 + math.log((total + 1) / (count + 0.5)) for stem, count in found_in.items()}

    def matches(self, text: str) -> dict[str, Match]:
        """Say which playbooks fit, and how well."""
        if not self._phrases:
            return {}
        typed = words_in(text[:READ_MOST])
        stems = {stem_of(word) for word in typed}
        found = {}
        for name, phrases in self._phrases.items():
            share, phrase = max((self._covered(phrase, stems), sorted(phrase)) for phrase in phrases)
            if share:
                why = dict.fromkeys(word for word in typed if stem_of(word) in phrase)
                found[name] = Match(share, ", ".join(why))
        return found

    def _covered(self, phrase: frozenset[str], stems: set[str]) -> float:
        """Say how much of a phrase was typed."""
        worth = sum(self._worth[stem] for stem in phrase)
        covered = sum(self._worth[stem] for stem in phrase & stems) / worth if worth else 0.0
        most = _SURE if len(phrase) > 1 else _ONE_WORD
        return covered**2 * most if covered >= _ENOUGH else 0.0


def _stems(phrase: str) -> frozenset[str]:
    words: Sequence[str] = words_in(phrase)
    telling = [word for word in words if word.lower().replace("'", "") not in FILLER | GERMAN_FILLER]
    return frozenset(map(stem_of, telling or words))
