"""What a clause says of its subject, as it is said to the customer. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.mirror.words import YOURS, base_of, does, is_deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.mirror.subjects import Subject

_BEFORE_AGO = frozenset(("ago", "after", "before", "late"))
_MORE = frozenset(("over", "more", "above", "short", "under"))
_SHORT = 3  # words
_HELPING = frozenset(("won't", "didn't", "can't", "couldn't", "had"))


class Verb(NamedTuple):
    """A verb as it is said, and how many words of what was typed it takes."""

    said: tuple[str, ...]
    words: int = 1


def verb_of(subject: Subject, rest: Sequence[str]) -> Verb | None:
    """Find the verb behind a subject; None where it is not certain that it may be said."""
    low = [word.lower() for word in rest]
    adverbs = []
    while low and does(low[0], "adverb"):
        adverbs.append(low.pop(0))
    if not low:
        return None
    after = low[1] if len(low) > 1 else ""
    ways = {"you": _of_you, "thing": _of_thing, "doer": _of_doer, "ours": _of_doer}
    found = ways[subject.kind](subject, low, after)
    if found is None or ("only" in adverbs and found.said[0].endswith("n't")):
        return None
    first, *more = found.said
    is_owning = first in ("have", "has") and not more and does(low[1] if len(low) > 1 else "", "article", "the")
    said = (first, *adverbs, *more) if more or (first in YOURS and not is_owning) else (*adverbs, first)
    return Verb(said, found.words + len(adverbs))


def _of_you(subject: Subject, low: Sequence[str], after: str) -> Verb | None:
    verb = low[0]
    if not subject.words and (found := _of_nobody(verb, low)) is not None:
        return found
    if verb in YOURS or verb in ("can't", "couldn't", "didn't"):
        return Verb((YOURS.get(verb, verb),)) if _may_be_said(verb, after, low) else None
    if does(verb, "present"):
        return Verb((base_of(verb),))
    if subject.words and does(verb, "being") and does(verb, "done") and does(after, "preposition"):
        return Verb(("were", verb))
    return Verb((verb,)) if _was_lived(verb, after, low) else None


def _was_lived(verb: str, after: str, low: Sequence[str]) -> bool:
    """Say whether the customer did it or lived through it, and can hear it said."""
    if verb == "had":
        return not is_deed(after)
    if verb == "got":
        return does(after, "done", "article", "number", "being") or after == "no"
    is_open = does(verb, "to-something") and (not after or does(after, "preposition"))
    is_loss = verb == "lost" and does(after, "owner") and any(does(word, "kin") for word in low)
    return does(verb, "lived") and not is_open and not is_loss


def _of_nobody(verb: str, low: Sequence[str]) -> Verb | None:
    """Read what stands without anybody: "no heating", "waiting for", "charged twice"."""
    if verb in ("no", "without"):
        long = _lasts(low) or len(low) > _SHORT
        return Verb(("have", "had", "no") if _lasts(low) else ("have", "no")) if long else None
    if verb == "waiting":
        return Verb(("have", "been", "waiting") if _lasts(low) else ("are", "waiting"))
    return Verb(("were", verb)) if does(verb, "happened") else None


def _may_be_said(verb: str, after: str, low: Sequence[str]) -> bool:
    if verb in ("was", "were", "is", "are"):
        is_kept = after in ("on", "in") and len(low) > len(("is", "on")) and does(low[2], "kept-there")
        return is_kept or does(after, "being")
    if verb in ("has", "have"):
        return (
            after[:1].isdigit()
            or after in ("been", "had", "to", "no")
            or does(after, "number", "article", "owner", "past")
        )
    if verb in ("can't", "couldn't"):
        return does(after, "undone", "unable")
    return does(after, "undone") or after in ("received", "had", "got", "been")


def _of_doer(subject: Subject, low: Sequence[str], after: str) -> Verb | None:
    verb = low[0]
    if subject.said == ("we",) and verb == "have" and after == "no":
        return Verb((verb,))
    if does(verb, "not-done") and not (does(after, "undone", "unable") or is_deed(after)):
        return None
    if subject.said == ("I",) and does(verb, "of-mine"):
        return None
    lacks_object = verb == "missed" and (not after or does(after, "preposition", "cutting"))  # "train missed": by whom?
    return Verb((verb,)) if is_deed(verb) and not lacks_object else None


def _of_thing(subject: Subject, low: Sequence[str], after: str) -> Verb | None:
    verb = low[0]
    is_, has, was = ("are", "have", "were") if subject.plural else ("is", "has", "was")
    if verb == "not" and does(after, "done"):
        return Verb((f"{has}n't", "been", after), 2)
    counted = after[:1].isdigit() and not (len(low) > _SHORT - 1 and does(low[2], "length"))
    is_active = after.endswith("ing") or (verb == "stopped" and after != "by")
    if does(verb, "done", "state") and not does(after, "article", "owner") and not counted and not is_active:
        return Verb((has, "been", verb) if _lasts(low) else (was if does(verb, "done") else is_, verb))
    return _of_figures(low, after, has, was) or _as_typed(verb, after)


def _of_figures(low: Sequence[str], after: str, has: str, was: str) -> Verb | None:
    if low[0] in ("up", "down") and (after[:1].isdigit() or after in ("by", "from")):
        return Verb((has, "gone", low[0]))
    return Verb((was,), 0) if low[0][:1].isdigit() and after in _MORE else None


def _as_typed(verb: str, after: str) -> Verb | None:
    if verb in ("is", "are", "was", "were"):
        return (
            Verb((verb,))
            if does(after, "state", "done", "amiss") or after[:1].isdigit() or after in ("sent", "left")
            else None
        )
    if verb in YOURS or verb in _HELPING:
        return Verb((verb,)) if after else None
    return Verb((verb,)) if does(verb, "does", "arriving") and not after[:1].isdigit() else None


def _lasts(low: Sequence[str]) -> bool:
    return any(word == "since" or does(word, "length") for word in low) and _BEFORE_AGO.isdisjoint(low)
