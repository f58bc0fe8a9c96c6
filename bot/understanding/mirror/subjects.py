"""Whom or what a clause is about, as it is said to the customer. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.mirror.words import YOURS, does, is_deed

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEATHS = frozenset(("died", "dead"))
_MANY = frozenset(("children", "teeth", "skis", "taxis"))
_ADJECTIVES = 3  # words before a noun at most


class Subject(NamedTuple):
    """Whom a clause is about."""

    said: tuple[str, ...]
    kind: str  # you, thing, doer, ours
    words: int  # of what was typed
    plural: bool = False


class _Start(NamedTuple):
    """How a noun begins: whose it is, and how many words tell it."""

    given: str
    owner: tuple[str, ...] = ()
    words: int = 0


def subject_of(clause: Sequence[str], customer: str) -> Subject | None:
    """Find it at the beginning of a clause; None where it is nobody known."""
    low = [word.lower() for word in clause]
    if low[0] in ("i", "we", "i've", "we've"):
        return Subject((low[0].replace("i", "I"),), "ours", 1)
    if _is_of_customer(low):
        return Subject(("you",), "you", 0)
    if low[0] in ("he", "she"):
        return Subject(("you",), "you", 1) if low[0] == customer else None
    for place, word in enumerate(low[:_ADJECTIVES]):
        if does(word, "customer") and all(map(_describes, low[:place])):
            return Subject(("you",), "you", place + 1)
    return _thing(low, clause)


def _is_of_customer(low: Sequence[str]) -> bool:
    """Say whether it begins with what only a customer did or has, with nobody named."""
    first, second = low[0], low[1] if len(low) > 1 else ""
    if does(first, "began") and first != second:
        return True
    lacks = first in ("no", "without") and (does(second, "lacked") or (does(second, "kind") and len(low) > _ADJECTIVES))
    waits = first == "waiting" and (second == "for" or second[:1].isdigit())
    return lacks or waits or (does(first, "happened") and does(second, "behind-happened"))


def _describes(word: str) -> bool:
    return word not in YOURS and not does(word, "past", "never", "preposition", "done", "not-this")


def _thing(low: Sequence[str], clause: Sequence[str]) -> Subject | None:
    start = _start(low)
    if start is None:
        return None
    head = start.words
    while (
        head < len(low) - 1 and head < start.words + _ADJECTIVES and does(low[head], "kind") and _is_noun(low[head + 1])
    ):
        head += 1
    if head >= len(low):
        return None
    named = tuple(word if word.isupper() else word.lower() for word in clause[start.words : head + 1])
    return _named(start, named, low, head)


def _start(low: Sequence[str]) -> _Start | None:
    first, second = low[0], low[1] if len(low) > 1 else ""
    if does(first, "owner") or does(first.removesuffix("s").removesuffix("'"), "customer"):
        if second.endswith("s") and does(second.removesuffix("s").removesuffix("'"), "kin"):
            return _Start("your", (second if "'" in second else f"{second[:-1]}'s",), 2)
        return _Start("your", (), 1)
    if first in ("the", "our"):
        return _Start(first, (), 1)
    return None if does(first, "article") else _Start("")


def _is_noun(word: str) -> bool:
    return does(word, "kind", "yours", "the", "doer", "pet", "kin")


def _named(start: _Start, named: tuple[str, ...], low: Sequence[str], head: int) -> Subject | None:
    noun, words = low[head], head + 1
    plural = (noun.endswith("s") and not noun.endswith(("ss", "us", "is", "gas"))) or noun in _MANY
    verb = next((word for word in low[words:] if not does(word, "adverb")), "")
    if does(noun, "kin", "pet"):
        is_safe = (
            does(verb, "suffered")
            and "dead" not in named
            and {"died", "dead"}.isdisjoint(low)
            and (start.given == "your" or does(noun, "pet"))
        )
        return Subject((start.given or "your", *start.owner, *named), "thing", words, plural) if is_safe else None
    if does(noun, "doer") and is_deed(verb) and not _is_done_to(low, head):
        article = start.given or ("your" if does(noun, "doer-yours") else "the")
        kind = "ours" if start.given == "our" else "doer"
        return Subject(named if noun == "nobody" else (article, *start.owner, *named), kind, words, plural)
    if does(noun, "yours", "the"):
        article = start.given or ("the" if does(noun, "the") else "your")
        return Subject((article, *start.owner, *named), "thing", words, plural)
    return None


def _is_done_to(low: Sequence[str], head: int) -> bool:
    return does(low[head + 1], "done") and len(low) > head + 2 and does(low[head + 2], "preposition")
