"""The database: engines, the writer, column types; every difference of SQLite and PostgreSQL lives here.

Work is handed in as plain synchronous functions of a session and runs on threads. On SQLite one writer
thread carries out the waiting ones as a group: a savepoint each where they are several, one commit for all.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import DateTime, LargeBinary, MetaData, func, literal, make_url, select
from sqlalchemy.exc import (
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    PendingRollbackError,
    SQLAlchemyError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from bot.errors import CommitUnclear, DatabaseAway
from bot.store.engines import PATIENCE, THREADS, Latest, build_engine
from bot.store.seal import Seal
from bot.store.wires import Wires
from bot.store.writer import GroupWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement, Dialect, Engine, Pool


GRACE = timedelta(seconds=0.5)  # a server that has not answered so much later will not
STANDSTILL = timedelta(seconds=2)  # and three times our patience: what has begun and is not done is left then
# PostgreSQL: could not serialise, deadlock, somebody else added the same row: the same work may succeed next time.
_AGAIN = {"40001", "40P01", "23505"}
_HELD = {"55P03", "57014"}  # PostgreSQL: a lock, or the answer, did not come in time
_READ_ONLY = "25006"  # PostgreSQL: it has become a standby
_AWAY = (OperationalError, InterfaceError, PoolTimeout, PendingRollbackError)
_AWAY_FILE = {  # SQLite: locked, unreadable, full, gone
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY_DBMOVED,
}
_SAFE = (OperationalError, InterfaceError, IntegrityError)  # their first line says what is wrong, and no value
_STOPPING = "The program is stopping; nothing was changed."
_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

T = TypeVar("T")


class Base(DeclarativeBase):
    """The root of all rows."""

    metadata = MetaData(naming_convention=_NAMES)


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; SQLite keeps no zone, so it is left out there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC from either database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """A text encrypted at rest. The key travels with the engine, so rows never see it."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else _seal(dialect).close(value, self.purpose)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else _seal(dialect).read(value, self.purpose)


def _seal(dialect: Dialect) -> Seal:
    seal: Seal = dialect.zanshin_seal  # type: ignore[attr-defined]  # put there by build_engine
    return seal


def digest(session: Session, words: str, purpose: str) -> str:
    """Hash a reference for equality, with the key of this database."""
    return _seal(session.get_bind().dialect).digest(words, purpose)


def locks_all(session: Session) -> bool:
    """Say whether a transaction that writes has the whole database for itself, as on SQLite."""
    return session.get_bind().dialect.name == "sqlite"


def latest_of(session: Session) -> Latest:
    """Give what this process knows of it; where others write too, that is nothing yet."""
    if not locks_all(session):
        return Latest()
    latest: Latest = session.get_bind().dialect.zanshin_latest  # type: ignore[attr-defined]  # put there by build_engine
    return latest


def lease_time(session: Session, real_now: datetime) -> ColumnElement[datetime]:
    """Give the moment that leases go by: where several machines write, by no clock of theirs but the database's."""
    return literal(real_now, Moment) if locks_all(session) else func.now(type_=Moment)


def is_alone(session: Session, job: str) -> bool:
    """Say whether no other process does this job just now, until the end of the transaction."""
    if locks_all(session):
        return True  # its transactions come one after the other
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(func.hashtext(job)))))


def file_of(engine: Engine) -> Path | None:
    """Name the file of a SQLite database; PostgreSQL has none."""
    path = engine.url.database
    return Path(path).absolute() if engine.dialect.name == "sqlite" and path else None


class Database:
    """Runs work on the database: `write` in a transaction of its own, `read` beside it."""

    def __init__(self, url: str, seal: Seal, patience: timedelta = PATIENCE) -> None:
        self.url = url
        self.patience = patience
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = build_engine(url, seal, patience=patience)
        self._read_engine = (
            build_engine(url, seal, reading=True, patience=patience)
            if self.is_sqlite
            else self.engine.execution_options(postgresql_readonly=True)
        )
        self._wires = None if self.is_sqlite else Wires(self.engine)
        self._writers, self._readers = _threads()
        self._hanging: list[ThreadPoolExecutor] = []
        self._left: list[Pool] = []  # their connections
        self._group = GroupWriter(self.engine) if self.is_sqlite else None

    @property
    def engines(self) -> frozenset[Engine]:
        """Every engine that work runs on."""
        return frozenset({self.engine, self._read_engine} if self.is_sqlite else {self.engine})

    async def write(self, job: Callable[[Session], T]) -> T:
        """Run in one transaction and return after its commit.

        DatabaseAway means that nothing was changed, CommitUnclear that nobody knows.
        """
        if self._group is not None:
            return await self._patiently(self._group.submit(job))
        return await self._patiently(_hand_in(self._writers, self.write_now, job))

    async def read(self, job: Callable[[Session], T]) -> T:
        """Run where nothing can be changed, beside the writer."""
        return await self._patiently(_hand_in(self._readers, self._read_now, job), _is_away_for_reads)

    def write_now(self, job: Callable[[Session], T]) -> T:
        """Do what `write` does on the thread of the caller, for the command line and for PostgreSQL."""
        began = time.monotonic()
        for attempt in (1, 2, 3):
            with Session(self.engine, expire_on_commit=False) as session:
                try:
                    result = job(session)
                    session.flush()
                except DBAPIError as error:
                    in_time = time.monotonic() - began < self.patience.total_seconds()
                    if attempt < 3 and in_time and _worth_another_try(error):  # noqa: PLR2004
                        continue
                    raise
                _commit(session)
                return result
        raise AssertionError

    def _read_now(self, job: Callable[[Session], T]) -> T:
        with Session(self._read_engine, expire_on_commit=False) as session:
            result = job(session)
            session.flush()  # what was to be changed all the same is a mistake, and shows
            return result

    async def _patiently(self, job: Future[T], is_away: Callable[[SQLAlchemyError], bool] | None = None) -> T:
        """Wait for a job; one that has not begun within our patience never runs."""
        waiting, writers = asyncio.wrap_future(job), self._writers
        done, _ = await asyncio.wait({waiting}, timeout=self.patience.total_seconds())
        if not done and job.cancel():
            raise DatabaseAway("The database did not answer in time; nothing was changed.")
        given_up_at = time.monotonic() + (self.patience * 3 + STANDSTILL).total_seconds()
        while not done and time.monotonic() < given_up_at:
            if self._wires is not None:
                self._wires.cut(self.patience + GRACE)
            done, _ = await asyncio.wait({waiting}, timeout=GRACE.total_seconds())
        if not done:
            self._begin_anew(writers)
            raise (DatabaseAway if is_away else CommitUnclear)("The database took up work and never finished it.")
        if job.cancelled():
            raise DatabaseAway(_STOPPING)
        try:
            return await waiting
        except SQLAlchemyError as error:
            if not (is_away or _is_away)(error):
                raise
            raise DatabaseAway("The database cannot be reached or written just now; nothing was changed.") from error

    def _begin_anew(self, after: ThreadPoolExecutor) -> None:
        """Leave threads and connections that hang to themselves, once for all that hang with them.

        On SQLite the one thread that writes holds the file, so no other could.
        """
        if self._group is not None or after is not self._writers:
            return
        for pool in (self._writers, self._readers):
            pool.shutdown(wait=False)
            self._hanging.append(pool)
        self._left.append(self.engine.pool)
        self._writers, self._readers = _threads()
        self.engine.dispose()

    def close(self) -> None:
        """Finish what runs, refuse what waits, and let go of every connection."""
        if self._group is not None:
            self._group.close()
        for threads in (self._writers, self._readers, *self._hanging):
            threads.shutdown(cancel_futures=True)
        for pool in self._left:
            pool.dispose()
        self._read_engine.dispose()
        self.engine.dispose()


def _threads() -> tuple[ThreadPoolExecutor, ThreadPoolExecutor]:
    return ThreadPoolExecutor(THREADS, "writer"), ThreadPoolExecutor(THREADS // 2, "reader")


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        # Without a word of the server, or with its last: it may have committed before.
        if _is_away(error) and (_sqlstate(error) or "08")[:2] in ("08", "57"):
            raise CommitUnclear from error
        raise


def _hand_in(
    pool: ThreadPoolExecutor, run: Callable[[Callable[[Session], T]], T], job: Callable[[Session], T]
) -> Future[T]:
    try:
        return pool.submit(run, job)
    except RuntimeError:  # it was shut down
        raise DatabaseAway(_STOPPING) from None


def in_short(error: BaseException) -> str:
    """Name an error, in the database's own words if it is one of its, and never with what people wrote."""
    if isinstance(error, DatabaseAway):
        return in_short(error.__cause__) if error.__cause__ else str(error)
    if not isinstance(error, DBAPIError):
        return type(error).__name__
    name, words = type(error.orig).__name__, str(error.orig).partition("\n")[0]
    return f"{name}: {words[:200]}" if isinstance(error, _SAFE) or _is_away(error) else name


def _is_away(error: SQLAlchemyError) -> bool:
    """Tell a database that is away from a mistake of ours, such as a table that is not there."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    if code is not None:
        return code in _AWAY_FILE or (code & 0xFF) in _AWAY_FILE
    return isinstance(error, _AWAY) or _sqlstate(error) == _READ_ONLY


def is_busy(error: DBAPIError) -> bool:
    """Tell a database that others hold just now: the same may succeed in a moment."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return (code & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return _sqlstate(error) in _HELD


def _is_away_for_reads(error: SQLAlchemyError) -> bool:
    # Every transaction of theirs is read only: one that would change something is a mistake of ours.
    return _is_away(error) and _sqlstate(error) != _READ_ONLY


def _sqlstate(error: SQLAlchemyError) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _worth_another_try(error: DBAPIError) -> bool:
    return error.connection_invalidated or _sqlstate(error) in _AGAIN
