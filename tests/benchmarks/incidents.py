"""Ticks over many open incidents, and many promises due at once, beside one APScheduler job per incident."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import create_engine, delete, func, insert, select
from sqlalchemy.orm import Session

from bot.delivery.model import Card, Notice
from bot.directory.actors import Actor
from bot.directory.model import Conversation
from bot.incidents.due import watch_promises
from bot.incidents.model import Incident, IncidentEvent, IncidentState
from bot.work.clockwork import DUE_AT_ONCE
from bot.work.work import Work
from tests.benchmarks.commands import databases, stages
from tests.benchmarks.handoffs import found
from tests.benchmarks.measuring import share, stalled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.work.domain import ClockTask
    from tests.stage import FakeStage

OPEN = (100, 10_000, 100_000)
DUE = (1_000, 10_000)
ORGANISATIONS = 50
ROUNDS = 3
TICKS = 40
AT_MOST = 300  # seconds to wait for the jobs
MEMORY: dict[int, Any] = {}  # jobs in a store can only carry numbers


def task_of(stage: FakeStage) -> ClockTask:
    """Find what the clock does with incidents."""
    return next(task for domain in stage.program.domains for task in domain.clock if task.name == "incidents")


def put(session: Session, stage: FakeStage, teams: list[tuple[int, list[int]]], count: int, due: datetime) -> None:
    """Put so many open incidents in place of those that are there, all due at one moment."""
    for model in (Card, Notice, IncidentEvent, Incident):
        session.execute(delete(model))
    channels = dict(
        session.execute(
            select(Conversation.organisation_id, Conversation.id).where(Conversation.address == "support")
        ).all()
    )
    now = stage.clock.now()
    rows = [
        {
            "organisation_id": (team := teams[number % len(teams)])[0],
            "number": number // len(teams) + 1,
            "title": "Card payments fail",
            "title_hash": "x",
            "severity": 2,
            "state": IncidentState.OPEN,
            "conversation_id": channels[team[0]],
            "owner_id": team[1][2 + number // len(teams) % 10],
            "opened_at": now - timedelta(minutes=30),
            "promise_made_at": now - timedelta(minutes=30),
            "promise_at": due,
            "stage": 1,
            "said_at": now - timedelta(minutes=5),
            "nagged": [],
            "paused": False,
            "unreached": False,
            "next_due_at": due,
        }
        for number in range(count)
    ]
    for first in range(0, count, 10_000):
        session.execute(insert(Incident), rows[first : first + 10_000])


async def none_due(name: str, stage: FakeStage, teams: list[tuple[int, list[int]]]) -> None:
    """Print what a tick costs while nothing is due, however many incidents are open."""
    medians = []
    for count in OPEN:
        due = stage.clock.now() + timedelta(hours=1)
        await stage.database.write(partial(put, stage=stage, teams=teams, count=count, due=due))
        await stage.settle()
        took = []
        for _tick in range(TICKS):
            began = time.perf_counter()
            await stage.program.ticker.tick()
            took.append(time.perf_counter() - began)
        medians.append(statistics.median(took))
        print(f"{name}: a tick over {count:7,} open incidents, none due: {1000 * medians[-1]:.2f} ms")
    ratio = medians[-1] / medians[0]
    print(f"{name}: from {OPEN[0]} to {OPEN[-1]:,} open incidents a tick takes {ratio:.2f} times as long")


# --- many due at once ----------------------------------------------------------------------------


async def due_at_once(name: str, stage: FakeStage, teams: list[tuple[int, list[int]]], count: int) -> list[float]:
    """Print how late nags are when so many fall due in one moment; return their lateness."""
    rounds, watched = [], []
    for _round in range(ROUNDS):
        put_now = partial(put, stage=stage, teams=teams, count=count, due=stage.clock.now())
        await stage.database.write(put_now)
        batches: list[float] = []
        async with stalled() as stalls:
            began = time.perf_counter()
            acted = await stage.program.clockwork.tick(
                task_of(stage), lambda began=began, batches=batches: batches.append(time.perf_counter() - began)
            )
            took = time.perf_counter() - began
        assert acted == count
        rounds.append(
            [*(late for late in batches for _row in range(DUE_AT_ONCE))][:count]
            + [took] * (count - DUE_AT_ONCE * len(batches))
        )
        watched.append(stalls)
    late = sorted(rounds, key=max)[ROUNDS // 2]
    cards = await stage.database.read(lambda session: session.scalar(select(func.count()).select_from(Card)))
    assert cards >= count
    print(f"{name}: {count:,} promises due at once, one tick: {_said(late, watched[-1])}; {cards:,} cards asked for")
    return late


def _said(late: Sequence[float], stalls: Sequence[float]) -> str:
    ranked = sorted(late)
    lateness = f"p50 {statistics.median(ranked):.2f} s, p99 {share(ranked, 0.99):.2f} s, all {ranked[-1]:.2f} s"
    loop = f"{1000 * share(stalls, 0.99):.1f} ms at p99, {1000 * stalls[-1]:.1f} ms at worst"
    return f"decided and committed after {lateness}; loop late by {loop}"


async def one_job_each(name: str, stage: FakeStage, teams: list[tuple[int, list[int]]], count: int) -> list[float]:
    """Do the same with one stored APScheduler job for each incident, as is often done."""
    await stage.database.write(partial(put, stage=stage, teams=teams, count=count, due=stage.clock.now()))
    ids = await stage.database.read(lambda session: list(session.scalars(select(Incident.id))))
    late: list[float] = []
    MEMORY[0] = (stage, late)
    folder = tempfile.TemporaryDirectory()
    sqlite = stage.database.is_sqlite
    # A file of its own beside SQLite, and one thread: it takes one writer at a time.
    engine = create_engine(f"sqlite:///{folder.name}/jobs.db") if sqlite else stage.database.engine
    store = SQLAlchemyJobStore(engine=engine, tablename="one_job_each")
    scheduler = BackgroundScheduler(
        timezone=UTC,
        jobstores={"default": store},
        executors={"default": ThreadPoolExecutor(1 if sqlite else 10)},
        job_defaults={"misfire_grace_time": None, "max_instances": 1},
    )
    MEMORY[2] = scheduler
    scheduler.start(paused=True)
    moment = datetime.now(UTC) + timedelta(seconds=1)
    for one in ids:
        scheduler.add_job(nag_one, "date", run_date=moment, args=(one,))
    MEMORY[1] = began = time.perf_counter()
    async with stalled() as stalls:
        scheduler.resume()
        while len(late) < count and time.perf_counter() - began < AT_MOST:  # noqa: ASYNC110  it has no other end
            await asyncio.sleep(0.05)
    scheduler.shutdown(wait=True)
    store.jobs_t.drop(engine)
    folder.cleanup()
    print(f"{name}: {count:,} promises due at once, one job each: {_said(late, stalls)}")
    return late


def nag_one(incident_id: int) -> None:
    """Nag about one incident, in a transaction of its own, and schedule the next nag."""
    stage, late = MEMORY[0]
    with Session(stage.database.engine) as session:
        incident = session.get_one(Incident, incident_id)
        actor = Actor(organisation_id=incident.organisation_id, person_id=None)
        with Work(session, now=stage.clock.now(), actor=actor) as work:
            watch_promises([incident], work)
        following = datetime.now(UTC) + (incident.next_due_at - stage.clock.now())
        session.commit()
    MEMORY[2].add_job(nag_one, "date", run_date=following, args=(incident_id,))
    late.append(time.perf_counter() - MEMORY[1])


async def run() -> None:
    """Print what was measured."""
    with databases() as opened:
        async for name, stage in stages(opened):
            teams = await stage.database.write(partial(found, stage=stage, organisations=ORGANISATIONS))
            await none_due(name, stage, teams)
            for count in DUE:
                ours = await due_at_once(name, stage, teams, count)
                theirs = await one_job_each(name, stage, teams, count)
                ratios = (
                    statistics.median(theirs) / statistics.median(ours),
                    share(sorted(theirs), 0.99) / share(sorted(ours), 0.99),
                )
                print(
                    f"{name}: {count:,} promises due at once: "
                    f"{ratios[0]:.1f} times less lateness at p50, {ratios[1]:.1f} at p99"
                )
