"""How stepping out of a case is typed: every piece optional, whatever is left is the note."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import NotUnderstood
from bot.handoffs.commands import (
    LONGEST,
    LONGEST_LINE,
    LONGEST_TIME,
    AskForTimes,
    CancelHandoff,
    CompleteHandoff,
    HandBack,
    Recuse,
    TypeCallback,
)
from bot.handoffs.model import Reason
from bot.say.language import N_, _, quoted
from bot.typing.command import Command
from bot.typing.grammar import Phrase
from bot.typing.mentions import take_person
from bot.typing.times.moments import AskBack, Why, WorkingDay, read_moment
from bot.typing.times.until import read_until

if TYPE_CHECKING:
    from collections.abc import Callable


_FOR = ("for ", "für ")
_ANY_DAY = partial(read_moment, now=datetime(2026, 1, 5, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), day=WorkingDay())
_BACK = re.compile(r"(?:back|zurück|zurueck|zurückgeben|zurueckgeben)(?=[\s,;:.!–—-])[\s,;:.!–—-]+", re.IGNORECASE)
_NOTHING_BACK = re.compile(r"and forth\b|office\b|pain\b|order", re.IGNORECASE)  # a sentence's own beginning
_CASE = re.compile(r"[A-Za-z][A-Za-z0-9]*-\d+|#[A-Za-z0-9-]*\d|\d{3,}")
_WORDS: dict[str, Reason] = {
    "heated": Reason.HEATED,
    "too heated": Reason.HEATED,
    "personal attack": Reason.ATTACK,
    "personal": Reason.ATTACK,
    "attack": Reason.ATTACK,
    "insulted": Reason.ATTACK,
    "safety": Reason.SAFETY,
    "threat": Reason.SAFETY,
    "threats": Reason.SAFETY,
    "exhausted": Reason.EXHAUSTED,
    "conflict of interest": Reason.CONFLICT,
    "conflict": Reason.CONFLICT,
    "end of shift": Reason.END_OF_SHIFT,
    "shift": Reason.END_OF_SHIFT,
    "other": Reason.OTHER,
}
_ALONE: dict[str, type[Command]] = {
    "cancel": CancelHandoff,
    "done": CompleteHandoff,
    "back": HandBack,
    "callback": TypeCallback,
}
LONG = 6  # letters: one that is wrong in a shorter word makes another word of it
_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)


def read_recuse(words: str) -> Command:
    """Read "@ben CASE-42 heated: wants the manager": every piece optional, whatever is left is the note."""
    rest = words.strip()
    on_behalf_of = who = case = ""
    if rest.lower().startswith(_FOR):
        on_behalf_of, rest = take_person(rest[4:].strip())
        rest = rest if on_behalf_of else words.strip()
    if not on_behalf_of:
        who, rest = take_person(rest)
    head, _sep, tail = rest.partition(" ")
    if _CASE.fullmatch(head.rstrip(":,")) and len(head) <= LONGEST_LINE:
        case, rest = head.rstrip(":,").lstrip("#"), tail.strip()
    if case and not who and not on_behalf_of:
        who, rest = take_person(rest)
    reason, rest = _take_reason(rest)
    return Recuse(
        who=who,
        on_behalf_of=on_behalf_of,
        case=case,
        reason=reason,
        note=rest[:LONGEST],
        cut=len(rest) > LONGEST,
    )


def _take_reason(words: str) -> tuple[Reason | None, str]:
    lowered = words.lower()
    for name in _BY_LENGTH:
        if lowered == name:
            return _WORDS[name], ""
        if lowered.startswith((f"{name}:", f"{name},", f"{name} -", f"{name} –")):
            return _WORDS[name], words[len(name) :].lstrip(" -–:,").strip()
    return None, words


def _read_callback(words: str) -> Command:
    """Read by when a call was promised; what is no time was the beginning of a note."""
    said = words.strip()
    if not said or _is_time(said):
        return TypeCallback(by=said)
    return read_recuse(f"callback {said}")


def _is_time(words: str) -> bool:
    """Say whether all of it is meant as a time, whichever moment that is."""
    found = read_until(words, _ANY_DAY)
    return len(words) <= LONGEST_TIME and not (isinstance(found, AskBack) and found.why in (Why.NOTHING, Why.UNCLEAR))


def _read_slip(words: str) -> None:
    """Ask first where a single word is another command but for a slip: a search is heard by everybody."""
    word = words.strip().casefold()
    meant = next((one for one in _ALONE if _is_slip(word, one)), "")
    if not meant:
        return
    raise NotUnderstood(
        _("I don't know {words}.").format(words=quoted(f"/recuse {word}")),
        _("So I haven't begun to look for anybody."),
        _("Did you mean one of these?"),
        (
            _ALONE[meant]().button(f"/recuse {meant}", "primary"),
            Recuse(note=words.strip()).button(_("Step out of the case")),
        ),
    )


def _is_slip(word: str, of: str) -> bool:
    """Say whether a word has another one's letters in another order or, if it is a long one, nearly its letters."""
    if word == of or word in _WORDS:
        return False
    same = sorted(word) == sorted(of)
    return same or (len(of) >= LONG and DamerauLevenshtein.distance(word, of) == 1)


def _alone(command: type[Command], word: str) -> Callable[[str], Command]:
    """Read a word that stands alone; with more behind it, it was the beginning of a note."""
    return lambda rest: read_recuse(f"{word} {rest}") if rest else command()


def _read_first(words: str) -> Command:
    _read_slip(words)
    return _read_back_in(words) or read_recuse(words)


def _read_back_in(words: str) -> Command | None:
    """Read a word for back with why behind it: a case that is held is handed on, and no other search begun."""
    found = _BACK.match(words)
    behind = words[found.end() :].strip() if found else ""
    if found is None or _NOTHING_BACK.match(behind):
        return None
    if not behind:
        return HandBack()
    who, behind = take_person(behind)
    reason, why = _take_reason(behind)
    back = (why or behind or who)[:LONGEST]
    return Recuse(who=who, note=words[:LONGEST], cut=len(words) > LONGEST, reason=reason, back=back)


def _read_back(words: str) -> Command:
    return _read_first(f"back {words}") if words else HandBack()


PHRASES = (
    Phrase(
        starts="/recuse",
        takes=N_("[@colleague] [case] [why: what happened]"),
        help=N_("Step out of a heated case: I find somebody who takes it over."),
        read=_read_first,
        person_after=_FOR,
        private=True,
        examples=(
            "/recuse",
            "/recuse @ben",
            "/recuse CASE-42 heated: wants the manager",
            "/recuse for @ana",
        ),
    ),
    Phrase(
        starts="/recuse cancel",
        help=N_("Go on alone after all."),
        read=_alone(CancelHandoff, "cancel"),
        examples=("/recuse cancel",),
    ),
    Phrase(
        starts="/recuse done",
        help=N_("Be done with the case you took over."),
        read=_alone(CompleteHandoff, "done"),
        examples=("/recuse done",),
    ),
    Phrase(
        starts="/recuse callback",
        takes=N_("[by when]"),
        help=N_("Promise the customer a call instead; I remind you, and find somebody else if it's late."),
        read=_read_callback,
        private=True,
        examples=("/recuse callback 16:30", "/recuse callback tomorrow 9:00"),
    ),
    Phrase(
        starts="/recuse back",
        takes=N_("[@colleague] [why]"),
        help=N_("Hand on the case you took over; I look for somebody else."),
        read=_read_back,
        private=True,
        examples=("/recuse back", "/recuse back she wants the manager now"),
    ),
    Phrase(
        starts="/zanshin settings handoffs",
        help=N_("Change how long each step of a handoff waits."),
        read=lambda _words: AskForTimes(),
        examples=("/zanshin settings handoffs",),
    ),
)
