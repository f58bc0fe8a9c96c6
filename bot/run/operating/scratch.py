"""A copy of the database to try things on: a file of SQLite that is thrown away, whatever the original is."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, Table, event, select

from bot.store.database import Database, file_of
from bot.store.engines import build_engine
from bot.store.schema import check_schema, migrate
from bot.store.seal import Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from bot.run.settings import Settings

AT_ONCE = 1000  # rows
LEFT_OUT = ("alembic_version", "inbox", "parked")  # they say nothing of what is to come


@contextmanager
def scratch_of(settings: Settings) -> Iterator[Database]:
    """Copy the database, for as long as we are inside; nothing is written to the original."""
    seal = settings.seal
    with tempfile.TemporaryDirectory(prefix="zanshin-") as folder:
        file = Path(folder) / "scratch.db"
        original = build_engine(settings.database_url, seal, reading=True)
        try:
            check_schema(original)
            _copy(original, file, seal)
        finally:
            original.dispose()
        database = Database(f"sqlite:///{file}", seal)
        event.listen(database.engine, "connect", _trust_the_machine)
        try:
            yield database
        finally:
            database.close()


def _trust_the_machine(connection: sqlite3.Connection, _record: object) -> None:
    """Wait for no disk: what is thrown away need not outlive a loss of power."""
    connection.execute("PRAGMA synchronous=OFF")


def _copy(original: Engine, file: Path, seal: Seal) -> None:
    if source := file_of(original):
        reading = f"{source.as_uri()}?mode=ro"
        with closing(sqlite3.connect(reading, uri=True)) as theirs, closing(sqlite3.connect(file)) as ours:
            theirs.backup(ours)
        return
    copy = build_engine(f"sqlite:///{file}", seal)
    migrate(copy)
    _copy_rows(original, copy)
    copy.dispose()


def _copy_rows(original: Engine, copy: Engine) -> None:
    """Copy every row, as it was at one moment."""
    tables = MetaData()
    tables.reflect(original)
    snapshot = original.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with snapshot as theirs, copy.connect() as ours:
        ours.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with ours.begin():
            for table in tables.sorted_tables:
                if table.name not in LEFT_OUT:
                    twin = Table(table.name, MetaData(), autoload_with=ours)
                    rows = theirs.execution_options(yield_per=AT_ONCE).execute(select(table)).mappings()
                    for some in rows.partitions():
                        ours.execute(twin.insert(), [dict(row) for row in some])
