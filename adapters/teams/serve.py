"""Teams on the server: its route, its messenger, and the keys by which it is known."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

import structlog

from adapters.teams.about import about
from adapters.teams.app import TeamsAdapter
from adapters.teams.connector import Connector
from adapters.teams.credentials import Credentials, credentials_of
from adapters.teams.guard import Guard, guarded
from adapters.teams.hints import Hints
from adapters.teams.keys import Keys
from adapters.teams.line import Line
from adapters.teams.manifest import ABOUT
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.pacing import Pacing
from adapters.teams.places import PLATFORM
from adapters.teams.references import References
from adapters.teams.settings import GRAPH
from adapters.teams.troubles import TeamsTroubles
from bot.compose import Program
from bot.door.presence import Presence
from bot.ports import Clock
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from aiohttp import web

    from adapters.teams.credentials import Token
    from adapters.teams.settings import TeamsSettings

ROUTE = "/api/messages"

log = structlog.get_logger()


class TeamsPlatform:
    """Teams as one of the platforms of a server."""

    name = PLATFORM

    def __init__(
        self,
        settings: TeamsSettings,
        database: Database,
        clock: Clock,
        ticks: Callable[[], float] = time.monotonic,
        *,
        token: Token | None = None,
    ) -> None:
        self._settings = settings
        self._clock, self._token = clock, token
        self._connector = Connector(token or credentials_of(settings), settings.allows_service)
        self._references = References(database, clock, ticks)
        self._pacing = Pacing(ticks)
        self.adapter: TeamsAdapter | None = None
        self.guard = Guard(settings, Keys(settings.keys_url, ticks), clock.now)
        self.messenger = TeamsMessenger(
            self._connector,
            self._references,
            database,
            clock,
            pacing=self._pacing,
            on_trouble=TeamsTroubles(database, self._references, clock).hear,
        )

    def attach(self, app: web.Application, program: Program) -> None:
        """Answer on our route."""
        if self._settings.anonymous:
            log.warning(
                "ANYBODY ON THIS MACHINE CAN SPEAK AS ANYBODY IN TEAMS: ZANSHIN_TEAMS_ANONYMOUS is for trying only.",
                action="anonymous",
            )
        line = Line(self._connector, self._references, self._pacing)
        self.adapter = TeamsAdapter(program, line, self._references, self._settings)
        app.router.add_post(ROUTE, guarded(self.guard, self.adapter.take))
        app.router.add_get(ABOUT, partial(about, retention=program.retention))
        app.cleanup_ctx.append(partial(self._running, program=program))
        app.on_cleanup.append(self._let_go)  # comes last, when nothing is sent any more

    async def _running(self, _app: web.Application, program: Program) -> AsyncIterator[None]:
        if not self._settings.presence or self._settings.anonymous:
            yield
            return
        hints = Hints(self._graph_token, self._settings.graph_url, program.database)
        self.presence = Presence(PLATFORM, hints, program.database, self._clock)
        looking = asyncio.create_task(self.presence.run())
        yield
        looking.cancel()

    def _graph_token(self, tenant: str) -> Token:
        """Build what gives the token for Graph in a tenant."""
        return self._token or Credentials(self._settings, GRAPH, tenant=tenant, ticks=time.monotonic)

    async def _let_go(self, _app: web.Application) -> None:
        await self._connector.close()
