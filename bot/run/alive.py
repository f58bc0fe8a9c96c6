"""Every minute: an audit of everything that waits, and a sign of life to whoever raises the alarm without one."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.compose import Program
from bot.run.health import Readiness
from bot.scheduling.ticker import guarded
from bot.watch.clock import SystemClock
from bot.work.auditing import Audit, audit, mend

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

EVERY = timedelta(minutes=1)
TIME_LIMIT = ClientTimeout(total=5)

log = structlog.get_logger()


class Auditor:
    """Looks, mends what can be mended, counts the rest, and gives a sign of life only when all is well."""

    def __init__(self, program: Program, readiness: Readiness, url: str = "") -> None:
        self._program = program
        self._readiness = readiness
        self._url = url  # fetched when all is well; "": nobody listens

    async def run(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Look for ever."""
        look = guarded(self.look)
        while True:
            await sleep(EVERY.total_seconds())
            await look()

    async def look(self) -> Audit:
        """Make one audit."""
        program, tasks = self._program, self._program.ticker.tasks
        now, real_now = program.clock.now(), SystemClock().now()
        found = await program.database.read(partial(audit, tasks=tasks, now=now, real_now=real_now))
        program.metrics.audited(found.forgotten, found.late)
        if found.forgotten:
            log.error("Rows had no time for their next step; they have one now.", action="mended", **found.forgotten)
            await program.database.write(partial(mend, tasks=tasks, found=found, now=now))
        if found.late:
            log.error("Rows are due for long, and nobody acts on them.", action="late", **found.late)
        if found.is_fine and self._url and await self._readiness.why_not() is None:
            await self._give_sign()
        return found

    async def _give_sign(self) -> None:
        try:
            async with ClientSession(timeout=TIME_LIMIT) as session, session.get(self._url) as answer:
                answer.raise_for_status()
        except (ClientError, TimeoutError, ValueError) as failed:
            log.warning("A sign of life was not taken.", action="no_sign", cause=type(failed).__name__)
