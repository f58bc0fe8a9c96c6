"""The schema of the database: brought up to date by `zanshin migrate`, checked before serving."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.database import file_of
from bot.errors import DatabaseMissing, SchemaError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def migrate(engine: Engine) -> None:
    """Bring the schema up to date, in a new file where there is none."""
    if file := file_of(engine):
        with suppress(OSError):  # connecting says what is wrong
            file.touch()
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check_schema(engine: Engine) -> None:
    """Raise SchemaError, naming the command that mends it, unless the schema is the one we need."""
    file = file_of(engine)
    if file is not None and not file.exists():
        raise DatabaseMissing(f"There is no database at {file}. Run: zanshin migrate")
    with engine.connect() as connection:
        check_revision(connection)


def check_revision(connection: Connection) -> None:
    """Do what `check_schema` does, on a connection that is open."""
    found, wanted = MigrationContext.configure(connection).get_current_revision(), _wanted()
    if found != wanted:
        raise SchemaError(
            f"The database has schema {found or 'none'}, but this program needs {wanted}. Run: zanshin migrate"
        )


@cache
def _wanted() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
