"""The line back to Slack while somebody waits: forms opened, answers given. Best effort, and quick.

What must arrive goes by cards and notices; here a call that fails is noted, and the caller thinks of another way.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from adapters.slack.errors import code_of
from bot.errors import DatabaseAway, DeliveryError

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from aiohttp import ClientSession
    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.tokens import Tokens

PATIENCE = 2.0  # seconds of one call: whoever waits sees an error of Slack's after three
READS = ("users.info", "users.getPresence", "dnd.teamInfo", "usergroups.users.list")  # these take no JSON
BROKEN = (SlackClientError, ClientError, TimeoutError, DeliveryError, DatabaseAway, ValueError)
SLACK_HOSTS = (".slack.com", ".slack-gov.com")

log = structlog.get_logger()


class Line:
    """Calls Slack for somebody who waits."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, tokens: Tokens) -> None:
        self._client = client
        self._session = session
        self._tokens = tokens
        self._own_host = urlsplit(client.base_url).hostname

    async def call(self, workspace: str, method: str, **arguments: Any) -> dict[str, Any] | None:
        """Call a method; None if that failed."""
        return await self._try(method, self._call(workspace, method, arguments))

    async def _call(self, workspace: str, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        token = await self._tokens.token_for(workspace)
        try:
            return await self._ask(method, arguments | {"token": token})
        except SlackApiError as refused:
            if code_of(refused) != "token_expired":
                raise
        await self._tokens.doubt(workspace, token)
        return await self._ask(method, arguments | {"token": await self._tokens.token_for(workspace)})

    async def _ask(self, method: str, sent: dict[str, Any]) -> dict[str, Any]:
        if method in READS:
            answer = await self._client.api_call(method, http_verb="GET", params=sent)
        else:
            answer = await self._client.api_call(method, json=sent)
        found: dict[str, Any] = answer.data  # type: ignore[assignment]  # bytes only for downloads
        return found

    async def respond(self, url: str, answer: dict[str, Any]) -> bool:
        """Answer where something was typed or pressed; say whether that was taken."""
        if not self._is_slack(url):
            return False
        return await self._try("response_url", self._respond(url, answer)) is not None

    async def _respond(self, url: str, answer: dict[str, Any]) -> dict[str, Any]:
        async with self._session.post(url, json=answer) as taken:
            taken.raise_for_status()
            return {}

    def _is_slack(self, url: str) -> bool:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return host == self._own_host or (parts.scheme == "https" and host.endswith(SLACK_HOSTS))

    async def _try(self, method: str, call: Awaitable[dict[str, Any]]) -> dict[str, Any] | None:
        try:
            async with asyncio.timeout(PATIENCE):
                return await call
        except SlackApiError as refused:
            why = code_of(refused)
        except (*BROKEN, AttributeError) as failed:  # the SDK trips over an answer that is no object
            why = type(failed).__name__
        log.warning("Slack did not take an answer.", action="not_answered", method=method, cause=why)
        return None
