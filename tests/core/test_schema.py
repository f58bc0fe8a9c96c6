"""The schema: migrations make exactly what the rows need, and a server refuses anything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import OperationalError

from bot.database import build_engine
from bot.errors import SchemaError
from bot.schema import check_schema, migrate
from bot.seal import Seal
from migrations.tables import metadata
from tests.databases import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from bot.database import Database


def test_migrations_make_what_the_rows_need(database: Database) -> None:
    """After every migration no table, column or index differs from its class."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata()) == []


def test_the_right_schema_is_let_through(database: Database) -> None:
    """A migrated database can be served, and migrating it again changes nothing."""
    check_schema(database.engine)
    migrate(database.engine)
    check_schema(database.engine)


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
