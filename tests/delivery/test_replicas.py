"""Two programs on one PostgreSQL: each wakes the other, and what one subject says arrives in its order."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.delivery.model import DeliveryState, Notice
from bot.delivery.sender import Sender
from bot.say.aloud import plain_message
from bot.store.bell import CHANNEL, Bell
from tests.delivery.test_sender import change, states, tell
from tests.fakes.platform import FakeMessenger

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.ports import Place
    from bot.say.messages import Message
    from bot.store.database import Database
    from tests.stage import FakeStage

pytestmark = pytest.mark.parametrize("database", ["postgres"], indirect=True)


@asynccontextmanager
async def bells(database: Database) -> AsyncIterator[tuple[Bell, Bell, asyncio.Event, asyncio.Event]]:
    """Give the bells of two replicas, and when each woke."""
    ours, theirs = asyncio.Event(), asyncio.Event()
    pair = Bell(database, ours.set), Bell(database, theirs.set)
    running = [asyncio.create_task(bell.run()) for bell in pair]
    await asyncio.gather(ours.wait(), theirs.wait())  # both listen
    ours.clear()
    theirs.clear()
    yield (*pair, ours, theirs)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def test_whoever_has_something_to_send_wakes_the_others(database: Database) -> None:
    """The other one hears it at once, and nobody wakes themselves a second time."""
    async with bells(database) as (bell, _other, ours, theirs):
        bell.wake()
        await asyncio.wait_for(theirs.wait(), 20)
        ours.clear()
        _other.wake()
        await asyncio.wait_for(ours.wait(), 20)


async def test_a_bell_that_was_lost_is_found_again(database: Database) -> None:
    """The server ends the connection: a new one listens, and whatever was missed meanwhile is looked for."""
    async with bells(database) as (bell, _other, _ours, theirs):
        end = text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query = :listening AND pid <> pg_backend_pid()"
        )
        await database.write(lambda session: session.execute(end, {"listening": f"LISTEN {CHANNEL}"}))
        await asyncio.wait_for(theirs.wait(), 20)
        theirs.clear()
        bell.wake()
        await asyncio.wait_for(theirs.wait(), 20)


class Slow(FakeMessenger):
    """Lets others go first, each time."""

    async def notify(self, place: Place, message: Message) -> str | None:
        await asyncio.sleep(0)
        return await super().notify(place, message)


async def test_two_replicas_keep_the_order(stage: FakeStage) -> None:
    """Ten things about each of three subjects: everything once, and in the order in which it was asked for."""
    for number in range(10):
        await change(stage, *(tell(f"{subject} {number}", f"x:{subject}") for subject in range(3)))
    messenger = Slow()
    senders = [
        Sender(database=stage.database, clock=stage.clock, messengers={"web": messenger}) for _replica in range(2)
    ]
    while DeliveryState.PENDING in await states(stage, Notice):
        await asyncio.gather(*(sender.drain() for sender in senders))
    said = [plain_message(post.message) for post in messenger.posts]

    assert sorted(said, key=lambda words: words.partition(" ")[0]) == [
        f"{subject} {number}" for subject in range(3) for number in range(10)
    ]
