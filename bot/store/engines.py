"""Engines: how each of the two databases is connected to, with our time limits, safe transactions and encryption."""

from __future__ import annotations

import fcntl
import os
import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url, text

from bot.store.seal import Seal

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.orm import Session

PATIENCE = timedelta(seconds=2)  # how long anybody waits for the database
THREADS = 8
SHARED_FIRST, SHARED_BYTES = 0x40000002, 510  # of a file of SQLite: whoever has it open in WAL mode holds these
POOLER = "pooler"  # in the address of a database: how what stands before it lends connections
BY_TRANSACTION = "transaction"
PACKAGE = "zanshin-bot"
PROCESS = "zanshin"  # how our processes are called in pg_stat_activity, before their version, host and number


@dataclass
class Latest:
    """The moment of what was asked for last: what is asked for next comes after it, whatever the clock says."""

    at: datetime | None = None  # None: not known yet


def build_engine(
    url: str, seal: Seal, *, reading: bool = False, patience: timedelta = PATIENCE, queue: timedelta | None = None
) -> Engine:
    """Build an engine with our time limits, safe transactions and encryption.

    What is done may take as long as our patience, and waits as long for whoever else writes, or as `queue` says.
    """
    parsed, queue = make_url(url), queue or patience
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            hide_parameters=True,  # they hold what people wrote
            connect_args={
                "timeout": queue.total_seconds() * 0.8,
                "isolation_level": None,
                "check_same_thread": False,
            },
            pool_size=THREADS,
            pool_timeout=patience.total_seconds(),
        )
        event.listen(engine, "do_connect", _open_existing)
        event.listen(engine, "connect", _prepare_reader if reading else _prepare_writer)
        # Plain SQLite transactions begin late and lose updates without a word; these begin at once.
        _speak_in_plain_words(engine.dialect, "BEGIN" if reading else "BEGIN IMMEDIATE")
    else:
        engine = create_engine(
            parsed.difference_update_query([POOLER]),
            hide_parameters=True,  # as above
            connect_args=_manners(parsed, patience, queue),
            pool_size=THREADS,
            max_overflow=0,
            pool_timeout=patience.total_seconds(),
        )
    engine.dialect.zanshin_seal = seal  # type: ignore[attr-defined]
    engine.dialect.zanshin_latest = Latest()  # type: ignore[attr-defined]
    return engine


def _speak_in_plain_words(dialect: Any, begin: str) -> None:
    """Have transactions begun and savepoints set as the few words they are: SQLAlchemy would build each a statement."""
    dialect.do_begin = lambda connection: connection.execute(begin)
    for method, words in (
        ("do_savepoint", "SAVEPOINT"),
        ("do_release_savepoint", "RELEASE SAVEPOINT"),
        ("do_rollback_to_savepoint", "ROLLBACK TO SAVEPOINT"),
    ):
        setattr(dialect, method, partial(_say_of_savepoint, words))


def _say_of_savepoint(words: str, connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f"{words} {name}")


def shares_sessions(url: str | URL) -> bool:
    """Say whether a pooler lends connections for a transaction each: what a session is told would bind another."""
    return make_url(url).query.get(POOLER) == BY_TRANSACTION


def _manners(url: URL, patience: timedelta, queue: timedelta) -> dict[str, Any]:
    """Say how to connect to PostgreSQL, and for how long to wait for what."""
    limit = _milliseconds(patience)
    return (_lent() if shares_sessions(url) else _own(url, limit, _milliseconds(queue))) | {
        "connect_timeout": max(1, int(patience.total_seconds())),  # 0 would be for ever
        "application_name": url.query.get("application_name", called()),
        "keepalives_idle": 3,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "tcp_user_timeout": limit * 3,
    }


def _lent() -> dict[str, Any]:
    """Ask nothing that outlasts a transaction: the limits are those of the role."""
    return {"prepare_threshold": None}


def _milliseconds(time: timedelta) -> int:
    return int(time.total_seconds() * 1000)


def _own(url: URL, limit: int, locked: int) -> dict[str, Any]:
    """Limit how long a session waits, and stands still: a replica that does must not keep its rows from the others."""
    given = url.query.get("options", "")  # of the operator, such as a search_path
    limits = f"-c statement_timeout={limit} -c lock_timeout={locked} -c timezone=UTC"
    return {"options": f"{given} {limits} -c idle_in_transaction_session_timeout={limit + 1000}"}


def called() -> str:
    """Name this process to PostgreSQL, so that `zanshin doctor` finds every replica."""
    return f"{PROCESS} {version(PACKAGE)} {platform.node()[:30]}:{os.getpid()}"


def others_connected(session: Session) -> list[str]:
    """Name every other process of ours that PostgreSQL knows: version, host and number."""
    asked = text(
        "SELECT DISTINCT application_name FROM pg_stat_activity "
        "WHERE datname = current_database() AND application_name LIKE :ours AND application_name <> :this"
    )
    names = session.scalars(asked, {"ours": f"{PROCESS} %", "this": called()})
    return [name.removeprefix(f"{PROCESS} ") for name in names]


def identity(connection: Connection) -> tuple[object, ...]:
    """Tell a database from every other, however its address is written."""
    if connection.dialect.name == "sqlite":
        found = Path(connection.engine.url.database or "").stat()
        return found.st_dev, found.st_ino
    asked = text("SELECT pg_postmaster_start_time(), current_database(), current_schema()")
    return tuple(connection.execute(asked).one())


def is_open_elsewhere(file: Path) -> bool:
    """Say whether another process has a file of SQLite open; our own connections are not seen."""
    try:
        with file.open("r+b") as opened:
            fcntl.lockf(opened, fcntl.LOCK_EX | fcntl.LOCK_NB, SHARED_BYTES, SHARED_FIRST)
    except BlockingIOError:
        return True
    except OSError:  # whoever cannot write there need not know
        return False
    return False  # closing it has let go of the lock


def _open_existing(_dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]) -> None:
    # Where there is no file, SQLite would make an empty one and nobody would notice; only `migrate` makes it.
    arguments[0] = f"{Path(arguments[0]).absolute().as_uri()}?mode=rw"
    options["uri"] = True


def _prepare_writer(connection: Any, _record: object) -> None:
    # FULL: a commit that was answered survives a power cut. The group pays for it once.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_reader(connection: Any, _record: object) -> None:
    for pragma in ("query_only=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
