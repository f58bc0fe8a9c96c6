"""Zanshin as `tests.benchmarks.beside` measures it: its outbox alone, and promises that run out."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from bot.compose import compose
from bot.delivery.model import KINDS, DeliveryState, Notice, in_state
from bot.delivery.sender import Sender
from bot.directory.model import Conversation
from bot.say.aloud import plain_message
from bot.say.messages import Message, Section
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from bot.watch.clock import SystemClock
from tests.benchmarks.handoffs import found
from tests.benchmarks.incidents import put
from tests.databases import SECRET
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from bot.ports import Place

ORGANISATIONS = 50
NAGGED = "news for customers is due"


class Taking:
    """Takes everything at once, and remembers when."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, Message]] = []

    async def notify(self, _place: Place, message: Message) -> str:
        self.taken.append((time.time(), message))
        return "1"

    async def show(self, _place: Place, _reference: str | None, message: Message) -> str:
        self.taken.append((time.time(), message))
        return "1"

    async def remove(self, _place: Place, _reference: str) -> None:
        """Take nothing away."""


async def outbox(url: str, count: int, ready: Callable[[], None]) -> tuple[float, list[float]]:
    """Send messages that wait in the outbox."""
    taking, database = Taking(), Database(url, Seal(SECRET))
    began = time.time()
    await database.write(partial(_fill_outbox, count=count))
    filled = time.time() - began
    sender = Sender(database=database, clock=SystemClock(), messengers={"web": taking})
    ready()
    await sender.drain()
    database.close()
    return filled, [at for at, _message in taking.taken]


def _fill_outbox(session: Session, count: int) -> None:
    place, now = session.scalars(select(Conversation).where(Conversation.address == "support")).one(), datetime.now(UTC)
    ours = {"organisation_id": place.organisation_id, "conversation_id": place.id, "asked_at": now, "try_at": now}
    body = Message.of("", Section(text=("words",))).model_dump_json()
    session.execute(insert(Notice), [ours | {"subject": f"burst:{number}", "body": body} for number in range(count)])


async def promises(url: str, count: int, ready: Callable[[], None]) -> tuple[float, list[float]]:
    """Let promises run out: the ticker decides whom each is asked of, and the sender says it."""
    taking, clock, database = Taking(), SystemClock(), Database(url, Seal(SECRET))
    bookcase = bookcase_of(SHIPPED_PLAYBOOKS)
    program = compose(database=database, clock=clock, bookcase=bookcase, messengers={"web": taking})
    stage: Any = SimpleNamespace(clock=clock, database=database)
    teams = await database.write(partial(found, stage=stage, organisations=ORGANISATIONS))
    began = time.time()
    await database.write(partial(put, stage=stage, teams=teams, count=count, due=clock.now()))
    filled = time.time() - began
    ready()
    sending = asyncio.create_task(program.sender.run())
    while await program.ticker.tick():
        pass
    while await database.read(_waiting):  # noqa: ASYNC110  it has no other end
        await asyncio.sleep(0.05)
    program.sender.stop()
    await sending
    database.close()
    return filled, [at for at, message in taking.taken if NAGGED in plain_message(message)]


def _waiting(session: Session) -> int:
    pending = [select(func.count()).select_from(kind).where(in_state(kind, DeliveryState.PENDING)) for kind in KINDS]
    return sum(session.scalar(one) or 0 for one in pending)
