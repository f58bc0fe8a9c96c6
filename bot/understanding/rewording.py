"""A better sentence for a draft: what customers do not need is cut or softened, what is missing is filled in. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest
from typing import TYPE_CHECKING

from bot.understanding.draft_signs import READ_MOST, sentences_in
from bot.understanding.drafts import ADDRESS, NOT_NEEDED, Check, Flag, OwnWords, check
from bot.understanding.tongue import is_other_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.understanding.draft_signs import ReadTimes

_MOST_TRIED = 12  # ways to cut one sentence
_MOST_SENTENCES = 12  # that are reworded; nobody reads more
_JOINT = re.compile(
    r"(?:[,;:]| [-–—])\s+(?:(?:and|but|so|or)\s+)?"
    r"|\s+(?=(?:because|since|as|owing to|due to|thanks to|for which|who|which|with)\b)|\s+(?:and|but|so)\s+",
    re.IGNORECASE,
)
_SURE = re.compile(
    r",?\s*(?:and\s+)?\b(?:that(?:'|’)s\s+(?:a\s+)?(?:guaranteed?|promised?)|guaranteed|no\s+(?:doubt(?:\s+about\s+it)?|matter\s+what"
    r"|ifs(?:,?\s+(?:ands|no|or|and)\s+\w+)*|exceptions?)|(?:i|we)\s+(?:swear|promise|guarantee(?:\s+it)?)"
    r"|without\s+(?:fail|any\s+doubt|a\s+doubt|exception)|for\s+(?:certain|sure)|on\s+the\s+dot|you\s+have\s+(?:my|our)\s+word"
    r"|(?:one\s+hundred|100)\s?(?:%|per\s?cent)|come\s+what\s+may)(?=\s*[.,;!?]|\s*$)"
    r"|\b(?:definitely|absolutely|certainly|surely|undoubtedly|deffo|100\s?%|sharp)\s*(?=\s|[.,;!?]|$)",
    re.IGNORECASE,
)
_GUARANTEE = re.compile(
    r"\b(?:can\s+)?(?:absolutely\s+|categorically\s+)?(?:guarantee|promise|assure\s+you|swear)(?:\s+you)?"
    r"(?:\s+(?:up)?on\s+my\s+[\w'’]+(?:\s+(?:life|grave))?)?\b",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"(?:(?<=\bI)(?:\s+am|['’]m)|(?<=\bwe)(?:\s+are|['’]re))\s+(?:(?:100\s?%|[a-z]+ly|quite|so|a\s+hundred\s+per\s?cent)\s+)?"
    r"(?:certain|sure|positive|confident)(?:\s+that)?(?=\s)",
    re.IGNORECASE,
)
_ASSURED = re.compile(r"^(?:you\s+can\s+)?(?:please\s+)?(?:rest|be|feel)\s+assured,?\s+(?:that\s+)?", re.IGNORECASE)
# What may stand before that which customers notice: whose fault it is, and who looks into it.
_BEFORE_ISSUE = re.compile(
    r"^(?:(?:it|that)(?:['’]s|\s+is|\s+was)\s+[\w'’ ]{2,30}?\s(?:fault|doing|mistake)\s+(?:that\s+)?"
    r"|.*\b(?:investigat\w+|looking\s+into|finding\s+out|checking)\s+(?:reports\s+|the\s+reason\s+)?(?:why|that)\s+)",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(r"\s+by\s+(?:the|our|your|some|one\s+of)\s+[a-z'’ ]{2,30}?(?=\s*(?:[.,;!?]|$))", re.IGNORECASE)
_CAUSE = re.compile(r"(?:because|since|as|owing\s+to|due\s+to|thanks\s+to)\b", re.IGNORECASE)

# What is done, said in words of engineers: the same in plain ones.
_IN_PLAIN_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (
            r"\brolled back to (?:the |an? |our )?(?:last|previous|old(?:er)?|earlier) (?:\w+ )?version\b",
            "went back to the version before",
        ),
        (
            r"\brolled back (?:\w+ ){0,4}?(?:change|release|deploy|deployment|update|version|patch)\b",
            "took back our last change",
        ),
        (r"\brolled back(?= (?:the|our|your) )", "took back our last change to"),
        (r"\brolled (?:it |this |that )?back\b(?! to\b)", "took back our last change"),
        (r"\bhotfix(es)?\b", r"fix\1"),
        (r"\bfailed over to\b", "switched to"),
    )
)

_NEXT = re.compile(r"(?:our |the )?next (?:update|news|message|report|word)\b", re.IGNORECASE)
_OVER = re.compile(
    r"(?:\b(?:is|are|was|were|has been|have been)|'s|’s)\s+(?:(?:now|all|fully|completely)\s+)*"
    r"(?:resolved|fixed|solved|restored|mended|repaired|over|back to normal|up and running|working again)\b"
    r"|\b(?:we|i)(?:'ve|’ve| have)? (?:now )?(?:fixed|resolved|solved|restored) (?:it|this|the)\b"
    r"|\bwork(?:s|ing)? again\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:once|when|until|till|if|after|as soon as|before|some|partly|partially|still|not|but|should|will)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Gaps:
    """What stands where a draft says nothing: what is known of the case, or what is to be filled in."""

    issue: str
    action: str
    time: str


class Rewording:
    """Rewords drafts with what one organisation knows."""

    def __init__(self, read_times: ReadTimes, gaps: Gaps, own: OwnWords) -> None:
        self._read_times, self._gaps, self._own = read_times, gaps, own

    def better(self, draft: str, found: Check) -> str:
        """Say it better; what is fine is given back as it is, and so is an empty draft."""
        if not draft.strip() or not (found.missing or found.unneeded) or is_other_language(draft):
            return draft
        kept = list(self._kept(draft, found)) if found.unneeded else self._sentences(draft)
        said = self._said(kept)
        if Flag.ISSUE in found.flags and Flag.ISSUE not in said:  # better told badly than asked for again
            kept = list(self._kept(draft, found, as_written=Flag.ISSUE))
            said = self._said(kept)
        if _is_over(draft) or _is_over(" ".join(kept)):
            return " ".join(kept) or draft
        as_found = set(self._as_found(draft, found, " ".join(kept)))
        return " ".join(one for one in self._filled(kept, (said | as_found) & found.flags) if one)

    def _sentences(self, draft: str) -> list[str]:
        """Give what is fine as it stands; cut where something may have to come before its end."""
        cut = [draft[one.start : one.end].strip() for one in sentences_in(draft, self._read_times)]
        if len(draft) > READ_MOST or not any(map(self._closes, cut)):
            return [_ended(draft.strip())]
        return [*cut[:-1], _ended(cut[-1])]

    def _said(self, kept: Sequence[str]) -> frozenset[Flag]:
        return self._check(" ".join(kept)).flags if kept else frozenset()

    def _filled(self, kept: Sequence[str], said: frozenset[Flag]) -> Iterator[str]:
        """Put a gap where something is missing: what customers notice first, when they hear more last."""
        if Flag.TIMEFRAME not in said:  # a time that is none is no time
            kept = [one for one in kept if not _NEXT.match(one)]
        closing = next((at for at, one in enumerate(kept) if self._closes(one)), len(kept))
        if Flag.ISSUE not in said:
            yield self._gaps.issue
            closing = 0 if Flag.ACTION not in said and closing == len(kept) else closing
        yield from kept[:closing]
        if Flag.ACTION not in said:
            yield self._gaps.action
        yield from kept[closing:]
        if Flag.TIMEFRAME not in said:
            yield self._gaps.time

    def _as_found(self, draft: str, found: Check, kept: str) -> Iterator[Flag]:
        """Name what is said in words that stay; a time that is none is no time."""
        for one in found.found:
            words = draft[one.start : one.end]
            if words in kept and (one.flag is not Flag.TIMEFRAME or self._read_times(words)):
                yield one.flag

    def _closes(self, sentence: str) -> bool:
        """Say whether a sentence tells when customers hear more, and nothing else."""
        return _NEXT.match(sentence) is not None or self._check(sentence).flags == {Flag.TIMEFRAME}

    def cut(self, draft: str) -> str:
        """Leave out or soften what customers do not need; empty if nothing else is said."""
        if is_other_language(draft):
            return draft
        return " ".join(self._kept(draft, check(draft, self._read_times, self._own)))

    def _kept(self, draft: str, found: Check, as_written: Flag | None = None) -> Iterator[str]:
        """Give the sentences that customers need, those that say more than that cut to it, or as written."""
        needed = [one.start for one in found.found if one.flag is as_written]
        unneeded = [one for one in found.found if one.flag in NOT_NEEDED]
        for one in sentences_in(draft, self._read_times)[:_MOST_SENTENCES]:
            pointed = [draft[word.start : word.end] for word in unneeded if one.start <= word.start < one.end]
            sentence = draft[:READ_MOST][one.start : one.end].strip()
            if mended := self._mended(sentence, pointed):
                yield mended
            elif any(one.start <= start < one.end for start in needed):
                yield _ended(sentence)

    def _mended(self, sentence: str, pointed: Sequence[str]) -> str:
        if not pointed:
            return _ended(_begun(sentence))
        return next((one for one in _ways(sentence) if self._is_better(one, pointed)), "")

    def _is_better(self, words: str, pointed: Sequence[str]) -> bool:
        """Say whether a shorter sentence leaves out what was pointed at, and still says something."""
        said = self._check(words).flags
        is_told = not said.isdisjoint((Flag.ISSUE, Flag.ACTION, Flag.TIMEFRAME)) or _is_over(words)
        return is_told and said.isdisjoint(NOT_NEEDED) and not any(one.lower() in words.lower() for one in pointed)

    def _check(self, words: str) -> Check:
        """Look quickly: a sentence is cut in many ways until one will do."""
        return check(words, self._read_times, self._own, slowly=False)


def _is_over(draft: str) -> bool:
    """Say whether a draft tells that all is well again: nothing is missing then."""
    return _OVER.search(draft) is not None and _NOT_YET.search(draft) is None


def _ways(sentence: str) -> Iterator[str]:
    """Give what can be left of a sentence, the most first: in plain words, without its oaths, without one part."""
    softened = _in_plain_words(_ASSURED.sub("", _SURE.sub("", _CERTAIN.sub(" expect that", sentence))))
    if softened != sentence:
        yield _whole(softened)
    if (believed := _GUARANTEE.sub("expect", softened)) != softened:
        yield _whole(believed)
    if (noticed := _BEFORE_ISSUE.sub("", softened)) != softened:
        yield _whole(noticed)
    if (unnamed := _BY_WHOM.sub("", softened)) != softened:
        yield _whole(unnamed)
    yield from (_whole(rest) for rest in sorted(_without_a_part(softened), key=len, reverse=True))


def _in_plain_words(sentence: str) -> str:
    """Say in plain words what has some; addresses stay as they are."""
    addresses = ADDRESS.findall(sentence)
    pieces = ADDRESS.split(sentence)
    for pattern, plain in _IN_PLAIN_WORDS:
        pieces = [pattern.sub(plain, piece) for piece in pieces]
    return "".join(chain.from_iterable(zip_longest(pieces, addresses, fillvalue="")))


def _without_a_part(sentence: str) -> Iterator[str]:
    """Leave out an end or what is between two joints; a cause never stands alone."""
    joints = list(_JOINT.finditer(sentence))[:_MOST_TRIED]
    for joint in joints:
        yield sentence[: joint.start()]
        if not _CAUSE.match(sentence, joint.end()):
            yield sentence[joint.end() :]
    for first, second in pairwise(joints):
        if not _CAUSE.match(sentence, second.end()):
            yield sentence[: first.start()] + sentence[second.start() :]


def _whole(piece: str) -> str:
    """Write a piece as a sentence."""
    piece = re.sub(r"\s+([.,;!?])", r"\1", re.sub(r"\s{2,}", " ", piece)).strip(" ,;:–—-")
    piece = re.sub(r"^(?:and|but|so|anyway|because|since|as)\b[ ,]*", "", piece, flags=re.IGNORECASE)
    if not piece:
        return ""
    return _ended(_begun(piece))


def _begun(piece: str) -> str:
    """Begin with a large letter; an address stays as it can be copied."""
    return piece if ADDRESS.match(piece) else piece[0].upper() + piece[1:]


def _ended(piece: str) -> str:
    piece = piece.rstrip(" ;,")
    return piece + ("" if piece[-1:] in ".!?…:" else ".")
