"""What reminds beside Zanshin, as `tests.benchmarks.beside` measures it; nothing is imported that they do not need."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 20  # jobs that a worker of procrastinate has underway
IN_A_BATCH = 500
AT_MOST = 900.0  # seconds for each
TAKEN: list[float] = []


def remind(number: int) -> None:  # noqa: ARG001  what a job carries
    """Be the reminder of a job."""
    TAKEN.append(time.time())


async def procrastinate(url: str, count: int, ready: Callable[[], None]) -> tuple[float, list[float]]:
    """Defer a job for each, in batches, and let one worker do them."""
    library = import_module("procrastinate")
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    app = library.App(connector=library.PsycopgConnector(conninfo=plain))
    task = app.task(name="remind")(remind)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        began = time.time()
        for first in range(0, count, IN_A_BATCH):
            numbers = range(first, min(first + IN_A_BATCH, count))
            await task.batch_defer_async(*({"number": one} for one in numbers))
        filled = time.time() - began
        ready()
        await app.run_worker_async(wait=False, concurrency=AT_ONCE, install_signal_handlers=False)
    return filled, TAKEN


async def apscheduler(url: str, count: int, ready: Callable[[], None]) -> tuple[float, list[float]]:
    """Store a job for each, and let a scheduler run them."""
    stores = import_module("apscheduler.jobstores.sqlalchemy")
    schedulers = import_module("apscheduler.schedulers.asyncio")
    store = stores.SQLAlchemyJobStore(url=url, tablename="one_job_each")
    scheduler = schedulers.AsyncIOScheduler(
        timezone=UTC, jobstores={"default": store}, job_defaults={"misfire_grace_time": None}
    )
    scheduler.start(paused=True)
    began, now = time.time(), datetime.now(UTC)
    for number in range(count):
        scheduler.add_job(remind, "date", run_date=now, args=(number,))
    filled = time.time() - began
    ready()
    scheduler.resume()
    until = time.monotonic() + AT_MOST
    while len(TAKEN) < count and time.monotonic() < until:  # noqa: ASYNC110  it has no other end
        await asyncio.sleep(0.01)
    scheduler.shutdown()
    return filled, TAKEN
