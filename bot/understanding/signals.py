"""Signs of heat in a text: what can be pointed at, each by its name. Pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.safety.hearing import Danger, Heard
from bot.safety.plain import folded
from bot.understanding.own_heat import without_own
from bot.understanding.sieve import sieve
from bot.understanding.spared import tells_of_others, without_lesser, without_spared
from bot.understanding.tongue import is_other_language

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORTEST_SHOUT = 4  # letters: "VAT" and "ASAP" are no shouts
_FEWEST_SHOUTED = 3  # words in a row
_IN_ROW = re.compile(rf"(?:\b[^\W\d_a-z]{{2,}}\b[^\w.]*){{{_FEWEST_SHOUTED},}}")
_MARKS = re.compile(r"[!?]{3,}|(?:![^!]*){4,}")


class Signal(enum.StrEnum):
    """What can be pointed at in a heated text."""

    SHOUTING = "shouting"
    SWEARING = "swearing"
    INSULT = "insults"
    SLUR = "slurs"
    REPEATED = "repeated contact"
    ULTIMATUM = "ultimatum"
    LEGAL = "legal or press threat"
    CHURN = "churn"
    HARM = "threat of harm"
    HARASSMENT = "harassment"  # sexual, for where somebody comes from, or by not keeping away
    RISING = "rising heat"  # from message to message


# By the kinds of rules. Contempt is an insult in polite words, menace a threat or a wish of harm to somebody's face.
_NAMED = {one.name.lower(): one for one in Signal} | {"contempt": Signal.INSULT, "menace": Signal.HARM}
_SURE = frozenset(("anger", "contempt", "menace"))  # kinds that nothing learned makes less
_MILD = frozenset(("annoyed", "repeated"))  # of German: these tell of no more than that
_LITTLE = frozenset(("warm", "thing", "you", "report", "0"))  # marks that what is spared leaves behind
_TO_PEOPLE = _SURE - {"anger"} | {"insult", "person", "slur", "sexual", "harm", "harassment"}


@dataclass(frozen=True)
class Signs:
    """What rules found in a text: signals that can be named to people, and marks for the model to weigh."""

    theirs: str  # without heated words of whoever answers
    words: str  # what is left to read: without what is no heat of this customer now
    signals: tuple[Signal, ...]
    marks: frozenset[str]
    is_threat: bool = False  # by the hard rule
    sure: frozenset[str] = frozenset()  # kinds that tell by themselves: in German all, as nothing was learned of it
    is_mild: bool = False  # somebody is annoyed at least
    is_foreign: bool = False  # most likely not English

    @cached_property
    def is_lesser(self) -> bool:
        """Whether a firm is insulted or somebody is rude, and nothing worse stands beside it."""
        rest = without_lesser(self.words)
        return rest != self.words and _TO_PEOPLE.isdisjoint(_kinds_of(_english_in(rest)) | _german_in(rest))

    @cached_property
    def is_of_others(self) -> bool:
        """Whether all that sounded of heat was of others, over or a figure of speech."""
        return not self.signals and _kinds_of(self.marks) <= _LITTLE and tells_of_others(self.theirs)


def signs_in(text: str, heard: Heard | None = None) -> Signs:
    """Find the signs of heat in a text; whoever has heard it for danger hands that on."""
    heard = heard or Heard(text)
    is_foreign = is_other_language(text)
    theirs = without_own(text)
    text = without_spared(theirs)
    marks: set[str] = set() if is_foreign else _english_in(text)
    is_threat = heard.danger is not None and heard.danger.broad is Danger.THREAT
    german = _german_in(text)
    told = _kinds_of(marks) | german
    plainly = german - _MILD
    found = {_NAMED[kind] for kind in told if kind in _NAMED}
    found |= {Signal.SHOUTING} if _is_shouted(text) or _MARKS.search(text) else set()
    found |= {Signal.LEGAL} if heard.is_pressure else set()
    found |= {Signal.HARM} if is_threat else set()
    signals = tuple(one for one in Signal if one in found) if found else ()
    weighed = frozenset((*marks, *signals, f"{min(len(signals), 3)} signals"))
    return Signs(
        theirs,
        text,
        signals,
        weighed,
        is_threat=is_threat,
        sure=_SURE & told | plainly,
        is_mild=plainly != german,
        is_foreign=is_foreign,
    )


def _english_in(text: str) -> set[str]:
    plain = text.replace("’", "'").lower()
    return {f"{kind} {number}" for kind, number in sieve("understanding/heat").holding(plain)}


def _german_in(text: str) -> frozenset[str]:
    plain = " ".join(folded(text.replace("’", "'").replace(",", " ")).split())
    return frozenset(kind for kind, _number in sieve("understanding/heat_de").holding(plain))


def _kinds_of(marks: Iterable[str]) -> set[str]:
    return {mark.partition(" ")[0] for mark in marks}


def _is_shouted(text: str) -> bool:
    """Say whether words stand in capitals that are no names or abbreviations."""
    words = _WORD.findall(text)
    shouted = [word for word in words if word.isupper() and len(word) >= _SHORTEST_SHOUT]
    if len(shouted) < _FEWEST_SHOUTED:
        return False
    return len(shouted) * 2 > len(words) or _IN_ROW.search(text) is not None
