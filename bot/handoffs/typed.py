"""How stepping out of a case is typed: every piece optional, whatever is left is the note."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.handoffs.asking_first import insist_on_handing_on, insist_on_search, time_in_front
from bot.handoffs.cases import case_behind_name, take_case
from bot.handoffs.commands import (
    LONGEST,
    LONGEST_TIME,
    AskForTimes,
    CancelHandoff,
    CompleteHandoff,
    HandBack,
    Recuse,
    TypeCallback,
)
from bot.handoffs.model import Reason
from bot.say.language import N_
from bot.typing.command import Command
from bot.typing.grammar import Phrase
from bot.typing.mentions import take_person
from bot.typing.times.moments import AskBack, Why, WorkingDay, read_moment
from bot.typing.times.until import read_until

if TYPE_CHECKING:
    from collections.abc import Callable


_FOR = ("for ", "für ")
_RECEIVES = ("to ", "an ", *_FOR)
_IN_FRONT = ("to ", "an ", "ask ", "")  # of a colleague who is to be asked first
_ANY_DAY = partial(read_moment, now=datetime(2026, 1, 5, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), day=WorkingDay())
_BACK = re.compile(
    r"(?:(?:please|pls|bitte)\s+)?"
    r"(?:(?:(?:hand|give|pass|send|gib|gebe)\s+(?:(?:it|this|that|es|das|ihn|(?:the|this|my|den|diesen)\s+(?:case|fall))\s+)?)?"
    r"(?:back|zurück|zurueck)|zurückgeben|zurueckgeben|weitergeben|weiterreichen"
    r"|(?:hand|pass)\s+(?:it|this|the\s+case)\s+on)(?=[\s,;:.!–—-])[\s,;:.!–—-]+",
    re.IGNORECASE,
)
_NOTHING_BACK = re.compile(r"and forth\b|office\b|pain\b|order", re.IGNORECASE)  # a sentence's own beginning
_CALL_BACK = re.compile(
    r"call\s+(?:(?:her|him|them|the customer)\s+)?back\b[\s,:]*|rückruf\b[,:]\s*|callback[,:]\s*", re.IGNORECASE
)
_TO = re.compile(
    r"(?:(?:please|pls|bitte)\s+)?(?:(?:to|ask|an|frag(?:e|t|en)?|hand(?: it)?(?: over)? to)[\s:]+)?(?=[<@])",
    re.IGNORECASE,
)
_ALSO = re.compile(
    r"[,&/+]?\s*(?:(?:and|or|then|und|oder|dann)\s+)?(?:(?:to|ask|an|frag(?:e|t|en)?)\s+)?(?=[<@])", re.IGNORECASE
)
_WITH = re.compile(r"(?:to|for|of|with|from|an|für|fuer|zu|von|mit|aus)\s+", re.IGNORECASE)  # before what is handed on
_NOT_THE_OTHER = re.compile(
    r"[\s,(]*(?:(?:and|und)\s+)?(?:not|nicht|instead of|statt)\s+(?:(?:case|fall)\s+)?"
    r"#?[a-z0-9-]*\d\s*(?:$|[,;:.!)–—-]\s*)",
    re.IGNORECASE,
)
_ASK_LAST = re.compile(r"\b(?:ask|frag(?:e|t|en)?)\s+(<@[^<>]+>|@[^\s<>]+)(?:\s+(?:please|pls|bitte))?$", re.IGNORECASE)
_TAKE = re.compile(
    r"(?:please|pls|bitte|can (?:some(?:one|body)|you))(?:\s+(?:take|have|nehmt|übernehmt))?\s+", re.IGNORECASE
)
_PLEASE = re.compile(r"^(?:please|pls|bitte)\b[\s,:.]*", re.IGNORECASE)
_WHY = re.compile(r"^(?:\|\s*|(?:reason|why|because|grund|weil)\s*[:=]\s*)+", re.IGNORECASE)
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
    "abusive": Reason.ATTACK,
    "end of my shift": Reason.END_OF_SHIFT,
    "my shift is over": Reason.END_OF_SHIFT,
    "my shift ends": Reason.END_OF_SHIFT,
    "hitzig": Reason.HEATED,
    "zu hitzig": Reason.HEATED,
    "persönlicher angriff": Reason.ATTACK,
    "persönlich": Reason.ATTACK,
    "angriff": Reason.ATTACK,
    "beleidigt": Reason.ATTACK,
    "sicherheit": Reason.SAFETY,
    "bedrohung": Reason.SAFETY,
    "drohung": Reason.SAFETY,
    "erschöpft": Reason.EXHAUSTED,
    "befangen": Reason.CONFLICT,
    "interessenkonflikt": Reason.CONFLICT,
    "schichtende": Reason.END_OF_SHIFT,
    "feierabend": Reason.END_OF_SHIFT,
    "sonstiges": Reason.OTHER,
}
_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)


def read_recuse(words: str) -> Recuse:
    """Read "@ben CASE-42 heated: wants the manager": every piece optional, whatever is left is the note."""
    rest = words.strip()
    on_behalf_of = who = case = ""
    if rest.lower().startswith(_FOR):
        on_behalf_of, rest = take_person(rest[4:].strip())
        rest = rest if on_behalf_of else words.strip()
    others = ""
    if not on_behalf_of:
        who, others, rest = _take_colleagues(rest)
    case, rest = take_case(rest)
    if case and not who and not on_behalf_of:
        who, others, rest = _take_colleagues(rest)
    if not who and not on_behalf_of and (asked := _ASK_LAST.search(rest)):
        who, rest = asked[1], rest[: asked.start()].rstrip(" ,;.-")
    if not case:
        case, rest = _case_behind(rest)
    reason, rest = _take_reason(rest.lstrip("-–— ") if case else rest)
    return Recuse(
        who=who,
        others=others,
        on_behalf_of=on_behalf_of,
        case=case,
        reason=reason,
        note=rest[:LONGEST],
        cut=len(rest) > LONGEST,
    )


def _case_behind(words: str) -> tuple[str, str]:
    """Take the case that stands behind a reason, or behind "please take": "heated CASE-42 charged twice"."""
    if asked := _TAKE.match(words):
        return take_case(words[asked.end() :]) if take_case(words[asked.end() :])[0] else ("", words)
    for name in (one for one in _BY_LENGTH if words.lower().startswith((f"{one} ", f"{one},", f"{one}:"))):
        case, behind = take_case(words[len(name) :].lstrip(" ,:-"))
        if case:
            return case, f"{name}: {behind}" if behind else name
    return case_behind_name(words), words


def _take_colleagues(words: str) -> tuple[str, str, str]:
    """Take whoever is to be asked first off the front, and who beside them: "@ben", "to @ben and @omar"."""
    to = _TO.match(words)
    who, rest = take_person(words[to.end() :] if to else words)
    others: list[str] = []
    while who and (also := _ALSO.match(rest)) is not None:
        one, rest = take_person(rest[also.end() :])
        if not one:
            break
        others.append(one)
    return who, " ".join(others), _PLEASE.sub("", rest) if who else rest


def _take_reason(words: str) -> tuple[Reason | None, str]:
    words = _WHY.sub("", words)
    lowered = words.lower()
    for name in _BY_LENGTH:
        if lowered == name:
            return _WORDS[name], ""
        if lowered.startswith((f"{name}:", f"{name},", f"{name} -", f"{name} –", f"{name} |")):
            return _WORDS[name], words[len(name) :].lstrip(" -–:,|").strip()
    return None, words


def _read_callback(words: str) -> Command:
    """Read by when a call was promised; what is no time was the beginning of a note."""
    said = words.strip()
    if not said or _is_time(said):
        return TypeCallback(by=said)
    if time := time_in_front(said):
        return TypeCallback(by=time.words[:LONGEST_TIME], words=time.why[:LONGEST])
    return insist_on_search(said, read_recuse(f"callback {said}"))


def _is_time(words: str) -> bool:
    """Say whether all of it is meant as a time, whichever moment that is."""
    found = read_until(words, _ANY_DAY)
    return len(words) <= LONGEST_TIME and not (isinstance(found, AskBack) and found.why in (Why.NOTHING, Why.UNCLEAR))


def _alone(command: type[Command], word: str) -> Callable[[str], Command]:
    """Read a word that stands alone; with more behind it, it was the beginning of a note."""
    return lambda rest: _read_first(f"{word} {rest}") if rest else command()


def _read_first(words: str) -> Command:
    """Read what stands behind /recuse, wherever its words begin like another command of ours."""
    if call := _CALL_BACK.match(words):
        return _read_callback(words[call.end() :])
    return _read_back_in(words) or insist_on_search(words, read_recuse(words))


def _read_back_in(words: str) -> Command | None:
    """Read a word for back with why behind it: a case that is held is handed on, and no other search begun."""
    found = _BACK.match(words)
    behind = words[found.end() :].strip() if found else ""
    if found is None or _NOTHING_BACK.match(behind):
        return None
    if not behind:
        return HandBack()
    who, others, behind = _take_receivers(behind)
    case, behind = _take_held(behind)
    if case and not who:
        who, others, behind = _take_receivers(behind)
    reason, why = _take_reason(behind)
    read = Recuse(
        who=who,
        others=others,
        case=case,
        reason=reason,
        note=words[:LONGEST],
        cut=len(words) > LONGEST,
        back=words[: found.end()].strip(),
        why=why[:LONGEST],
    )
    return insist_on_handing_on(why, read)


def _take_receivers(words: str) -> tuple[str, str, str]:
    """Take those off the front to whom a case is handed on: "to @sofia", "für @sofia und @omar"."""
    lead = _WITH.match(words)
    found = _take_colleagues(words[lead.end() :] if lead else words)
    return found if found[0] else ("", "", words)


def _take_held(words: str) -> tuple[str, str]:
    """Take the case that is handed on off the front: "CASE-43", "with CASE-43, not 42"; "for 300 euros" is none."""
    lead = _WITH.match(words)
    case, rest = take_case(words[lead.end() :] if lead else words)
    if not case or (lead and rest and words[lead.end()].isdigit()):
        return "", words
    return case, rest[other.end() :] if (other := _NOT_THE_OTHER.match(rest)) else rest


def _read_back(words: str) -> Command:
    return _read_first(f"back {words}") if words else HandBack()


def _is_name(behind: str) -> bool:
    """Say whether what stands behind a colleague's name shows that it is one: a mark, a case, "please" or nothing."""
    said = behind.strip()
    return not said or said[0] in ",:;" or _PLEASE.match(said) is not None or take_case(said)[0] != ""


PHRASES = (
    Phrase(
        starts="/recuse",
        takes=N_("[@colleague] [case] [why: what happened]"),
        help=N_("Step out of a heated case: I find somebody who takes it over."),
        read=_read_first,
        person_after=(*_FOR, *(f"{back} {to}" for back in ("zurück", "zurückgeben") for to in _RECEIVES), *_IN_FRONT),
        sure=dict.fromkeys(_IN_FRONT, _is_name),
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
        takes=N_("[@colleague] [case] [why]"),
        help=N_("Hand on the case you took over; I look for somebody else."),
        read=_read_back,
        person_after=_RECEIVES,
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
