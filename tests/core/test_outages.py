"""A server that breaks off or falls silent: nobody waits for ever, and what is said is true."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from bot.directory.model import Organisation
from bot.errors import CommitUnclear, DatabaseAway
from bot.incidents.model import Incident
from bot.say.aloud import plain_message
from bot.say.replies import Private
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.engines import THREADS
from bot.store.seal import Seal
from tests.databases import SECRET, postgres_database
from tests.fakes.breaking import BreakingDatabase, Broken
from tests.fakes.clock import START
from tests.fakes.wire import Wire, wired
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

pytestmark = pytest.mark.slow

SHORT = timedelta(seconds=0.3)


@asynccontextmanager
async def far_away(postgres_url: str) -> AsyncIterator[tuple[Wire, Database]]:
    """Give a database at the end of a wire."""
    with postgres_database(postgres_url), tempfile.TemporaryDirectory(prefix="zw") as folder:
        async with wired(postgres_url, Path(folder)) as (wire, url):
            database = Database(url, Seal(SECRET), SHORT)
            try:
                yield wire, database
            finally:
                wire.speak()
                database.close()


def found(session: Session) -> None:
    session.add(Organisation(name="Acme", created_at=START))


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Organisation)) or 0


@pytest.mark.parametrize("job", [found, count])
async def test_a_server_that_falls_silent_is_away(postgres_url: str, job: object) -> None:
    """The connection stays open and nothing comes: whoever asked hears of it, and once it speaks all goes on."""
    async with far_away(postgres_url) as (wire, database):
        assert await database.read(count) == 0
        wire.fall_silent()
        with pytest.raises(DatabaseAway):
            await (database.write(found) if job is found else database.read(count))
        wire.speak()

        assert await database.read(count) == 0
        await database.write(found)
        assert await database.read(count) == 1


async def test_work_that_never_ends_is_not_waited_for(postgres_url: str) -> None:
    """Every thread hangs where no wire can be cut: whoever waits hears that nobody knows, and the next is served."""
    goes_on = Event()

    def hangs(session: Session) -> None:
        session.connection()
        goes_on.wait()

    async with far_away(postgres_url) as (_wire, database):
        hanging = [database.write(hangs) for _thread in range(THREADS)]
        came_of_it = await asyncio.gather(*hanging, return_exceptions=True)
        await database.write(found)
        goes_on.set()

        assert {type(one) for one in came_of_it} == {CommitUnclear}
        assert await database.read(count) == 1


@pytest.mark.parametrize("kept", [True, False])
async def test_a_commit_that_breaks_off_is_unclear(postgres_url: str, kept: bool) -> None:
    """The wire breaks before or after the server has committed: nobody can tell which, and nobody says that he can."""
    async with far_away(postgres_url) as (wire, database):
        await database.read(count)
        wire.breaks_after_commit, wire.breaks_before_commit = kept, not kept
        with pytest.raises(CommitUnclear):
            await database.write(found)

        assert await database.read(count) == kept


def test_who_stands_still_in_a_transaction_keeps_nothing(postgres_url: str) -> None:
    """A frozen replica gives its rows back to the others."""
    with postgres_database(postgres_url) as database, database.engine.connect() as connection:
        limit = connection.scalar(text("SHOW idle_in_transaction_session_timeout"))

    assert limit == "31s"  # a second more than tests are patient


@pytest.mark.parametrize("kept", [True, False])
async def test_a_command_whose_commit_broke_off_is_carried_out_once(postgres_url: str, kept: bool) -> None:
    """Its key says whether it was: somebody who opens an incident reads that it is open, and there is one."""
    async with far_away(postgres_url) as (wire, database):
        cast = Cast(await seated_on(database))
        wire.breaks_after_commit, wire.breaks_before_commit = kept, not kept
        answer = await cast.ana.types("/incident open sev2 Cards fail")

        assert "#1 Cards fail" in answer.text
        assert await database.read(lambda session: session.scalar(select(func.count()).select_from(Incident))) == 1


async def test_nobody_is_told_that_nothing_was_changed_when_nobody_knows(postgres_url: str) -> None:
    """The commit breaks off, and then the server is silent: what was saved cannot be told, and so it is said."""
    async with far_away(postgres_url) as (wire, database):
        stage = await seated_on(database)
        wire.breaks_after_commit = wire.falls_silent_then = True
        answer = await stage.program.dispatch.say(
            "/incident open sev2 Cards fail", stage.origin("ana", "support", "key")
        )

        assert isinstance(answer, Private)
        assert plain_message(answer.message).startswith("I can't tell whether that was saved.")


@pytest.mark.parametrize("broken", [Broken.BEFORE, Broken.AFTER])
async def test_who_types_the_same_again_after_that_is_recognised(
    sqlite_file: Path, tmp_path: Path, broken: Broken
) -> None:
    """The second time has another key, and meets the end of the outage: there is one incident all the same."""
    shutil.copyfile(sqlite_file, tmp_path / "zanshin.db")
    database = BreakingDatabase(f"sqlite:///{tmp_path}/zanshin.db")
    stage = await seated_on(database)
    say = partial(stage.program.dispatch.say, "/incident open sev2 Cards fail")
    database.breaks.extend([broken, Broken.AWAY, Broken.AWAY])
    answers = [await say(stage.origin("ana", "support", key)) for key in ("first", "second", "third", "fourth")]
    opened = await database.read(lambda session: session.scalar(select(func.count()).select_from(Incident)))
    database.close()
    first, second, third, fourth = (plain_message(one.message) for one in answers if isinstance(one, Private))

    assert first.startswith("I can't tell whether that was saved.")
    assert second.startswith("I can't tell whether that was saved.")  # it is still so
    assert third.startswith("#1 Cards fail")
    assert not fourth.startswith("#1 Cards fail")  # said once more, it is meant once more, and asked back
    assert opened == 1


async def seated_on(database: Database) -> FakeStage:
    """Seat everybody on a stage in memory whose database is this one."""
    stage = FakeStage(database, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    return stage
