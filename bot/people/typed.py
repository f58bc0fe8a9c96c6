"""How people, their breaks, hours and roles are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from bot.errors import NotUnderstood
from bot.people.commands import (
    HELP_TOPICS,
    AddToTeam,
    AskForSettings,
    GoAway,
    Help,
    HelpTopic,
    ListTeam,
    RemoveFromTeam,
    Return,
    Role,
    SetShift,
    ShowKept,
    ShowShift,
    Status,
    SyncTeam,
    UseForSupport,
    readable_shifts,
)
from bot.people.groups import not_for_groups
from bot.people.joining.commands import JoinWorkspaces, LinkPerson
from bot.people.privacy.commands import AskToBeErased, ShowRows
from bot.say.language import N_, _
from bot.typing.command import Command
from bot.typing.german import to_type
from bot.typing.grammar import Phrase
from bot.typing.mentions import named, take_person
from bot.typing.small_talk import TALKS, Talk
from bot.typing.times.until import returns_later

if TYPE_CHECKING:
    from collections.abc import Callable

_BEHIND = re.compile(r"\s(?:for\s+|für\s+)?(<@[^<>]+>|@[^\s<>\d][^\s<>]*)$", re.IGNORECASE)  # "mon-fri 9-17 @ben"
_AS = re.compile(r"\s+as(?:\s+an?)?$", re.IGNORECASE)  # "add Ana as an agent"
_AFTER = re.compile(r"(?:after|nach)\s", re.IGNORECASE)
_OFF_TIME = re.compile(  # "5 minutes early" is how long before the end, and no length of a break
    r"(?!(?:at|in|by|um|gegen)\s)[^:]{0,20}?(?:\d\s?|\b)(?:m|mins?|minutes?|h|hrs?|hours?|minuten?|stunden?)\s(?:too\s|zu\s)?"
    r"(?:early|earlier|sooner|late|früh(?:er)?|frueh(?:er)?|eher|spät|spaet|verspätet)\b",
    re.IGNORECASE,
)


A_FEW = 2
_TOPICS: dict[str, HelpTopic] = {
    **{topic: topic for topic in HELP_TOPICS},
    **dict.fromkeys(("playbook", "playbooks"), "calm"),
    **dict.fromkeys(("handoff", "handoffs", "handover"), "recuse"),
    **dict.fromkeys(("incidents", "update", "updates"), "incident"),
    **dict.fromkeys(("break", "breaks", "back", "shift", "shifts", "hours", "status"), "away"),
    **dict.fromkeys(("settings", "setup", "people", "join", "link"), "team"),
    **dict.fromkeys(("reports", "numbers", "figures"), "report"),
    **dict.fromkeys(("cause", "customers"), "causes"),
    # In German, as they are typed as commands.
    **dict.fromkeys(("übergabe", "übergaben", "abgeben"), "recuse"),
    **dict.fromkeys(("störung", "störungen", "meldung", "meldungen"), "incident"),
    **dict.fromkeys(("pause", "pausen", "schicht", "schichten", "zeiten", "stand", "übersicht"), "away"),
    **dict.fromkeys(("einstellungen", "personen", "einrichten"), "team"),
    **dict.fromkeys(("bericht", "berichte", "zahlen"), "report"),
    **dict.fromkeys(("ursache", "ursachen", "kunden"), "causes"),
}


def _nothing(command: type[Command]) -> Callable[[str], Command]:
    return lambda _words: command()


def _away(words: str) -> Command:
    whom, rest = take_person(words)
    if whom and not whom[1:2].isdigit():  # "@14:00" names nobody
        raise NotUnderstood(
            _("I can't send {name} on a break.").format(name=named(whom).lstrip("@")),
            _("Everybody says it themselves. Nothing was changed."),
            _("Did you mean yourself?"),
            (GoAway(line=rest).button(f"{to_type('/zanshin away')} {named(rest)}".strip()),),
        )
    return GoAway(line=words)


def _back(words: str) -> Command:
    """Read being back; "back at 14:00" says until when somebody is away, and "back after lunch" may say either."""
    if _AFTER.match(words):
        return Return(line=f"back {words}")
    if _OFF_TIME.match(words):
        return Return()
    return GoAway(line=f"back {words}") if returns_later(words) else Return()


def _help(words: str) -> Command:
    if len(words.split()) > A_FEW:  # a sentence about a customer is no topic
        raise NotUnderstood(
            _("I don't know what you would like help with."),
            _("Help knows these topics: calm, recuse, incident, away, team, report, causes."),
            _("Try `/zanshin help incident`, or `/calm` and your own words."),
        )
    said: dict[str, Talk] = {one: one for one in TALKS}
    return Help(said=said.get(words.lower()), topic=_TOPICS.get(words.lower().lstrip("/")))


def _member(words: str) -> tuple[str, Role | None]:
    role: dict[str, Role] = {"agent": "agent", "supervisor": "supervisor", "admin": "admin"}
    name, _sep, last = words.rpartition(" ")
    if found := role.get(last.lower()):
        return _AS.sub("", name).rstrip(" ,:;"), found
    if not words:
        raise NotUnderstood(
            _("I need a person."), _("You named nobody."), _("Try `/zanshin team add @name supervisor`.")
        )
    return words, None


def _add(words: str) -> Command:
    who, role = _member(words)
    return AddToTeam(who=who, role=role or "agent")


def _remove(words: str) -> Command:
    who, role = _member(words)
    return RemoveFromTeam(who=who, role=role)


def _sync(words: str) -> Command:
    if not words:
        raise NotUnderstood(_("I need a group."), _("You named none."), _("Try `/zanshin team sync @support`."))
    group, role = _member(words)
    if role in ("supervisor", "admin"):
        raise NotUnderstood(
            _("A group only makes agents."),
            _("Other roles are given one person at a time, so nothing was done."),
            _("Name a person: `{how}`.").replace("{how}", f"{to_type('/zanshin team add')} @name {role}"),
        )
    return SyncTeam(group=group)


def _team_slip(words: str) -> NotUnderstood | None:
    """Ask what is to be done with somebody who is named behind the team; a group is only made agents."""
    named_there, rest = take_person(words)
    if not named_there:
        return None
    found: dict[str, Role] = {"agent": "agent", "supervisor": "supervisor", "admin": "admin"}
    role = found.get(rest.lower(), "agent")
    add, remove = to_type("/zanshin team add"), to_type("/zanshin team remove")
    who = named(named_there, at="@")
    if said := not_for_groups(named_there, f"{add} @name {role}"):
        return NotUnderstood(*said)
    return NotUnderstood(
        _("I don't know what to do with {name}.").format(name=who),
        _("There's no word for it, so nothing was done."),
        _("Did you mean one of these?"),
        (
            AddToTeam(who=named_there, role=role).button(f"{add} {who} {role}"[:75], "primary"),
            RemoveFromTeam(who=named_there, role=found.get(rest.lower())).button(f"{remove} {who} {rest}".strip()[:75]),
        ),
    )


def _shift(words: str) -> Command:
    if not words:
        return ShowShift()
    who, words = take_person(words)
    if not who and (last := _BEHIND.search(words)):
        who, words = last[1], words[: last.start()]
    if not words.strip():  # only "off" takes hours away
        return ShowShift(who=who)
    try:
        return SetShift(who=who, shifts=readable_shifts(words))
    except ValueError:
        raise NotUnderstood(
            _("I can't read these hours: {words}.").format(words=named(words, at="@")[:100]),
            _("Nothing was changed."),
            _("Try `/zanshin shift mon-fri 9-17`, or `/zanshin shift off` for always."),
        ) from None


def _help_of(topic: Literal["calm", "recuse"]) -> Phrase:
    """Have help stand alone behind a command: with more behind it, it begins somebody's own sentence."""
    return Phrase(
        starts=f"/{topic} help",
        help=N_("See everything that can be typed."),
        read=lambda _words: Help(topic=topic),
        private=True,
        examples=(f"/{topic} help",),
    )


PHRASES = (
    Phrase(starts="/zanshin", help=N_("Show what I can do."), read=_nothing(Help), examples=("/zanshin",)),
    Phrase(
        starts="/zanshin help",
        takes=N_("[calm|recuse|incident|away|team|report|causes]"),
        help=N_("Show what can be typed for one job."),
        read=_help,
        examples=("/zanshin help", "/zanshin help incident"),
    ),
    _help_of("calm"),
    _help_of("recuse"),
    Phrase(
        starts="/zanshin status",
        help=N_("See who waits, since when, and what is promised next."),
        read=_nothing(Status),
        examples=("/zanshin status",),
    ),
    Phrase(
        starts="/zanshin away",
        takes=N_("[30m | until 14:30] [why]"),
        help=N_("Take a break; nobody hands you a case."),
        read=_away,
        examples=("/zanshin away", "/zanshin away 30m lunch", "/zanshin away until 14:30"),
    ),
    Phrase(starts="/zanshin back", help=N_("Be available again."), read=_back, examples=("/zanshin back",)),
    Phrase(
        starts="/zanshin team",
        help=N_("See who is on the team."),
        read=_nothing(ListTeam),
        slips=_team_slip,
        examples=("/zanshin team",),
    ),
    Phrase(
        starts="/zanshin team add",
        takes=N_("@name [agent|supervisor|admin]"),
        help=N_("Add somebody to the team."),
        read=_add,
        examples=("/zanshin team add @ana", "/zanshin team add @ana supervisor"),
    ),
    Phrase(
        starts="/zanshin team sync",
        takes=N_("@group"),
        help=N_("Make everybody in a user group an agent."),
        read=_sync,
        examples=("/zanshin team sync @support",),
    ),
    Phrase(
        starts="/zanshin team remove",
        takes=N_("@name [agent|supervisor|admin]"),
        help=N_("Take somebody, or one role of theirs, off the team."),
        read=_remove,
        examples=("/zanshin team remove @ana", "/zanshin team remove @ana admin"),
    ),
    Phrase(
        starts="/zanshin shift",
        takes=N_("[@name] [mon-fri 9-17 | off]"),
        help=N_("Set weekly working hours."),
        read=_shift,
        person_after=("",),
        examples=("/zanshin shift", "/zanshin shift mon-fri 9-17", "/zanshin shift off"),
    ),
    Phrase(
        starts="/zanshin here",
        help=N_("Make this channel the one your team works in."),
        read=_nothing(UseForSupport),
        examples=("/zanshin here",),
    ),
    Phrase(
        starts="/zanshin settings",
        help=N_("Change the settings of your organisation."),
        read=_nothing(AskForSettings),
        examples=("/zanshin settings",),
    ),
    Phrase(
        starts="/zanshin privacy",
        help=N_("See what is kept about you, who reads it, and until when."),
        read=_nothing(ShowKept),
        examples=("/zanshin privacy",),
    ),
    Phrase(
        starts="/zanshin privacy export",
        help=N_("Get what is kept about you, word for word."),
        read=_nothing(ShowRows),
        examples=("/zanshin privacy export",),
    ),
    Phrase(
        starts="/zanshin privacy erase",
        help=N_("Ask the admins to erase you."),
        read=_nothing(AskToBeErased),
        examples=("/zanshin privacy erase",),
    ),
    Phrase(
        starts="/zanshin join",
        takes=N_("[code]"),
        help=N_("Make a workspace of another platform part of your organisation."),
        read=lambda words: JoinWorkspaces(code=words[:60]),
        examples=("/zanshin join", "/zanshin join K7QM-4XWZ"),
    ),
    Phrase(
        starts="/zanshin link",
        takes=N_("[code]"),
        help=N_("Be one person on both platforms."),
        read=lambda words: LinkPerson(code=words[:60]),
        examples=("/zanshin link", "/zanshin link K7QM-4XWZ"),
    ),
)
