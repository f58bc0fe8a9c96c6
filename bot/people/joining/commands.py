"""What can be asked about bringing workspaces, and the same person on two platforms, together."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.typing.command import Command, Need, Number


class JoinWorkspaces(Command):
    """Make a code for another workspace, or enter the one that was made there."""

    needs: ClassVar[Need] = Need.ADMIN

    code: str = Field(default="", max_length=60)


class LinkPerson(Command):
    """Make a code for oneself on another platform, or enter the one made there."""

    needs: ClassVar[Need] = Need.NOTHING

    code: str = Field(default="", max_length=60)


class ConfirmCode(Command):
    """Confirm what a code brings together."""

    needs: ClassVar[Need] = Need.NOTHING

    code: Number


class DropCode(Command):
    """Think better of it."""

    needs: ClassVar[Need] = Need.NOTHING

    code: Number
