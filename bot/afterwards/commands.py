"""What can be asked once an incident is over."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.incidents.commands import LONGEST_TIME, OnIncident
from bot.typing.command import Command, Need, Number, Who, Wording

LONGEST = 3000  # characters of one answer: what forms take
LONGEST_WHAT = 500


class ShowRetrospective(OnIncident):
    """Show the retrospective of an incident, or the draft of it."""

    reads: ClassVar[bool] = True


class CopyRetrospective(OnIncident):
    """Show it as Markdown, ready to copy."""

    reads: ClassVar[bool] = True


class AskForRetrospective(OnIncident):
    """Open the form of the retrospective, with what the record says filled in."""

    reads: ClassVar[bool] = True


class PostRetrospective(OnIncident):
    """Post the retrospective in the thread of its incident; posted again, it replaces what stood there."""

    version: str = Field(default="", max_length=40)  # on which the form was opened
    summary: str = Field(default="", max_length=LONGEST)
    timeline: str = Field(default="", max_length=LONGEST)
    learned: str = Field(default="", max_length=LONGEST)
    what: Wording = Field(default="", max_length=LONGEST_WHAT)  # of a follow-up
    who: Who = ""
    by: str = Field(default="", max_length=LONGEST_TIME)  # as typed


class SkipRetrospective(OnIncident):
    """Leave an incident without a retrospective; one can still be written."""


class TypeFollowUp(OnIncident):
    """Write down a follow-up, as typed in one line; what is missing is asked for in the form."""

    line: Who = Field(default="", max_length=LONGEST_WHAT)  # who, by when, and what


class AskForFollowUp(OnIncident):
    """Open the form of a follow-up."""

    reads: ClassVar[bool] = True


class AddFollowUp(OnIncident):
    """Have somebody do something by a time, once the incident is over or before."""

    who: Who = ""
    by: str = Field(default="", max_length=LONGEST_TIME)  # as typed
    what: Wording = Field(default="", max_length=LONGEST_WHAT)


class ListFollowUps(Command):
    """Show every follow-up that is open, one's own first."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True


class OnFollowUp(Command):
    """A command about one follow-up."""

    needs: ClassVar[Need] = Need.TEAM

    follow_up: Number


class FinishFollowUp(OnFollowUp):
    """Say that it is done."""


class DropFollowUp(OnFollowUp):
    """Say that nobody needs it any more; of what somebody else does, asked once whether one is sure."""

    sure: bool = False


class ReopenFollowUp(OnFollowUp):
    """Take up again what somebody dropped."""


class TakeFollowUp(OnFollowUp):
    """Do it oneself from now on, instead of whom the button named."""

    holder: Number = 0  # who did it when the button was drawn


class AskToMoveFollowUp(OnFollowUp):
    """Open the form that changes who does it, and by when."""

    reads: ClassVar[bool] = True


class MoveFollowUp(OnFollowUp):
    """Change who does it, and by when, as the form found it."""

    holder: Number = 0  # as above
    due: Number = 0  # by when it was to be done, in seconds
    who: Who = ""
    by: str = Field(default="", max_length=LONGEST_TIME)  # as typed


class CountHeat(Command):
    """Count for oneself that something was heated."""

    needs: ClassVar[Need] = Need.TEAM


class ShowWeek(Command):
    """Show one's own heated cases of this week, and to supervisors the spread of the team."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True


class SpareMe(Command):
    """Be skipped when cases look for a taker, for the rest of the shift."""

    needs: ClassVar[Need] = Need.TEAM


class AskMeAgain(Command):
    """Be asked again before that."""

    needs: ClassVar[Need] = Need.TEAM


class AskForCare(Command):
    """Open the setting that says whether heated cases are counted."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class ChangeCare(Command):
    """Say whether heated cases are counted."""

    needs: ClassVar[Need] = Need.ADMIN

    counted: bool = False
