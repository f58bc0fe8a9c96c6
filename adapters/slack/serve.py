"""Slack on the server: its route or its socket, its messenger, and the workspace its token opens."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

import structlog
from aiohttp import ClientError, ClientSession, web
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.app import SlackAdapter
from adapters.slack.guard import answered, guarded
from adapters.slack.line import Line
from adapters.slack.messenger import SlackMessenger
from adapters.slack.places import PLATFORM
from adapters.slack.settings import read_slack_settings
from adapters.slack.socket import listening
from adapters.slack.tokens import OneToken
from adapters.slack.workspaces import add_workspace
from bot.errors import DatabaseAway, SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from adapters.slack.guard import Verified
    from adapters.slack.settings import SlackSettings
    from bot.compose import Program
    from bot.database import Database

ROUTE = "/slack/events"
PATIENCE = 5.0  # seconds
ASK_AGAIN = 10.0  # seconds
REFUSED = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired")

log = structlog.get_logger()


def slack_platform(database: Database) -> SlackPlatform | None:
    """Build Slack out of its settings; None when it is not configured."""
    settings = read_slack_settings()
    return SlackPlatform(settings, database) if settings.configured else None


class SlackPlatform:
    """Slack as one of the platforms of a server."""

    name = PLATFORM

    def __init__(self, settings: SlackSettings, database: Database, now: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._now = now
        self._token = OneToken(settings.bot_token or "")
        self.messenger = SlackMessenger(self._token, database, settings.api_url)
        self._adapter: SlackAdapter | None = None
        self._met = False

    def attach(self, app: web.Application, program: Program) -> None:
        """Answer on our route, or down the socket."""
        app.cleanup_ctx.append(partial(self._running, program=program))
        if self._settings.signing_secret is not None:
            app.router.add_post(ROUTE, guarded(self._settings.signing_secret, self._now, self._let_in))

    async def _running(self, _app: web.Application, program: Program) -> AsyncIterator[None]:
        settings = self._settings
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.messenger.close)
            session = await stack.enter_async_context(ClientSession())
            client = AsyncWebClient(base_url=settings.api_url, session=session, retry_handlers=[])
            line = Line(client, session, self._token)
            self._adapter = SlackAdapter(program, line, self._token)
            if not await self._meet(client, program):
                trying = asyncio.create_task(self._meet_later(client, program))
                stack.callback(trying.cancel)
            if settings.app_token is not None:
                await stack.enter_async_context(listening(self._adapter, settings.app_token, settings.api_url))
            yield

    async def _meet(self, client: AsyncWebClient, program: Program) -> bool:
        """Learn which workspace our token opens, and put it in place; False: not just now."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await client.auth_test(token=self._token.token)
            workspace, name = str(found["team_id"]), str(found.get("team") or found["team_id"])
            job = partial(add_workspace, address=workspace, name=name, now=program.clock.now())
            await program.database.write(job)
        except SlackApiError as refused:
            if refused.response.get("error") in REFUSED:
                raise SettingsError(
                    f"Slack refuses SLACK_BOT_TOKEN ({refused.response['error']}). Copy it again from the page "
                    "OAuth & Permissions of your app; if the app was removed from the workspace, install it first."
                ) from refused
            why = str(refused.response.get("error"))
        except (SlackClientError, ClientError, TimeoutError, DatabaseAway) as failed:
            why = type(failed).__name__
        else:
            self._token.opens(workspace)
            return True
        log.warning("Slack did not say which workspace this is; asked again soon.", action="not_met", cause=why)
        return False

    async def _meet_later(self, client: AsyncWebClient, program: Program) -> None:
        met = False
        while not met:
            await asyncio.sleep(ASK_AGAIN)
            met = await self._meet(client, program)

    async def _let_in(self, verified: Verified) -> web.Response:
        assert self._adapter is not None  # noqa: S101  the server has been started
        return answered(await self._adapter.take(verified.payload, verified.digest))
