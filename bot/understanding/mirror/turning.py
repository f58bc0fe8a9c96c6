"""The words behind a verb, turned from whom they were typed about to whom they are said. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.mirror.words import YOURS, base_of, does, is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

_OBJECTS = {
    "he": ("his", "him", "himself"),
    "she": ("her", "her", "herself"),
    "they": ("their", "them", "themselves"),
    "": ("", "", ""),
}
_OF_OTHERS = frozenset(
    ("he", "she", "they", "his", "her", "him", "their", "them", "himself", "herself", "themselves", "hers", "theirs")
)
SHORTEST_SHOUTED = 4  # letters: shorter ones in capitals are abbreviations
_WAYS = frozenset((("by", "post"), ("by", "bank"), ("by", "website")))
_NTH = re.compile(r"\d+(?:st|nd|rd|th)")


class _Here(NamedTuple):
    """A word, and what stands around it."""

    word: str
    low: str
    before: str
    after: str
    later: str


class Turner:
    """Turns words to the customer, who is spoken of as "he", "she" or "they"."""

    def __init__(self, customer: str, kind: str) -> None:
        self._customer = customer
        self._kind = kind  # of whom the clause is about

    def turn(self, rest: Sequence[str], room: int) -> list[str] | None:
        """Give these words as they are said, as far as they can be; None where nothing of them may be left off."""
        said: list[str] = []
        ends: list[int] = []
        words = [word.lower() for word in rest]
        place = 0
        while place < len(rest):
            before, after, later = (
                [*words, "", "", ""][at] if at >= 0 else "" for at in (place - 1, place + 1, place + 2)
            )
            here = _Here(rest[place], words[place], before, after, later)
            if does(here.low, "cutting") and place:
                ends.append(len(said))
            if here.low == "but" and place and not does(here.after, "behind-but"):
                return _ended(said)
            turned, used = self._turned(here, said)
            if not used or len(said) + len(turned) > room:
                return _ended(said[: ends[-1]]) if ends else None
            said += turned
            place += used
        return _ended(said)

    def _turned(self, here: _Here, said: list[str]) -> tuple[list[str], int]:
        """Turn one word, or two; none where it cannot be said."""
        low = here.low
        if (stem := low.split("'")[0]) in ("he", "she", "they"):
            return self._subject(here) if stem == self._customer else ([], 0)
        if (turned := self._object(here)) is not None:
            return turned, 1
        if self._is_unsaid(low):
            return [], 0
        if does(low.removesuffix("'s"), "customer"):
            del said[len(said) - does(here.before, "kind") :]
            return ["your"], 0 if does(here.before, "article", "not-this") else 1
        if self._kind == "you" and here.before in ("and", "but", "then") and low in YOURS:
            return [YOURS[low]], 1
        return [*_left_out(here), _mended(here)], 1

    def _is_unsaid(self, low: str) -> bool:
        if self._kind == "ours" and low in ("my", "me", "myself"):
            return False
        is_agent = low in ("i", "i'm", "i've", "my") and self._kind != "ours"
        return is_agent or low == "my" or low in _OF_OTHERS or does(low, "never", "customer")

    def _subject(self, here: _Here) -> tuple[list[str], int]:
        ending = here.low[here.low.index("'") :] if "'" in here.low else ""
        if ending == "'s":
            has = here.after in ("been", "had", "got") or does(here.after, "past")
            return ["you've" if has else "you're"], 1
        if ending:
            return [f"you{ending}"], 1
        if here.after in YOURS:
            return ["you", YOURS[here.after]], 2
        if does(here.after, "present"):
            return ["you", base_of(here.after)], 2
        is_other = here.after.endswith("s") and not does(here.after, "past", "adverb")
        return ([], 0) if is_other else (["you"], 1)

    def _object(self, here: _Here) -> list[str] | None:
        owner, whom, itself = _OBJECTS[self._customer]
        if here.low == itself:
            return ["yourself"]
        if here.low == owner == whom and here.after == "wrong":  # "gave her wrong gate"
            return ["you", "the"]
        if here.low == owner == whom:
            ends = not here.after or here.after[:1].isdigit() or does(here.after, "behind-object", "done")
            return ["you" if ends else "your"]
        if here.low == owner:
            return ["yours" if here.before in ("isn't", "not", "wasn't") else "your"]
        return ["you"] if here.low == whom else None


def _left_out(here: _Here) -> list[str]:
    """Give the small word that was left out in a hurry before this one."""
    low, before, after = here.low, here.before, here.after
    behind = not before or does(before, "preposition")
    alone = not does(after, "yours", "the", "kind")
    if behind and alone and does(low, "owned"):
        return ["your"]
    joined = before in ("after", "while", "because", "when", "before", "by")
    only = does(low, "only") and ((behind and alone and (before, low) not in _WAYS) or joined)
    of_a_kind = does(before, "preposition") and before not in ("by", "without") and does(low, "kind")
    of_a_kind = of_a_kind and does(after, "yours", "the") and not after.endswith("s")
    if (
        only
        or (low == "wrong" and behind and after)
        or (does(before, "preposition") and _NTH.fullmatch(low))
        or of_a_kind
    ):
        return ["the"]
    if before[:1].isdigit() and does(low, "past"):
        return ["and"]
    if does(low, "one") and (not before or (before == "with" and alone)):
        return ["a"]
    return ["for"] if _is_length(here) or (low == "no" and after == "reason" and before != "for") else []


def _is_length(here: _Here) -> bool:
    if not here.low[:1].isdigit() or not does(here.after, "length") or does(here.later, "no-length"):
        return False
    return bool(here.before) and not does(here.before, "preposition") and here.before not in _BEFORE_LENGTH


_BEFORE_LENGTH = frozenset(("last", "the", "every", "than", "and", "since"))


def _mended(here: _Here) -> str:
    if here.low == "since" and here.after[:1].isdigit() and does(here.later, "length"):
        return "for"
    is_owner = here.low.endswith("s") and does(here.low[:-1], "customer", "kin", "doer")
    is_single = (
        does(here.low, "kind") and does(here.low[:-1], "kin") and does(here.before, "owner")
    )  # "her grandmas vase"
    if is_single or (is_owner and does(here.after, "yours", "the", "thing-of-somebody")):
        return f"{here.word[:-1]}'s"
    shouted = here.word.isupper() and len(here.word) >= SHORTEST_SHOUTED and is_known(here.low)
    return here.low if shouted else here.word


def _ended(said: list[str]) -> list[str]:
    while said and does(said[-1].lower(), "no-end"):
        said = said[:-1]
    return said
