"""The bell: wakes the senders of other replicas through PostgreSQL; without it they look each second."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any

import psycopg
import structlog
from sqlalchemy import func, select

from bot.errors import DatabaseAway
from bot.store.database import Database, in_short
from bot.store.engines import shares_sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

CHANNEL = "zanshin_bell"
TOGETHER = 0.05  # seconds: who rings in between is heard with the first
AGAIN_AFTER = 1.0  # seconds
KEPT_ALIVE = {"connect_timeout": 5, "keepalives_idle": 3, "keepalives_interval": 1, "keepalives_count": 3}

log = structlog.get_logger()


class Bell:
    """Rings for others, and hears them."""

    def __init__(self, database: Database, heard: Callable[[], None]) -> None:
        self._database = database
        self._heard = heard
        self._name = secrets.token_hex(8)  # nobody is woken by themselves
        self._rung = asyncio.Event()

    def wake(self) -> None:
        """Wake whoever is here, and in a moment whoever is elsewhere."""
        self._heard()
        self._rung.set()

    async def run(self) -> None:
        """Ring and listen for ever; on SQLite there is nobody else."""
        if not self._database.is_sqlite:
            await asyncio.gather(self._ring_on(), self._listen_on())

    async def _ring_on(self) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            try:
                await self._database.write(self._ring)
            except DatabaseAway as away:
                log.info("Nobody else was woken.", action="not_rung", cause=in_short(away))
            await asyncio.sleep(TOGETHER)

    def _ring(self, session: Session) -> None:
        session.execute(select(func.pg_notify(CHANNEL, self._name)))

    async def _listen_on(self) -> None:
        while not shares_sessions(self._database.url):  # else nobody would hear, and we look each second
            try:
                await self._listen()
            except (psycopg.Error, OSError) as lost:
                log.warning("The bell was lost; it is found again.", action="bell_lost", cause=type(lost).__name__)
            await asyncio.sleep(AGAIN_AFTER)

    async def _listen(self) -> None:
        _given, how = self._database.engine.dialect.create_connect_args(self._database.engine.url)
        options: dict[str, Any] = {**how, **KEPT_ALIVE}
        connection = await psycopg.AsyncConnection.connect(autocommit=True, **options)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._heard()  # whatever was rung for meanwhile
            async for heard in connection.notifies():
                if heard.payload != self._name:
                    self._heard()
