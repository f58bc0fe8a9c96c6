"""What can be asked about gestures."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.gestures.model import GestureKind
from bot.typing.command import Command, Need, Number, Revision, Wording

LONGEST_AMOUNT = 60  # characters, as typed
LONGEST_LINE = 200
LONGEST_WHY = 500
LONGEST_SENTENCE = 300


class AskForGesture(Command):
    """Open the form that makes a gesture to a customer."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True

    amount: str = Field(default="", max_length=LONGEST_AMOUNT)  # as typed
    case: str = Field(default="", max_length=LONGEST_LINE)


class MakeGesture(Command):
    """Grant a gesture, or ask a supervisor for it where it is more than one grants alone."""

    needs: ClassVar[Need] = Need.TEAM

    gesture: Number
    mark: str = Field(max_length=64)  # of the form: sent twice, it makes one gesture
    amount: str = Field(max_length=LONGEST_AMOUNT)
    case: str = Field(min_length=1, max_length=LONGEST_LINE)
    customer: str = Field(default="", max_length=LONGEST_LINE)
    why: str = Field(default="", max_length=LONGEST_WHY)


class CancelGesture(Command):
    """Take a gesture back; one that was granted since the button was drawn only when that is said aloud."""

    needs: ClassVar[Need] = Need.TEAM

    grant: Number
    granted: bool = False
    sure: bool = False  # also what somebody else granted to somebody else


class GrantGesture(Command):
    """Grant what somebody asked for. The first one to decide wins."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    grant: Number


class AskToRefuseGesture(Command):
    """Open the form of a no, with what may be offered instead."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    grant: Number


class RefuseGesture(Command):
    """Say no, and what may be offered instead."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    grant: Number
    instead: str = Field(default="", max_length=LONGEST_AMOUNT)
    why: str = Field(default="", max_length=LONGEST_WHY)


class PassGesture(Command):
    """Leave the decision to somebody else; the next one is asked at once."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    grant: Number


class TakeInstead(Command):
    """Give what a no offered instead."""

    needs: ClassVar[Need] = Need.TEAM

    grant: Number


class ListGestures(Command):
    """Show what may be given to customers, and how much of it alone."""

    needs: ClassVar[Need] = Need.TEAM
    reads: ClassVar[bool] = True


class ShowMonth(Command):
    """Show what was granted in a month."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    month: str = Field(default="", max_length=40)  # as typed; empty: this one


class CopyMonth(Command):
    """Give a month's list as a table to copy."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    month: str = Field(max_length=40)


class AskToWriteGesture(Command):
    """Open the form of a gesture of the catalogue; without a number, of a new one."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    gesture: Number | None = None


class SaveGesture(Command):
    """Keep a gesture of the catalogue as it was written."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    gesture: Number | None = None  # none: a new one
    version: Number = 0  # in which the form was opened
    kind: GestureKind
    name: Wording = Field(min_length=2, max_length=50)
    per_case: str = Field(max_length=LONGEST_AMOUNT)
    per_day: str = Field(default="", max_length=LONGEST_AMOUNT)
    per_customer: str = Field(default="", max_length=LONGEST_AMOUNT)
    sentence: str = Field(default="", max_length=LONGEST_SENTENCE)


class RetireGesture(Command):
    """Take a gesture out of the catalogue; what was granted stays recorded."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    gesture: Number


class BringBackGesture(Command):
    """Put a retired gesture into the catalogue again."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    gesture: Number


class AskForManners(Command):
    """Open the form that says how amounts are written."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True


class ChangeManners(Revision):
    """Say how amounts are written."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    locale: str = Field(max_length=10)
