"""Measuring: many callers at once, how long each waited, how long the loop was blocked."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence


@dataclass(frozen=True)
class Measured:
    """What came of one load."""

    rate: float  # done per second
    waits: tuple[float, ...]  # seconds, sorted
    stalls: tuple[float, ...]  # seconds the loop was late, sorted

    @property
    def p50(self) -> float:
        """The middle wait, in milliseconds."""
        return 1000 * share(self.waits, 0.50)

    @property
    def p99(self) -> float:
        """The wait that one in a hundred exceeds, in milliseconds."""
        return 1000 * share(self.waits, 0.99)

    @property
    def stall(self) -> float:
        """The lateness of the loop that one in a hundred looks exceeds, in milliseconds."""
        return 1000 * share(self.stalls, 0.99)


def share(values: Sequence[float], part: float) -> float:
    """Find the value that this share of sorted values does not exceed."""
    return values[min(int(len(values) * part), len(values) - 1)]


async def load(job: Callable[[int], Awaitable[object]], *, callers: int, count: int) -> Measured:
    """Let so many callers do the job over and over, `count` times in all."""
    numbers = iter(range(count))
    waits: list[float] = []

    async def call() -> None:
        for number in numbers:
            began = time.perf_counter()
            await job(number)
            waits.append(time.perf_counter() - began)

    async with stalled() as stalls:
        began = time.perf_counter()
        await asyncio.gather(*(call() for _caller in range(callers)))
        took = time.perf_counter() - began
    return Measured(count / took, tuple(sorted(waits)), tuple(stalls))


@asynccontextmanager
async def stalled() -> AsyncIterator[list[float]]:
    """Watch the loop while inside; afterwards the list holds how late it was, in seconds, sorted."""
    stalls: list[float] = []
    watching = asyncio.create_task(_watch())
    try:
        yield stalls
    finally:
        watching.cancel()
        stalls.extend(sorted(await watching))


async def _watch() -> list[float]:
    """Look at the loop every two milliseconds; note how late each look came."""
    late: list[float] = []
    pause = 0.002
    try:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(pause)
            late.append(max(0.0, time.perf_counter() - began - pause))
    except asyncio.CancelledError:
        return late or [0.0]
