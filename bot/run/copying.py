"""`zanshin copy`: everything from one database into another, in batches, going on where it was broken off."""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import LargeBinary, MetaData, and_, func, inspect, select, text, tuple_
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.errors import DatabaseAway, SchemaError, WrongUse
from bot.run.keys import insist_on_the_key
from bot.run.settings import url_problem
from bot.store.database import Sealed, file_of, in_short
from bot.store.engines import PATIENCE, build_engine, identity, is_open_elsewhere, others_connected
from bot.store.schema import check_revision, check_schema, migrate
from bot.store.seal import Seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Engine, Row, Select, Table

AT_ONCE = 1000  # rows of one transaction
PATIENT = timedelta(minutes=10)  # counting millions of rows takes its time
SAME = "Both are the same database. Name the new one with --to."
NO_KEY = Seal("what is sealed is copied as it is")


@dataclass(frozen=True)
class Copied:
    """How many rows of a table the one has, and how many the other."""

    table: str
    there: int
    here: int


def copy(
    source: str, target: str, say: Callable[[str], None], at_once: int = AT_ONCE, seal: Seal | None = None
) -> list[Copied]:
    """Copy every table; the target has to be empty or the rest of a copy that was broken off, or nothing is written.

    A key that is named has to be the one of what is copied, for the server goes on there with it.
    """
    _insist_on_addresses(source, target)
    with _engine(source, seal or NO_KEY, reading=True) as theirs:
        with _told_of("--from"):
            check_schema(theirs)
            if seal is not None:
                insist_on_the_key(theirs)
            _insist_on_rest(theirs)
        with _engine(target, reading=True) as looked_at, _told_of("--to"):
            is_new = _insist_on_room(theirs, looked_at)
        with _engine(target) as ours, _told_of("The copy broke off"):
            if is_new:
                migrate(ours)
            return [_copy_table(table, theirs, ours, say, at_once) for table in tables()]


@contextmanager
def _told_of(which: str) -> Iterator[None]:
    """Say which of the two is meant: neither is the database of the settings."""
    try:
        yield
    except SchemaError as wrong:
        said = str(wrong).removesuffix(" Check ZANSHIN_DATABASE_URL.")
        said = said.replace("Run: zanshin", "With ZANSHIN_DATABASE_URL set to it, run: zanshin")
        raise type(wrong)(f"{which}: {said}") from wrong
    except DBAPIError as away:
        raise DatabaseAway(f"{which}: the database cannot be used just now ({in_short(away)}).") from away


def _insist_on_rest(theirs: Engine) -> None:
    """Refuse a database that a server still writes to: what comes after the copy would be lost without a word."""
    file = file_of(theirs)
    if file is not None:
        used = is_open_elsewhere(file)
    else:
        with Session(theirs) as session:
            used = bool(others_connected(session))
    if used:
        raise WrongUse("Another process uses the database of --from. Stop zanshin serve, each of them; then copy.")


def _insist_on_addresses(source: str, target: str) -> None:
    named = (("--from", source), ("--to", target))
    if wrong := [f"{name}: {problem}" for name, url in named if (problem := url_problem(url))]:
        raise WrongUse("\n".join(wrong))
    if source == target:
        raise WrongUse(SAME)


@contextmanager
def _engine(url: str, seal: Seal = NO_KEY, *, reading: bool = False) -> Iterator[Engine]:
    engine = build_engine(url, seal, reading=reading, patience=PATIENT, queue=PATIENCE)
    try:
        if (file := file_of(engine)) and not file.parent.is_dir():
            raise WrongUse(f"There is no folder {file.parent}. Make it, or name another place.")
        yield engine
    finally:
        engine.dispose()


def _insist_on_room(theirs: Engine, ours: Engine) -> bool:
    """Look at every table before anything is written; say whether the target has no schema yet."""
    file = file_of(ours)
    if file is not None and not file.exists():
        return True
    with theirs.connect() as reading, ours.connect() as writing:
        if identity(reading) == identity(writing):
            raise WrongUse(SAME)
        if not inspect(writing).get_table_names():
            return True
        try:
            check_revision(writing)
        except SchemaError:
            raise WrongUse("The database of --to has tables of another schema. Name an empty one.") from None
        for table in tables():
            _insist_on_a_beginning(table, reading, writing)
    return False


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


def _insist_on_a_beginning(table: Table, reading: Connection, writing: Connection) -> None:
    """Refuse a target with rows of its own: what a copy left behind ends with the same row."""
    done = _count(writing, table)
    if not done:
        return
    last = reading.execute(_ordered(table).offset(done - 1).limit(1)).first()
    keys = table.primary_key.columns
    same = and_(*(column == last._mapping[column.name] for column in keys)) if last is not None else None  # noqa: SLF001
    # Two databases number their rows alike, so that all of the row has to be the same.
    if same is None or writing.execute(select(table).where(same)).first() != last:
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
