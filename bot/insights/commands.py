"""What can be asked about how the team works."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from bot.insights.planned.rhythm import Rhythm
from bot.typing.command import Command, Need, Number, Who

LONGEST_ASKED = 120
LONGEST_CHANNEL = 200


class ShowReport(Command):
    """Tell what changed in a period, and what to do about it."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True

    words: str = Field(default="", max_length=LONGEST_ASKED)  # a period and a team, as typed


class PlanReport(Command):
    """Have a report come to a channel by itself."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    rhythm: Rhythm
    channel: Who = Field(default="", max_length=LONGEST_CHANNEL)  # empty: where it is typed


class ListReportPlans(Command):
    """See which reports come by themselves."""

    needs: ClassVar[Need] = Need.SUPERVISOR
    reads: ClassVar[bool] = True


class StopReport(Command):
    """Have a report no longer come by itself."""

    needs: ClassVar[Need] = Need.SUPERVISOR

    plan: Number
