"""How Alembic runs our migrations: on the connection it is given, in batch mode for SQLite."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from migrations.tables import metadata


def plain_types(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that old migrations never change."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}" if type(item.impl).__name__ == "DateTime" else f"sa.{type(item.impl).__name__}()"
    return False


def run() -> None:
    """Run what was asked for on the open connection."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=True,
        compare_type=True,
        render_item=plain_types,
    )
    context.run_migrations()


run()
