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
from bot.handoffs.commands import CancelHandoff, CompleteHandoff, HandBack, Recuse, TypeCallback
from bot.safety.hearing import danger_in
from bot.say.language import _, quoted
from bot.typing.german import to_type
from bot.typing.mentions import named, take_person
from bot.typing.times.moments import AskBack, Why, WorkingDay, read_moment
from bot.typing.times.until import Until, split_until

if TYPE_CHECKING:
    from bot.say.messages import Button
    from bot.typing.command import Command

ALONE: dict[str, type[Command]] = {
    "cancel": CancelHandoff,
    "done": CompleteHandoff,
    "back": HandBack,
    "callback": TypeCallback,
}
_LONG = 6  # letters: one that is wrong in a shorter word makes another word of it
_SHOWN = 60  # letters of what was typed
_OTHERWISE: dict[str, tuple[str, ...]] = {
    "cancel": (
        "cancel",
        *("stop", "abort", "undo", "nvm", "nevermind", "never mind", "forget it", "forget about it", "false alarm"),
        *("not needed", "not needed anymore", "no longer needed", "all good", "i'm fine", "i am fine", "i'm ok"),
        *("abbrechen", "abbruch", "stopp", "doch nicht", "vergiss es", "schon gut", "fehlalarm", "nicht mehr nötig"),
        *("doch nicht mehr nötig", "nicht nötig", "hat sich erledigt", "alles gut"),
    ),
    "done": (
        "done",
        *("all done", "finished", "all finished", "complete", "completed", "closed", "solved", "resolved", "sorted"),
        *("fertig", "erledigt", "abgeschlossen", "gelöst"),
    ),
}
_MEANT = sorted(((said, meant) for meant, words in _OTHERWISE.items() for said in words), key=lambda one: -len(one[0]))
_POLITE = re.compile(
    r"\b(?:please|pls|plz|thanks?|thank you|thx|ty|cheers|all|everyone|team|bitte|danke|schön|euch|allen?|it|that|this"
    r"|the search|search|now|already|for now)\b",
    re.IGNORECASE,
)
_MARKS = " \t,;:.!…-–—()"
_TRYING = re.compile(
    r"(?:test(?:ing|en)?|ein test|just (?:a test|testing)|only (?:a test|testing)|asdf)\W*", re.IGNORECASE
)
_LATER = re.compile(
    r"(?:in|at|from|after|around|tomorrow|tonight|later|um|ab|gegen|nach|morgen|nachher|später)\b", re.IGNORECASE
)
_MUCH_LATER = re.compile(r"(?:a bit |a little )?later(?: today| on)?|nachher|später", re.IGNORECASE)
_ANY_DAY = partial(read_moment, now=datetime(2026, 1, 5, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), day=WorkingDay())
_NOT_THEM = re.compile(
    r"(?:(?:but|just|please|bitte|bloß|nur|to|an)\s)*(?:not|nicht|without|ohne|except|außer"
    r"|(?:any|every)(?:one|body)\s(?:but|except|other than)|(?:alle|jeder?|jemand)\saußer)\s+(?:to\s+|an\s+)?(?=[<@])",
    re.IGNORECASE,
)


def insist_on_search(words: str, search: Recuse) -> Command:
    """Give the search that words begin, or the command that they are beyond doubt; ask where it may be either."""
    said = words.casefold().strip()
    if (search.reason is not None and not search.note) or danger_in(words):
        return search  # nobody in danger is asked what they meant
    if meant := _sure(said):
        return ALONE[meant]()
    if meant := _slip_of(said) or _otherwise(said):
        raise _which(words, search, meant)
    if _TRYING.fullmatch(said):
        raise _which(words, search)
    return insist_on_now(words, search)


def insist_on_handing_on(why: str, search: Recuse) -> Recuse:
    """Give the handing on that words ask for, unless what follows ends a search: "back, never mind"."""
    said = why.casefold().strip()
    if not danger_in(why) and "cancel" in (_sure(said), _otherwise(said)):
        raise _which(search.note, search, "cancel")
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


def _sure(said: str) -> str:
    """Find our word with nothing but thanks behind it: "done, thanks!"."""
    head = re.split(r"[^\w]", said, maxsplit=1)[0]
    known = head in ("cancel", "done")
    return head if known and not _POLITE.sub("", said[len(head) :]).strip(_MARKS) else ""


def _otherwise(said: str) -> str:
    """Find one of our commands in other words, or with more behind it: "never mind", "done, she has her refund"."""
    for word, meant in _MEANT:
        behind = said[len(word) :]
        if not said.startswith(word) or (behind and behind[0].isalnum()):
            continue
        rest = _POLITE.sub("", behind).strip(_MARKS)
        if not rest or behind.lstrip()[0] in ",;:.!-–—" or take_case(rest) == (rest.lstrip("#"), ""):
            return meant
    return ""


def _slip_of(word: str) -> str:
    """Name the command whose letters a single word has in another order or, if it is long, nearly has."""
    return next((one for one in ALONE if _is_slip(word, one)), "")


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


def time_in_front(words: str) -> Until | None:
    """Find a time at the beginning of words, with what follows: "16:30 on her mobile"."""
    found = split_until(words, _ANY_DAY)
    unread = isinstance(found.at, AskBack) and found.at.why in (Why.NOTHING, Why.UNCLEAR)
    leads = found.words != words and words.startswith(found.words)
    return found if found.at is not None and leads and not unread else None


def _left_out(words: str) -> str:
    """Name whom somebody does not want asked."""
    found = _NOT_THEM.match(words)
    return take_person(words[found.end() :])[0] if found else ""


def _which(words: str, search: Recuse, meant: str = "") -> NotUnderstood:
    known = (ALONE[meant]().button(to_type(f"/recuse {meant}"), "primary"),) if meant else ()
    return NotUnderstood(
        _("I don't know {words}.").format(words=_shown(words)),
        _("So I haven't begun to look for anybody."),
        _("Did you mean one of these?") if meant else _("Step out if you meant it, or read how: `/recuse help`."),
        (*known, _go_on(search)),
    )


def _at_once(words: str, search: Recuse) -> NotUnderstood:
    return NotUnderstood(
        _("I can't begin later: {words}.").format(words=_shown(words)),
        _("I look for somebody at once, so I haven't begun yet."),
        _("Type `/recuse` when it's time, or begin now."),
        (_go_on(search),),
    )


def _go_on(search: Recuse) -> Button:
    return search.button(_("Hand it on") if search.back else _("Step out of the case"))


def _nobody_left_out(whom: str, search: Recuse) -> NotUnderstood:
    anybody = search.model_copy(update={"who": ""})
    return NotUnderstood(
        _("I can't leave {name} out.").format(name=named(whom).lstrip("@")),
        _("I ask whoever is free, and may come to them. So I haven't begun to look for anybody."),
        _("Name whom I ask first: `/recuse @colleague`. Or go on, and I ask anybody."),
        (anybody.button(_("Ask anybody")),),
    )


def _shown(words: str) -> str:
    return quoted(shorten(named(f"/recuse {words}", at="@"), _SHOWN, placeholder="…"))
