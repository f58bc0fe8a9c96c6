"""The schema: migrations make exactly what the rows need, and a server refuses anything else."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, event, select, text
from sqlalchemy.exc import OperationalError

from bot.errors import SchemaError
from bot.run.taking_back import losses
from bot.store.engines import build_engine
from bot.store.schema import alembic_config, check_revision, check_schema, migrate, revisions
from bot.store.seal import Seal
from migrations.tables import metadata
from tests.databases import SECRET, empty_postgres
from tests.fakes.clock import START
from tests.migration import next_number, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Column, Engine

    from bot.store.database import Database


def test_migrations_make_what_the_rows_need(database: Database) -> None:
    """After every migration no table, column or index differs from its class."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        missing = compare_metadata(context, metadata())
    names = sorted({getattr(one[1], "name", str(one)) if isinstance(one, tuple) else str(one) for one in missing})

    assert not missing, f"No migration makes {', '.join(names)} as its class says: make migration NAME=what_changes"


@pytest.mark.parametrize(("newest", "then"), [("0037", "0038"), ("0026a", "0027"), ("0099", "0100")])
def test_a_drafted_migration_counts_on_from_the_newest(newest: str, then: str) -> None:
    """Also where one was put in between: there are more of them than numbers."""
    assert next_number(["0001", newest]) == then


def test_a_drafted_migration_says_nothing_of_who_drafted_it() -> None:
    """What Alembic says to whoever drafts is left out, and no gap is left in its place."""
    drafted = "def upgrade() -> None:\n    # ### commands auto generated ###\n    pass\n\n    # ### end ###\n\n\n"

    assert tidy(drafted + "def more(): ...\n") == "def upgrade() -> None:\n    pass\n\n\ndef more(): ...\n"


def test_nobody_else_reads_a_new_file(tmp_path: Path) -> None:
    """Whatever the umask, the file is its owner's alone, and so is what SQLite puts beside it."""
    engine = build_engine(f"sqlite:///{tmp_path / 'zanshin.db'}", Seal(SECRET))
    before = os.umask(0)
    try:
        migrate(engine, revisions()[0])
        with engine.begin() as connection:
            connection.execute(text("SELECT 1"))
            modes = {file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)
        engine.dispose()

    assert "zanshin.db-wal" in modes
    assert set(modes.values()) == {"0o600"}, modes


def test_the_right_schema_is_let_through(database: Database) -> None:
    """A migrated database can be served, and migrating it again changes nothing."""
    check_schema(database.engine)
    migrate(database.engine)
    check_schema(database.engine)


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database of either kind without any tables."""
    with ExitStack() as stack:
        url = f"sqlite:///{tmp_path / 'old.db'}"
        if request.param == "postgres":
            url = stack.enter_context(empty_postgres(request.getfixturevalue("postgres_url")))
        engine = build_engine(url, Seal(SECRET))
        yield engine
        engine.dispose()


@pytest.mark.slow
def test_every_migration_keeps_the_rows_that_are_there(empty: Engine) -> None:
    """Whoever migrates has people and cases: each table has a row before each migration, and after it."""
    for revision in revisions():
        migrate(empty, revision)
        fill(empty)

    tables = fill(empty)
    with empty.connect() as connection:
        assert all(connection.execute(select(table)).first() for table in tables.sorted_tables)


@pytest.mark.slow
@pytest.mark.parametrize("steps", [3, pytest.param(None, marks=pytest.mark.long)])
def test_every_migration_can_be_taken_back_with_the_rows_that_are_there(empty: Engine, steps: int | None) -> None:
    """One after the other, and then forwards again: what has a table before has its rows after."""
    migrate(empty)
    tables, back = fill(empty), revisions()[:-1][::-1][:steps]
    for revision in back:
        migrate(empty, revision)
    migrate(empty)
    first = {"organisations", "people", "conversations", "cards", "notices"}
    with empty.connect() as connection:
        kept = {table.name for table in tables.sorted_tables if connection.execute(select(table)).first()}
        check_revision(connection)  # the key in its row is made up

    assert first <= kept


@pytest.mark.slow
def test_the_nag_that_stands_there_goes_on_and_can_go_back(empty: Engine) -> None:
    """The last of the numbered nags is the one an incident has from then on; undone, it has its number again."""
    migrate(empty, "0015")
    fill(empty)
    subject, nags = text("SELECT subject FROM cards"), text("SELECT nags FROM incidents")
    with empty.begin() as connection:
        connection.execute(text("UPDATE incidents SET nags = 1"))
        connection.execute(text("UPDATE cards SET subject = 'nag:1:1'"))

    migrate(empty, "0016")
    with empty.connect() as connection:
        after = connection.scalar(subject)
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0015")
        connection.commit()
        before = connection.scalar(subject), connection.scalar(nags)

    assert (after, before) == ("nag:1", ("nag:1:1", 1))


def fill(database: Engine) -> MetaData:
    """See to it that each table has a row."""
    tables = MetaData()
    with database.begin() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            if connection.execute(select(table)).first() is None:
                connection.execute(table.insert(), {column.name: something(column) for column in table.columns})
    return tables


def something(column: Column[Any]) -> object:
    """Make up a value; rows point at the first row of another table."""
    kind = getattr(column.type, "python_type", str)
    made_up = {int: 1, bool: True, float: 1.0, bytes: b"x", datetime: START, date: START.date(), dict: [], list: []}
    return made_up.get(kind, "x")


@pytest.mark.slow
def test_what_going_back_loses_is_counted(tmp_path: Path) -> None:
    """A table goes with all its rows, and of rows that stay, what they say in columns that go."""
    engine = build_engine(f"sqlite:///{tmp_path / 'zanshin.db'}", Seal(SECRET))
    migrate(engine)
    fill(engine)
    lost = losses(engine, "0032")
    engine.dispose()

    assert "all private sentences (1 row)" in lost


def test_another_schema_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    """A server on an empty database says what to run."""
    (tmp_path / "empty.db").touch()
    engine = build_engine(f"sqlite:///{tmp_path / 'empty.db'}", Seal(SECRET))
    with pytest.raises(SchemaError, match="Run: zanshin migrate"):
        check_schema(engine)
    engine.dispose()


@pytest.mark.parametrize("name", ["none.db", "with space & 100% #.db"])
def test_a_database_is_made_by_migrating_and_by_nothing_else(tmp_path: Path, name: str) -> None:
    """Looking at a file that is not there, or connecting to it, leaves the folder empty, whatever it is called."""
    engine = build_engine(f"sqlite:///{tmp_path / name}", Seal(SECRET))
    with pytest.raises(SchemaError, match=f"There is no database at .*{re.escape(name)}. Run: zanshin"):
        check_schema(engine)
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    assert list(tmp_path.iterdir()) == []

    migrate(engine)
    check_schema(engine)
    engine.dispose()
    assert (tmp_path / name).exists()


@pytest.mark.slow
def test_replicas_that_start_together_migrate_one_after_the_other(postgres_url: str) -> None:
    """Three of them find an empty database: one makes it ready, and the others find it done."""
    with empty_postgres(postgres_url, "together") as url, ThreadPoolExecutor(3) as replicas:
        engines = [build_engine(url, Seal(SECRET)) for _replica in range(3)]
        for migrated in [replicas.submit(migrate, engine) for engine in engines]:
            migrated.result()
        check_schema(engines[0])
        for engine in engines:
            engine.dispose()


@pytest.mark.slow
def test_a_migration_takes_its_time(postgres_url: str) -> None:
    """PostgreSQL neither stops a long change nor takes a slow machine for one that is gone."""
    said: list[str] = []
    with empty_postgres(postgres_url) as url:
        engine = build_engine(url, Seal(SECRET))
        event.listen(engine, "before_cursor_execute", lambda _connection, _cursor, words, *_rest: said.append(words))
        migrate(engine)
        engine.dispose()
    first = next(number for number, words in enumerate(said) if "CREATE TABLE" in words)

    assert {
        "SET LOCAL statement_timeout = 0",
        "SET LOCAL idle_in_transaction_session_timeout = 0",
    } <= set(said[:first])
