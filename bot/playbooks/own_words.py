"""How well a playbook nothing was learned of fits a text, by the words its authors gave it: pure."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Playbook
from bot.safety.plain import folded
from bot.typing.words import stem_of, words_in
from bot.understanding.quoting import FILLER, GERMAN_FILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READ_MOST = 2000  # characters
_BY_CHANCE = 0.3  # how often a single word is met by chance; several are the less often
_ENOUGH = 0.4  # less of a phrase than this is no hint
_SAID_BY_ANYBODY = 0.17  # share of a rare word's worth that filler has, where but one other word stands beside it

_FILLER = FILLER | GERMAN_FILLER
_GERMAN_ENDINGS = ("end", "en", "em", "er", "es", "st", "e", "n", "s", "t")
_SHORTEST_ROOT = 4  # letters that must be left


@lru_cache(4096)  # single words, no text
def _root_of(word: str) -> str:
    """Take English and German endings off a word: "schreit", "schreien" and "schreie" are one."""
    root = folded(stem_of(word))
    while ending := next((one for one in _GERMAN_ENDINGS if root.endswith(one)), ""):
        if len(root) - len(ending) < _SHORTEST_ROOT:
            break
        root = root[: -len(ending)]
    return root


_FILLER_ROOTS = frozenset(map(_root_of, _FILLER))


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
        self._worth |= dict.fromkeys(_FILLER_ROOTS, _SAID_BY_ANYBODY * (1 + math.log((total + 1) / 0.5)))

    def matches(self, text: str) -> dict[str, Match]:
        """Say which playbooks fit, and how well."""
        if not self._phrases:
            return {}
        typed = words_in(text[:READ_MOST])
        stems = {_root_of(word) for word in typed}
        found = {}
        for name, phrases in self._phrases.items():
            share, phrase = max((self._covered(phrase, stems), sorted(phrase)) for phrase in phrases)
            if share:
                why = dict.fromkeys(word for word in typed if _root_of(word) in phrase and _tells(word))
                found[name] = Match(share, ", ".join(why))
        return found

    def _covered(self, phrase: frozenset[str], stems: set[str]) -> float:
        """Say how much of a phrase was typed."""
        worth = sum(self._worth[stem] for stem in phrase)
        covered = sum(self._worth[stem] for stem in phrase & stems) / worth if worth else 0.0
        return covered**2 * (1 - _BY_CHANCE / len(phrase)) if covered >= _ENOUGH else 0.0


def _stems(phrase: str) -> frozenset[str]:
    """Take a phrase apart; where one word alone tells something, those around it count a little."""
    words: Sequence[str] = words_in(phrase)
    telling = [word for word in words if _tells(word)]
    return frozenset(map(_root_of, telling if len(telling) > 1 else words))


def _tells(word: str) -> bool:
    return word.lower().replace("'", "") not in _FILLER
