"""Health: a process says that it can serve only while it can, and why not otherwise."""

from __future__ import annotations

import asyncio
import resource
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select, text

from adapters import ROUTES
from bot.delivery.model import InboxEntry
from bot.run.health import Readiness, watch_loop
from bot.run.serve import build_server
from bot.scheduling.ticker import guarded
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from tests.databases import SECRET, locked
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


class Watch:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def looking(stage: FakeStage, watch: Watch | None = None) -> Readiness:
    """Look at a program whose sender and ticker made a round just now."""
    stage.program.sender.pulse.at = stage.program.ticker.pulse.at = 100.0
    return Readiness(stage.program, now=watch or Watch())


@pytest.fixture
async def alone(sqlite_alone: Database) -> FakeStage:
    """The core on a SQLite file, for what can only happen to one."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    return stage


def file_of(stage: FakeStage) -> Path:
    return Path(str(stage.database.engine.url.database))


@contextmanager
def full_disk(stage: FakeStage) -> Iterator[None]:
    """Let no file of this process grow beyond what its write-ahead log has now."""
    size = file_of(stage).with_name("zanshin.db-wal").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_program_at_work_is_ready_and_looking_leaves_no_trace(stage: FakeStage) -> None:
    """The database can be read and written, everybody is at work, and nothing is there that was not before."""
    assert await looking(stage).why_not() is None
    assert await stage.database.read(lambda session: session.scalar(select(func.count()).select_from(InboxEntry))) == 0


async def test_a_database_that_cannot_be_written_is_not_ready(alone: FakeStage) -> None:
    """Somebody else holds it, or the file may only be read: reading alone is not enough."""

    def only_read(session: Session) -> None:
        session.execute(text("PRAGMA query_only = ON"))

    with locked(alone.database):
        held = await looking(alone).why_not()
    mended = await looking(alone).why_not()
    await alone.database.write(only_read)
    read_only = await looking(alone).why_not()

    assert held in (  # on a busy machine we lose patience before SQLite does
        "The database cannot be read and written: OperationalError: database is locked",
        "The database cannot be read and written: The database did not answer in time; nothing was changed.",
    )
    assert mended is None
    assert read_only is not None
    assert read_only.endswith("attempt to write a readonly database")


async def test_a_full_disk_is_not_ready(alone: FakeStage) -> None:
    """What is taken but not kept would go unnoticed until the first command."""
    with full_disk(alone):
        full = await looking(alone).why_not()
    mended = await looking(alone).why_not()

    assert full == "The database cannot be read and written: OperationalError: disk I/O error"
    assert mended is None


async def test_a_server_that_is_not_there_is_not_ready(tmp_path: Path) -> None:
    """Nobody listens where PostgreSQL should be."""
    database = Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}", Seal(SECRET))
    why = await looking(FakeStage(database, SHIPPED_PLAYBOOKS)).why_not()
    database.close()

    assert why is not None
    assert why.startswith("The database cannot be read and written: OperationalError: connection ")


@pytest.mark.parametrize("other", ["UPDATE alembic_version SET version_num = 'another'", "DROP TABLE alembic_version"])
async def test_another_schema_is_not_ready(alone: FakeStage, other: str) -> None:
    """A database that was changed under a running process is served no longer."""
    await alone.database.write(lambda session: session.execute(text(other)))
    why = await looking(alone).why_not()

    assert why is not None
    assert why.startswith("The database has schema ")


async def test_a_file_that_was_deleted_or_replaced_is_not_ready(alone: FakeStage) -> None:
    """Writing to a file without a name succeeds and is lost, so somebody has to say it."""
    file, watch = file_of(alone), Watch()
    readiness = looking(alone, watch)
    content = file.read_bytes()
    file.unlink()
    deleted = await readiness.why_not()
    file.write_bytes(content)
    watch.seconds += 1
    replaced = await readiness.why_not()

    assert deleted is not None
    assert f"The file {file} was deleted under this process" in deleted
    assert replaced is not None
    assert f"The file {file} was replaced under this process" in replaced


@pytest.mark.parametrize(
    ("sender_at", "ticker_at", "why"),
    [
        (100.0, 100.0, None),
        (90.0, 90.0, None),
        (100.0, 89.0, "The ticker has made no round for 11 s."),
        (89.0, 100.0, "The sender has made no round for 11 s."),  # a slow platform holds up no round
        (100.0, None, "The ticker has not begun."),
        (None, None, "The sender has not begun."),
    ],
)
async def test_a_sender_or_ticker_that_makes_no_rounds_is_not_ready(
    alone: FakeStage, sender_at: float | None, ticker_at: float | None, why: str | None
) -> None:
    """Commands would be answered and nothing would ever be sent."""
    readiness = looking(alone)
    alone.program.sender.pulse.at, alone.program.ticker.pulse.at = sender_at, ticker_at

    assert await readiness.why_not() == why


async def test_a_pass_of_the_ticker_is_a_sign_of_life(stage: FakeStage) -> None:
    """Whoever makes rounds is seen to make them."""
    await stage.program.ticker.tick()

    assert stage.program.ticker.pulse.at is not None


async def test_many_who_ask_get_one_answer_a_second(alone: FakeStage) -> None:
    """Looking writes to the disk, and anybody can ask."""
    watch = Watch()
    readiness = looking(alone, watch)
    assert await asyncio.gather(*(readiness.why_not() for _asker in range(50))) == [None] * 50

    with locked(alone.database):
        watch.seconds += 0.9
        assert await readiness.why_not() is None
        watch.seconds += 0.1
        assert await readiness.why_not() is not None


async def test_the_lag_of_the_loop_is_measured() -> None:
    """What is noted is how much later than asked a sleep ended."""
    watch = Watch()
    noted: list[float] = []
    late = iter([0.0, 0.5, 0.02])

    async def sleep(seconds: float) -> None:
        try:
            watch.seconds += seconds + next(late)
        except StopIteration:
            raise asyncio.CancelledError from None

    with pytest.raises(asyncio.CancelledError):
        await watch_loop(noted.append, now=watch, sleep=sleep)

    assert noted == pytest.approx([0.0, 0.5, 0.02])


@pytest.mark.parametrize("silent", ["sender", "ticker"])
async def test_a_server_that_stands_still_is_not_alive(alone: FakeStage, silent: str) -> None:
    """Only a restart helps then; whoever makes rounds again meanwhile is alive again."""
    watch = Watch()
    program, server = alone.program, build_server(alone.program, looking(alone, watch))
    server.cleanup_ctx.pop(0)  # neither is running here
    async with TestClient(TestServer(server)) as client:
        alive = (await client.get("/healthz")).status
        watch.seconds += 61
        (program.ticker if silent == "sender" else program.sender).pulse.at = watch.seconds
        standing = await client.get("/healthz")
        why = (await standing.json())["why"]
        getattr(program, silent).pulse.at = watch.seconds
        again = (await client.get("/healthz")).status

    assert (alive, standing.status, again) == (200, 503, 200)
    assert why == f"The {silent} has made no round for 61 s."


async def test_whoever_asks_for_a_database_that_is_away_does_not_stand_still(alone: FakeStage) -> None:
    """A restart mends no database: sender and ticker go on asking, and that is a sign of life."""
    program = alone.program
    program.sender.pulse.at = program.ticker.pulse.at = None
    alone.database.close()
    await guarded(program.ticker.tick, program.ticker.pulse.beat)()
    running = asyncio.create_task(program.sender.run())
    await asyncio.sleep(0)
    program.sender.stop()
    await running

    assert program.sender.pulse.at is not None
    assert program.ticker.pulse.at is not None


async def test_a_server_is_ready_while_it_can_serve(alone: FakeStage) -> None:
    """A restart mends no database, so only readiness tells of one; what is not configured is not found."""
    watch = Watch()
    app = build_server(alone.program, Readiness(alone.program, now=watch), routes=ROUTES)
    async with TestClient(TestServer(app)) as client:
        watch.seconds = alone.program.ticker.pulse.at or 0.0
        ready = await client.get("/readyz")
        file_of(alone).unlink()
        watch.seconds += 1
        unready, healthy = await client.get("/readyz"), await client.get("/healthz")
        answers = [await response.json() for response in (ready, unready, healthy)]
        missing = [await client.request(how, path) for how, path in ROUTES]
        said = [await response.text() for response in missing]

    assert (ready.status, answers[0]) == (200, {"ready": True})
    assert (unready.status, answers[1]["ready"]) == (503, False)
    assert "was deleted" in answers[1]["why"]
    assert (healthy.status, answers[2]) == (200, {"alive": True})
    assert {response.status for response in missing} == {404}
    assert all("not configured here" in one for one in said)
