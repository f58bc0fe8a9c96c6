"""The token we speak with: asked for in a thread, because the SDK waits for it, and remembered for a while."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import structlog
from botframework.connector.auth import MicrosoftAppCredentials

from adapters.teams.errors import NotAnswering

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from adapters.teams.settings import TeamsSettings

    Token = Callable[[], Awaitable[str]]  # gives a token, or "" where none is needed; raises NotAnswering

REMEMBERED = 240.0  # seconds: it holds for an hour, and MSAL gives no old one
PATIENCE = 8.0  # seconds
BOT_FRAMEWORK = "botframework.com"
BROKEN = (OSError, ValueError, KeyError, TypeError, RuntimeError)  # MSAL has these ways to fail, and names none

log = structlog.get_logger()


class Credentials:
    """Gives the token of the app for one resource."""

    def __init__(
        self, settings: TeamsSettings, scope: str | None = None, *, tenant: str = "", ticks: Callable[[], float]
    ) -> None:
        where = tenant or (settings.app_tenant if settings.app_type == "SingleTenant" else BOT_FRAMEWORK)
        self._credentials = MicrosoftAppCredentials(settings.app_id, settings.app_password, where, scope)
        self._ticks = ticks
        self._token, self._until = "", 0.0
        self._asking: asyncio.Task[str] | None = None

    async def __call__(self) -> str:
        """Give a token that holds."""
        if self._until > self._ticks():
            return self._token
        if self._asking is None or self._asking.done():
            self._asking = asyncio.create_task(asyncio.to_thread(self._credentials.get_access_token))
        try:
            async with asyncio.timeout(PATIENCE):
                self._token = await asyncio.shield(self._asking)
        except BROKEN as failed:
            log.error("No token can be had from Microsoft.", action="no_token", cause=str(failed)[:300])  # noqa: TRY400  its cause says it all
            raise NotAnswering from failed
        self._until = self._ticks() + REMEMBERED
        return self._token


def no_token_needed() -> Token:
    """Speak without a token, to a connector on this machine."""

    async def give() -> str:
        return ""

    return give


def credentials_of(settings: TeamsSettings, ticks: Callable[[], float] = time.monotonic) -> Token:
    """Build what gives the token for connectors."""
    return no_token_needed() if settings.anonymous else Credentials(settings, ticks=ticks)
