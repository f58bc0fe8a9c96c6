"""What going back to an earlier schema would lose: counted where it is stored, and said in words."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, column, create_engine, func, inspect, select, table

from bot.store.engines import build_engine
from bot.store.schema import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

OURS_ALONE = "alembic_version"  # of Alembic, which says what schema it is


def losses(engine: Engine, to: str) -> list[str]:
    """Say what would go, each with its rows: whole tables first, then what rows that stay would forget."""
    kept = _columns_at(engine, to)
    with engine.connect() as connection:
        return [*_whole_tables(connection, set(kept)), *_single_columns(connection, kept)]


def _columns_at(engine: Engine, to: str) -> dict[str, set[str]]:
    """Make an empty database of that schema, and look which columns it has."""
    with tempfile.TemporaryDirectory(prefix="zanshin-") as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        made = build_engine(url, engine.dialect.zanshin_seal)  # type: ignore[attr-defined]  # put there by build_engine
        migrate(made, to)
        made.dispose()
        looking = create_engine(url)
        there = inspect(looking)
        columns = {name: {one["name"] for one in there.get_columns(name)} for name in there.get_table_names()}
        looking.dispose()
        return columns


def _whole_tables(connection: Connection, kept: set[str]) -> Iterator[str]:
    for name in sorted(set(inspect(connection).get_table_names()) - kept - {OURS_ALONE}):
        if rows := connection.scalar(select(func.count()).select_from(table(name))):
            yield f"all {_in_words(name)} ({_rows(rows)})"


def _single_columns(connection: Connection, kept: dict[str, set[str]]) -> Iterator[str]:
    there = inspect(connection)
    for name in sorted(set(there.get_table_names()) & set(kept)):
        for one in there.get_columns(name):
            if one["name"] not in kept[name] and (rows := _filled(connection, name, one)):
                yield f"of {_in_words(name)}, the {_in_words(one['name'])} ({_rows(rows)})"


def _filled(connection: Connection, name: str, one: Any) -> int:
    """Count the rows that say something there."""
    value: Any = column(one["name"], one["type"])
    says = value.is_(True) if isinstance(one["type"], Boolean) else value.is_not(None)
    return connection.scalar(select(func.count()).select_from(table(name)).where(says)) or 0


def _in_words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
