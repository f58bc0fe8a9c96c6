"""What is typed in the thread of an incident, without its number and the first word of the command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.incidents.model import Incident
from bot.incidents.typed.severities import read_severity
from bot.typing.addressing import without_marks
from bot.typing.german import in_english
from bot.typing.lines import with_lines
from bot.typing.signs import one_spelling

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.ports import Subject

_ITS_OWN = frozenset(
    ("update", "note", "show", "history", "owner", "severity", "snooze", "pause", "resume", "resolve", "reopen")
) | {"retro", "followup"}
_HEAD = re.compile(r"/?(?:incidents?|inc)\s+", re.IGNORECASE)
_NUMBERED = re.compile(r"#?(\d{1,9})(?=[\s:,.]|$)")


def in_thread_of(session: Session, subject: Subject, words: str) -> str:
    """Write words below the card of an incident as they are typed elsewhere."""
    number = session.scalar(select(Incident.number).where(Incident.id == subject.number))
    return words if number is None else about(words, number)


def about(words: str, number: int) -> str:
    """Write words about an incident as a command of its own; others stay as they are."""
    said = _HEAD.sub("", without_marks(words).strip(), count=1)
    head, _space, rest = in_english(f"/incident {_first_apart(said)}").partition(" ")
    word, _space, behind = rest.partition(" ")
    if read_severity(said) is not None and not said.isdigit():
        word, behind = "severity", said
    if word.lower() not in _ITS_OWN:
        return words
    named = _NUMBERED.match(behind)
    if named is not None and int(named[1]) != number and (behind.startswith("#") or not behind[named.end() :].strip()):
        return f"{head} {word} {behind}"  # another one, by its number
    lines = with_lines(behind, said)
    if named is not None and int(named[1]) == number:
        lines = lines[named.end() :].lstrip(" :,.")
    return f"{head} {word} #{number} {lines}".strip()


def _first_apart(said: str) -> str:
    """Take the sign off the first word: "update: …", "note, …"."""
    first, space, rest = one_spelling(said).partition(" ")
    return f"{first.rstrip(':,')}{space}{rest}"
