"""Health: whether this process can serve just now, and if not, why."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError

from bot.compose import Program
from bot.delivery.model import InboxEntry
from bot.delivery.waiting import look
from bot.errors import DatabaseAway, DatabaseMissing, SchemaError
from bot.store.database import file_of, in_short
from bot.store.schema import check_revision
from bot.work.inbox import open_entry

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session


FRESH = timedelta(seconds=1)  # whoever asks more often gets the same answer: looking writes to the disk
SILENT = timedelta(seconds=10)  # whoever makes no round for so long is not at work
STANDS_STILL = timedelta(seconds=60)  # longer than anything that is still waited for
PATIENCE = timedelta(seconds=5)  # with a database that neither answers nor refuses
LAG_EVERY = 0.1  # seconds
PROBE = "a probe of readiness"  # a key of the inbox that is never left there

log = structlog.get_logger()


class Readiness:
    """Looks at the database, its file, the sender and the ticker; at most once a second, however many ask."""

    def __init__(self, program: Program, *, now: Callable[[], float] = time.monotonic) -> None:
        self._program = program
        self._now = now
        self._file = file_of(program.database.engine)
        self._identity = _identity(self._file)
        self._look: asyncio.Task[str | None] | None = None
        self._looked_at = 0.0

    async def why_not(self) -> str | None:
        """Say why this process cannot serve; None if it can."""
        now = self._now()
        if self._look is None or (self._look.done() and now - self._looked_at >= FRESH.total_seconds()):
            self._looked_at = now
            self._look = asyncio.create_task(self._look_around())
        return await asyncio.shield(self._look)

    async def _look_around(self) -> str | None:
        why = await self._database_trouble() or next(self._silent(), None)
        if why is not None:
            log.warning("Not ready to serve.", action="not_ready", why=why)
        return why

    async def _database_trouble(self) -> str | None:
        database = self._program.database
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await database.read(self._check)
                await database.write(self._leave_no_trace)
        except TimeoutError:
            return "The database neither answers nor refuses."
        except SchemaError as wrong:
            return str(wrong)
        except (DatabaseAway, SQLAlchemyError) as error:
            return f"The database cannot be read and written: {in_short(error)}"
        return None

    def _check(self, session: Session) -> None:
        if self._identity is not None and _identity(self._file) != self._identity:
            happened = "was replaced" if _identity(self._file) else "was deleted"
            raise DatabaseMissing(
                f"The file {self._file} {happened} under this process, which still writes to the old one. Restart it."
            )
        check_revision(session.connection())

    def _leave_no_trace(self, session: Session) -> None:
        # Only a commit reaches the disk, so only a commit notices that it is full.
        open_entry(session, PROBE, self._program.clock.now())
        session.execute(delete(InboxEntry).where(InboxEntry.key == PROBE))

    def standing_still(self) -> str | None:
        """Say who makes no round for so long that only a restart helps; None if nobody does.

        A database that is away is no reason: they go on asking for it, and it is found again.
        """
        return next(self._silent(STANDS_STILL), None)

    def _silent(self, too_long: timedelta = SILENT) -> Iterator[str]:
        sender, ticker = self._program.sender.pulse, self._program.ticker.pulse
        for name, pulse in (("sender", sender), ("ticker", ticker)):
            if pulse.at is None:
                yield f"The {name} has not begun."
            elif self._now() - pulse.at > too_long.total_seconds():
                yield f"The {name} has made no round for {self._now() - pulse.at:.0f} s."


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Tell a file from another of the same name."""
    if file is None:
        return None
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


async def look_at_what_waits(program: Program) -> None:
    """Have the metrics say what waits in the database, or that it is away."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            waiting = await program.database.read(partial(look, now=program.clock.now()))
    except (TimeoutError, DatabaseAway, SQLAlchemyError):
        program.metrics.looked(None)
    else:
        program.metrics.looked(waiting)


async def watch_loop(
    lagged: Callable[[float], None],
    *,
    now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Note for ever how late the event loop comes back from a short sleep."""
    while True:
        due = now() + LAG_EVERY
        await sleep(LAG_EVERY)
        lagged(max(0.0, now() - due))
