"""A second verb behind the first: "was sent, never arrived" is said as "was sent and never arrived". Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.mirror.words import YOURS, does, is_deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.understanding.mirror.subjects import Subject
    from bot.understanding.mirror.verbs import Verb

_OF_US = frozenset(("we're", "we'll", "i'm", "we are", "we have", "we say", "we can't", "we don't"))
_SECOND = frozenset(("still", "never", "not"))
_JOINING = frozenset(("and", "but", "who", "which", "that", "is", "are", "was", "were"))
_BEING = frozenset(("was", "were", "is", "are"))
_NEXT = 2  # words


def until_cut(rest: Sequence[str], subject: Subject, verb: Verb) -> int:
    """Count the words behind a verb up to where another begins that has no subject, or a clause about us."""
    low = [word.lower() for word in rest]
    first = _behind_participle(verb, low)
    for place, word in enumerate(low):
        after = low[place + 1 : place + 1 + _NEXT]
        if word in ("and", "but", "so") and _is_other(after):
            return place
        is_bare = word in _SECOND and (not place or low[place - 1] not in _JOINING)
        if is_bare and subject.kind == "thing" and first is not None and place >= first and after:
            return place
    return len(low)


def _behind_participle(verb: Verb, low: Sequence[str]) -> int | None:
    """Say from which word on a second verb may stand; None where the first is none like "was sent"."""
    if len(verb.said) > 1:
        return 0 if does(verb.said[-1], "done", "state") else None
    return 1 if verb.said[0] in _BEING and low and does(low[0], "done", "state") else None


def _is_other(after: Sequence[str]) -> bool:
    """Say whether an "and" goes on with us, or with a thing that has no verb: "and money not back"."""
    if not after:
        return False
    no_verb = after[1:] == ["not"] and not does(after[0], "adverb") and after[0] not in YOURS
    return no_verb or not _OF_US.isdisjoint((after[0], " ".join(after)))


def joined_verb(rest: Sequence[str], subject: Subject) -> tuple[str, ...]:
    """Join the second verb with an "and", where it says that something never came about."""
    low = [word.lower() for word in rest]
    still = ["still"] if low[:1] == ["still"] else []
    after = low[len(still) :]
    if len(after) < _NEXT or (len(after) > _NEXT and not does(after[_NEXT], "preposition", "cutting")):
        return ()
    if after[0] == "never" and not still and is_deed(after[1]):
        return ("and", *after[:_NEXT])
    if after[0] == "not" and (after[1].endswith("ing") or does(after[1], "done", "state") or is_deed(after[1])):
        return ("and", *still, "aren't" if subject.plural else "isn't", after[1])
    return ()


def tells_nothing(verb: Verb, behind: Sequence[str], rest: Sequence[str], joined: Sequence[str]) -> bool:
    """Say whether what went wrong was cut off, and only what went well is left."""
    if joined or not rest:
        return False
    said = verb.said if len(verb.said) > 1 else (*verb.said, *(word.lower() for word in behind[:1]))
    is_all = len(behind) <= len(said) - len(verb.said)
    return does(said[-1], "went-well") and (is_all or rest[0].lower() in _SECOND)
