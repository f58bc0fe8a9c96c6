"""Which playbook fits these words: pure. Words people use are matched as words, as pieces of words, and as phrases."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import Catalogue, Playbook
from bot.safety.hearing import danger_in
from bot.typing.words import stem_of, words_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


READ_MOST = 2000  # characters: nobody needs more to say what is happening

_STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "do",
        "for",
        "from",
        "had",
        "has",
        "have",
        "i",
        "im",
        "in",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "who",
        "will",
        "with",
        "you",
        "your",
        "she",
        "he",
        "her",
        "his",
        "him",
        "am",
        "been",
        "being",
        "did",
        "does",
        "just",
        "there",
        "then",
        "than",
        "if",
        "not",
        "no",
    ]
)
# Words of any complaint: they help to rank, and are no reason that anybody would give.
_FILLER = frozenset(
    (
        *(
            "say",
            "says",
            "said",
            "saying",
            "tell",
            "tells",
            "told",
            "telling",
            "ask",
            "asks",
            "asked",
            "write",
            "writes",
        ),
        *(
            "wrote",
            "want",
            "wants",
            "wanted",
            "need",
            "needs",
            "himself",
            "herself",
            "themselves",
            "myself",
            "customer",
        ),
        *(
            "customers",
            "client",
            "caller",
            "user",
            "guy",
            "somebody",
            "someone",
            "person",
            "people",
            "please",
            "thanks",
        ),
        *("really", "very", "now", "today", "like", "get", "got", "about", "how", "can", "could", "would", "should"),
        *("going", "know", "help", "hello", "hi", "one", "thing", "something", "because", "also", "still", "too", "us"),
    )
)
CRISIS = "crisis"  # the playbook of whatever tells of danger: nothing is ranked then
_PHRASE = 1.6  # a pair of words in a row says more than either
_DECIDING = 0.3  # share of the best word's credit that a word needs to be quoted
_QUOTED = 6  # words at most
_NOTHING: Mapping[str, float] = {}
_PIECE = 0.25  # pieces of words forgive slips of the fingers, and decide nothing alone


_Feature = tuple[str, tuple[int, ...], float]  # what can be matched, the places of its words, how much it is worth


@dataclass(frozen=True)
class Suggestion:
    """One playbook that may fit."""

    playbook_id: str
    score: float  # 0 to 1, among what was found
    why: str  # the words that decided, as they were typed; empty if only pieces of words are alike


class Suggester:
    """Finds the playbooks that fit, best first; builds its index once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._order = list(catalogue.playbooks)
        ranked = {name: one for name, one in catalogue.playbooks.items() if name != CRISIS}
        counts = {name: Counter(_features_of(one)) for name, one in ranked.items()}
        found_in = Counter(feature for features in counts.values() for feature in features)
        total = max(len(counts), 1)
        self._weights: dict[str, dict[str, float]] = defaultdict(dict)  # of a feature, by playbook
        for name, features in counts.items():
            length = math.sqrt(sum(features.values())) or 1.0
            for feature, count in features.items():
                rarity = math.log(1 + (total - found_in[feature] + 0.5) / (found_in[feature] + 0.5))
                self._weights[feature][name] = rarity * (1 + math.log(count)) / math.sqrt(length)
        self._added_by = lru_cache(1024)(self._add_up)  # single words, no text

    def suggest(self, words: str) -> tuple[Suggestion, ...]:
        """Rank the playbooks for these words; never raises, and gives nothing for words that say nothing."""
        if danger := danger_in(words):
            return (Suggestion(CRISIS, 1.0, f"words of danger: {danger}"),) if CRISIS in self._order else ()
        return self.rank(words)

    def rank(self, words: str, most: int | None = None) -> tuple[Suggestion, ...]:
        """Rank the playbooks for words that were heard already and tell of no danger: hearing takes the longest."""
        typed = words_in(words[:READ_MOST])
        found = [*_wholes(typed)]
        scores: dict[str, float] = defaultdict(float)
        for feature, places, worth in found:
            adds = self._added_by(feature) if len(places) == 1 else self._weights.get(feature, _NOTHING)
            for name, weight in adds.items():
                scores[name] += weight * worth
        total = sum(scores.values())
        ranked = sorted(scores, key=lambda name: (-scores[name], self._order.index(name)))[:most]
        fillers = {place for place, word in enumerate(typed) if _plain(word) in _FILLER}
        telling = {place for place, word in enumerate(typed) if _plain(word) not in _STOP} - fillers
        quotes = {name: _quote(typed, _reasons(self._credit(name, found), telling, fillers)) for name in ranked}
        return tuple(Suggestion(name, scores[name] / total, quotes[name]) for name in ranked if total)

    def _add_up(self, stem: str) -> Mapping[str, float]:
        """Say what a word adds to each playbook, as a whole and by its pieces."""
        added = dict(self._weights.get(stem, _NOTHING))
        for piece in _pieces(stem):
            for name, weight in self._weights.get(piece, _NOTHING).items():
                added[name] = added.get(name, 0.0) + weight * _PIECE
        return added

    def _credit(self, name: str, found: Sequence[_Feature]) -> Mapping[int, float]:
        """Say what each word, by its place, did for a playbook; pieces decide nothing."""
        credit: dict[int, float] = defaultdict(float)
        for feature, places, worth in found:
            if weight := self._weights.get(feature, _NOTHING).get(name):
                for place in places:
                    credit[place] += weight * worth
        return credit


def _reasons(credit: Mapping[int, float], telling: set[int], fillers: set[int]) -> dict[int, float]:
    """Leave out what anybody writes; where nothing else decided, there is no reason."""
    if telling.isdisjoint(credit):
        return {}
    return {place: worth for place, worth in credit.items() if place not in fillers}


def _plain(word: str) -> str:
    return word.lower().replace("'", "")


def _quote(typed: Sequence[str], credit: Mapping[int, float]) -> str:
    """Quote the words that decided, as they stand: neighbours together, the rest with commas between."""
    enough = max(credit.values(), default=0) * _DECIDING
    places = sorted(sorted(credit, key=lambda place: -credit[place])[:_QUOTED])
    quoted = ""
    last = -2
    for place in places:
        if credit[place] >= enough:
            quoted += (" " if place == last + 1 else ", ") + typed[place]
            last = place
    return quoted.lstrip(", ")


def _features_of(playbook: Playbook) -> Iterator[str]:
    for phrase in (*playbook.words, playbook.situation, playbook.title):
        for feature, places, _worth in _wholes(words_in(phrase)):
            yield feature
            if len(places) == 1:
                yield from _pieces(feature)


def _wholes(typed: Sequence[str]) -> Iterator[_Feature]:
    """Give the words that can be matched, and the pairs."""
    stems = [stem_of(word) for word in typed]
    for place, (word, stem) in enumerate(zip(typed, stems, strict=True)):
        if _plain(word) not in _STOP:
            yield stem, (place,), 1.0
        if place:
            yield f"{stems[place - 1]} {stem}", (place - 1, place), _PHRASE


def _pieces(stem: str) -> Iterator[str]:
    padded = f"^{stem}$"
    return (f"#{padded[start : start + 3]}" for start in range(len(padded) - 2))
