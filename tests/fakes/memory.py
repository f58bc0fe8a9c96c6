"""A SQLite database in memory and on the thread of whoever asks: the same schema and the same SQL, without a wait."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from bot.store.database import Database
from bot.store.engines import PATIENCE, Latest
from bot.store.seal import Seal
from tests.databases import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class DatabaseInMemory(Database):
    """A copy of a database file that never touches a disk, and takes up one piece of work after the other."""

    def __init__(self, content: bytes) -> None:
        self.url, self.is_sqlite, self.patience = "sqlite://", True, PATIENCE
        self._content = content
        self._raw = sqlite3.connect(":memory:", isolation_level=None)
        self.engine = self._read_engine = create_engine(
            "sqlite://", poolclass=StaticPool, creator=lambda: self._raw, hide_parameters=True
        )
        dialect: Any = self.engine.dialect
        dialect.do_begin = lambda connection: connection.execute("BEGIN")
        dialect.zanshin_seal = Seal(SECRET)
        self._connection = self.engine.connect()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget everything since it was made."""
        self._raw.deserialize(self._content)
        self._raw.execute("PRAGMA foreign_keys=ON")
        dialect: Any = self.engine.dialect
        dialect.zanshin_latest = Latest()

    async def write(self, job: Callable[[Session], T]) -> T:
        """Run in one transaction, and return after its commit."""
        with Session(self._connection, expire_on_commit=False) as session:
            result = job(session)
            session.commit()
            return result

    async def read(self, job: Callable[[Session], T]) -> T:
        """Run where nothing can be changed."""
        self._raw.execute("PRAGMA query_only=ON")
        try:
            with Session(self._connection, expire_on_commit=False) as session:
                result = job(session)
                session.flush()  # what was to be changed all the same is a mistake, and shows
                return result
        finally:
            self._raw.execute("PRAGMA query_only=OFF")

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()
        self.engine.dispose()
        self._raw.close()
