"""Where in a text its last words may be the time of the next update, and when a doubtful one counts as such."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.typing.times.answers import Why
from bot.typing.times.days import MONTH, WEEKDAY, names_day
from bot.typing.times.places import begins_with_place
from bot.typing.times.words import is_clause, names_seconds, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_TAIL = 160  # characters: a time is said in few words, and is looked for in no more


_MOST_WORDS = 14  # of a promise, with "we will give you the next update by"
_STOPS = ".,;:!?|)"
_OF_TIME = re.compile(r"(?:uhr|mes?z|(?-i:[A-Z]{1,4}T)|utc|gmt|msk)\b", re.IGNORECASE)
_COURTESY = ("thanks", "thx", "cheers", "sorry", "apologies", "danke", "entschuldigung")


class Lead(enum.StrEnum):
    """What comes before a time at the end of a text."""

    WHOLE = enum.auto()  # nothing: the whole text may be a time
    STOP = enum.auto()  # the end of a sentence or of a part of one
    UPDATE = enum.auto()  # "next update"
    BY = enum.auto()
    UNTIL = enum.auto()  # or "at", "before": said of other things too
    IN = enum.auto()
    TOMORROW = enum.auto()


_TAG = r"(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"  # as people name days in German
_ON = rf"(?:(?:on\s)?(?:today|tomorrow|{WEEKDAY})\s|(?:am\s)?(?:heute|(?:über|ue?ber)?morgen|{_TAG})\s)?"
_WILL, _SEND = r"(?:we|you|i)(?:['’]ll|\swill|\scan)?\s", r"(?:send|post|give|share|get|expect|have)\s(?:you\s)?"
# "You hear from us again", "we write more", "my next message": they promise an update without the word.
_TO_YOU = r"(?:\s(?:to|from)\s(?:you|us|me))?"
_WRITE = rf"(?:hear|write|post|report|come\sback|be\sback){_TO_YOU}(?=\s(?:again|more|by|at|in)\b)"
_LEADS = re.compile(
    rf"""
    (?: [.,;!?|]\s+ | \s[-–—]+\s+ | \n\s* ) (?P<stop>)
  | \b(?P<update> (?:(?:eta|time)\s(?:for|of)\s)?(?:no\s)?(?:{_WILL})?(?:{_SEND})?
        (?:(?:the|our|your|an?)\s)?(?:next|another|further)\supdate\b
      | {_WILL}(?:{_SEND}(?:an\s)?)?update\b
      | (?:(?:and|we|you|i)(?:['’]ll|\swill)?\s){{1,2}}{_WRITE}(?:\s(?:again|more))?\b
      | (?:(?:the|our|my)\s)?(?:next|more)\s(?:message|news)\b
      | (?:(?:die|unsere|das|ein)\s)?(?:n(?:ä|ae)chste[ns]?|weitere[ns]?)\s(?:meldung|nachricht|update|info)\b
      | (?:(?:wir|ich)\s)?meld(?:en?\s(?:uns|mich)|en\suns)(?:\s(?:wieder|erneut|bei\sihnen))*\b
      | (?:sie\s)?h(?:ö|oe)ren\s(?:sie\s)?(?:wieder\s)?von\s(?:uns|mir)(?:\swieder)?\b
      | (?:(?:weitere|die\sn(?:ä|ae)chsten)\s)?neuigkeiten(?:\sgibt\ses)?\b
      | mehr\s(?:dazu|informationen)\b )
  | (?<!\S)(?:
        (?P<by> {_ON}(?:by|(?:no|not)\slater\sthan|(?:sp(?:ä|ae)testens\s)?bis|sp(?:ä|ae)testens)\b )
      | (?P<until> {_ON}(?:until|till|before)\b | (?:today\s|tonight\s)?at\b | between\b
          | {_ON}(?:um|gegen)\b | zwischen\b )
      | (?P<in> (?:in|within|over\sthe\snext|innerhalb)\b )
      | (?P<tomorrow> (?:first\sthing\s)?tomorrow\b | (?:über|ue?ber)?morgen\s(?:fr(?:ü|ue)h|mittag|abend)\b ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Words after which no promise follows: "not before", "yesterday at", "on Monday at" (which may be the one gone by).
_UNLESS = re.compile(
    rf"\b(?:since|from|after|yesterday|last|not|than|of|up|down|or|seit|ab|nach|gestern|nicht|als|{WEEKDAY}|{MONTH})$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|never|nothing|nobody|nicht|nichts|nie|niemand|keine?[nrms]?|\w+n['’]t)\b", re.IGNORECASE
)
_NEXT = re.compile(r"(?:(?<=[.!?|])\s+|^)(?:next|n(?:ä|ae)chste[nrs]?)$", re.IGNORECASE)  # update
_LONGEST_SAID = 100  # characters: what is longer says more than when
_SAID_NEXT = re.compile(
    r"(?:^|(?<=[.!?…|])\s|\n)\s*(?P<said>(?:(?:and|the|our|your|und|das|die|unser)\s)?"
    r"(?:next\s(?:update|news|message)|(?:n(?:ä|ae)chste[ns]?|weitere[ns]?)\s(?:update|meldung|nachricht|info))\b"
    r"(?!\s(?:of|to|for|von|zu|für)\b)(?:[^.!?|\n]|\.(?=\w))*[.!?]*)(?=\s|$|\|)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.,;:!?\n]|\b(?:and|but|so|und|aber)\b", re.IGNORECASE)

_ALWAYS = frozenset(Why) - {Why.NOTHING, Why.UNCLEAR}
_BY = frozenset({Why.HALF_OF_DAY, Why.WHICH_DAY, Why.SKIPPED, Why.OTHER_ZONE, Why.NO_SUCH_DAY, Why.TOO_FAR})
_COUNTS = {
    Lead.WHOLE: _ALWAYS,
    Lead.STOP: _ALWAYS - {Why.TIME_OR_LENGTH, Why.NO_SUCH_TIME},  # numbers and prices stand there too
    Lead.UPDATE: _ALWAYS,
    Lead.BY: _BY | {Why.NO_HOUR},
    Lead.UNTIL: _BY,  # "we were down until 9:30" tells of the past
    Lead.IN: frozenset({Why.TOO_FAR, Why.NOT_AHEAD, Why.VAGUE}),
    Lead.TOMORROW: frozenset[Why](),
}


@dataclass(frozen=True)
class Ending:
    """A way to cut a text: what is said, and what may be a time."""

    rest: str
    tail: str
    lead: Lead


def find_endings(text: str) -> Iterator[Ending]:
    """Cut a text wherever a time may begin, the longest first."""
    yield Ending("", text, Lead.WHOLE)
    for found in _LEADS.finditer(text, max(0, len(text) - _TAIL)):
        lead = Lead(found.lastgroup or "")
        start = found.start(lead)
        if names_seconds(text[start:]) and lead is not Lead.UPDATE:  # "pages load in 90 seconds" promises nothing
            continue
        if lead in (Lead.STOP, Lead.UPDATE) or not _denies(text[max(0, start - _TAIL) : start]):
            yield Ending(_without_hinge(text[:start]), text[start:], lead)


def find_inside(text: str) -> Iterator[Ending]:
    """Cut "next update at 13:00" out of the middle of a text: what stands behind it has to stand apart."""
    for found in reversed(list(_LEADS.finditer(text))):
        if found.lastgroup != Lead.UPDATE:
            continue
        before, pieces = text[: found.start(Lead.UPDATE)], text[found.start(Lead.UPDATE) :].split()
        for count in range(min(_MOST_WORDS, len(pieces)), 0, -1):
            after = " ".join(pieces[count:])
            if not after or pieces[count - 1][-1] in _STOPS or _stands_apart(after):
                rest = f"{_without_hinge(before)} {after}".strip()
                yield Ending(rest, " ".join(pieces[:count]), Lead.UPDATE)


def _stands_apart(after: str) -> bool:
    """Say whether words behind a time begin something else, rather than belonging to it: "13:00 Berlin"."""
    alone = after.strip(".!").isalpha() and after.strip(".!").lower() not in _COURTESY  # "13:00 Springfield"
    if _OF_TIME.match(after):
        return False
    return not (alone or after[0].islower() or after[0].isdigit() or begins_with_place(after))


def find_said_next(text: str) -> Ending | None:
    """Cut out the last sentence that begins with "Next update", whatever follows: it can say nothing but when."""
    found = next(reversed(list(_SAID_NEXT.finditer(text))), None)
    if found is None or len(found["said"]) > _LONGEST_SAID:
        return None
    rest = f"{text[: found.start('said')].rstrip()} {text[found.end() :].lstrip()}".strip()
    return Ending(rest, found["said"].strip(), Lead.UPDATE)


def counts(ending: Ending, why: Why, today: date) -> bool:
    """Say whether a time that is asked back was meant as one, rather than being part of a sentence."""
    words = tidy(ending.tail).text
    if why is Why.VAGUE and ending.lead is not Lead.UPDATE and is_clause(words):
        return False
    if why is Why.NOT_AHEAD and ending.lead is Lead.STOP and names_day(words, today):
        return False  # "It broke on Friday, 20 Nov 16:00" tells of the past
    return why in _COUNTS[ending.lead]


def _denies(before: str) -> bool:
    """Say whether words make no promise of the time behind them: "nothing works until", "yesterday at"."""
    clause = _CLAUSE.split(before)[-1].strip()
    return _UNLESS.search(clause) is not None or _NOT.search(clause) is not None


def _without_hinge(rest: str) -> str:
    """Take off what joined the time to the text, such as "Next", but not the full stop of the sentence before."""
    loose = " \t\n,;-–—"
    return _NEXT.sub("", rest.rstrip(loose).removesuffix(" and").removesuffix(" und").rstrip(loose))
