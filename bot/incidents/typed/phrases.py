"""What can be typed about incidents, with the help people read about it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import NotUnderstood
from bot.incidents.commands import (
    LONGEST,
    LONGEST_LINE,
    LONGEST_REASON,
    LONGEST_TITLE,
    AddNote,
    AskForCadences,
    AskForOwner,
    AskForUpdate,
    AskToOpen,
    AskToPause,
    AskToResolve,
    AskToSnooze,
    ChangeSeverity,
    ListIncidents,
    OfferOwnership,
    OnIncident,
    OpenIncident,
    PlanIncident,
    Reopen,
    Resolve,
    Resume,
    ShowHistory,
    ShowIncident,
    ShowMyPromises,
    ShowWordings,
    TypePause,
    TypeRest,
    TypeSnooze,
    TypeUpdate,
    insist_on_short,
)
from bot.incidents.typed.numbers import insist_on_one, number_behind, only_number, take_number, take_sure_number
from bot.incidents.typed.rests import ends_rest
from bot.incidents.typed.severities import (
    USUAL,
    read_change,
    read_severity,
    split_reason,
    split_severity,
    which_severity,
)
from bot.people.commands import Help
from bot.say.language import N_, _, quoted
from bot.typing.command import Command
from bot.typing.german import to_type
from bot.typing.grammar import Phrase
from bot.typing.mentions import mentions_in
from bot.typing.signs import says_something

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.typing.mentions import Mention


_NO_CHANGE = re.compile(
    r"(?:(#?\d{1,9})[\s:,]+)?(?:no(?:thing)? (?:change|new|news|update)s?(?: yet)?|unchanged|same"
    r"|keine (?:änderung|neuigkeit)(?:en)?|(?:noch )?nichts neues|unverändert)"
    r"(?: (?:for|on|zu|für)? ?(#?\d{1,9}))?[\s.!]*",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(r"^(?:(?:to|is|=|->|→|an|auf|now|jetzt|ist)\s+|:\s*)+", re.IGNORECASE)
_POLITE = re.compile(r"[\s,]+(?:please|pls|plz|bitte|thanks|thx|danke|can you|could you|kannst du)\b.*$", re.IGNORECASE)
_NUMBER_LAST = re.compile(r"(\S.*?)\s+(?:(?:for|of|für|von)\s+)?(?:inc(?:ident)?\s*)?#?(\d{1,9})", re.IGNORECASE)
_LEAST = 2  # words behind a number that are no slip of the fingers
OVER = ("resolved", "closed", "done", "over", "behoben", "geschlossen")


def _whole(words: str, most: int) -> str:
    """Refuse what does not fit, rather than cut it off."""
    if len(words) <= most:
        return words
    raise NotUnderstood(
        _("That's too long for one command."),
        _("It has {count} characters, and {most} fit.").format(count=len(words), most=most),
        _("Say it shorter; nothing was sent or written down."),
    )


def _open(words: str) -> Command:
    severity, title = split_severity(words, _opened)
    return _opened(title, severity)


def _opened(title: str, severity: int | None) -> Command:
    how_bad = severity or USUAL
    if not says_something(title):
        return AskToOpen(severity=how_bad)
    return OpenIncident(title=insist_on_short(title), severity=how_bad, guessed=severity is None)


def _plan(words: str) -> Command:
    severity, line = split_severity(words, _planned)
    return _planned(line, severity)


def _planned(line: str, severity: int | None) -> Command:
    how_bad = severity or USUAL
    if not says_something(line):
        return AskToOpen(planned=True, severity=how_bad)
    return PlanIncident(line=insist_on_short(line, LONGEST_TITLE * 2), severity=how_bad, guessed=severity is None)


def _on(command: type[OnIncident]) -> Callable[[str], Command]:
    def read(words: str) -> Command:
        insist_on_one(words, lambda number, _rest: command(number=number))
        return command(number=only_number(words))

    return read


def _update(words: str) -> Command:
    number, line = take_sure_number(words)
    if not line:
        return AskForUpdate(number=number)
    if same := _NO_CHANGE.fullmatch(line):
        return AskForUpdate(number=take_number(same[1] or same[2] or "")[0] or number, no_change=True)
    return TypeUpdate(number=number, line=_whole(line, LONGEST_LINE))


def _note(words: str) -> Command:
    number, line = take_sure_number(words)
    if not line:
        raise NotUnderstood(
            _("I need something to write down."), _("The note was empty."), _("Try `/incident note 12 vendor called`.")
        )
    return AddNote(number=number, words=_whole(line, LONGEST))


def _owner(words: str) -> Command:
    insist_on_one(words, lambda number, rest: OfferOwnership(number=number, who=rest or "me"))
    number, who = take_number(words)
    if number is None and (named_first := _NUMBER_LAST.fullmatch(who)):
        who, number = named_first[1], int(named_first[2])
    who = _POLITE.sub("", _TO_WHOM.sub("", who))
    if len(people := mentions_in(who)) > 1:
        raise _one_owner(number, people)
    return OfferOwnership(number=number, who=who) if who else AskForOwner(number=number)


def _one_owner(number: int | None, people: Sequence[Mention]) -> NotUnderstood:
    return NotUnderstood(
        _("One person owns an incident."),
        _("You named {first} and {second}. Nobody was asked.").format(first=people[0].shown, second=people[1].shown),
        _("Choose one."),
        tuple(OfferOwnership(number=number, who=str(one)).button(one.shown) for one in people[:4]),
    )


def _severity(words: str) -> Command:
    words, why = split_reason(words)
    number, rest = read_change(words)
    if number is not None and not rest and read_severity(str(number)):  # "/incident severity 2", "severity 2 down"
        return ChangeSeverity(severity=number, bare=not words.startswith("#"), why=why)
    severity = read_severity(rest)
    if severity is None:
        raise which_severity(
            lambda one: ChangeSeverity(number=number, severity=one, why=why),
            hint=_("Choose one, or try `/incident severity 12 sev2`."),
        )
    return ChangeSeverity(number=number, severity=severity, why=why)


def _snooze(words: str) -> Command:
    return _rest(words, TypeSnooze, AskToSnooze)


def _pause(words: str) -> Command:
    return _rest(words, TypePause, AskToPause)


def _rest(words: str, take: type[TypeRest], ask: type[OnIncident]) -> Command:
    insist_on_one(words, lambda number, rest: take(number=number, line=_whole(rest, LONGEST_REASON)))
    ends, number = ends_rest(words)
    if ends:
        return Resume(number=number)
    number, line = take_number(words) if words.startswith("#") else (None, words)
    return take(number=number, line=_whole(line, LONGEST_REASON)) if line else ask(number=number)


def _list(words: str) -> Command:
    return ListIncidents(resolved=words.lower() in OVER)


def _resolve(words: str) -> Command:
    insist_on_one(words, _resolved)
    number, rest = take_sure_number(words)
    return _resolved(number, rest)


def _resolved(number: int | None, rest: str) -> Command:
    return Resolve(number=number, words=_whole(rest, LONGEST)) if rest else AskToResolve(number=number)


def _numbered(words: str) -> NotUnderstood | None:
    """Ask what is to be done with words behind the number of an incident: "1 Checkout fails for all"."""
    number, line = take_number(words)
    if number is None or len(line.split()) < _LEAST or len(words) > LONGEST_TITLE:
        return None
    shown = f"{line[:29].rstrip()}…" if len(line) > 30 else line  # noqa: PLR2004  fits a button
    ways = (
        (f"{to_type('/incident update')} {number} {shown}", TypeUpdate(number=number, line=line)),
        (f"{to_type('/incident note')} {number} {shown}", AddNote(number=number, words=line)),
        (f"{to_type('/incident open')} {number} {shown}", OpenIncident(title=words, guessed=True)),
    )
    return NotUnderstood(
        _("What shall I do with {words}?").format(words=quoted(shown)),
        _("It names #{number} and doesn't say what to do. Nothing was sent or written down.").format(number=number),
        _("Choose one."),
        tuple(command.button(label, "plain" if at else "primary") for at, (label, command) in enumerate(ways)),
    )


def _phrase(
    word: str, takes: str, help_: str, read: Callable[[str], Command], *examples: str, lines: bool = False
) -> Phrase:
    return Phrase(
        starts=f"/incident {word}".strip(),
        takes=takes,
        help=help_,
        read=read,
        lines=lines,
        examples=tuple(f"/incident {example}".strip() for example in examples),
    )


PHRASES = (
    replace(
        _phrase("", "", N_("See what is going on, and what was promised next."), lambda _w: ListIncidents(), ""),
        otherwise="open",
        reordered=number_behind,
        slips=_numbered,
    ),
    _phrase(
        "open",
        N_("[sev1-4] [what customers notice]"),
        N_("Open an incident; I keep the promise of the next update with you."),
        _open,
        "open",
        "open sev2 Card payments fail for some customers",
    ),
    _phrase(
        "plan",
        N_("[sev1-4] [when] [what will happen]"),
        N_("Plan one that's known ahead, so that customers are told before."),
        _plan,
        "plan",
        "plan tomorrow 06:00 Payments are down for 20 minutes",
    ),
    _phrase(
        "update",
        N_("[number] [what customers notice. What is done. By when]"),
        N_("Write an update for customers."),
        _update,
        "update",
        "update 12 Some cards are declined. We switch to the other provider. Next update by 14:30",
        lines=True,
    ),
    _phrase(
        "note",
        N_("[number] what happened"),
        N_("Write something down internally."),
        _note,
        "note 12 vendor called",
        lines=True,
    ),
    _phrase("list", N_("[resolved]"), N_("See what is going on, or what is over."), _list, "list", "list resolved"),
    _phrase("show", N_("[number]"), N_("See one incident and its promise."), _on(ShowIncident), "show", "show 12"),
    _phrase(
        "history",
        N_("[number]"),
        N_("See everything that happened to one, and each promise."),
        _on(ShowHistory),
        "history 12",
    ),
    _phrase(
        "wordings",
        N_("[what has happened]"),
        N_("Read the words that are prepared for customers."),
        lambda words: ShowWordings(kind=insist_on_short(words)),
        "wordings",
        "wordings data breach",
    ),
    _phrase("mine", "", N_("See all of your promises in time order."), lambda _w: ShowMyPromises(), "mine"),
    _phrase("owner", N_("[number] @name"), N_("Ask somebody to own it."), _owner, "owner 12 @ana", "owner"),
    _phrase(
        "severity",
        N_("[number] sev1-4"),
        N_("Make it more or less urgent."),
        _severity,
        "severity 12 sev1",
        "severity 2",
    ),
    _phrase(
        "snooze",
        N_("[number] 30m because …"),
        N_("Have the next reminder later, once."),
        _snooze,
        "snooze 12 30m because the fix is rolling out",
        "snooze",
    ),
    _phrase(
        "pause",
        N_("[number] until 18:00 because …"),
        N_("Have no reminders until a time, within a day."),
        _pause,
        "pause 12 until 18:00 because the vendor works till then",
        "pause",
    ),
    _phrase(
        "resume",
        N_("[number]"),
        N_("End a snooze or a pause: reminders come again."),
        _on(Resume),
        "resume 12",
        "pause off",
    ),
    _phrase("resolve", N_("[number] [last words]"), N_("End it."), _resolve, "resolve 12", "resolve", lines=True),
    _phrase("help", "", N_("See everything that can be typed."), lambda _w: Help(topic="incident"), "help"),
    _phrase("reopen", N_("[number]"), N_("Open it again."), _on(Reopen), "reopen 12"),
    Phrase(
        starts="/zanshin settings incidents",
        help=N_("Change cadences, quiet hours and where customers read along."),
        read=lambda _words: AskForCadences(),
        examples=("/zanshin settings incidents",),
    ),
)
