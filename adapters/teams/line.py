"""The line back to Teams while somebody waits: best effort, and quick.

What must arrive goes by cards and notices; here a call that fails is noted, and the caller thinks of another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import structlog

from adapters.teams.connector import BROKEN, activities_path
from adapters.teams.errors import ConnectorRefused, NotAnswering
from adapters.teams.places import direct
from adapters.teams.references import Reference

if TYPE_CHECKING:
    from adapters.teams.connector import Connector
    from adapters.teams.pacing import Pacing
    from adapters.teams.places import Spot
    from adapters.teams.references import References

PATIENCE = 0.9  # seconds of one call: an invoke has to be answered within three, all in all

log = structlog.get_logger()


class Line:
    """Calls Teams for somebody who waits."""

    def __init__(self, connector: Connector, references: References, pacing: Pacing) -> None:
        self._connector = connector
        self._references = references
        self._pacing = pacing

    async def say_here(self, spot: Spot, written: dict[str, Any]) -> bool:
        """Say something where it was asked; in a channel, everybody reads it."""
        return await self._post(spot, spot.conversation, written)

    async def _post(self, spot: Spot, conversation: str, written: dict[str, Any]) -> bool:
        self._pacing.take(conversation)  # it counts, and whoever waits for it is not made to wait
        return await self._try("POST", spot.service_url, activities_path(conversation), written) is not None

    async def say_targeted(self, spot: Spot, account: str, written: dict[str, Any]) -> bool:
        """Say something in a channel that one person sees."""
        path = f"{activities_path(spot.conversation)}?isTargetedActivity=true"
        body = written | {"recipient": {"id": account, "isTargeted": True}}
        return await self._try("POST", spot.service_url, path, body) is not None

    async def say_privately(self, spot: Spot, account: str, written: dict[str, Any]) -> bool:
        """Say something in the direct chat with somebody; False: it did not arrive, and nobody read it."""
        if spot.personal:
            return await self.say_here(spot, written)
        known = await self._references.find(spot.tenant, direct(account))
        conversation = known.conversation if known is not None and not known.gone else ""
        if not conversation:
            conversation = await self._open(spot, account)
        if not conversation:
            return False
        return await self._post(spot, conversation, written)

    async def _open(self, spot: Spot, account: str) -> str:
        body = {
            "bot": {"id": spot.bot},
            "isGroup": False,
            "members": [{"id": account}],
            "tenantId": spot.tenant,
            "channelData": {"tenant": {"id": spot.tenant}},
        }
        answer = await self._try("POST", spot.service_url, "/v3/conversations", body)
        conversation = str((answer or {}).get("id") or "")
        if conversation:
            await self._references.keep(
                Reference(
                    tenant=spot.tenant,
                    address=direct(account),
                    conversation=conversation,
                    service_url=spot.service_url,
                    bot=spot.bot,
                )
            )
        return conversation

    async def change(self, spot: Spot, activity: str, written: dict[str, Any]) -> bool:
        """Change a message of ours."""
        path = activities_path(spot.conversation, activity)
        return await self._try("PUT", spot.service_url, path, written | {"id": activity}) is not None

    async def member(self, spot: Spot, account: str) -> dict[str, Any] | None:
        """Look up somebody who is in a conversation, by either id of theirs."""
        path = f"/v3/conversations/{quote(spot.conversation, safe='')}/members/{quote(account, safe='')}"
        return await self._try("GET", spot.service_url, path)

    async def channels(self, spot: Spot) -> dict[str, str]:
        """List the channels of a team: their names, by id."""
        found = await self._try("GET", spot.service_url, f"/v3/teams/{quote(spot.team, safe='')}/conversations")
        listed = (found or {}).get("conversations")
        return {
            str(one["id"]): str(one.get("name") or "General")
            for one in (listed if isinstance(listed, list) else ())
            if isinstance(one, dict) and one.get("id")
        }

    async def _try(
        self, method: str, service_url: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any] | None:
        try:
            return await self._connector.call(method, service_url, path, body, within=PATIENCE)
        except (*BROKEN, ConnectorRefused, NotAnswering) as failed:
            cause = failed.code if isinstance(failed, ConnectorRefused) else type(failed).__name__
            log.warning("Teams did not take an answer.", action="not_answered", method=method, cause=cause)
            return None
