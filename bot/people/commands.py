"""What can be asked about people: who is here, who is free, who may do what."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from bot.directory.shifts import ShiftNotUnderstood, read_shifts, write_shifts
from bot.say.language import _
from bot.typing.command import TYPED_LIMIT, Command, Need, Number, Revision, Who
from bot.typing.names import LONGEST_NAME
from bot.typing.small_talk import Talk

Role = Literal["agent", "supervisor", "admin"]

_NO_SHIFT = ("", "off", "none", "always", "aus", "immer")
LONGEST_REASON = 300


HelpTopic = Literal["calm", "recuse", "incident", "away", "team", "report", "causes"]
HELP_TOPICS: tuple[HelpTopic, ...] = get_args(HelpTopic)
FIRST_TOPICS = HELP_TOPICS[:5]  # what the card of all jobs names; the last of them leads to the others


class Help(Command):
    """Show the jobs, or what can be typed for one; whoever greets, thanks or asks about us is answered in kind."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True

    said: Talk | None = None
    topic: HelpTopic | None = None


class ShowKept(Command):
    """Show what is kept about whoever asks: who reads it, and until when."""

    needs: ClassVar[Need] = Need.NOTHING
    reads: ClassVar[bool] = True


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

    line: str = Field(default="", max_length=TYPED_LIMIT)  # as typed, if whoever isn't away begins a break with it

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
    sure: bool = False  # also where nobody else is supervisor


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
        return readable_shifts(typed)


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


class ChangePerson(Revision):
    """Change what the team knows about a person."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    person: Number
    name: str = Field(default="", max_length=LONGEST_NAME)
    skills: str = Field(default="", max_length=500)
    capacity: int = Field(ge=0, le=20)
    shifts: str = ""  # as typed: the form compares it with what it showed, in the reader's language
    time_zone: str = ""

    @field_validator("shifts")
    @classmethod
    def _readable(cls, typed: str) -> str:
        readable_shifts(typed)
        return typed

    @field_validator("time_zone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        return _zone(name) if name.strip() else ""


class AskForSettings(Command):
    """Open the settings of the organisation."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class ChangeSettings(Revision):
    """Change the settings of the organisation."""

    needs: ClassVar[Need] = Need.ADMIN

    conversation: Who = ""
    time_zone: str
    case_url: str = Field(default="", max_length=500)
    english: Literal["gb", "us", "in"] | None = None  # none: as it is
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


def readable_shifts(typed: str) -> str:
    """Read hours as they were typed, and write them our way; raises ValueError."""
    if typed.strip().lower() in _NO_SHIFT:
        return ""
    try:
        return write_shifts(read_shifts(typed))
    except ShiftNotUnderstood:
        raise ValueError(_("I can't read these hours. Try mon-fri 9-17, or off for always.")) from None


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(_("I know no such time zone. Try a name such as Europe/Dublin.")) from None
