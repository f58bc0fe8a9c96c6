"""A database that is away, or breaks off before or after it has committed, when it is told to."""

from __future__ import annotations

import enum
from collections import deque
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import event

from bot.errors import CommitUnclear, DatabaseAway
from bot.store.database import Database
from bot.store.seal import Seal
from tests.databases import SECRET, hurry, share_statements
from tests.fakes.memory import DatabaseInMemory

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

T = TypeVar("T")


class Broken(enum.Enum):
    """What happens to a transaction."""

    AWAY = "away"  # it never began
    BEFORE = "before"  # it breaks off and is undone, and nobody can tell
    AFTER = "after"  # it is committed, and nobody can tell


class Breaking(Database):
    """A database whose next transactions break as they are told; None lets one through."""

    breaks: deque[Broken | None]

    async def write(self, job: Callable[[Session], T]) -> T:
        """Do what the real one does, or break."""
        broken = self.breaks.popleft() if self.breaks else None
        if broken is Broken.AWAY:
            raise DatabaseAway("The database is away; nothing was changed.")
        if broken is Broken.BEFORE:
            raise CommitUnclear("It broke off.")
        result = await super().write(job)
        if broken is Broken.AFTER:
            raise CommitUnclear("It broke off.")
        return result


class BreakingDatabase(Breaking):
    """One in a file, with its threads, as servers have it."""

    def __init__(self, url: str) -> None:
        super().__init__(url, Seal(SECRET))
        share_statements(self)
        event.listen(self.engine, "connect", hurry)
        self.breaks = deque()


class BreakingMemory(Breaking, DatabaseInMemory):
    """One in memory, for histories by the thousand."""

    def __init__(self, content: bytes) -> None:
        self.breaks = deque()
        DatabaseInMemory.__init__(self, content)

    def begin_anew(self) -> None:
        """Forget everything since it was made."""
        super().begin_anew()
        self.breaks.clear()
