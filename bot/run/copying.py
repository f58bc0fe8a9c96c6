"""`zanshin copy`: everything from one database into another, in batches, going on where it was broken off."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, MetaData, and_, func, select, text, tuple_

from bot.errors import WrongUse
from bot.store.database import Sealed, file_of
from bot.store.engines import build_engine
from bot.store.schema import check_schema, migrate
from bot.store.seal import Seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Engine, Row, Select, Table

AT_ONCE = 1000  # rows of one transaction
PATIENT = timedelta(minutes=10)  # counting millions of rows takes its time
NO_KEY = Seal("what is sealed is copied as it is")


@dataclass(frozen=True)
class Copied:
    """How many rows of a table the one has, and how many the other."""

    table: str
    there: int
    here: int


def copy(source: str, target: str, say: Callable[[str], None], at_once: int = AT_ONCE) -> list[Copied]:
    """Copy every table; the target is made ready, and has to be empty or the rest of a copy that was broken off."""
    if source == target:
        raise WrongUse("Both are the same database. Name the new one with --to.")
    theirs, ours = (build_engine(url, NO_KEY, patience=PATIENT) for url in (source, target))
    try:
        check_schema(theirs)
        migrate(ours)
        return [_copy_table(table, theirs, ours, say, at_once) for table in tables()]
    finally:
        theirs.dispose()
        ours.dispose()


def tables() -> Sequence[Table]:
    """Give every table as it is stored, those that others point at first."""
    raw = MetaData()
    for table in importlib.import_module("migrations.tables").metadata().tables.values():
        for column in table.to_metadata(raw).columns:
            if isinstance(column.type, Sealed):
                column.type = LargeBinary()  # sealed in one place, it is opened in the other with the same key
    return raw.sorted_tables


def _copy_table(table: Table, theirs: Engine, ours: Engine, say: Callable[[str], None], at_once: int) -> Copied:
    with theirs.connect() as reading, ours.connect() as writing:
        total, done = _count(reading, table), _count(writing, table)
        writing.rollback()
        _insist_on_a_beginning(table, reading, writing, done)
        for rows in _batches(table, reading, done, at_once):
            with writing.begin():
                writing.execute(table.insert(), [dict(row._mapping) for row in rows])  # noqa: SLF001  its public name
            done += len(rows)
            say(f"{table.name}: {done} of {total}")
        if file_of(ours) is None and "id" in table.primary_key.columns:
            with writing.begin():
                _go_on_counting(table, writing)
        return Copied(table.name, total, _count(writing, table))


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _ordered(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key.columns)


def _insist_on_a_beginning(table: Table, reading: Connection, writing: Connection, done: int) -> None:
    """Refuse a target with rows of its own: what a copy left behind ends with the same row."""
    if not done:
        return
    last = reading.execute(_ordered(table).offset(done - 1).limit(1)).first()
    keys = table.primary_key.columns
    same = and_(*(column == last._mapping[column.name] for column in keys)) if last is not None else None  # noqa: SLF001
    found = same is not None and writing.execute(select(*keys).where(same)).first() is not None
    writing.rollback()
    if not found:
        raise WrongUse(f"The database of --to has rows of its own in {table.name}. Name an empty one.")


def _batches(table: Table, reading: Connection, done: int, at_once: int) -> Iterator[Sequence[Row[Any]]]:
    keys = list(table.primary_key.columns)
    rows = reading.execute(_ordered(table).offset(done).limit(at_once)).all()
    while rows:
        yield rows
        last = tuple_(*(rows[-1]._mapping[key.name] for key in keys))  # noqa: SLF001  as above
        rows = reading.execute(_ordered(table).where(tuple_(*keys) > last).limit(at_once)).all()


def _go_on_counting(table: Table, writing: Connection) -> None:
    """Have PostgreSQL number the next row after the last one."""
    sequence = writing.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name})
    last = writing.scalar(select(func.max(table.c.id)))
    if sequence and last:
        writing.execute(text("SELECT setval(CAST(:sequence AS regclass), :last)"), {"sequence": sequence, "last": last})
