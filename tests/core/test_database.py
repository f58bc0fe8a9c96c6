"""The writer: nothing that was answered is lost, nothing that failed leaves a trace."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, make_url, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.directory.model import Organisation, Workspace
from bot.errors import DatabaseAway
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database, in_short
from bot.store.engines import POOLER, THREADS, build_engine
from bot.store.seal import Seal, WrongKey
from tests.databases import SECRET, locked, postgres_database, sqlite_database
from tests.fakes.clock import START
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session


def found(session: Session) -> int:
    organisation = Organisation(name="Test", created_at=START, hold_limit_s=0)
    session.add(organisation)
    session.flush()
    return organisation.id


def names(session: Session) -> list[str]:
    return list(session.scalars(select(Organisation.name).order_by(Organisation.id)))


@pytest.mark.slow
async def test_a_thousand_concurrent_changes_are_all_kept(database: Database) -> None:
    """Read, add one and write from many tasks at once: the count is exact."""
    organisation_id = await database.write(found)

    def add_one(session: Session) -> None:
        row = session.scalars(select(Organisation).where(Organisation.id == organisation_id).with_for_update()).one()
        row.hold_limit_s += 1

    async def insist() -> None:
        while True:
            try:
                return await database.write(add_one)
            except DatabaseAway:  # on a busy machine: then nothing was changed
                continue

    await asyncio.gather(*(insist() for _number in range(1000)))

    assert await database.read(lambda session: session.get_one(Organisation, organisation_id).hold_limit_s) == 1000


async def test_a_failure_undoes_only_its_own_work(database: Database) -> None:
    """Work that shares a commit with work that fails is kept."""

    def add(name: str, *, fail: bool) -> Callable[[Session], None]:
        def job(session: Session) -> None:
            session.add(Organisation(name=name, created_at=START))
            session.flush()
            if fail:
                raise ValueError(name)

        return job

    results = await asyncio.gather(
        *(database.write(add(str(number), fail=number % 3 == 0)) for number in range(24)), return_exceptions=True
    )

    assert [isinstance(result, ValueError) for result in results] == [number % 3 == 0 for number in range(24)]
    assert sorted(map(int, await database.read(names))) == [number for number in range(24) if number % 3]


async def test_who_writes_alone_needs_no_savepoint_and_is_undone_all_the_same(sqlite_alone: Database) -> None:
    """One piece of work is one transaction: kept whole, or undone whole, whatever went wrong in it."""
    savepoints = []
    event.listen(sqlite_alone.engine, "savepoint", lambda _connection, name: savepoints.append(name))

    def add(name: str, *, fail: bool) -> Callable[[Session], None]:
        def job(session: Session) -> None:
            session.add(Organisation(name=name, created_at=START))
            session.flush()
            if fail:
                raise ZeroDivisionError

        return job

    with pytest.raises(ZeroDivisionError):
        await sqlite_alone.write(add("undone", fail=True))
    await sqlite_alone.write(add("kept", fail=False))

    assert await sqlite_alone.read(names) == ["kept"]
    assert savepoints == []


async def test_an_error_of_the_database_undoes_only_its_own_work(database: Database) -> None:
    """A broken rule of the schema reaches whoever broke it, and nobody else."""
    organisation_id = await database.write(found)

    def add(address: str) -> Callable[[Session], None]:
        def job(session: Session) -> None:
            session.add(Workspace(organisation_id=organisation_id, platform="web", address=address, name=address))

        return job

    results = await asyncio.gather(
        *(database.write(add(address)) for address in ("a", "a", "b", "c")), return_exceptions=True
    )

    assert sum(isinstance(result, IntegrityError) for result in results) == 1
    kept = await database.read(lambda session: list(session.scalars(select(Workspace.address))))
    assert sorted(kept) == ["a", "b", "c"]


async def test_reads_can_change_nothing(database: Database) -> None:
    """A read that tries to is a mistake of ours, and no outage."""
    with pytest.raises(DBAPIError):
        await database.read(lambda session: session.execute(text("DELETE FROM organisations")))


async def test_what_a_read_leaves_to_be_written_is_not_lost_without_a_word(database: Database) -> None:
    """Rows that a read adds or changes are refused when it ends."""
    with pytest.raises(DBAPIError):
        await database.read(lambda session: session.add(Organisation(name="New", created_at=START, hold_limit_s=0)))


@pytest.mark.parametrize("how", ["read", "write"])
async def test_a_table_that_is_not_there_is_a_mistake_and_no_outage(database: Database, how: str) -> None:
    """Whoever is told that the database is away waits for something that will not come back by itself."""
    with pytest.raises(DBAPIError):
        await getattr(database, how)(lambda session: session.execute(text("SELECT 1 FROM nowhere")))


def test_texts_are_sealed_for_one_purpose_with_one_key() -> None:
    """What people wrote opens in its own column, with its own key, and nowhere else."""
    seal = Seal(SECRET)
    sealed = seal.close("she shouted at me", "notes")

    assert b"shouted" not in sealed
    assert seal.open(sealed, "notes") == "she shouted at me"
    assert seal.close("she shouted at me", "notes") != sealed
    with pytest.raises(WrongKey):
        seal.open(sealed, "replies")
    with pytest.raises(WrongKey):
        Seal("another secret, just as long as it has to be").open(sealed, "notes")
    assert seal.digest("CASE-1", "case") == seal.digest("CASE-1", "case") != seal.digest("CASE-1", "customer")


async def test_what_people_write_cannot_be_read_in_the_file(sqlite_alone: Database) -> None:
    """Neither a reason for a break nor the answer to it stands readable in the database."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await stage.type("ana", "support", "/zanshin away 30m a very private reason", "key-1")
    await stage.type("ana", "support", "/zanshin status", "key-2")
    folder = Path(str(sqlite_alone.engine.url.database)).parent
    stored = b"".join(file.read_bytes() for file in await asyncio.to_thread(lambda: list(folder.glob("zanshin.db*"))))

    assert b"Ana" in stored
    assert b"very private" not in stored
    assert b"Enjoy your break" not in stored
    assert b"Right now" not in stored


async def test_a_locked_database_is_said_within_two_seconds(sqlite_alone: Database) -> None:
    """Somebody else holds the write lock: nothing is changed, the caller hears of it, reading goes on."""
    await sqlite_alone.write(found)
    with locked(sqlite_alone, patiently=True):
        with pytest.raises(DatabaseAway):
            await sqlite_alone.write(found)
        assert await sqlite_alone.read(names) == ["Test"]
    await sqlite_alone.write(found)

    assert await sqlite_alone.read(names) == ["Test", "Test"]


async def test_a_full_disk_is_said_and_nothing_is_half_written(sqlite_alone: Database) -> None:
    """No page is free: the change is refused whole, and what was there can still be read."""
    await sqlite_alone.write(found)

    def limit(session: Session) -> None:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages}"))

    def grow(session: Session) -> None:
        session.add_all(Organisation(name="x" * 1000, created_at=START) for _number in range(50))

    await sqlite_alone.write(limit)
    with pytest.raises(DatabaseAway):
        await sqlite_alone.write(grow)

    assert await sqlite_alone.read(names) == ["Test"]


async def test_a_missing_server_is_said(tmp_path: Path) -> None:
    """Nobody listens where the database should be."""
    database = Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}", Seal(SECRET))
    with pytest.raises(DatabaseAway):
        await database.write(names)
    database.close()


async def test_closing_refuses_what_waits_and_finishes_what_runs(database: Database) -> None:
    """Work that has not begun changes nothing and hears of it at once; work under way is finished and answered."""
    begun, go_on = threading.Semaphore(0), threading.Event()

    def hold_up(session: Session) -> int:
        begun.release()
        go_on.wait()
        return found(session)

    running = [asyncio.create_task(database.write(hold_up)) for _thread in range(1 if database.is_sqlite else THREADS)]
    for _thread in running:
        await asyncio.to_thread(begun.acquire)
    waiting = [asyncio.create_task(database.write(found)) for _number in range(20)]
    await asyncio.sleep(0)  # every one of them is handed in
    closing = asyncio.create_task(asyncio.to_thread(database.close))
    refused = await asyncio.gather(*waiting, return_exceptions=True)
    go_on.set()
    await closing

    assert {str(error) for error in refused} == {"The program is stopping; nothing was changed."}
    assert {type(error) for error in refused} == {DatabaseAway}
    assert all([await task for task in running])


async def test_a_closed_database_is_away(database: Database) -> None:
    """Work that comes too late is refused, and closing twice does no harm."""
    database.close()
    for work in (database.write, database.read):
        with pytest.raises(DatabaseAway, match="stopping"):
            await work(names)
    database.close()


async def test_the_writer_outlives_every_error_of_the_database(sqlite_alone: Database) -> None:
    """No connection is free: the work is refused, and once there is one again the writer goes on."""
    taken = []
    with suppress(PoolTimeout):
        while True:
            taken.append(sqlite_alone.engine.raw_connection())
    with pytest.raises(DatabaseAway):
        await sqlite_alone.write(found)
    for connection in taken:
        connection.close()
    await sqlite_alone.write(found)

    assert await sqlite_alone.read(names) == ["Test"]


def test_options_of_the_operator_are_kept_beside_ours(postgres_url: str) -> None:
    """A search path in the URL holds, and so do our time limits."""
    url = make_url(postgres_url).update_query_dict({"options": "-csearch_path=elsewhere"})
    engine = build_engine(url.render_as_string(hide_password=False), Seal(SECRET))
    with engine.connect() as connection:
        shown = [connection.scalar(text(f"SHOW {name}")) for name in ("search_path", "statement_timeout")]
    engine.dispose()

    assert shown == ["elsewhere", "2s"]


async def test_a_server_that_only_reads_is_away(postgres_url: str) -> None:
    """A PostgreSQL that became a standby takes no changes: whoever asks hears that it is away."""

    def read_only(session: Session) -> None:
        session.execute(text("SET TRANSACTION READ ONLY"))
        found(session)

    with postgres_database(postgres_url) as database, pytest.raises(DatabaseAway) as away:
        await database.write(read_only)

    assert in_short(away.value) == "ReadOnlySqlTransaction: cannot execute INSERT in a read-only transaction"


async def test_what_was_answered_survives_a_power_cut(sqlite_file: Path, tmp_path: Path) -> None:
    """A commit of SQLite waits for the disk, unlike those of the other tests."""
    with sqlite_database(sqlite_file, tmp_path) as database:
        waits = await database.write(lambda session: session.scalar(text("PRAGMA synchronous")))

    assert waits == 2  # FULL


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_nothing_is_left_behind_in_sessions_that_a_pooler_lends(database: Database) -> None:
    """However often a statement runs, none is prepared; and what `pooler` says is no matter of the server's."""
    url = make_url(database.url).update_query_dict({POOLER: "transaction"})
    lent = Database(url.render_as_string(hide_password=False), Seal(SECRET))
    prepared = text("SELECT count(*) FROM pg_prepared_statements")
    seen = [await lent.read(lambda session: session.scalar(prepared)) for _time in range(10)]
    lent.close()

    assert seen == [0] * 10
