"""What went wrong, said back to whom it happened: only where every part of the clause is known. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.understanding.mirror.endings import whole_of
from bot.understanding.mirror.faults import is_no_trouble, is_unsure
from bot.understanding.mirror.second_verbs import joined_verb, tells_nothing, until_cut
from bot.understanding.mirror.subjects import subject_of
from bot.understanding.mirror.turning import Turner
from bot.understanding.mirror.verbs import verb_of
from bot.understanding.mirror.words import YOURS, does, pronoun_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.understanding.mirror.subjects import Subject
    from bot.understanding.mirror.verbs import Verb

READ_MOST = 600  # characters
FEWEST, MOST = 4, 17  # words of a clause that is said back
FARTHEST = 6  # words between a thing and its verb
MOST_BESIDE, MOST_OF_TWO = 13, 24  # of the second of two, of both
_BREAKS = frozenset(".!?;:,–—()[]/\n-")
_OURSELVES = frozenset(("I", "we", "I've", "we've"))
_QUOTES = frozenset("\"“”'")
_UNSURE = re.compile(r"\?|\b(?:do|should|shall|can|may|must|could) (?:i|we)\b", re.IGNORECASE)
_ONE_FOR_ANOTHER = re.compile(r"\b\d+ (?:for|vs|not) \d")  # "came 9 for 11": clear to whoever types it
_CONTRACTED = re.compile(r"\byou (?:have(?= (?:been|had|got)\b)|are(?= ))")


class Mirrored(NamedTuple):
    """What is said back, and whether it tells of something that whoever answers did."""

    said: str
    is_ours: bool


class _Clause(NamedTuple):
    said: tuple[str, ...]
    kind: str
    end: int  # behind its last word
    is_weak: bool  # it tells of no trouble by itself


def said_back(text: str) -> Mirrored | None:
    """Say back what went wrong, in one clause or in two; None where nothing is certain."""
    if len(text) > READ_MOST or _UNSURE.search(text) or _ONE_FOR_ANOTHER.search(text) or is_unsure(text):
        return None
    words = words_of(text)
    if not _tells_of_one(words):
        return None
    customer = pronoun_in(words)
    found: list[_Clause] = []
    for start, clause in _clauses(words):
        if not found or start >= found[-1].end:
            found += [said] if (said := _said(clause, start, customer)) is not None else []
    return _chosen([one for one in found if not is_no_trouble(" ".join(one.said))])


def _tells_of_one(words: Sequence[str]) -> bool:
    """Say whether whoever answers tells of one customer: none where customers write themselves, or are a crowd."""
    low = ["", *map(str.lower, words), ""]
    for before, word, after in zip(low, low[1:], low[2:], strict=False):
        is_pasted = does(word, "to-us") or (word == "my" and does(after, "kin"))
        is_crowd = does(word, "crowd") and before != "other" and not does(after, "yours", "the", "kind", "kin")
        if is_pasted or is_crowd:
            return False
    return True


def _clauses(words: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Give the pieces that may be clauses, each with where it stands; nothing of what was quoted."""
    start, quoted = 0, False
    for place, word in enumerate((*words, ".")):
        quoted = quoted or word in _QUOTES
        if word not in _BREAKS:
            continue
        if start < place and not quoted:
            yield start, list(words[start:place])
            yield from ((start + inner, list(words[start + inner : place])) for inner in _joints(words[start:place]))
        start, quoted = place + 1, False


def _joints(clause: Sequence[str]) -> Iterator[int]:
    """Say where in a clause another one may begin; behind what somebody claims there is none."""
    for place, joint in enumerate(map(str.lower, clause[:-1])):
        if does(joint, "saying"):
            return
        if joint in ("because", "and", "but", "why") or (
            joint == "that" and does(clause[place - 1].lower(), "feeling")
        ):
            yield place + 1


def _said(clause: list[str], start: int, customer: str) -> _Clause | None:
    while clause and does(clause[0].lower(), "connecting"):
        clause, start = clause[1:], start + 1
    subject = subject_of(clause, customer) if clause else None
    if subject is None:
        return None
    turner, nearer = Turner(customer, subject.kind), _nearer(subject, clause[subject.words :])
    place = turner.turn(clause[subject.words : subject.words + nearer], FARTHEST) or []
    verb = verb_of(subject, clause[subject.words + nearer :]) if bool(place) == bool(nearer) else None
    if verb is None:
        return None
    used = subject.words + nearer + verb.words
    behind = clause[used : used + until_cut(clause[used:], subject, verb)]
    turned = turner.turn(behind, MOST - len(subject.said) - len(place) - len(verb.said))
    tail = _whole(subject, verb, turned) if turned is not None else None
    said = (*subject.said, *place, *verb.said, *(tail or ()))
    of_customer = said[0] not in _OURSELVES or (_is_slip(verb.said, said) and (bool(customer) or said[0] != "I"))
    of_customer = of_customer and (bool(customer) or said[:3] != ("you", "are", "waiting"))
    if tail is None or not FEWEST <= len(said) <= MOST or not of_customer:
        return None
    is_weak = subject.kind == "you" and does(verb.said[-1], "weak") and said[2] not in ("been", "had", "no")
    rest = clause[used + len(behind) :]
    joined = joined_verb(rest, subject)
    if tells_nothing(verb, behind, rest, joined):
        return None
    kind = "ours" if said[0] == "our" else subject.kind
    return _Clause((*said, *joined), kind, start + used + len(tail) + len(joined), is_weak)


def _whole(subject: Subject, verb: Verb, turned: Sequence[str]) -> Sequence[str] | None:
    """Leave out what hangs on nothing; None where nothing is left that tells what went wrong, or whom it blames."""
    kept = whole_of(verb.said, list(turned))
    if kept is None or (subject.kind == "you" and _is_blame((*verb.said, *turned))):
        return None
    is_deed_of_theirs = subject.kind == "you" and not does(verb.said[0], "is", "helping")
    is_well = does((*verb.said, *turned[:kept])[-1], "went-well")
    return None if kept < len(turned) and (is_deed_of_theirs or is_well) else turned[:kept]


def _is_blame(said: Sequence[str]) -> bool:
    return any(does(word, "their-doing") for word in said)


def _is_slip(verb: Sequence[str], said: Sequence[str]) -> bool:
    """Say whether what "I" or "we" did went wrong for the customer."""
    if verb == ("have",):  # no record of them
        return True
    is_wrong = does(verb[-1], "done-wrong") and any(does(word, "slip") for word in said)
    of_ours = said[len(verb) + 1 : len(verb) + 2] == ("our",)
    return (is_wrong or does(verb[-1], "wronged")) and not of_ours and not {"you", "your", "the"}.isdisjoint(said)


def _nearer(subject: Subject, rest: Sequence[str]) -> int:
    """Count the words that tell which one it is, as in "the cake for the christening was dropped"."""
    if subject.kind != "thing" or not rest or not does(rest[0].lower(), "preposition"):
        return 0
    verbs = (place for place, word in enumerate(map(str.lower, rest)) if word in YOURS or does(word, "arriving"))
    first = next(verbs, 0)
    return first if first <= FARTHEST and not any(does(word.lower(), "cutting") for word in rest[:first]) else 0


def _chosen(found: Sequence[_Clause]) -> Mirrored | None:
    """Take the first that tells of trouble, and the one beside it where both are soon said."""
    place = next((place for place, one in enumerate(found) if not one.is_weak), None)
    if place is None:
        told = next((one for one in found if _counts(one.said)), None)
        return Mirrored(_sentence(told), is_ours=False) if told is not None else None
    first = found[place]
    beside = next((one for one in (*found[max(place - 1, 0) : place], *found[place + 1 : place + 2])), None)
    if beside is None or len(beside.said) > MOST_BESIDE or len(beside.said) + len(first.said) > MOST_OF_TWO:
        return Mirrored(_sentence(first), first.kind == "ours")
    one, two = sorted((first, beside), key=lambda clause: clause.end)
    return Mirrored(f"{_sentence(one)}, and {_sentence(two)}", "ours" in (one.kind, two.kind))


def _counts(said: Sequence[str]) -> bool:
    is_number = any(word[0].isdigit() or does(word, "number") for word in said)
    return is_number and ("have" not in said or "left" in said)


def _sentence(clause: _Clause) -> str:
    return _CONTRACTED.sub(lambda found: "you've" if "have" in found[0] else "you're", " ".join(clause.said))
