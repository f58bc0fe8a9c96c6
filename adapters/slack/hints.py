"""Presence and do-not-disturb as Slack sees them: asked for a few people at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.directory.hints import Hint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from adapters.slack.line import Line

AWAY_LASTS = timedelta(minutes=3)  # a presence says nothing about later
DND_LASTS = timedelta(minutes=5)
MOST_PER_CALL = 50  # people in one question about do-not-disturb


def is_away(answer: Mapping[str, Any] | None) -> bool:
    """Read a presence; no answer says nothing."""
    return answer is not None and answer.get("presence") == "away"


def disturbed_not_before(window: object, now: datetime) -> datetime | None:
    """Read the next do-not-disturb window of somebody: only while it lasts does it mean anything."""
    if not isinstance(window, dict) or not window.get("dnd_enabled"):
        return None
    begin, end = window.get("next_dnd_start_ts"), window.get("next_dnd_end_ts")
    if not isinstance(begin, int) or not isinstance(end, int) or not begin <= now.timestamp() < end:
        return None
    return min(datetime.fromtimestamp(end, UTC), now + DND_LASTS)


class Hints:
    """Asks Slack about people."""

    at_most = 40  # Slack tells of one at a time, and of about fifty a minute

    def __init__(self, line: Line) -> None:
        self._line = line

    async def ask(self, workspace: str, accounts: Sequence[str], now: datetime) -> list[Hint]:
        """Ask about people of a workspace."""
        windows: dict[str, Any] = {}
        for begin in range(0, len(accounts), MOST_PER_CALL):
            asked = ",".join(accounts[begin : begin + MOST_PER_CALL])
            answer = await self._line.call(workspace, "dnd.teamInfo", users=asked)
            users = (answer or {}).get("users")
            windows |= users if isinstance(users, dict) else {}
        hints = []
        for account in accounts:  # one after the other: nobody waits for this
            away = is_away(await self._line.call(workspace, "users.getPresence", user=account))
            until = [disturbed_not_before(windows.get(account), now), now + AWAY_LASTS if away else None]
            hints.append(Hint(account, max((at for at in until if at is not None), default=None)))
        return hints
