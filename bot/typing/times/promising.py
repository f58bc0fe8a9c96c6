"""Sentences that say nothing but when news comes: their words beside the time are all of saying and promising."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.typing.times.endings import Ending, Lead

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_WORDS = 22  # of such a sentence
_SAYING = frozenset(
    word
    for line in (
        "we i you they us me our your my the a an any team all everyone everybody customers will shall can may",
        "should would we'll i'll you'll they'll it'll there'll we're i'm are is am be going to of for from with",
        "and also again back next another further more new additional final update updates news word message",
        "messages information info details status touch know let hear tell told share give send provide publish",
        "post issue write get receive have bring inform keep posted informed promise promised plan planning aim",
        "aiming expect expected hope hoping commit committed intend want try look out watch wait await stay tuned",
        "check there follow follows come comes due sent shared given please what here once on",
        "wir ich sie ihnen uns mich unser unsere unser das die der den dem dann ein eine einen eines weitere",
        "weiteres weiteren weiterer nächste nächstes nächsten nächster naechste naechstes neue neues neuen meldung",
        "nachricht infos informationen neuigkeiten bescheid mehr dazu versprechen verspreche versprochen planen",
        "plane hoffen hoffe wollen will möchten werden werde können koennen zu wissen weiß geben gebe gibt es",
        "folgt folgen kommt kommen melden melde bei wieder erneut hören hoeren von schreiben schreibe schreibt",
        "informieren informiere berichten berichte sagen teilen mit auf laufenden halten senden schicken",
        "veröffentlichen bekommen erhalten schauen sehen bitte vorbei nach hier und noch einmal nochmal nochmals",
        "sollen sollten haben sind ist erwarten erwarte rechnen etwas neuigkeit neuer stand fresh latest",
    )
    for word in line.split(" ")
)
_NEWS = re.compile(
    r"\b(?:(?:next|another|further|more|new|final|status|an|any)\s(?:status\s)?updates?|(?:will|'ll|to|can|and)\supdate"
    r"|^update|updates?\s(?:you|to\sfollow|follows?)|news|touch|know|hear|posted|informed?|tell|word|tuned"
    r"|(?:check|get|come)\sback|write|(?:next|another|further)\smessage|share\swhat"
    r"|(?:more|further|new)\s(?:info(?:rmation)?|details)|more\sfor\syou"
    r"|(?:ein|weiteres|nächstes|neues|nächste|naechste)\supdate"
    r"|(?:weitere|nächste|naechste|neue)\s(?:meldung|nachricht|infos?|informationen)"
    r"|^next$|^(?:next\s|nächster\s|naechster\s|neuer\s)?status$|(?:nächste[rn]?|naechste[rn]?|neue[rn]?|weitere[rn]?)\sstand"
    r"|neues|weiteres|neuigkeit(?:en)?|bescheid|informieren?|berichten?|melden?|mehr|h(?:ö|oe)ren\s(?:sie\s)?(?:wieder\s)?von|laufenden"
    r"|(?:schauen|sehen)\s.*(?:vorbei|nach|hier)|schreiben?)\b"
)
_NO_NEWS = re.compile(r"\b(?:no|not|never|nothing|nicht|nichts|keine?\w*)\b")
_IN_TOUCH = re.compile(r"\bin\s+touch\b", re.IGNORECASE)  # "in" begins a time everywhere else
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\s*\n\s*|\s*\|\s*")
_CLAUSE = re.compile(r"[,;:]\s+(?:(?:and|und|so)\s)?|\s[-–—]+\s|\s(?:and|und)\s")
_AROUND = ".,;:!?()\"“”„'"
_HINGE = " \t\n,;:-–—"
_ENDS = ".!?|:"


def find_promises(text: str, *, last: bool = False) -> Iterator[Ending]:
    """Cut sentences that promise news out of a text, the last one first, or none but the `last`."""
    starts = [0, *(found.end() for found in _SENTENCE.finditer(text))]
    ends = [*(found.start() for found in _SENTENCE.finditer(text)), len(text)]
    for start, end in reversed(list(zip(starts, ends, strict=True))[-1 if last else 0 :]):
        sentence = text[start:end]
        for clause in (0, *(found.end() for found in _CLAUSE.finditer(sentence))):
            if said := _time_of(sentence[clause:]):
                yield Ending(_without(text, start + clause, end), said, Lead.UPDATE)


def leaves_stump(rest: str, text: str) -> bool:
    """Say whether what was cut off a text leaves the beginning of a sentence that only promised it: "We promise"."""
    if not text.startswith(rest) or not rest or rest[-1] in _ENDS or text[len(rest) :].lstrip()[:1] in ",;-–—":
        return False
    words = _SENTENCE.split(rest)[-1]
    return all(_plain(word) in _SAYING for word in _CLAUSE.split(words)[-1].split())


def _time_of(sentence: str) -> str:
    """Give the words of a sentence that must be its time, if all others promise news; empty if they do not."""
    words = _IN_TOUCH.sub("touch", sentence).split()
    if not words or len(words) > _MOST_WORDS:
        return ""
    strange = [place for place, word in enumerate(words) if _plain(word) not in _SAYING]
    if not strange:
        return ""
    first, behind = strange[0], strange[-1] + 1
    others = " ".join(_plain(word) for word in (*words[:first], *words[behind:]))
    if not _NEWS.search(others) or _NO_NEWS.search(others):
        return ""
    return " ".join(words[first:behind]).rstrip(_AROUND)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").strip(_AROUND)


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(_HINGE), text[end:].lstrip()
    before = before.removesuffix(" and").removesuffix(" und").rstrip(_HINGE)
    if after and before and before[-1] not in _ENDS:
        before = f"{before}."
    return f"{before} {after}".strip()
