"""Presence as a platform sees it: looked up in the background, round after round, for teams at work."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.directory.hints import Hint, take_hints, whom_to_look_for
from bot.errors import DatabaseAway
from bot.ports import Clock
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


EVERY = 60.0  # seconds between two rounds


class Looking(Protocol):
    """What a platform brings."""

    at_most: int  # people of a workspace it lets one ask about in a round

    async def ask(self, workspace: str, accounts: Sequence[str], now: datetime) -> list[Hint]:
        """Ask the platform about people; whom it does not tell about is left out. May raise DatabaseAway."""
        ...


class Presence:
    """Looks people up."""

    def __init__(self, platform: str, looking: Looking, database: Database, clock: Clock) -> None:
        self._platform = platform
        self._looking = looking
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Make one round."""
        try:
            now = self._clock.now()
            look = partial(whom_to_look_for, platform=self._platform, now=now, at_most=self._looking.at_most)
            wanted = await self._database.read(look)
            for workspace, accounts in wanted.items():
                hints = await self._looking.ask(workspace, accounts, now)
                job = partial(take_hints, platform=self._platform, workspace=workspace, hints=hints, now=now)
                await self._database.write(job)
        except DatabaseAway:
            return  # hints are worth no more than another try
