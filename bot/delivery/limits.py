"""How long one call to a platform may take: less of it once the program is told to stop."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

TIME_LIMIT = timedelta(seconds=10)  # of one call to a platform
LAST = timedelta(seconds=3)  # of what is underway when we are told to stop: a restart waits for it


class Limits:
    """The time limits of whatever is underway."""

    def __init__(self) -> None:
        self._underway: set[asyncio.Timeout] = set()
        self._stopping = False

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Give one call its time; raise TimeoutError after it."""
        async with asyncio.timeout((LAST if self._stopping else TIME_LIMIT).total_seconds()) as limit:
            self._underway.add(limit)
            try:
                yield
            finally:
                self._underway.discard(limit)

    def hurry(self) -> None:
        """Have every call end soon, also those that begin from now on."""
        self._stopping = True
        last = asyncio.get_running_loop().time() + LAST.total_seconds()
        for limit in self._underway:
            limit.reschedule(min(last, limit.when() or last))

    def relax(self) -> None:
        """Give calls their whole time again."""
        self._stopping = False
