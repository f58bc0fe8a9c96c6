"""What can be asked about how the team works."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.typing.command import Command, Need

LONGEST_ASKED = 120


class ShowReport(Command):
    """Tell what changed in a period, and what to do about it."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    words: str = Field(default="", max_length=LONGEST_ASKED)  # a period and a team, as typed
