"""The playground: the program on a database of its own, with sample people and a clock that can be pushed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from adapters.web import sample
from adapters.web.folder import DATABASE, read_key, start_over
from adapters.web.hub import Hub
from adapters.web.inbound import PLATFORM
from adapters.web.messenger import WebMessenger
from adapters.web.model import WebClock
from bot.clock import PushedClock, SystemClock
from bot.compose import Program, compose
from bot.database import Database
from bot.schema import migrate
from bot.seal import Seal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.ports import Clock

PUSHES = {"1m": timedelta(minutes=1), "15m": timedelta(minutes=15), "1h": timedelta(hours=1)}
STEPS_MOST = 300  # due moments one push stops at


class Playground:
    """Everything the web adapter needs to serve."""

    def __init__(self, database: Database, playbooks_dir: Path, real: Clock) -> None:
        self.database = database
        self.hub = Hub()
        self._real = real
        self.clock = PushedClock(real)
        self.program: Program = compose(
            database=database,
            clock=self.clock,
            playbooks_dir=playbooks_dir,
            messengers={PLATFORM: WebMessenger(database, self.clock, self.hub)},
        )

    async def prepare(self) -> None:
        """Put the sample people in place, and the clock where it was left."""
        ahead = await self.database.write(_stored_ahead)
        self.clock.push_to(self._real.now() + ahead)
        await self.database.write(partial(sample.seed, now=self.clock.now()))

    async def push(self, by: str) -> None:
        """Push the clock ahead, stopping at everything that becomes due on the way, as time itself would."""
        soonest = await self.next_due()
        target = (soonest or self.clock.now()) if by == "next" else self.clock.now() + PUSHES[by]
        for _step in range(STEPS_MOST):
            due = await self.next_due()
            if due is None or due > target:
                break
            await self._be_at(max(due, self.clock.now()))
        await self._be_at(target)
        self.hub.stir()

    async def _be_at(self, moment: datetime) -> None:
        self.clock.push_to(moment)
        await self.database.write(partial(_store_ahead, ahead=self.clock.ahead))
        while await self.program.ticker.tick():
            await self.program.sender.drain()
        await self.program.sender.drain()

    async def next_due(self) -> datetime | None:
        """Find the next moment at which the clock will act."""
        return await self.database.read(self._next_due)

    def _next_due(self, session: Session) -> datetime | None:
        moments = [
            session.scalar(select(func.min(task.model.next_due_at)))
            for domain in self.program.domains
            for task in domain.clock
        ]
        return min((moment for moment in moments if moment is not None), default=None)


def open_playground(folder: Path, playbooks_dir: Path, *, fresh: bool = False) -> Playground:
    """Open the playground kept in a folder that is ours alone, making its database and key where there are none."""
    if fresh:
        start_over(folder)
    database = Database(f"sqlite:///{folder / DATABASE}", Seal(read_key(folder)))
    migrate(database.engine)
    return Playground(database, playbooks_dir, SystemClock())


def _stored_ahead(session: Session) -> timedelta:
    return timedelta(microseconds=session.scalar(select(WebClock.ahead_us)) or 0)


def _store_ahead(session: Session, ahead: timedelta) -> None:
    session.merge(WebClock(id=1, ahead_us=ahead // timedelta(microseconds=1)))
