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
from adapters.slack.errors import code_of
from adapters.slack.guard import guarded
from adapters.slack.hints import Hints
from adapters.slack.line import Line
from adapters.slack.messenger import SlackMessenger
from adapters.slack.oauth import INSTALL, REDIRECT, OAuth
from adapters.slack.pacing import Pacing
from adapters.slack.places import PLATFORM
from adapters.slack.rotation import Rotation
from adapters.slack.settings import read_slack_settings
from adapters.slack.socket import give_up_when_lost, listening
from adapters.slack.tokens import InstalledTokens, OneToken
from adapters.slack.troubles import tell_admins
from bot.compose import Program
from bot.directory.workspaces import add_workspace
from bot.door.guard import Answered
from bot.door.presence import Presence
from bot.door.troubles import Troubles
from bot.errors import DatabaseAway, SettingsError
from bot.ports import Clock
from bot.store.database import Database
from bot.watch.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from adapters.slack.guard import Verified
    from adapters.slack.settings import SlackSettings
    from adapters.slack.socket import Watch
    from adapters.slack.tokens import Tokens

ROUTE = "/slack/events"
PATIENCE = 5.0  # seconds
ASK_AGAIN = 10.0  # seconds
REFUSED = ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired")

log = structlog.get_logger()


def slack_platform(database: Database) -> SlackPlatform | None:
    """Build Slack out of its settings; None when it is not configured."""
    settings = read_slack_settings()
    return SlackPlatform(settings, database, SystemClock()) if settings.configured else None


class SlackPlatform:
    """Slack as one of the platforms of a server."""

    name = PLATFORM

    def __init__(
        self,
        settings: SlackSettings,
        database: Database,
        clock: Clock,
        ticks: Callable[[], float] = time.monotonic,
        *,
        watch: Watch = give_up_when_lost,
    ) -> None:
        self._settings = settings
        self._watch = watch  # of the socket
        self._clock = clock  # of signatures and tokens: the real one, wherever it matters
        self._client = AsyncWebClient(base_url=settings.api_url, retry_handlers=[])
        self._one_token = OneToken(settings.bot_token, database, clock) if settings.bot_token is not None else None
        rotation = Rotation(self._client, settings.client_id or "", settings.client_secret or "")
        self._installed = InstalledTokens(database, clock, rotation.renew)
        self._tokens: Tokens = self._one_token or self._installed
        self.messenger = SlackMessenger(
            self._tokens,
            database,
            settings.api_url,
            pacing=Pacing(ticks),
            on_trouble=Troubles(PLATFORM, database, clock, tell_admins).hear,
        )
        self._adapter: SlackAdapter | None = None

    def attach(self, app: web.Application, program: Program) -> None:
        """Answer on our route, or down the socket."""
        app.cleanup_ctx.append(partial(self._running, program=program))
        app.on_cleanup.append(self._let_go)  # comes last, when nothing is sent any more
        if self._settings.signing_secret is not None:
            app.router.add_post(ROUTE, guarded(self._settings.signing_secret, self._now, self._let_in))
        if self._settings.many:
            changed = self._installed.changed
            oauth = OAuth(self._settings, program, self._client, tokens_changed=changed, now=self._now)
            app.router.add_get(INSTALL, oauth.install)
            app.router.add_get(REDIRECT, oauth.come_back)

    def _now(self) -> float:
        return self._clock.now().timestamp()

    async def _running(self, _app: web.Application, program: Program) -> AsyncIterator[None]:
        settings = self._settings
        async with AsyncExitStack() as stack:
            session = await stack.enter_async_context(ClientSession())
            self._client.session = session
            line = Line(self._client, session, self._tokens)
            self._adapter = SlackAdapter(program, line, self._tokens)
            stack.push_async_callback(self._adapter.finish)
            if self._one_token is not None and not await self._meet(self._one_token, program):
                trying = asyncio.create_task(self._meet_later(self._one_token, program))
                stack.callback(trying.cancel)
            looking = asyncio.create_task(Presence(PLATFORM, Hints(line), program.database, self._clock).run())
            stack.callback(looking.cancel)
            if settings.app_token is not None:
                socket = listening(self._adapter, settings.app_token, settings.api_url, watch=self._watch)
                await stack.enter_async_context(socket)
            yield

    async def _let_go(self, _app: web.Application) -> None:
        await self._installed.close()
        await self.messenger.close()

    async def _meet(self, one: OneToken, program: Program) -> bool:
        """Learn which workspace our token opens, and put it in place; False: not just now."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._client.auth_test(token=one.token)
            workspace, name = str(found["team_id"]), str(found.get("team") or found["team_id"])
            job = partial(add_workspace, platform=PLATFORM, address=workspace, name=name, now=program.clock.now())
            await program.database.write(job)
        except SlackApiError as refused:
            if code_of(refused) in REFUSED:
                raise SettingsError(
                    f"Slack refuses SLACK_BOT_TOKEN ({code_of(refused)}). Copy it again from the page "
                    "OAuth & Permissions of your app; if the app was removed from the workspace, install it first."
                ) from refused
            why = code_of(refused)
        except (SlackClientError, ClientError, TimeoutError, DatabaseAway) as failed:
            why = type(failed).__name__
        else:
            one.opens(workspace)
            return True
        log.warning("Slack did not say which workspace this is; asked again soon.", action="not_met", cause=why)
        return False

    async def _meet_later(self, one: OneToken, program: Program) -> None:
        met = False
        while not met:
            await asyncio.sleep(ASK_AGAIN)
            met = await self._meet(one, program)

    async def _let_in(self, verified: Verified) -> Answered:
        assert self._adapter is not None  # noqa: S101  the server has been started
        return await self._adapter.take(verified.payload, verified.digest)
