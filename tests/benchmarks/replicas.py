"""Ten thousand messages due at once on PostgreSQL, sent by one, two and four replicas, each a process of its own."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, text

from bot.delivery.model import Card, DeliveryState, Notice
from bot.delivery.sender import Sender
from bot.directory.model import Conversation
from bot.say.messages import Message, Section
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from bot.watch.clock import SystemClock
from tests.benchmarks.measuring import load, share
from tests.databases import SECRET, postgres_database, postgres_server
from tests.fakes.clock import PushedClock
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from bot.ports import Place

DUE = 10_000
REPLICAS = (1, 2, 4)
COMMANDS = 500
CALLERS = 16


class Counting:
    """Takes everything at once, and remembers when, by the words that were said."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, float]] = []

    async def notify(self, _place: Place, message: Message) -> None:
        self.taken.append((message.title, time.time()))

    async def show(self, _place: Place, _reference: str | None, message: Message) -> str:
        self.taken.append((message.title, time.time()))
        return "1"

    async def remove(self, _place: Place, _reference: str) -> None:
        """Take nothing away."""


def replica(url: str, began: Any, results: Any) -> None:
    """Send until nothing is due; tell what was sent, and when."""
    messenger = Counting()

    async def send() -> None:
        database = Database(url, Seal(SECRET))
        sender = Sender(database=database, clock=SystemClock(), messengers={"web": messenger})
        await database.read(lambda session: session.scalar(select(func.count()).select_from(Conversation)))
        await asyncio.to_thread(began.wait)
        await sender.drain()
        database.close()

    asyncio.run(send())
    results.put(messenger.taken)


def burst(url: str, database: Database, replicas: int) -> str:
    """Let everything become due at one moment, and so many replicas send it."""
    context = multiprocessing.get_context("spawn")
    began, results = context.Barrier(replicas + 1), context.Queue()
    programs = [context.Process(target=replica, args=(url, began, results)) for _replica in range(replicas)]
    for one in programs:
        one.start()
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))  # as in the quiet before a burst: the database believes that nothing waits
    database.write_now(_fill)
    began.wait()
    due = time.time()
    taken = [one for _program in programs for one in results.get()]
    for one in programs:
        one.join()
    late = sorted(at - due for _title, at in taken)
    twice = len(taken) - len({title for title, _at in taken})
    left = database.write_now(
        lambda session: session.scalar(
            select(func.count()).select_from(Notice).where(Notice.state != DeliveryState.SENT)
        )
    )
    return (
        f"  {replicas} replica{'s' if replicas > 1 else ' '}  {len(taken) / late[-1]:7.0f}/s"
        f"   late p50 {share(late, 0.5):5.2f} s  p99 {share(late, 0.99):5.2f} s   twice {twice}   left {left}"
    )


def _fill(session: Any) -> None:
    for kind in (Card, Notice):
        session.execute(delete(kind))
    place = session.scalars(select(Conversation).where(Conversation.address == "support")).one()
    now = datetime.now(UTC)
    session.execute(
        insert(Notice),
        [
            {
                "organisation_id": place.organisation_id,
                "conversation_id": place.id,
                "subject": f"burst:{number}",
                "asked_at": now,
                "try_at": now,
                "body": Message.of(str(number), Section(text=("words",))).model_dump_json(),
            }
            for number in range(DUE)
        ],
    )


async def commands(database: Database) -> str:
    """Let many people write at once."""
    stage = FakeStage(database, SHIPPED_PLAYBOOKS, PushedClock())  # type: ignore[arg-type]
    await people_of(stage)

    async def note(number: int) -> None:
        origin = stage.origin(("ana", "ben", "sofia", "omar")[number % 4], "support", f"note-{number}")
        await stage.program.dispatch.say("/calm keep-calm", origin)

    measured = await load(note, callers=CALLERS, count=COMMANDS)
    waits = f"p50 {measured.p50:.0f} ms, p99 {measured.p99:.0f} ms"
    return f"  commands that write, {CALLERS} at once: {measured.rate:.0f}/s, {waits}"


def run() -> None:
    """Measure, and print."""
    print(f"\n{DUE:,} messages due at once, PostgreSQL")
    with postgres_server() as url, postgres_database(url) as database:
        print(asyncio.run(commands(database)))
        for replicas in REPLICAS:
            print(burst(url, database, replicas))


if __name__ == "__main__":
    run()
