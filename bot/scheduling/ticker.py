"""The ticker: the only user of APScheduler. It keeps no jobs anywhere: rows are the truth, this only looks."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import DatabaseAway
from bot.store.database import in_short
from bot.watch.clock import Pulse
from bot.work.clockwork import Clockwork
from bot.work.trail import Trail

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from bot.work.domain import ClockTask, Eraser

EVERY = 1  # seconds between two ticks
TIDY_EVERY = 3600  # seconds
LAST = timedelta(seconds=3)  # of what runs when we are told to stop; what is due then stays due

log = structlog.get_logger()
# All it warns of is a tick that is left out because one still runs, and that is meant.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


class Ticker:
    """Lets the clock act once a second."""

    def __init__(
        self,
        *,
        clockwork: Clockwork,
        tasks: tuple[ClockTask, ...],
        erasers: tuple[Eraser, ...],
        trail: Trail | None = None,
    ) -> None:
        self._clockwork = clockwork
        self._trail = trail or Trail()
        self._erasers = erasers
        self.tasks = tasks
        self._one_at_a_time = asyncio.Lock()
        self.pulse = Pulse()
        self._scheduler: AsyncIOScheduler | None = None
        self._running: set[asyncio.Task[object] | None] = set()

    def start(self) -> None:
        """Begin to tick."""
        self.pulse.beat()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        tick, tidy_up = self._let_finish(guarded(self.tick, self.pulse.beat)), self._let_finish(guarded(self.tidy_up))
        self._scheduler.add_job(tick, "interval", seconds=EVERY)
        # At once as well: a program that is restarted often would never tidy up.
        self._scheduler.add_job(tidy_up, "interval", seconds=TIDY_EVERY, next_run_time=datetime.now(UTC))
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking, once what runs has ended or had its time: shutting the scheduler down cuts it off."""
        if self._scheduler is None:
            return
        self._scheduler.pause()
        await asyncio.sleep(0)  # lets what was just submitted begin
        running = {job for job in self._running if job is not None}
        if running:
            await asyncio.wait(running, timeout=LAST.total_seconds())
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> int:
        """Make one pass; return how many rows were acted on."""
        async with self._one_at_a_time:
            acted = sum([await self._clockwork.tick(task, self.pulse.beat) async for task in self._each_due()])
            if self._trail.waits:
                await self._chain()
        self.pulse.beat()
        return acted

    async def act_once(self) -> int:
        """Let one task act that has something due, and nobody else ask: for a clock that stands still meanwhile."""
        async with self._one_at_a_time, aclosing(self._each_due()) as due:
            async for task in due:
                if acted := await self._clockwork.tick(task):
                    return acted
        return 0

    async def _each_due(self) -> AsyncGenerator[ClockTask]:
        """Find one task after the other that has something due; what one causes, those after it find."""
        rest = self.tasks
        while rest and (rest := await self._clockwork.due_from(rest)):
            yield rest[0]
            rest = rest[1:]

    async def _chain(self) -> None:
        """Chain what people decided; where that fails, the next tick does."""
        try:
            await self._clockwork.tidy(self._trail.chain, self.pulse.beat)
        except Exception:
            self._trail.waits = True
            raise

    async def tidy_up(self) -> None:
        """Erase what nobody needs any more."""
        if self._trail.waits:
            await self._chain()
        for erase in self._erasers:
            await self._clockwork.tidy(erase, self.pulse.beat)

    def _let_finish(self, job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """Remember that a job runs, so that stopping can wait for it."""

        async def run() -> None:
            task = asyncio.current_task()
            self._running.add(task)
            try:
                await job()
            finally:
                self._running.discard(task)

        return run


def guarded(
    job: Callable[[], Awaitable[object]], alive: Callable[[], None] = lambda: None
) -> Callable[[], Awaitable[None]]:
    """Let a job fail without an end to ticking: the next tick tries again, for rows that are due stay due.

    `alive` hears of it where the database is away: whoever goes on asking for it does not stand still.
    """

    async def run() -> None:
        try:
            await job()
        except DatabaseAway as away:
            log.warning("The database is away; the clock tries again.", action="database_away", cause=in_short(away))
            alive()
        except Exception:
            log.exception("A tick failed.", action="tick_failed")

    return run
