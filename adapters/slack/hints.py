"""Presence and do-not-disturb as Slack sees them: looked up in the background, for teams at work."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from adapters.slack.places import PLATFORM
from bot.directory.hints import Hint, take_hints, whom_to_look_for
from bot.errors import DatabaseAway

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adapters.slack.line import Line
    from bot.ports import Clock
    from bot.store.database import Database

EVERY = 60.0  # seconds between two rounds
AWAY_LASTS = timedelta(minutes=3)  # a presence says nothing about later
DND_LASTS = timedelta(minutes=5)
MOST_PER_CALL = 50  # people in one question about do-not-disturb


def is_away(answer: Mapping[str, Any] | None) -> bool:
    """Read a presence; no answer says nothing."""
    return answer is not None and answer.get("presence") == "away"


def disturbed_not_before(window: Mapping[str, Any] | None, now: datetime) -> datetime | None:
    """Read the next do-not-disturb window of somebody: only while it lasts does it mean anything."""
    if window is None or not window.get("dnd_enabled"):
        return None
    begin, end = window.get("next_dnd_start_ts"), window.get("next_dnd_end_ts")
    if not isinstance(begin, int) or not isinstance(end, int) or not begin <= now.timestamp() < end:
        return None
    return min(datetime.fromtimestamp(end, UTC), now + DND_LASTS)


class Hints:
    """Looks people up."""

    def __init__(self, line: Line, database: Database, clock: Clock) -> None:
        self._line = line
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
            for workspace, accounts in (
                await self._database.read(partial(whom_to_look_for, platform=PLATFORM, now=now))
            ).items():
                hints = await self._ask(workspace, accounts, now)
                job = partial(take_hints, platform=PLATFORM, workspace=workspace, hints=hints, now=now)
                await self._database.write(job)
        except DatabaseAway:
            return  # hints are worth no more than another try

    async def _ask(self, workspace: str, accounts: Sequence[str], now: datetime) -> list[Hint]:
        windows: dict[str, Any] = {}
        for begin in range(0, len(accounts), MOST_PER_CALL):
            asked = ",".join(accounts[begin : begin + MOST_PER_CALL])
            answer = await self._line.call(workspace, "dnd.teamInfo", users=asked)
            windows |= (answer or {}).get("users") or {}
        hints = []
        for account in accounts:  # one after the other: nobody waits for this
            away = is_away(await self._line.call(workspace, "users.getPresence", user=account))
            until = [disturbed_not_before(windows.get(account), now), now + AWAY_LASTS if away else None]
            hints.append(Hint(account, max((at for at in until if at is not None), default=None)))
        return hints
