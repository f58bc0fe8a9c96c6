"""The playground: the program on a database of its own, with sample people and a clock that can be pushed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from adapters.web import sample
from adapters.web.drawing import Drawings
from adapters.web.folder import DATABASE, read_key, start_over
from adapters.web.giving import name_samples, stock
from adapters.web.history import write_history
from adapters.web.hub import Hub
from adapters.web.inbound import PLATFORM
from adapters.web.messenger import WebMessenger
from adapters.web.model import WebClock
from bot.compose import Bookcase, Program, compose, open_bookcase
from bot.directory.following import read_locale
from bot.ports import Clock
from bot.store.database import Database
from bot.store.schema import migrate
from bot.store.seal import Seal
from bot.watch.clock import PushedClock, SystemClock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from adapters.web.model import WebPost


PUSHES = {"1m": timedelta(minutes=1), "15m": timedelta(minutes=15), "1h": timedelta(hours=1)}
UNSEEN_MOST = 5  # due moments of which nobody sees anything that one push passes by
STEPS_MOST = 300  # due moments one push stops at


class Playground:
    """Everything the web adapter needs to serve."""

    def __init__(
        self,
        database: Database,
        bookcase: Bookcase,
        real: Clock,
        *,
        stocked: bool = False,
        lived: bool = False,
        address: str = "",
    ) -> None:
        self.database = database
        self._stocked, self._lived = stocked, lived
        self.hub = Hub()
        self.drawings = Drawings()
        self._languages: dict[str, str] = {}  # of the people whose pages were drawn
        self._asked_for: dict[str, str] = {}  # by the browser of whoever was them last
        self._samples_in = ""  # the language of whoever looked last
        self._aim: tuple[str, datetime] | None = None  # where the last push went
        self._one_push = asyncio.Lock()  # at a time: each begins where the one before ended
        self._real = real
        self.clock = PushedClock(real)
        self.program: Program = compose(
            database=database,
            clock=self.clock,
            bookcase=bookcase,
            messengers={PLATFORM: WebMessenger(database, self.clock, self.hub)},
            address=address,
        )

    async def prepare(self) -> None:
        """Put the sample people in place, and the clock where it was left."""
        ahead = await self.database.write(_stored_ahead)
        self.clock.push_to(self._real.now() + ahead)
        await self.database.write(partial(sample.seed, now=self.clock.now()))
        if self._stocked:
            await self.database.write(partial(stock, now=self.clock.now()))
        if self._lived:
            await self.database.write(partial(write_history, now=self.clock.now()))

    def hear_language(self, account: str, locale: str) -> None:
        """Take note of the language that somebody's browser asks for."""
        if account in sample.NAMES and (read := read_locale(locale)):
            self._asked_for[account] = read

    def asked_for(self, account: str) -> str:
        """Say which language somebody's browser has asked for; empty where it has not."""
        return self._asked_for.get(account, "")

    def language_of(self, account: str, *, else_: str = "") -> str:
        """Say which language somebody reads, as it was when their page was drawn; `else_`: whoever is not known."""
        return self.asked_for(account) or self._languages.get(account) or else_ or "en"

    async def name_samples(self, account: str) -> None:
        """Call what may be given as whoever looks at the page reads it."""
        language = self.language_of(account)
        if self._stocked and language != self._samples_in:
            await self.database.write(partial(name_samples, language=language))
            self._samples_in = language

    def learn_language(self, session: Session, account: str) -> str:
        """Find out which language somebody reads now."""
        self._languages[account] = self.asked_for(account) or sample.language_of(session, account)
        return self._languages[account]

    async def push(self, by: str, key: str = "") -> list[WebPost] | None:
        """Push the clock ahead, stopping at everything that becomes due on the way, as time itself would.

        The same key is the same push: it aims at the same moment. What was said or changed on the way is returned;
        None: nothing is due at all.
        """
        async with self._one_push:
            aimed = self._aim[1] if self._aim is not None and key and self._aim[0] == key else None
            ahead = self.clock.now() + PUSHES[by] if by in PUSHES else None
            target = aimed or ahead or await self.next_due()
            if target is None:
                return None
            with self.hub.noting() as published:
                await self._aim_at(target, key)
                if by == "next" and not aimed:
                    await self._until_seen(published, key)
        self.hub.stir()
        return published

    async def _aim_at(self, target: datetime, key: str) -> None:
        self._aim = key, target
        await self._go_to(target)

    async def _until_seen(self, published: Sequence[WebPost], key: str) -> None:
        """Go on where nobody saw anything of what was due, but not for long."""
        for _moment in range(UNSEEN_MOST):
            if published or (due := await self.next_due()) is None:
                return
            await self._aim_at(due, key)

    async def _go_to(self, target: datetime) -> None:
        for _step in range(STEPS_MOST):
            due = await self.next_due()
            if due is None or due > target:
                break
            await self._be_at(max(due, self.clock.now()))
        await self._be_at(target)

    async def _be_at(self, moment: datetime) -> None:
        ahead = max(self.clock.ahead, moment - self._real.now())
        await self.database.write(partial(_store_ahead, ahead=ahead))  # first: what cannot be kept does not happen
        self.clock.push_to(self._real.now() + ahead)
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


def open_playground(
    folder: Path, playbooks_dir: Path, *, fresh: bool = False, lived: bool = False, address: str = ""
) -> Playground:
    """Open the playground kept in a folder that is ours alone, making its database and key where there are none."""
    if fresh:
        start_over(folder)
    database = Database(f"sqlite:///{folder / DATABASE}", Seal(read_key(folder)))
    migrate(database.engine)
    bookcase = open_bookcase(playbooks_dir)
    return Playground(database, bookcase, SystemClock(), stocked=True, lived=lived, address=address)


def _stored_ahead(session: Session) -> timedelta:
    return timedelta(microseconds=session.scalar(select(WebClock.ahead_us)) or 0)


def _store_ahead(session: Session, ahead: timedelta) -> None:
    session.merge(WebClock(id=1, ahead_us=ahead // timedelta(microseconds=1)))
