"""What can be asked about handoffs and holds."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from bot.handoffs.decisions.notes import LENGTH
from bot.handoffs.model import Reason
from bot.safety.hearing import Danger
from bot.typing.command import Command, Need, Number, Revision, Who

LONGEST = 3000  # characters of one answer in a note
LONGEST_LINE = 200
LONGEST_TIME = 100  # characters of a time as typed


class StartHold(Command):
    """Say "I asked them to hold": the clock the customer waits by starts."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # on whose card it was said


class EndHold(Command):
    """Say "I am back": the customer is no longer on hold."""

    needs: ClassVar[Need] = Need.NOTHING

    hold: Number
    handoff: Number | None = None  # on whose card it was said


class Recuse(Command):
    """Step out of a case: find somebody who takes it over. Everything but the press itself is optional."""

    needs: ClassVar[Need] = Need.NOTHING  # of danger anybody may tell; the rest is for the team

    who: Who = ""  # the colleague to ask first
    others: Who = ""  # who is to be asked beside them
    on_behalf_of: Who = ""  # a supervisor steps in for somebody
    case: str = Field(default="", max_length=LONGEST_LINE)
    reason: Reason | None = None
    danger: Danger | None = None  # known before a word is written
    note: str = Field(default="", max_length=LONGEST)
    signals: str = Field(default="", max_length=LONGEST_LINE)  # of heat, in words that are not kept
    cut: bool = False  # more was typed than a note takes
    handoff: Number | None = None  # to which of their searches it belongs, where there is more than one
    another: bool = False  # although one of theirs is open
    same: bool = False  # it is the one that is open
    instead: bool = False  # the number of the one that is open was mistyped
    also: str = Field(default="", max_length=LONGEST_LINE)  # a second case in the same line
    at_once: bool = False  # supervisors are called before colleagues are asked
    back: str = Field(default="", max_length=LONGEST)  # the word for handing on a case that they hold
    why: str = Field(default="", max_length=LONGEST)  # it is handed on
    gives: bool = False  # handed on if they hold it, and stepped out of if not


def call_supervisor(danger: Danger) -> Recuse:
    """Step out, and have a supervisor called at once."""
    return Recuse(reason=Reason.SAFETY, danger=danger)


class TellSupervisors(Command):
    """Let supervisors know that a customer speaks of lawyers, the press or a regulator."""

    needs: ClassVar[Need] = Need.TEAM


class ShowHandoff(Command):
    """Show how a handoff stands, as far as the actor may know; to a supervisor on a card that follows it."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class AskForNote(Command):
    """Open the form of the note for the taker."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    handoff: Number


class WriteNote(Command):
    """Tell the taker more."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number
    seen: str = Field(default="", max_length=LENGTH)  # the mark of the note when the form was opened
    reason: Reason | None = None
    case: str = Field(default="", max_length=LONGEST_LINE)
    customer: str = Field(default="", max_length=LONGEST_LINE)
    mood: str = Field(default="", max_length=LONGEST_LINE)
    happened: str = Field(default="", max_length=LONGEST)
    promised: str = Field(default="", max_length=LONGEST)
    asked_for: str = Field(default="", max_length=LONGEST)
    real_problem: str = Field(default="", max_length=LONGEST)
    do_nots: str = Field(default="", max_length=LONGEST)
    playbooks_told: Literal["", "yes"] = ""


class AddToNote(Command):
    """Write a line more for whoever has the case, or takes it."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # None: that of my latest case
    words: str = Field(default="", max_length=LONGEST)


class AcceptHandoff(Command):
    """Take the case over. The first one wins."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class DeclineHandoff(Command):
    """Say no to an offer; the next one is asked at once."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class AskWhyDeclined(Command):
    """Open the form for the reason of a no."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    handoff: Number


class ExplainDecline(Command):
    """Say why one declined; supervisors read it."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number
    why: str = Field(default="", max_length=500)


class CancelHandoff(Command):
    """Go on alone after all."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # None: the one of mine that is searched for
    case: str = Field(default="", max_length=LONGEST_LINE)  # as typed


class PromiseCallback(Command):
    """Say that the customer will be called back, and by when: the search ends."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number
    by: str = Field(default="", max_length=LONGEST_TIME)  # as typed; empty: no time was said


class TypeCallback(Command):
    """Promise a call by a time, or another time, as typed in one line."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # None: the one that is named, or the only one of mine
    by: str = Field(default="", max_length=LONGEST_TIME)
    words: str = Field(default="", max_length=LONGEST)  # what else was said, for the note
    case: str = Field(default="", max_length=LONGEST_LINE)  # as typed


class AskForCallTime(Command):
    """Open the form that asks by when a call was promised."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    handoff: Number


class HandBack(Command):
    """Hand on a case that one had taken over: somebody else is looked for."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # None: the one I took over last


class CompleteHandoff(Command):
    """Be done with a case that one had taken over."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None  # as above
    case: str = Field(default="", max_length=LONGEST_LINE)  # as typed
    was_called: bool = False  # the customer, it says


class KeepHandoff(Command):
    """Still be at it: ask again later."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number


class TakeOver(Command):
    """Take a case over as a supervisor, from nobody but whom the button named."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    handoff: Number
    holder: Number = 0  # who had it when the button was drawn; 0: nobody


class AskToReassign(Command):
    """Open the form that gives a case to somebody."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    handoff: Number


class ReassignHandoff(Command):
    """Give a case to somebody, from nobody but whom the form named."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    handoff: Number
    who: Who
    holder: Number = 0  # as above


class ExplainLadder(Command):
    """Show why each person was asked or not."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    handoff: Number


class AskForTimes(Command):
    """Open the times of the ladder."""

    needs: ClassVar[Need] = Need.ADMIN
    reads: ClassVar[bool] = True


class ChangeTimes(Revision):
    """Change the times of the ladder."""

    needs: ClassVar[Need] = Need.ADMIN

    one: int = Field(ge=5, le=300)
    everybody: int = Field(ge=5, le=300)
    supervisors: int = Field(ge=15, le=900)
    nobody: int = Field(ge=1, le=60)
    cooling: int = Field(ge=0, le=480)
