"""Many rows at once, made up inside the database: what a team has left behind after years."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bot.store.database import Moment, Sealed
from bot.store.engines import build_engine
from bot.store.seal import Seal
from migrations.tables import metadata
from tests.databases import SECRET
from tests.fakes.clock import START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Connection

PATIENT = timedelta(hours=1)
FIRST = 1_000_000  # ids below are those of what a test does
# Whatever is not said here is empty where it may be, and the same everywhere else. `i` counts, {at} goes back in time.
OVER: dict[str, dict[str, str]] = {
    "incidents": {"number": "i + 1000000", "state": "'resolved'", "resolved_at": "{at}", "title_hash": "'t' || i"},
    "incident_events": {"incident_id": "i + 1000000", "kind": "'opened'"},
    "handoffs": {"state": "'completed'", "ended_at": "{at}", "case_hash": "'c' || i"},
    "offers": {"handoff_id": "i + 1000000", "state": "'took'"},
    "holds": {"ended_at": "{at}"},
    "runs": {"state": "'finished'"},
    "gestures": {"id": "i"},
    "grants": {
        "mark": "'m' || i",
        "state": "'granted'",
        "granted_at": "{at}",
        "ended_at": "{at}",
        "case_hash": "'c' || i",
    },
    "grant_asks": {"grant_id": "i + 1000000", "state": "'over'"},
    "cards": {"subject": "'old:' || i", "state": "'sent'", "ended_at": "{at}", "reference": "'r' || i", "shown": "1"},
    "notices": {"subject": "'old:' || i", "state": "'sent'", "ended_at": "{at}"},
    "inbox": {"key": "'old:' || i"},
}
FEW = {"gestures": 1}
MESSAGES = ("cards", "notices")
LARGE = frozenset(OVER) - frozenset(FEW)


def fill(url: str, rows: int, messages: int) -> None:
    """Leave so many rows of each kind behind, and as many more messages, however long it takes; count them."""
    engine = build_engine(url, Seal(SECRET), patience=PATIENT)
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.begin() as connection:
        if is_sqlite:
            _insert(connection, rows, messages)
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))  # looks up no foreign keys
            with _indexed_afterwards(connection):
                _insert(connection, rows, messages)
            connection.execute(text("ANALYZE"))
    engine.dispose()


@contextmanager
def _indexed_afterwards(connection: Connection) -> Iterator[None]:
    """Make indexes once all rows are there, which takes a part of the time; those of constraints stay."""
    connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
    found = connection.execute(
        text(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "JOIN pg_class ON pg_class.oid = indrelid "
            "WHERE relname = ANY(:tables) AND relnamespace = current_schema()::regnamespace "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)"
        ),
        {"tables": list(OVER)},
    ).all()
    for name, _written in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    yield
    for _name, written in found:
        connection.exec_driver_sql(written)


def _insert(connection: Connection, rows: int, messages: int) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    for name, differing in OVER.items():
        table = metadata().tables[name]
        count = FEW.get(name, messages if name in MESSAGES else rows)
        at = _moment(is_sqlite=is_sqlite)
        written = {
            column.name: differing.get(column.name, _made_up(column, at, is_sqlite=is_sqlite)).replace("{at}", at)
            for column in table.columns
        }
        names, values = ", ".join(f'"{column}"' for column in written), ", ".join(written.values())
        counted = (
            f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)"  # noqa: S608  names of ours
            if is_sqlite
            else f"generate_series(1, {count}) AS n(i)"
        )
        connection.execute(text(f'INSERT INTO "{name}" ({names}) SELECT {values} FROM {counted}'))  # noqa: S608  ours


def _moment(*, is_sqlite: bool) -> str:
    start = f"{START:%Y-%m-%d %H\\:%M\\:%S}"
    if is_sqlite:
        return f"datetime('{start}', '-' || (i * 60) || ' minutes') || '.000000'"
    return f"timestamptz '{start}+00' - i * interval '60 minutes'"


def _made_up(column: Column[Any], at: str, *, is_sqlite: bool) -> str:
    if column.primary_key and column.name == "id":
        return f"i + {FIRST}"
    if column.nullable:
        return "NULL"
    if isinstance(column.type, Moment):
        return at
    if isinstance(column.type, Sealed):
        sealed = Seal(SECRET).close("words", column.type.purpose).hex()
        return f"x'{sealed}'" if is_sqlite else f"'\\x{sealed}'\\:\\:bytea"
    kinds = {int: "1", bool: "FALSE", dict: "'{}'", list: "'[]'"}
    return kinds.get(getattr(column.type, "python_type", str), "'1'")
