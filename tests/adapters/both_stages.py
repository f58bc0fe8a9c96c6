"""Slack and Teams at once: one program, one clock, one team on both."""

from __future__ import annotations

import itertools
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.slack_stage import SlackStage
from tests.adapters.teams_stage import TeamsStage
from tests.fakes.clock import FakeClock
from tests.stage import Voice, served

if TYPE_CHECKING:
    from datetime import timedelta

    from bot.store.database import Database


class Both:
    """Two stages of one program."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.slack = SlackStage(database, SHIPPED_PLAYBOOKS, self.clock)
        self.teams = TeamsStage(database, SHIPPED_PLAYBOOKS, self.clock)
        self._stack = AsyncExitStack()
        self._keys = itertools.count()

    async def __aenter__(self) -> Self:
        stages = (self.slack, self.teams)
        platforms = [await stage.platform(self._stack) for stage in stages]
        self.program, client = await served(self._stack, self.database, SHIPPED_PLAYBOOKS, self.clock, *platforms)
        for stage in stages:
            stage.program, stage.client = self.program, client
            await stage.seat(colleagues=False)  # these scripts count everybody
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._stack.aclose()

    def in_slack(self, who: str) -> Voice:
        return Voice(self.slack, who, self._keys)

    def in_teams(self, who: str) -> Voice:
        return Voice(self.teams, who, self._keys)

    async def later(self, by: timedelta) -> None:
        self.clock.move(by)
        await self.slack.settle()
        await self.teams.settle()
