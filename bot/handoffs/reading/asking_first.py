"""Words behind /recuse that may mean something else: they are asked about, for everybody hears of a search. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rapidfuzz.distance import DamerauLevenshtein

from bot.errors import NotUnderstood
from bot.handoffs.cases import take_case
from bot.handoffs.commands import CancelHandoff, CompleteHandoff, HandBack, Recuse, StartHold, TypeCallback
from bot.handoffs.reading.other_words import Meant, bare, meant_by
from bot.safety.hearing import danger_in
from bot.say.language import _, quoted
from bot.typing.german import to_type
from bot.typing.mentions import named, take_person
from bot.typing.times.moments import WorkingDay, read_moment
from bot.typing.times.until import split_until

if TYPE_CHECKING:
    from bot.say.messages import Button
    from bot.typing.command import Command

_SLIPS = ("cancel", "done", "back", "callback")
_LONG = 6  # letters: one that is wrong in a shorter word makes another word of it
_SHOWN = 60  # letters of what was typed
_MARKS = " \t,;:.!…-–—()"
_TRYING = re.compile(
    r"(?:test(?:ing|en)?|ein test|just (?:a test|testing)|only (?:a test|testing)|asdf)\W*", re.IGNORECASE
)
_LATER = re.compile(
    r"(?:in|at|from|after|around|tomorrow|tonight|later|um|ab|gegen|nach|morgen|nachher|später)\b", re.IGNORECASE
)
_MUCH_LATER = re.compile(r"(?:a bit |a little )?later(?: today| on)?|nachher|später", re.IGNORECASE)
_ANY_DAY = partial(read_moment, now=datetime(2026, 1, 5, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), day=WorkingDay())
_ALL_BUT = (
    r"(?:any|every)(?:one|body)\s(?:but|except|other\sthan|besides)|(?:alle|jede[rn]?|jemand(?:en)?)\s(?:außer|bis\sauf)"
    r"|(?:but|just|please|bitte|bloß|nur|aber)\s(?:not|nicht)|except|außer"
)
_NOT = r"(?:not|nicht|without|ohne)"
_TO = r"\s+(?:to\s+|an\s+)?"
_NOT_THEM = re.compile(  # a bare "not" only in front, or with "please": "he insulted me, not @ben" leaves nobody out
    rf"(?:(?:^|[\s,;:(–—-])(?:{_ALL_BUT})|^(?:(?:to|an)\s)?{_NOT}){_TO}(?=[<@])"
    rf"|(?:^|[\s,;:(–—-]){_NOT}{_TO}(?=(?:<@[^<>]*>|@\S+)\s*(?:please|pls|bitte)\b)",
    re.IGNORECASE,
)
LEFT_OUT = re.compile(  # a name without an @ may follow
    rf"(?:(?:^|[\s,;:(–—-])(?:{_ALL_BUT})|^(?:(?:to|an)\s)?{_NOT}){_TO}(?=\w)"
    rf"|(?:^|[\s,;:(–—-]){_NOT}{_TO}(?=\w+(?:\s\w+)?\s*,?\s(?:please|pls|bitte)\b)",
    re.IGNORECASE,
)


def insist_on_search(words: str, search: Recuse) -> Command:
    """Give the search that words begin, or the command that they are beyond doubt; ask where it may be either."""
    if (search.reason is not None and not search.note) or danger_in(words):
        return search  # nobody in danger is asked what they meant
    meant = meant_by(words)
    if meant is not None and meant.is_sure:
        return _asked_for(meant)
    if meant is not None or (slip := _slip_of(bare(words))):
        raise _which(words, search, meant or Meant(slip))
    if _TRYING.fullmatch(words.strip()):
        raise _which(words, search)
    return insist_on_now(words, search)


def _asked_for(meant: Meant) -> Command:
    """Give the command that one of our words is."""
    match meant.word:
        case "cancel":
            return CancelHandoff(case=meant.case)
        case "done" | "called":
            return CompleteHandoff(case=meant.case, was_called=meant.word == "called")
        case "hold":
            return StartHold()
        case "back":
            return HandBack()
        case _:
            return TypeCallback()


def _button_for(meant: Meant) -> Button:
    """Offer what may be meant, in the words we have for it."""
    spoken = {"called": _("They were called"), "hold": _("I asked them to hold")}
    label = spoken.get(meant.word) or f"{to_type(f'/recuse {meant.word}')} {meant.case}".strip()
    return _asked_for(meant).button(label, "primary")


def insist_on_handing_on(why: str, search: Recuse) -> Recuse:
    """Give the handing on that words ask for, unless what follows ends a search: "back, never mind"."""
    meant = meant_by(why)
    if meant is not None and meant.word == "cancel" and not danger_in(why):
        raise _which(search.note, search, meant)
    return insist_on_now(why, search)


def insist_on_now(words: str, search: Recuse) -> Recuse:
    """Give the search that words begin, unless they want it later, or somebody left out of it."""
    if danger_in(words):
        return search
    if _is_later(words):
        raise _at_once(words, search)
    if whom := _left_out(words):
        raise _nobody_left_out(whom, search)
    return search


def _slip_of(word: str) -> str:
    """Name the command whose letters a single word has in another order or, if it is long, nearly has."""
    return next((one for one in _SLIPS if _is_slip(word, one)), "")


def _is_slip(word: str, of: str) -> bool:
    if word == of:
        return False
    return sorted(word) == sorted(of) or (len(of) >= _LONG and DamerauLevenshtein.distance(word, of) == 1)


def _is_later(words: str) -> bool:
    """Say whether words are nothing but a time to come, and perhaps a case: "in 10 minutes"."""
    said = words.strip(_MARKS)
    if not _LATER.match(said):
        return False
    if _MUCH_LATER.fullmatch(said):
        return True
    time = split_until(said, _ANY_DAY)
    case, rest = take_case(time.why)
    return time.at is not None and (not time.why or (case != "" and not rest))


def _left_out(words: str) -> str:
    """Name whom somebody does not want asked."""
    found = _NOT_THEM.search(words)
    return take_person(words[found.end() :])[0] if found else ""


def _which(words: str, search: Recuse, meant: Meant | None = None) -> NotUnderstood:
    known = (_button_for(meant),) if meant else ()
    return NotUnderstood(
        _("I don't know {words}.").format(words=_shown(words)),
        _("So nothing was changed, and nobody else was asked."),
        _("Did you mean one of these?") if meant else _("Step out if you meant it, or read how: `/recuse help`."),
        (*known, _go_on(search)),
    )


def _at_once(words: str, search: Recuse) -> NotUnderstood:
    return NotUnderstood(
        _("I can't begin later: {words}.").format(words=_shown(words)),
        _("I look for somebody at once, so nothing was changed yet."),
        _("Type `/recuse` when it's time, or begin now."),
        (_go_on(search),),
    )


def _go_on(search: Recuse) -> Button:
    return search.button(_("Hand it on") if search.back else _("Step out of the case"))


def _nobody_left_out(whom: str, search: Recuse) -> NotUnderstood:
    anybody = search.model_copy(update={"who": "", "others": ""})
    return NotUnderstood(
        _("I can't leave {name} out.").format(name=named(whom).lstrip("@")),
        _("I ask whoever is free, and may come to them. Nothing was changed."),
        _("Name whom I ask first: `/recuse @colleague`. Or go on, and I ask anybody."),
        (anybody.button(_("Ask anybody")),),
    )


def _shown(words: str) -> str:
    return quoted(shorten(named(f"/recuse {words}", at="@"), _SHOWN, placeholder="…"))
