"""What can be asked about causes."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.typing.command import Command, Need, Number, Who

LONGEST_NAME = 50
LONGEST_HINTS = 400


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
    name: str = Field(min_length=2, max_length=LONGEST_NAME)
    department: str = Field(min_length=2, max_length=LONGEST_NAME)
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
