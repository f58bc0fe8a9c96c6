"""Which playbook fits these words: ours as was learned from many voices, a team's own by the words given them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playbooks.catalogue import NEAR, SLIPPED, Catalogue, Playbook
from bot.playbooks.own_words import OwnWords
from bot.playbooks.shelves.guards import INSIDE, named_plainly
from bot.safety.hearing import Heard, danger_in
from bot.understanding.danger import is_most_likely_danger
from bot.understanding.situations import SURE, glance_at, situations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.understanding.situations import Glance

CRISIS = "crisis"  # the playbook of whatever tells of danger: nothing is ranked then
_LIKELY = 0.2  # small talk and slips of the keyboard stay below
_MAYBE = 0.5  # how likely it fits what may tell of danger: an offer, never sure
# What a text rules out that asks in so many words for an opening: nobody says sorry to whoever says it, or thanks.
_SORRY, _FOR_HEAT = "own-and-apologise", ("keep-calm", "restrain", "not-personal")
_RULED_OUT: Mapping[str, tuple[str, ...]] = {
    "customer-apologised": (_SORRY,),
    "thankful-customer": (_SORRY, *_FOR_HEAT),
    "praise-for-colleague": (_SORRY, *_FOR_HEAT, "not-your-fault"),
    "good-news": (_SORRY, *_FOR_HEAT),
    "exception-once": (_SORRY, "someone-else"),
    **dict.fromkeys(sorted(INSIDE), (_SORRY, "measure-the-process")),
    "calmed-down": ("keep-calm",),
    "complains-about-colleague": ("silent-customers",),
    "wont-pay-till-solved": ("customer-for-life",),
    "wants-me-on-the-line": ("customer-for-life",),
}
_BESIDE_CRISIS = ("recuse", "keep-calm")  # for whoever hears it, where nothing else was said


@dataclass(frozen=True)
class Suggestion:
    """One playbook that may fit."""

    playbook_id: str
    score: float  # 0 to 1: how likely it fits


class Suggester:
    """Finds the playbooks that fit, best first."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._playbooks = {name: one for name, one in catalogue.playbooks.items() if name != CRISIS}
        self._has_crisis = CRISIS in catalogue.playbooks
        self._beside_crisis = [Suggestion(name, 0.0) for name in _BESIDE_CRISIS if name in self._playbooks]
        self._own_words: OwnWords | None = None

    def suggest(self, words: str, most: int | None = None) -> tuple[Suggestion, ...]:
        """Rank the playbooks for these words; never raises, and gives nothing for words that say nothing."""
        ranked = self.rank(words)
        if not self._has_crisis:
            return ranked[:most]
        heard = Heard(words)
        if heard.danger is not None:
            return (Suggestion(CRISIS, 1.0), *(ranked or self._beside_crisis))[:most]
        if heard.is_weary or is_most_likely_danger(words, heard):
            surer = [one for one in ranked if one.score > _MAYBE]
            return (*surer, Suggestion(CRISIS, _MAYBE), *(ranked[len(surer) :] or self._beside_crisis))[:most]
        return ranked[:most]

    def rank(self, words: str, most: int | None = None, glance: Glance | None = None) -> tuple[Suggestion, ...]:
        """Rank the playbooks for words that were heard already and tell of no danger; a glance at them is handed on."""
        glance = glance or glance_at(words)
        return self._ranked(words, glance.by.read(words, glance).shares, most)

    def at_once(self, words: str, most: int, glance: Glance) -> tuple[Suggestion, ...] | None:
        """Rank as `rank` does, where no time has to be taken for it; otherwise give None."""
        return self._ranked(words, glance.shares, most) if glance.plain or glance.by.slow is None else None

    def _ranked(self, words: str, learned: Mapping[str, float], most: int | None) -> tuple[Suggestion, ...]:
        own = self._own().matches(words)
        rest = _left_over(max((match.share for match in own.values()), default=0.0), max(learned.values(), default=0.0))
        ruled_out = _RULED_OUT.get(named_plainly(words) or "", ())
        known = (name for name in learned if name in self._playbooks and name not in ruled_out)
        shares = {name: learned[name] * rest for name in known}
        shares |= {name: match.share for name, match in own.items()}
        ranked = sorted(shares, key=lambda name: (-shares[name], name))[:most]
        return tuple(Suggestion(name, shares[name]) for name in ranked)

    def why(self, words: str, playbook_id: str, glance: Glance | None = None) -> str:
        """Quote the words that decided, as they were typed; nothing where only filler did."""
        if playbook_id == CRISIS:
            return f"words of danger: {danger_in(words) or 'none is named, and together they tell of it'}"
        if match := self._own().matches(words).get(playbook_id):
            return match.why
        glance = glance or glance_at(words)
        return glance.by.why(words, playbook_id, glance)

    def _own(self) -> OwnWords:
        """Index the playbooks nothing was learned of, when that is known."""
        if self._own_words is None:
            known = situations().known
            self._own_words = OwnWords(one for name, one in self._playbooks.items() if name not in known)
        return self._own_words


def _left_over(own: float, learned: float) -> float:
    """Say how much of what was learned counts beside a team's own words; a guess stands behind what was typed."""
    return min(1 - own, own) if own and learned < SURE else 1 - own


def is_sure(ranked: Sequence[Suggestion]) -> bool:
    """Say whether the best is more than an offer."""
    return bool(ranked) and ranked[0].score >= SURE


def is_likely(ranked: Sequence[Suggestion]) -> bool:
    """Say whether the words tell of a case at all, whichever playbook fits it."""
    return bool(ranked) and ranked[0].score >= _LIKELY


def nearly_named(words: str, catalogue: Catalogue) -> Playbook | None:
    """Read words as the name of a playbook typed in a hurry; several ones only where hardly a letter is wrong."""
    near = catalogue.nearest(words, SLIPPED if " " in words and "-" not in words else NEAR)
    return catalogue.playbooks[near] if near else None
