"""Whether a draft for customers says what they need, and which of its words they do not need. Pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.understanding.draft_signs import READ_MOST, Sentence, sentences_in, signs_of
from bot.understanding.linear import Linear
from bot.understanding.second_look import second_look
from bot.understanding.tongue import is_other_language
from bot.understanding.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.understanding.draft_signs import ReadTimes, Span

WEIGHTS = Path(__file__).parent / "weights" / "drafts.weights"


class Flag(enum.StrEnum):
    """What a draft says: three things that customers need, and four that they do not."""

    ISSUE = "has_issue"  # what they notice
    ACTION = "has_action"  # what is being done, or what they can do
    TIMEFRAME = "has_timeframe"  # by when
    PROCESS = "process_talk"  # what goes on inside the house
    BLAME = "blame"
    JARGON = "jargon"
    OVERPROMISE = "overpromise"


_RULES_OF: Mapping[Flag, str | tuple[str, ...]] = {
    Flag.TIMEFRAME: "time",
    Flag.PROCESS: "process",
    Flag.BLAME: "blame",
    Flag.JARGON: ("jargon-a", "jargon-t", "acronym"),
    Flag.OVERPROMISE: ("overpromise-s", "overpromise-n"),
}
_SINCE = re.compile(r"\b(?:since|seit|gestern|depuis|desde)\s+(?:um\s+|ca\.\s+|etwa\s+)*$", re.IGNORECASE)
_PART = re.compile(r"[^.!?;,\n]+(?:[.,](?=\S)[^.!?;,\n]*)*[.!?;]*")  # of a sentence
_MOST_PARTS = 40  # that are read by themselves
_FEWEST_WORDS = 3  # of a part that is read by itself
_BEHIND_US = re.compile(
    r"\b(?:war|waren|hatten?|dauerten?|konnten?|fiel(?:en)?|ging(?:en)?|kam(?:en)?|gestern)\b", re.IGNORECASE
)
ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?\"']", re.IGNORECASE)
_A_PLACE = "here"
_HAS_LETTER = re.compile(r"[^\W\d_]")  # a number by itself is no jargon
NEEDED = (Flag.ISSUE, Flag.ACTION, Flag.TIMEFRAME)
NOT_NEEDED = (Flag.PROCESS, Flag.BLAME, Flag.JARGON, Flag.OVERPROMISE)
_HARMLESS = {Flag.BLAME: "blame-neutral", Flag.OVERPROMISE: "overpromise-honest"}
_OF_WHOLE_SENTENCES = (Flag.ISSUE, Flag.ACTION)
# What a second look weighs beside words and signs: blame and times are known by words, not by what a draft is like.
SECOND_LOOK = {Flag.BLAME: 0.5, Flag.TIMEFRAME: 0.3}
# What it takes to be named: a way round the trouble ("another provider") is told nearly as our own affairs are.
LEAST = {Flag.PROCESS: 0.1}
_NO_TIME_IN_IT = 0.3  # how much less a draft is trusted to say by when if no time is found in it
# How sure a part of a draft has to be by itself of what customers do not need: good words around it do not mend it.
_SURE_ALONE = {Flag.PROCESS: 0.3, Flag.BLAME: 0.6, Flag.JARGON: 0.3, Flag.OVERPROMISE: 0.3}


@dataclass(frozen=True)
class OwnWords:
    """What an organisation adds: words that its customers do not know, and promises that nobody may make."""

    jargon: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()


_NOTHING_OWN = OwnWords()


@dataclass(frozen=True)
class Found:
    """The words of a draft that a flag is about."""

    flag: Flag
    start: int
    end: int


@dataclass(frozen=True)
class Check:
    """What a draft says, and in which words."""

    flags: frozenset[Flag]
    found: tuple[Found, ...]

    @property
    def missing(self) -> tuple[Flag, ...]:
        """Name what customers need and do not read."""
        return tuple(flag for flag in NEEDED if flag not in self.flags)

    @property
    def unneeded(self) -> tuple[Flag, ...]:
        """Name what they read and do not need."""
        return tuple(flag for flag in NOT_NEEDED if flag in self.flags)


@cache
def model() -> Linear:
    """Load what was learned, once."""
    return Linear.load(WEIGHTS)


def check(draft: str, read_times: ReadTimes, own: OwnWords = _NOTHING_OWN, *, slowly: bool = True) -> Check:
    """Say what a draft says; never raises. Of long ones the beginning is read; not slowly: by words and signs alone."""
    draft = _without_addresses(draft)
    sentences = sentences_in(draft, read_times)
    if not sentences:
        return Check(frozenset(), ())
    foreign = is_other_language(draft)
    found = list(_times_in(draft, read_times) if foreign else _learned(sentences, draft, read_times, slowly=slowly))
    for flag, words in ((Flag.JARGON, own.jargon), (Flag.OVERPROMISE, own.promises)):
        found += [Found(flag, *span) for word in words for span in _places_of(word, draft)]
    return Check(frozenset(one.flag for one in found), tuple(sorted(found, key=lambda one: (one.start, one.end))))


def _without_addresses(draft: str) -> str:
    """Put a plain word in the place of each address of a page, as long as it is: customers press it, and read none."""
    return ADDRESS.sub(lambda found: _A_PLACE.ljust(len(found[0])), draft)


def _times_in(draft: str, read_times: ReadTimes) -> Iterator[Found]:
    """Find the one thing that can be read in any language, where it does not look back."""
    times = read_times(draft[:READ_MOST])
    over = [part.span() for part in _PART.finditer(draft[:READ_MOST]) if _BEHIND_US.search(part[0])]
    for start, end in times:
        if not _SINCE.search(draft, 0, start) and not any(first <= start < last for first, last in over):
            yield Found(Flag.TIMEFRAME, start, end)


def _learned(sentences: Sequence[Sentence], draft: str, read_times: ReadTimes, *, slowly: bool) -> Iterator[Found]:
    """Find what was learned of English drafts, and nothing else."""
    quick = _doubted(weigh(model(), draft[:READ_MOST], signs_of(sentences)), sentences)
    flags = _flags(_looked_at_again(quick, draft[:READ_MOST], sentences) if slowly else quick)
    flags |= _alone(draft[:READ_MOST], read_times) - _owned(sentences)
    each = [quick] if len(sentences) == 1 else [_scores_of(draft, one) for one in sentences]
    found = (one for flag in Flag if flag in flags for one in _pointed_at(flag, sentences, each, draft))
    return (one for one in found if one.flag is not Flag.JARGON or _HAS_LETTER.search(draft, one.start, one.end))


def _doubted(scores: Mapping[str, float], sentences: Sequence[Sentence]) -> Mapping[str, float]:
    """Doubt that it says by when where no time stands."""
    doubt = 0.0 if any("time" in one.found for one in sentences) else _NO_TIME_IN_IT
    return {**scores, Flag.TIMEFRAME: scores[Flag.TIMEFRAME] - doubt}


def _looked_at_again(scores: Mapping[str, float], draft: str, sentences: Sequence[Sentence]) -> Mapping[str, float]:
    """Add what the second look says; what is known by its signs to be harmless stays so."""
    look = second_look()
    more = look.scores(draft) if look is not None else {}
    kinds = {sign.rstrip("0123456789") for one in sentences for sign in one.found}
    harmless = {flag for flag, sign in _HARMLESS.items() if sign in kinds and scores[flag] <= 0}
    weights = {Flag(flag): 0.0 if flag in harmless else SECOND_LOOK.get(Flag(flag), 1.0) for flag in scores}
    return {flag: score + weights[Flag(flag)] * more.get(flag, 0.0) for flag, score in scores.items()}


def _owned(sentences: Sequence[Sentence]) -> frozenset[Flag]:
    """Nobody else is blamed where the mistake is said to be ours."""
    ours = _HARMLESS[Flag.BLAME]
    return frozenset([Flag.BLAME] if any(sign.startswith(ours) for one in sentences for sign in one.found) else [])


def _alone(draft: str, read_times: ReadTimes) -> frozenset[Flag]:
    """Name what customers do not need and one part of a draft plainly says, whatever stands around it."""
    parts = parts_in(draft)
    if parts == [draft.strip()]:  # has been read
        return frozenset()
    scores = [weigh(model(), part, signs_of(sentences_in(part, read_times))) for part in parts[:_MOST_PARTS]]
    return frozenset(flag for flag, sure in _SURE_ALONE.items() if any(one[flag] > sure for one in scores))


def parts_in(draft: str) -> list[str]:
    """Cut out what is read by itself: parts of sentences that tell, and are no mere word or two."""
    told = (part[0] for part in _PART.finditer(draft) if not part[0].endswith("?"))
    return [part for part in told if len(part.split()) >= _FEWEST_WORDS]


def _flags(scores: Mapping[str, float]) -> frozenset[Flag]:
    return frozenset(flag for flag in Flag if scores[flag] > LEAST.get(flag, 0.0))


def _scores_of(draft: str, sentence: Sentence) -> Mapping[str, float]:
    return weigh(model(), draft[sentence.start : sentence.end], signs_of((sentence,)))


def _pointed_at(
    flag: Flag, sentences: Sequence[Sentence], scores: Sequence[Mapping[str, float]], draft: str
) -> Iterator[Found]:
    """Point at the words that a flag is about, in the sentences that bear it; if none does alone, in the likeliest."""
    most = max(one[flag] for one in scores)
    bearing = [one for one, said in zip(sentences, scores, strict=True) if said[flag] > 0 or said[flag] == most]
    for one in bearing:
        if flag in _OF_WHOLE_SENTENCES:
            yield Found(flag, *_trimmed(draft, one.start, one.end))
        else:
            for start, end in _telling(flag, one, draft):
                yield Found(flag, *_trimmed(draft, start, end))


def _telling(flag: Flag, sentence: Sentence, draft: str) -> Sequence[Span]:
    """Find the words of a sentence that speak most for a flag: what rules found there, or else what was learned."""
    lane = model().labels.index(flag)
    worths: Mapping[str, Sequence[float]] = model().about["signs"]
    told = {sign: worths[sign][lane] for sign in sentence.found if sign in worths and worths[sign][lane] > 0}
    own = {sign: worth for sign, worth in told.items() if sign.startswith(_RULES_OF[flag])}
    if own:
        best = max(own, key=lambda sign: own[sign])
        signs = own if flag is Flag.JARGON else [best]
        return _apart([span for sign in signs for span in sentence.found[sign]])
    reasons = model().reasons(draft[sentence.start : sentence.end], flag)
    best_word = max(reasons, key=lambda one: one.credit, default=None)
    if best_word is None:
        return [(sentence.start, sentence.end)]
    return [(sentence.start + best_word.start, sentence.start + best_word.end)]


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Put together spans that overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _trimmed(draft: str, start: int, end: int) -> Span:
    piece = draft[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _places_of(word: str, draft: str) -> Iterator[Span]:
    found = re.finditer(rf"(?<!\w){re.escape(word.strip())}(?!\w)", draft[:READ_MOST], re.IGNORECASE)
    return (one.span() for one in found if word.strip())
