"""How people type that reminders rest: of which incident, for how long or until when, and why."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.incidents.typed.numbers import take_number
from bot.typing.times.moments import AskBack, Moment, Why
from bot.typing.times.until import Until, read_until, split_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.typing.times.until import Read

_BECAUSE = re.compile(r"(?:^|[\s,;]+)(?:because(?: of)?|since|as|why:)(?:\s+|$)|\s*:\s+", re.IGNORECASE)
_IN_FRONT = re.compile(r"(?:at|in|on|between|from|um|gegen|zwischen|von)\s", re.IGNORECASE)
_OFF = re.compile(r"(?:(#?\d{1,9})\s+)?(?:off|over|stop|end)(?:\s+(#?\d{1,9}))?", re.IGNORECASE)


def split_rest(line: str, read: Read, is_live: Callable[[int], bool]) -> tuple[int | None, Until]:
    """Tell the number of the incident, the end of the rest and the reason apart.

    In "12 30m because …" 12 is the incident; in "30 min because …" the 30 belongs to the time. In "30 because …" and
    "1 1/2 hours because …" the number is that of an incident if there is such a one.
    """
    number, rest = take_number(line)
    whole = split_end(line, read)
    if number is None:
        return None, whole
    after = split_end(rest, read)
    digits = str(number)
    if isinstance(whole.at, Moment) and whole.words.startswith(f"{digits} "):
        apart = _is_time(after) and rest.startswith(after.words) and is_live(number)
    else:
        apart = after.at is not None or is_live(number)
    return (number, after) if apart else (None, whole)


def _is_time(said: Until) -> bool:
    return said.at is not None and not (isinstance(said.at, AskBack) and said.at.why is Why.UNCLEAR)


def split_end(line: str, read: Read) -> Until:
    """Take the end of a rest out of a line: it stands before its "because", if there is one; the rest begins now."""
    reason = _BECAUSE.search(line)
    head = line[: reason.start()].strip() if reason else line
    why = line[reason.end() :].strip() if reason else ""
    if reason and not head:
        return Until(None, why=why)
    said = _from_now_on(split_until(head, read), head, read)
    if said.at is None and reason:
        said, why = _from_now_on(split_until(line, read), line, read), ""
    if isinstance(said.at, AskBack) and said.at.why is Why.UNCLEAR and why:
        return replace(said, why=why)
    return replace(said, why=f"{said.why} {why}".strip())


def _from_now_on(said: Until, line: str, read: Read) -> Until:
    """Read "at 14:30" and "in 30m" in front as the end, since no rest is planned ahead."""
    if _leads(said, line):
        return replace(said, at=read_until(said.words, read))
    return said


def _leads(said: Until, line: str) -> bool:
    in_front = line.startswith(said.words) and _IN_FRONT.match(said.words) is not None
    return in_front and isinstance(said.at, AskBack) and said.at.why is Why.BEGINS


def ends_rest(words: str) -> tuple[bool, int | None]:
    """Say whether the rest is to end, such as "off" or "12 off", and of which incident."""
    found = _OFF.fullmatch(words)
    return found is not None, take_number(found[1] or found[2] or "")[0] if found else None
