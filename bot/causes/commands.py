"""What can be asked about causes."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from bot.typing.command import Command, Need, Number, Revision, Who, Wording

LONGEST_NAME = 50
LONGEST_HINTS = 400
LONGEST_WORDS = 1500
LONGEST_CUSTOMER = 60


class OnEnded(Command):
    """Something about the cause of a handoff or of an incident; about neither: of what the actor ended last."""

    needs: ClassVar[Need] = Need.TEAM

    handoff: Number | None = None
    incident: Number | None = None  # its number


class AskForCause(OnEnded):
    """Open the list of causes to choose from."""

    reads: ClassVar[bool] = True


class NameCause(OnEnded):
    """Say what caused it."""

    cause: Number


class ListCauses(Command):
    """Show the causes of the organisation, with the departments that can mend them."""

    needs: ClassVar[Need] = Need.SUPERVISOR


class AskToWriteCause(Command):
    """Open the form of a cause; without a number, of a new one."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    cause: Number | None = None


class SaveCause(Command):
    """Keep a cause as it was written."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    cause: Number | None = None  # none: a new one
    version: Number = 0  # in which the form was opened
    name: Wording = Field(min_length=2, max_length=LONGEST_NAME)
    department: Wording = Field(min_length=2, max_length=LONGEST_NAME)
    channel: Who = ""
    person: Who = ""
    hints: str = Field(default="", max_length=LONGEST_HINTS)


class RetireCause(Command):
    """Let nobody choose a cause any more; what it was named for stays counted."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    cause: Number


class BringBackCause(Command):
    """Let a retired cause be chosen again."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    cause: Number


class ShowCauses(Command):
    """Show what was named most in a period."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    period: str = Field(default="", max_length=100)  # as typed; empty: the last 30 days


class OnReview(Command):
    """Something about one review; anybody its department may be can answer, on the team or not."""

    needs: ClassVar[Need] = Need.NOTHING

    review: Number


class AskToReview(Command):
    """Open the form that asks a department about a cause."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    cause: Number


class OpenReview(Command):
    """Ask the department of a cause."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    cause: Number
    days: Annotated[int, Field(ge=1, le=90)] = 7
    question: str = Field(default="", max_length=LONGEST_WORDS)


class ShowReview(OnReview):
    """Show how a review stands."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True


class AskToAnswer(OnReview):
    """Open the form of an answer."""

    reads: ClassVar[bool] = True


class AnswerReview(OnReview, Revision):
    """Answer for the department; what somebody else has answered since is not written over unseen."""

    answer: str = Field(min_length=2, max_length=LONGEST_WORDS)


class AskForChange(OnReview):
    """Open the form that says what was changed."""

    reads: ClassVar[bool] = True


class RecordChange(OnReview, Revision):
    """Say what was changed, and since when."""

    change: str = Field(min_length=2, max_length=LONGEST_WORDS)
    since: str = Field(max_length=60)  # a day, as typed


class AskAgain(OnReview):
    """Ask the department again, with a week to answer, as the review stood when the button was drawn."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    state: str = Field(default="", max_length=20)
    asked: Number = 0  # when, in seconds


class CloseReview(OnReview):
    """Be done with a review."""

    needs: ClassVar[Need] = Need.SUPERVISOR


class AskForSilence(Command):
    """Open the form of how many who meet a problem are taken to say so."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True


class ChangeSilence(Revision):
    """Say how many who meet a problem are taken to say so."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    fewest: str = Field(max_length=20)  # percentages, as typed
    most: str = Field(max_length=20)


class ShowReachOuts(Command):
    """Show one's own list of customers to reach out to."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True


class AskToAddReachOut(Command):
    """Open the form of one more customer."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    cause: Number | None = None


class AddReachOut(Command):
    """Put a customer on one's list."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    customer: str = Field(min_length=1, max_length=LONGEST_CUSTOMER)
    cause: Number | None = None


class TickReachOut(Command):
    """Be done with a customer on one's list."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    item: Number


class NotReachedYet(Command):
    """Put a customer back who was ticked off."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    item: Number
