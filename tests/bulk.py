"""Many rows at once, made up inside the database: what a team has left behind after years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bot.store.database import Moment, Sealed
from bot.store.seal import Seal
from migrations.tables import metadata
from tests.databases import SECRET
from tests.fakes.clock import START

if TYPE_CHECKING:
    from sqlalchemy import Column
    from sqlalchemy.orm import Session

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


def fill(session: Session, rows: int, messages: int) -> None:
    """Leave so many rows of each kind behind, and as many more messages."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        session.execute(text("SET LOCAL session_replication_role = replica"))  # looks up no foreign keys
    for name, differing in OVER.items():
        table = metadata().tables[name]
        count = FEW.get(name, messages if name in MESSAGES else rows)
        at = _moment(is_sqlite=is_sqlite)
        written = {
            column.name: differing.get(column.name, _made_up(column, at, is_sqlite=is_sqlite)).replace("{at}", at)
            for column in table.columns
        }
        names, values = ", ".join(f'"{column}"' for column in written), ", ".join(written.values())
        counting = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"  # noqa: S608  names of ours
        session.execute(text(f'INSERT INTO "{name}" ({names}) {counting} SELECT {values} FROM n'))  # noqa: S608  ours


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
