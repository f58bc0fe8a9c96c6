"""Signs of what a draft for customers says, found by rules: the model weighs them with the words. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.understanding.deeds import deeds_in
from bot.understanding.rules import rules, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Span = tuple[int, int]
    ReadTimes = Callable[[str], Sequence[Span]]  # the product's one reader of times stands above us

READ_MOST = 2000  # characters
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;](?!\s|$)[^.!?;\n]*)*[.!?;]*")
_ACRONYM = re.compile(r"\b(?=[A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]+\b")
_WORDS = words_of("understanding/draft_words")
# Signs that mean more side by side in one sentence, and those that mean less beside the other.
_TOGETHER = (
    ("issue-not", "issue-who"),
    ("issue-state", "issue-who"),
    ("blame-fault", "blame-who"),
    ("blame-fault", "blame-named"),
    ("process-moved", "process-waits"),
    ("process-moved", "process-rules"),
    ("process-waits", "process-rules"),
    ("overpromise-sure", "overpromise-never"),
)
_APART = (
    ("blame-who", "blame-neutral"),
    ("blame-fault", "blame-neutral"),
    ("blame-named", "blame-neutral"),
    ("blame-did", "blame-neutral"),
    ("blame-cause", "blame-neutral"),
    ("blame-deed", "blame-neutral"),
    ("overpromise-sure", "overpromise-honest"),
    ("overpromise-never", "overpromise-honest"),
    ("issue-not", "issue-none"),
    ("issue-state", "issue-none"),
    ("issue-more", "issue-none"),
    ("issue-not", "issue-kept"),
    ("issue-state", "issue-kept"),
    ("issue-more", "issue-kept"),
)
# What speaks for no flag by itself.
_AGAINST = frozenset(
    (
        "issue-none",
        "issue-who",
        "issue-cause",
        "issue-felt",
        "issue-kept",
        "issue-upkeep",
        "blame-neutral",
        "jargon-plain",
        "overpromise-honest",
    )
)
_AMISS = frozenset(("issue-not", "issue-state", "issue-more"))
_NEXT = re.compile(r"\s([a-z']+)")
_CLAUSE = re.compile(r",\s| and | but |: | - ")
_LONG = 3  # sentences


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft: where it stands, what was found in it, and where."""

    start: int
    end: int
    found: Mapping[str, Sequence[Span]] = field(default_factory=dict)


def sentences_in(draft: str, read_times: ReadTimes) -> tuple[Sentence, ...]:
    """Cut a draft into its sentences and find the signs in each."""
    return tuple(_sentences(draft[:READ_MOST], read_times))


def signs_of(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Name the signs of a draft, and of what there is any: a rare sign counts with its kin."""
    signs = {sign for one in sentences for sign in one.found}
    kinds = {sign.rstrip("0123456789") for sign in signs}
    signs.update(f"some {kind.partition('-')[0]}" for kind in kinds - _AGAINST if "-" in kind)
    if "issue-none" in kinds and "some issue" not in signs:
        signs.add("issue-none alone")
    signs.update(_amiss([{sign.rstrip("0123456789") for sign in one.found} for one in sentences]))
    for one in sentences:
        kinds = {sign.rstrip("0123456789") for sign in one.found}
        signs.update(f"{this} and {that}" for this, that in _TOGETHER if {this, that} <= kinds)
        signs.update(f"{this} without {that}" for this, that in _APART if this in kinds and that not in kinds)
    signs.add("one sentence" if len(sentences) == 1 else "long" if len(sentences) >= _LONG else "short")
    return frozenset(signs)


def _amiss(sentences: Sequence[set[str]]) -> Iterator[str]:
    """Say whether what went wrong is felt by customers, or told of our machines alone, or whether all is kept up."""
    wrong = [kinds for kinds in sentences if _AMISS & kinds]
    if any("issue-felt" in kinds for kinds in wrong):
        yield "amiss and felt"
    elif any("issue-cause" in kinds for kinds in wrong):
        yield "amiss inside"
    elif wrong:
        yield "amiss somewhere"
    every = set().union(*sentences)
    if "issue-upkeep" in every and "issue-kept" in every:
        yield "upkeep that nobody notices"


def _sentences(draft: str, read_times: ReadTimes) -> Iterator[Sentence]:
    plain = draft.replace("’", "'").lower()
    if len(plain) != len(draft):  # a letter that changes its length: rather miss a capital than point elsewhere
        plain = draft
    times = read_times(draft)
    for piece in _SENTENCE.finditer(draft):
        if piece[0].strip():
            found: dict[str, list[Span]] = defaultdict(list)
            for sign, span in _found(draft, plain, times, piece.span()):
                found[sign].append(span)
            yield Sentence(*piece.span(), dict(found))


def _found(draft: str, plain: str, times: Sequence[Span], within: Span) -> Iterator[tuple[str, Span]]:
    start, end = within
    for kind, patterns in rules("understanding/drafts").items():
        for number, pattern in enumerate(patterns):
            for one in pattern.finditer(plain, max(start - 1, 0), end):  # seen from the mark that ends the one before
                if one[0].strip(" .!?;") and one.end() > start:
                    yield f"{kind}{number}", (max(one.start(), start), one.end())
    yield from deeds_in(draft, plain, *within)
    if not draft.isupper():
        acronyms = (one for one in _ACRONYM.finditer(draft, *within) if one[0] not in _WORDS["known-to-everybody"])
        yield from (("acronym", one.span()) for one in acronyms)
    for time in times:
        if within[0] <= time[0] < within[1]:
            yield from ((sign, time) for sign in _time_signs(plain, time, within))


def _time_signs(plain: str, time: Span, within: Span) -> Iterator[str]:
    """Say of a time how it is led in, and whether its part of the sentence looks back or ahead."""
    before = plain[within[0] : time[0]]
    starts = [one.end() for one in _CLAUSE.finditer(before)]
    after = _CLAUSE.search(plain, time[1], within[1])
    clause = plain[within[0] + (starts[-1] if starts else 0) : after.start() if after else within[1]]
    back, ahead = (any(one.search(clause) for one in rules("understanding/drafts")[kind]) for kind in ("past", "ahead"))
    yield "time"
    yield "time " + {(True, False): "gone by", (False, True): "ahead", (True, True): "either"}.get(
        (back, ahead), "bare"
    )
    first, *_rest = plain[time[0] : time[1]].split() or [""]
    last = (before.split() or [""])[-1].strip(",.:")
    following = _NEXT.match(plain, time[1], within[1])
    yield "time then " + ("end" if not following else "small" if following[1] in _WORDS["small"] else "word")
    leads = _WORDS["leads"]
    yield f"time {first if first in leads else last if last in leads else 'alone'}"
