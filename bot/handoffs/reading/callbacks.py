"""How a call to the customer is promised: by when, for which case, and what else was said. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.handoffs.cases import take_case
from bot.handoffs.commands import LONGEST, LONGEST_TIME, CancelHandoff, Recuse, TypeCallback
from bot.handoffs.reading.other_words import meant_by
from bot.safety.hearing import danger_in
from bot.typing.command import Command
from bot.typing.times.moments import AskBack, Why, WorkingDay, read_moment
from bot.typing.times.until import Until, read_until, split_until

_ANY_DAY = partial(read_moment, now=datetime(2026, 1, 5, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), day=WorkingDay())
_CALL_BACK = re.compile(r"call\s+(?:(?:her|him|them|the customer)\s+)?back\b[\s,:]*", re.IGNORECASE)
_MARKED = re.compile(r"(?:rückruf|callback)[,:–—-]\s*", re.IGNORECASE)
_BEHIND_CASE = re.compile(r"(?:callback|call\s+(?:(?:her|him|them)\s+)?back|rückruf)\b[\s,:]*", re.IGNORECASE)
_MARKS = " \t,;:–—-"
_MAY_BE_PLACE = re.compile(r"(?:\d[:.]\d\d|\d ?[ap]m|uhr) [A-ZÄÖÜ][\w-]{2,}$")  # alone right behind a time of day
_FEW = 3  # words of a time that we don't read; more than these say something else, too


def read_callback_in(words: str) -> Command | None:
    """Read a promise in words that begin with it, or with the case it is for: "CASE-78 callback 11:30"."""
    if marked := _MARKED.match(words):
        return read_callback(words[marked.end() :])
    case, rest = take_case(words)
    call = _BEHIND_CASE.match(rest) if case else _CALL_BACK.match(words)
    if call is None:
        return None
    said = (rest if case else words)[call.end() :].strip(_MARKS)
    if said and not _has_time(said):
        return None  # "call back requested, nobody did" is somebody's own sentence
    return read_callback(f"{case} {said}".strip())


def _has_time(words: str) -> bool:
    """Say whether a time stands in front, behind a case or not, or what may be meant as one."""
    said = take_case(words)[1].strip(_MARKS)
    return _is_time(said) or _time_in_front(said) is not None or said[:1].isdigit()


def read_callback(words: str) -> Command:
    """Read by when a call was promised; what is no time that we know is asked in the form, and begins no search."""
    said = words.strip(_MARKS)
    if danger_in(said):
        return Recuse(note=f"callback {said}"[:LONGEST])
    if (meant := meant_by(said)) is not None and meant.word == "cancel":
        return CancelHandoff()
    case, rest = take_case(said)
    rest = rest.strip(_MARKS)
    if not rest or _is_time(rest):
        return TypeCallback(by=rest, case=case)
    if _MAY_BE_PLACE.search(rest) and take_case(rest.rsplit(" ", 1)[1])[0] == "":
        return TypeCallback(by=rest[:LONGEST_TIME], case=case)  # asked, as it may be by the clock there
    if time := _time_in_front(rest):
        behind, why = take_case(time.why) if not case else (case, time.why)
        return TypeCallback(by=time.words[:LONGEST_TIME], words=why[:LONGEST], case=behind)
    words_too = rest if len(rest.split()) > _FEW else ""
    return TypeCallback(by=rest[:LONGEST_TIME], words=words_too[:LONGEST], case=case)


def _time_in_front(words: str) -> Until | None:
    """Find a time at the beginning of words, with what follows: "16:30 on her mobile"."""
    found = split_until(words, _ANY_DAY)
    unread = isinstance(found.at, AskBack) and found.at.why in (Why.NOTHING, Why.UNCLEAR)
    leads = found.words != words and words.startswith(found.words)
    return found if found.at is not None and leads and not unread else None


def _is_time(words: str) -> bool:
    """Say whether all of it is meant as a time, whichever moment that is."""
    found = read_until(words, _ANY_DAY)
    return len(words) <= LONGEST_TIME and not (isinstance(found, AskBack) and found.why in (Why.NOTHING, Why.UNCLEAR))
