"""What can be asked about people: who is here, who is free, who may do what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from bot.directory.shifts import ShiftNotUnderstood, read_shifts, write_shifts
from bot.errors import NotUnderstood
from bot.say.language import N_, _
from bot.typing.command import TYPED_LIMIT, Command, Need, Number, Who
from bot.typing.grammar import Phrase
from bot.typing.mentions import take_person

if TYPE_CHECKING:
    from collections.abc import Callable

Role = Literal["agent", "supervisor", "admin"]

_NO_SHIFT = ("", "off", "none", "always")
LONGEST_REASON = 300
_AS = re.compile(r"\s+as(?:\s+an?)?$", re.IGNORECASE)  # "add Ana as an agent"


class Help(Command):
    """Show what can be typed; whoever greets or thanks is answered in kind."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True

    said: Literal["hello", "thanks"] | None = None


class Status(Command):
    """Open the live board: who waits, since when, what is promised next."""

    needs: ClassVar[Need] = Need.TEAM


class OpenHome(Command):
    """Look at one's Home."""

    needs: ClassVar[Need] = Need.NOTHING


class GoAway(Command):
    """Be away for a while: nobody is sent to somebody who is away."""

    needs: ClassVar[Need] = Need.TEAM

    minutes: int | None = Field(default=None, gt=0)  # neither these nor words: until they say that they are back
    line: str = Field(default="", max_length=TYPED_LIMIT)  # as typed: until when, and why
    until: str = Field(default="", max_length=100)  # as typed, or as offered after it was asked back
    reason: str = Field(default="", max_length=LONGEST_REASON)
    on_board: bool = False  # pressed on a board, which draws itself again


class Return(Command):
    """Be back."""

    needs: ClassVar[Need] = Need.TEAM

    on_board: bool = False  # as above


class ListTeam(Command):
    """Show who is on the team."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True


class AddToTeam(Command):
    """Give somebody a role."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    who: Who
    role: Role = "agent"


class SyncTeam(Command):
    """Make the members of a group agents, and those who have left it none."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    group: Who = Field(min_length=1)


class RemoveFromTeam(Command):
    """Take somebody's role, or every role, away."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    who: Who
    role: Role | None = None


class AskForSupervisor(Command):
    """Open the form that names a supervisor."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class UseForSupport(Command):
    """Make a conversation the support channel; without one, this one."""

    needs: ClassVar[Need] = Need.ADMIN

    conversation: Who = ""


class SetShift(Command):
    """Set weekly working hours, one's own or, for supervisors, somebody's; none means always."""

    needs: ClassVar[Need] = Need.TEAM

    who: Who = ""
    shifts: str = ""

    @field_validator("shifts")
    @classmethod
    def _readable(cls, typed: str) -> str:
        return _shifts(typed)


class ShowShift(Command):
    """Show weekly working hours, one's own or somebody's."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    who: Who = ""


class EditPerson(Command):
    """Open the form about a person of the team."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    person: Number


class ChangePerson(Command):
    """Change what the team knows about a person."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    person: Number
    skills: str = Field(default="", max_length=500)
    capacity: int = Field(ge=0, le=20)
    shifts: str = ""
    time_zone: str = ""

    @field_validator("shifts")
    @classmethod
    def _readable(cls, typed: str) -> str:
        return _shifts(typed)

    @field_validator("time_zone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        return _zone(name) if name.strip() else ""


class AskForSettings(Command):
    """Open the settings of the organisation."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class ChangeSettings(Command):
    """Change the settings of the organisation."""

    needs: ClassVar[Need] = Need.ADMIN

    conversation: Who = ""
    time_zone: str
    case_url: str = Field(default="", max_length=500)
    emergency: str = Field(default="", max_length=500)
    hold_warning: int = Field(ge=5, le=600)
    hold_limit: int = Field(ge=10, le=900)

    @field_validator("time_zone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        return _zone(name)

    @field_validator("case_url")
    @classmethod
    def _a_pattern(cls, url: str) -> str:
        if url and not (url.startswith(("https://", "http://")) and "{case}" in url):
            raise ValueError(_("Begin with https:// and put {case} where the number goes."))
        return url


def _shifts(typed: str) -> str:
    if typed.strip().lower() in _NO_SHIFT:
        return ""
    try:
        return write_shifts(read_shifts(typed))
    except ShiftNotUnderstood:
        raise ValueError(_("I cannot read these hours. Try mon-fri 9-17, or off for always.")) from None


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(_("I know no such time zone. Try a name such as Europe/Dublin.")) from None


# --- how these are typed ----------------------------------------------------------------------


def _nothing(command: type[Command]) -> Callable[[str], Command]:
    return lambda _words: command()


def _away(words: str) -> Command:
    return GoAway(line=words)


def _help(words: str) -> Command:
    said: dict[str, Literal["hello", "thanks"]] = {"hello": "hello", "thanks": "thanks"}
    return Help(said=said.get(words.lower()))


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
    return SyncTeam(group=words)


def _shift(words: str) -> Command:
    if not words:
        return ShowShift()
    who, words = take_person(words)
    if not words.strip():  # only "off" takes hours away
        return ShowShift(who=who)
    try:
        return SetShift(who=who, shifts=_shifts(words))
    except ValueError:
        raise NotUnderstood(
            _("I cannot read these hours: {words}.").format(words=words[:100]),
            _("Nothing was changed."),
            _("Try `/zanshin shift mon-fri 9-17`, or `/zanshin shift off` for always."),
        ) from None


PHRASES = (
    Phrase(starts="/zanshin", help=N_("Show what I can do."), read=_nothing(Help), examples=("/zanshin",)),
    Phrase(starts="/zanshin help", help=N_("Show what I can do."), read=_help, examples=("/zanshin help",)),
    Phrase(
        starts="/zanshin status",
        help=N_("See who waits, since when, and what is promised next."),
        read=_nothing(Status),
        examples=("/zanshin status",),
    ),
    Phrase(
        starts="/zanshin away",
        takes="[30m | until 14:30] [why]",
        help=N_("Take a break; nobody hands you a case."),
        read=_away,
        examples=("/zanshin away", "/zanshin away 30m lunch", "/zanshin away until 14:30"),
    ),
    Phrase(starts="/zanshin back", help=N_("Be available again."), read=_nothing(Return), examples=("/zanshin back",)),
    Phrase(
        starts="/zanshin team", help=N_("See who is on the team."), read=_nothing(ListTeam), examples=("/zanshin team",)
    ),
    Phrase(
        starts="/zanshin team add",
        takes="@name [agent|supervisor|admin]",
        help=N_("Add somebody to the team."),
        read=_add,
        examples=("/zanshin team add @ana", "/zanshin team add @ana supervisor"),
    ),
    Phrase(
        starts="/zanshin team sync",
        takes="@group",
        help=N_("Make everybody in a user group an agent."),
        read=_sync,
        examples=("/zanshin team sync @support",),
    ),
    Phrase(
        starts="/zanshin team remove",
        takes="@name [agent|supervisor|admin]",
        help=N_("Take somebody, or one role of theirs, off the team."),
        read=_remove,
        examples=("/zanshin team remove @ana", "/zanshin team remove @ana admin"),
    ),
    Phrase(
        starts="/zanshin shift",
        takes="[@name] [mon-fri 9-17 | off]",
        help=N_("Set weekly working hours."),
        read=_shift,
        person_after="",
        examples=("/zanshin shift", "/zanshin shift mon-fri 9-17", "/zanshin shift off"),
    ),
    Phrase(
        starts="/zanshin settings",
        help=N_("Change the settings of your organisation."),
        read=_nothing(AskForSettings),
        examples=("/zanshin settings",),
    ),
)
