"""Where a clause that is said back may end: what its words do is written as letters, and read by one pattern. Pure.

"was left in the rain" is "slpdu": so it may end. In "was sent to the old card closed" the last word hangs on nothing,
and "to the old card" on what may be half of something; what is left then is not worth saying back.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from bot.understanding.mirror.words import does, is_deed, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LISTS = (  # the first that a word is in tells what it does
    ("h", "helping"),
    ("s", "is"),
    ("z", "who-is"),
    ("q", "who-has"),
    ("f", "which"),
    ("w", "who"),
    ("i", "it"),
    ("c", "joining"),
    ("b", "because"),
    ("o", "towards"),
    ("0", "none"),
    ("d", "marking", "article", "owner"),
    ("#", "number", "one-of-them"),
    ("t", "length", "time-of-day"),
    ("j", "amid"),
    ("a", "when"),
    ("p", "preposition", "also-before"),
    ("m", "bare"),
    ("l", "hanging"),
    ("x", "handing"),
    ("e", "arriving"),
    ("y", "state", "unable", "amiss", "how-it-came"),
    ("v", "done", "being", "past", "undone", "happened"),
    ("r", "does", "present"),
)
_LOOKS = (  # of words in no list: figures, "Ana's", names, "going", many, "badly"
    ("#", re.compile(r"[\d$€£]")),
    ("d", re.compile(r".+'s$")),
    ("m", re.compile(r"[A-Z]")),
    ("g", re.compile(r".+ing$")),
    ("m", re.compile(r".+[^sui]s$")),
    ("a", re.compile(r".+ly$")),
)
_DOES = "lvxeuygr"  # what may be a verb, "r" only behind what it is about
_NAMES = "nNkm#"
_ENDED = rf"(?![{_NAMES}hs{_DOES}])"  # nothing behind that may belong to a noun
_FREE = rf"(?![{_NAMES}0widhs{_DOES}])"  # nothing behind that may be whom or what
_WHEN = rf"(?:a|A(?![{_NAMES}u]))"
_MARKED = rf"(?:0|d+#?d*|#)[kNmaA#{_DOES}]{{0,3}}[nNumty#]"
_THING = rf"(?:(?:{_MARKED}|[kN]*[mt]|d*#(?!t)){_ENDED}|[wi](?![hs{_DOES}]))"
_PLACED = rf"[po]+(?:{_THING}|g{_THING}|g{_FREE}|a{_ENDED}|d(?![{_NAMES}u{_DOES}]))"
_TO_DO = rf"oj*[{_DOES}](?:{_THING}|{_FREE})"
_LENGTH = rf"(?:#|[dk]+)[ta](?:[aAy]|b(?![wiz{_NAMES}d])|(?!A){_ENDED})"
_DONE = rf"[veyx](?:(?<=x){_THING}|y)?|l(?:{_THING}|{_PLACED}|[avyge])"
_STATE = rf"(?:[aj]*(?:g(?:{_THING}|[vye]|{_FREE})|{_DONE}|(?!0){_THING}|{_PLACED}|[yk]{_ENDED})|j*{_WHEN}+)"
_HANDED = (
    rf"[lx][wi](?:{_THING}|{_PLACED}|{_TO_DO}|{_WHEN}|(?=f[wiz]))"  # "sent you the wrong one", and never "sent you"
)
_DEED = (
    rf"(?:{_HANDED}|(?!e0|[lx][wi])[{_DOES}](?:a?{_THING}{{1,2}}|[vgye]{_FREE}|(?<=l)(?:{_PLACED}|a))|[vxuyg]{_FREE}|e)"
)
_VERB = rf"[aj]*(?:(?:h[aj]*)*(?:s{_STATE}|(?!r){_DEED})|h+[aj]*(?:{_THING}|{_TO_DO}))"
_CLAUSE = (
    rf"(?:[wi]{_VERB}|(?:{_MARKED}(?=[ajhs{_DOES}])|[kN]*m(?=[ajhse]))(?!u)(?:r{_FREE}|{_VERB})|z{_STATE}|q{_VERB})"
)
_MORE = (
    rf"(?:{_PLACED}|[po](?=[apbo]|$)|{_TO_DO}|{_LENGTH}|{_WHEN}|b(?:{_CLAUSE}|{_PLACED}|{_THING}|{_LENGTH}|a|g{_FREE})"
    rf"|c(?:{_CLAUSE}|{_VERB})|(?<=[nNum#])(?:f(?:{_CLAUSE}|{_VERB})|w{_VERB})|(?<=[gw])f{_CLAUSE})"
)
_WHOLE = re.compile(rf"(?:r(?:{_THING}|[vgye]{_FREE}|{_FREE})|{_VERB}){_MORE}*")


def whole_of(verb: Sequence[str], behind: Sequence[str]) -> int | None:
    """Count the words behind a verb that make sense together; None where they have to, and none does."""
    letters = "".join((*map(_done, verb), *map(_letter, behind)))
    found = _WHOLE.match(letters)
    kept = found.end() - len(verb) if found is not None else -1
    if kept < 0 or behind[kept : kept + 1] == ["of"]:  # "is out of order" is not half as true without it
        return None
    place = letters.find("i", len(verb), len(verb) + kept)
    return None if place >= 0 and not re.search("[nNm]", letters[:place]) else kept


def _letter(word: str) -> str:
    low = word.lower()
    return _kinds().get(low) or _done(word)


def _done(word: str) -> str:
    low = word.lower()
    return _letters().get(low) or _by_its_look(word, low)


@cache
def _letters() -> Mapping[str, str]:
    return {word: letter for letter, *names in reversed(_LISTS) for word in listed(*names)}


@cache
def _kinds() -> Mapping[str, str]:
    """Give the letters of words that may belong to a noun behind them."""
    nouns, when = listed("yours", "the"), listed("when")
    return {word: "A" if word in when else "N" if word in nouns else "k" for word in listed("kind")}


def _by_its_look(word: str, low: str) -> str:
    looks = next((letter for letter, look in _LOOKS if look.match(word)), None)
    noun = "n" if does(low, "yours", "the", "doer", "kin", "pet") else None
    return looks or noun or ("v" if is_deed(low) else "u")
