"""Logs: every line is JSON, says what went wrong, and never what people wrote."""

from __future__ import annotations

import io
import json
import logging
import warnings
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pydantic import BaseModel
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.directory.model import Workspace
from bot.errors import DatabaseAway
from bot.playbooks.model import Run
from bot.say.replies import Done, Reply
from bot.scheduling.ticker import guarded
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import Command, Need
from bot.watch.logs import sentence_of, set_up_logs
from bot.work.dispatch import Dispatch
from bot.work.domain import ClockTask
from tests.databases import locked
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.store.database import Database
    from bot.work.work import Work

WRITTEN = "she said something very private"


class Break(Command):
    """Break."""

    needs = Need.NOTHING


class Whole(BaseModel):
    number: int


def twice(work: Work) -> None:
    for _time in range(2):
        work.session.add(Workspace(organisation_id=1, platform="web", address=WRITTEN, name=WRITTEN))
        work.session.flush()


def null(work: Work) -> None:
    work.session.add(Workspace(organisation_id=1, platform=None, address=WRITTEN, name=WRITTEN))
    work.session.flush()


def no_such_table(work: Work) -> None:
    work.session.execute(text("SELECT 1 FROM nowhere WHERE words = :words"), {"words": WRITTEN})


def no_number(work: Work) -> None:
    work.session.execute(text("SELECT abs(CAST(:words AS INTEGER)) FROM people, nowhere"), {"words": WRITTEN})


def bad_cast(work: Work) -> None:
    work.session.execute(text("SELECT CAST(CAST(:words AS TEXT) AS INTEGER)"), {"words": WRITTEN})
    raise ValueError(WRITTEN)


def not_valid(_work: Work) -> None:
    Whole.model_validate({"number": WRITTEN})


def not_found(_work: Work) -> None:
    nothing: dict[str, str] = {}
    try:
        nothing[WRITTEN]
    except KeyError as error:
        raise LookupError(WRITTEN) from error


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, as it leaves the program."""
    stream = io.StringIO()
    set_up_logs(stream)
    yield stream
    set_up_logs()


def lines(written: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.parametrize("breakage", [twice, null, no_such_table, no_number, bad_cast, not_valid, not_found])
async def test_what_people_wrote_is_in_no_log_line(
    stage: FakeStage, written: io.StringIO, breakage: Callable[[Work], None]
) -> None:
    """A command and a tick that break over somebody's words are logged without the words."""

    def break_(_command: Break, work: Work) -> Reply:
        breakage(work)
        raise AssertionError

    dispatch = Dispatch(
        database=stage.database,
        clock=stage.clock,
        grammar=stage.program.grammar,
        use_cases={Break: break_},
        wake=lambda: None,
    )
    await stage.program.dispatch.say("/calm keep-calm", stage.origin("ana", "support", "key-1"))
    stage.clock.move(timedelta(hours=13))
    await dispatch.carry_out(Break(), stage.origin("ana", "support", "key-2"))
    await stage.program.clockwork.tick(ClockTask(name="broken", model=Run, act=lambda _rows, work: breakage(work)))

    assert len(lines(written)) >= 2
    assert all("exception" in line or "cause" in line for line in lines(written))
    assert "private" not in written.getvalue()


def break_(_command: Break, work: Work) -> Reply:
    not_found(work)
    return Done()


async def test_a_bug_is_logged_with_its_line_and_its_causes(stage: FakeStage, written: io.StringIO) -> None:
    """Without the words there is still enough to find the bug: every error on the way, and where it was raised."""
    dispatch = Dispatch(
        database=stage.database,
        clock=stage.clock,
        grammar=stage.program.grammar,
        use_cases={Break: break_},
        wake=lambda: None,
    )
    await dispatch.carry_out(Break(), stage.origin("ana", "support", "key-1"))
    (line,) = lines(written)

    assert line["exception"].index("KeyError") < line["exception"].index("LookupError")
    assert "nothing[WRITTEN]" in line["exception"]
    assert "in not_found" in line["exception"]


def test_what_libraries_log_is_a_line_like_ours(written: io.StringIO) -> None:
    """Their sentence stays, what they fill in does not: that may be somebody's words."""
    try:
        int(WRITTEN)
    except ValueError:
        logging.getLogger("aiohttp.server").exception("Error handling request from %s", WRITTEN)
    logging.getLogger("asyncio").error(f"Task exception was never retrieved\nfuture: {WRITTEN}")  # noqa: G004  as it does
    first, second = lines(written)

    assert (first["event"], first["logger"]) == ("Error handling request from …", "aiohttp.server")
    assert first["exception"].endswith("ValueError")
    assert second["event"] == "Task exception was never retrieved"
    assert "private" not in written.getvalue()


@pytest.mark.parametrize(
    ("said", "filled_in", "written_as"),
    [
        ("Execution of job %s skipped: %d of them run", (WRITTEN, 1), "Execution of job … skipped: 1 of them run"),
        ("%(who)s waited for %(seconds).1f s", ({"who": WRITTEN, "seconds": 2},), "… waited for 2.0 s"),
        ("%r of %s", (WRITTEN,), "%r of %s"),
        ("%d tries", (WRITTEN,), "%d tries"),
        ("100% sure", (), "100% sure"),
    ],
)
def test_what_a_library_fills_in_is_seen_where_it_is_a_number(
    said: str, filled_in: tuple[object, ...], written_as: str
) -> None:
    """A sentence reads as one, also where the library formats it wrong; whatever is no number stays hidden."""
    record = logging.LogRecord("some.library", logging.WARNING, "", 0, said, filled_in, None)

    assert sentence_of(record) == written_as


def test_a_warning_of_python_is_a_line_like_ours(written: io.StringIO) -> None:
    """Where and of what kind, without its words."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        set_up_logs(written)
        warnings.warn(WRITTEN, stacklevel=1)
    (line,) = lines(written)

    assert line["event"].startswith(f"{__file__}:")
    assert line["event"].endswith(": UserWarning")


async def test_a_database_that_is_away_is_logged_with_its_cause(sqlite_alone: Database) -> None:
    """Whoever notices it, a command, the sender or the ticker, names what the database said, without a traceback."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await stage.program.dispatch.say("/recuse heated", stage.origin("ana", "support", "key-1"))
    stage.clock.move(timedelta(hours=1))
    with locked(sqlite_alone), capture_logs() as logged:
        await stage.program.dispatch.say("/calm restrain", stage.origin("ana", "support", "key-2"))
        await stage.program.sender.send_due()
        await guarded(stage.program.ticker.tick)()
        await guarded(stage.program.ticker.tidy_up)()

    assert len(logged) >= 4
    assert {entry["action"] for entry in logged} == {"database_away"}
    assert {entry["cause"] for entry in logged} == {"OperationalError: database is locked"}
    assert not any("exc_info" in entry for entry in logged)


def test_a_tick_left_out_while_one_still_runs_is_no_warning(written: io.StringIO) -> None:
    """It is meant, and comes with every batch that takes longer than a second; what the scheduler fails at is said."""
    scheduler = logging.getLogger("apscheduler.scheduler")
    scheduler.warning('Execution of job "run" skipped: maximum number of running instances reached (1)')
    scheduler.error("Error submitting job")

    assert [line["event"] for line in lines(written)] == ["Error submitting job"]


async def test_a_database_that_does_not_answer_is_logged_as_that(written: io.StringIO) -> None:
    """Where the database said nothing, the log says that it did not answer."""

    async def tick() -> None:
        raise DatabaseAway("The database did not answer in time; nothing was changed.")

    await guarded(tick)()

    assert [line["cause"] for line in lines(written)] == ["The database did not answer in time; nothing was changed."]
