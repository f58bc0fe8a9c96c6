"""The schema of the database: brought up to date by `zanshin migrate`, checked before serving."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from bot.errors import DatabaseMissing, SchemaDiffers, SchemaError, WrongUse
from bot.store.database import file_of
from bot.store.keyring import take_up

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Connection, Engine

BEGINS = b"SQLite format 3\0"  # every file of it
MIGRATIONS = Path(__file__).parents[2] / "migrations"


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the schema up to date, or to a revision, in a new file where there is none."""
    if to not in ("head", "base", *revisions()):
        raise WrongUse(f"There is no revision {to}. There are: {', '.join(revisions())}.")
    if file := file_of(engine):
        _insist_on_a_place(file)
        with suppress(OSError):  # connecting says what is wrong
            file.touch(mode=0o600)  # whatever the umask; what SQLite puts beside it is as private
    with engine.connect() as connection, _foreign_keys_off(connection), connection.begin():
        config = alembic_config()
        config.attributes["connection"] = connection
        _wait_for_other_migrations(connection)
        if is_earlier(connection, to):
            command.downgrade(config, to)
        else:
            command.upgrade(config, to)
        if engine.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise SchemaError(f"Rows point at rows that are not there, so nothing was changed: {broken[:5]}")


def _insist_on_a_place(file: Path) -> None:
    """Refuse a file in a folder that is not there, and one that is something else."""
    if not file.parent.is_dir():
        raise DatabaseMissing(f"There is no folder {file.parent}. Check ZANSHIN_DATABASE_URL.")
    with suppress(OSError):  # as above
        with file.open("rb") as opened:
            begins = opened.read(len(BEGINS))
        if begins and begins != BEGINS:
            raise DatabaseMissing(f"{file} is not a database. Check ZANSHIN_DATABASE_URL.")


def is_earlier(connection: Connection, revision: str) -> bool:
    """Say whether a revision comes before the one the database has."""
    now, known = MigrationContext.configure(connection).get_current_revision(), revisions()
    if revision == "base":
        return now is not None
    return now in known and revision in known and known.index(revision) < known.index(now)


def _wait_for_other_migrations(connection: Connection) -> None:
    """Have replicas that start together migrate one after the other; whoever comes later finds it done."""
    if connection.dialect.name != "sqlite":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            connection.exec_driver_sql(
                f"SET LOCAL {limit} = 0"
            )  # a large table takes its time, and so does a slow machine
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("zanshin migrate"))))


@contextmanager
def _foreign_keys_off(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, which it refuses while others point at the old one."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection  # a transaction, once begun, would ignore the pragma
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check_schema(engine: Engine) -> None:
    """Raise SchemaError, naming the command that mends it, unless the schema is the one we need."""
    file = file_of(engine)
    if file is not None:
        _insist_on_a_place(file)
    if file is not None and not file.exists():
        raise DatabaseMissing(f"There is no database at {file}. Run: zanshin migrate")
    with engine.connect() as connection:
        check_revision(connection)
        take_up(connection, engine.dialect.zanshin_seal)  # type: ignore[attr-defined]  # put there by build_engine


def check_revision(connection: Connection) -> None:
    """Do what `check_schema` does, on a connection that is open."""
    found, wanted = MigrationContext.configure(connection).get_current_revision(), _wanted()
    if found is None:
        raise SchemaError("The database has schema none: nothing has been set up in it yet. Run: zanshin migrate")
    if found != wanted:
        raise SchemaDiffers(_which_is_older(found))


def _which_is_older(found: str) -> str:
    """Say whether the database is older than this program or newer, and what to do."""
    every = revisions()
    if found not in every:
        return (
            f"The database has schema {found}, of a newer version than this program, which knows {every[-1]} at most."
            " Install the version it was last used with."
        )
    missing = len(every) - 1 - every.index(found)
    steps = "1 step is" if missing == 1 else f"{missing} steps are"
    return (
        f"The database has schema {found}, of an older version than this program: {steps} missing up to {every[-1]}."
        " Back it up. Run: zanshin migrate"
    )


def pending(engine: Engine) -> list[str]:
    """List the revisions that migrating would bring, the oldest first; where there is no database, all of them."""
    file, every = file_of(engine), revisions()
    if file is not None:
        _insist_on_a_place(file)
    if file is not None and not file.exists():
        return every
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in every:
        raise SchemaError(f"The database has schema {found}, which this program does not know: it is too old for it.")
    return every[every.index(found) + 1 :] if found is not None else every


def taken_back(engine: Engine, to: str) -> list[str]:
    """List the revisions that going back to an earlier one would undo, the oldest first."""
    every = revisions()
    if to not in (*every, "base"):
        return []
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    first = 0 if to == "base" else every.index(to) + 1
    return every[first : every.index(found) + 1] if found in every else []


def brought_by(which: Collection[str]) -> str:
    """Say in words what these revisions brought."""
    return " ".join(_scripts().get_revision(one).doc.partition("\n")[0] for one in which)


def revisions() -> list[str]:
    """List every revision of the schema, the oldest first."""
    return [one.revision for one in _scripts().walk_revisions()][::-1]


def _wanted() -> str | None:
    return _scripts().get_current_head()


@cache
def _scripts() -> ScriptDirectory:
    """Read every migration once; none changes while the program runs."""
    return ScriptDirectory.from_config(alembic_config())


def alembic_config() -> Config:
    """Say where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
