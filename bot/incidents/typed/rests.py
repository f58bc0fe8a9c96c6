"""How people type that reminders rest: of which incident, for how long or until when, and why."""

from __future__ import annotations

import re

from bot.incidents.commands import LONGEST_TIME
from bot.incidents.typed.numbers import take_number
from bot.typing.durations import read_leading_duration

_BECAUSE = re.compile(r"(?:^|\s+)(?:because(?: of)?|since|as|why:)(?:\s+|$)|\s*:\s+", re.IGNORECASE)
_UNIT = re.compile(r"(?:days?|d|hours?|hrs?|h|minutes?|mins?|m|am|pm|o'?clock)\b", re.IGNORECASE)
_UNTIL = re.compile(r"\A(?:until|till?|to|for)\s+", re.IGNORECASE)
_LIKE_A_TIME = re.compile(
    r"(?:until|till?)\b|(?:(?:to|for|in|at)\s)?(?:[-+]?\d|(?:half|an? hour|a day|tomorrow|tonight|noon|midnight)\b)",
    re.IGNORECASE,
)
_OFF = re.compile(r"(?:(#?\d{1,9})\s+)?(?:off|over|stop|end)(?:\s+(#?\d{1,9}))?", re.IGNORECASE)


def split_rest(words: str) -> tuple[int | None, str, str]:
    """Tell the number of the incident, the time and the reason apart; what is no time is a reason.

    In "12 30m because …" 12 is the incident; in "30 because …" and "30 min because …" the 30 belongs to the time.
    """
    number, rest = take_number(words)
    until, why = _split_reason(rest)
    if number is not None and not words.startswith("#") and (not until or _UNIT.match(rest)):
        number = None
        until, why = (words[: -len(rest)].strip(), why) if rest and not until else _split_reason(words)
    until = _UNTIL.sub("", until, count=1)
    return (number, until, why) if len(until) <= LONGEST_TIME else (number, "", rest)


def _split_reason(words: str) -> tuple[str, str]:
    pieces = _BECAUSE.split(words, maxsplit=1)
    if len(pieces) > 1:
        return pieces[0].strip(), pieces[1].strip()
    _length, why = read_leading_duration(words)
    if why != words:
        return words.removesuffix(why).strip(), why
    return (words, "") if _LIKE_A_TIME.match(words) else ("", words)


def ends_rest(words: str) -> tuple[bool, int | None]:
    """Say whether the rest is to end, such as "off" or "12 off", and of which incident."""
    found = _OFF.fullmatch(words)
    return found is not None, take_number(found[1] or found[2] or "")[0] if found else None
