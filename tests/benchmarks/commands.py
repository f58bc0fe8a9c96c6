"""A read and a committing command through the whole core, beside the bare work they do."""

from __future__ import annotations

import contextlib
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import InboxEntry
from bot.directory.model import Conversation, Identity, Organisation, Person, Workspace
from bot.handoffs.model import Hold
from bot.playbooks.cards.suggestions import best_fit
from bot.playbooks.model import Run, RunState
from bot.playbooks.suggest import Suggester
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.benchmarks.measuring import Measured, load
from tests.databases import postgres_database, postgres_server, sqlite_database, sqlite_template
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from sqlalchemy.orm import Session

    from bot.directory.actors import Origin
    from bot.store.database import Database

COUNT = 2000
WORDS = "she keeps shouting at me because the refund is late"


@contextlib.contextmanager
def databases() -> Iterator[list[tuple[str, Database]]]:
    """Open both databases, fresh."""
    with tempfile.TemporaryDirectory() as folder, postgres_server() as url, postgres_database(url) as postgres:
        template = sqlite_template(Path(folder))
        with sqlite_database(template, Path(folder)) as sqlite_file:
            yield [("SQLite", sqlite_file), ("PostgreSQL", postgres)]


async def stages(opened: list[tuple[str, Database]]) -> AsyncIterator[tuple[str, FakeStage]]:
    """Put the program on each database."""
    for name, database in opened:
        stage = FakeStage(database, SHIPPED_PLAYBOOKS)
        await people_of(stage)
        yield name, stage


def origin_of(number: int, kind: str) -> Origin:
    """Say who asks: the sample people in turn."""
    account = ("ana", "ben", "sofia", "omar")[number % 4]
    return FakeStage.origin(None, account, "support", f"{kind}-{number}")  # type: ignore[arg-type]  needs no stage


async def reading(stage: FakeStage) -> tuple[Measured, float]:
    """`/calm words` through dispatch, and the bare function calls it is for, per second."""
    library = stage.program.catalogue
    suggester = Suggester(library)

    async def through(number: int) -> None:
        await stage.program.dispatch.say(f"/calm {WORDS}", origin_of(number, "read"))

    measured = await load(through, callers=1, count=COUNT)
    began = time.perf_counter()
    for _number in range(COUNT):
        found = suggester.suggest(WORDS)[:3]
        playbooks = [library.playbooks[one.playbook_id] for one in found]
        best_fit(playbooks, suggester.why(WORDS, found[0].playbook_id), (), ())
    return measured, COUNT / (time.perf_counter() - began)


async def committing(stage: FakeStage, callers: int) -> tuple[Measured, Measured]:
    """`/calm restrain` through dispatch, and its statements hand-written, on the same writer."""

    async def through(number: int) -> None:
        await stage.program.dispatch.say("/calm restrain", origin_of(number, f"write-{callers}"))

    async def bare(number: int) -> None:
        await stage.database.write(lambda session: by_hand(session, origin_of(number, f"hand-{callers}"), stage))

    by_core = await load(bare, callers=callers, count=COUNT)
    return await load(through, callers=callers, count=COUNT), by_core


def by_hand(session: Session, origin: Origin, stage: FakeStage) -> None:
    """Do what starting a run does to the database, and nothing else."""
    now = stage.clock.now()
    connection = session.connection()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    inbox, runs = InboxEntry.__table__, Run.__table__
    connection.execute(
        dialect.insert(inbox).values(key=origin.key, at=now).on_conflict_do_nothing().returning(inbox.c.key)
    ).scalar()
    person = connection.execute(
        select(Person.__table__, Organisation.__table__.c.time_zone, Identity.__table__.c.workspace_id)
        .join(Identity.__table__, Identity.person_id == Person.id)
        .join(Workspace.__table__, Workspace.id == Identity.workspace_id)
        .join(Organisation.__table__, Organisation.id == Person.organisation_id)
        .where(Workspace.platform == "web", Workspace.address == "playground", Identity.address == origin.account)
    ).one()
    connection.execute(
        select(Person.id).where(Person.organisation_id == person.organisation_id, Person.is_supervisor).limit(1)
    ).first()
    connection.execute(
        select(Conversation.id).where(Conversation.organisation_id == person.organisation_id, Conversation.is_support)
    ).first()
    open_run = connection.execute(
        select(runs)
        .where(runs.c.person_id == person.id, runs.c.state == RunState.OPEN)
        .order_by(runs.c.id.desc())
        .limit(1)
        .with_for_update()
    ).first()
    if open_run is not None:
        connection.execute(update(runs).where(runs.c.id == open_run.id).values(state=RunState.LEFT, next_due_at=None))
    connection.execute(
        insert(runs).values(
            organisation_id=person.organisation_id,
            person_id=person.id,
            playbook="restrain",
            path=["hands-off"],
            version=1,
            state=RunState.OPEN,
            started_at=now,
            next_due_at=now,
        )
    )
    connection.execute(select(Hold.__table__).where(Hold.person_id == person.id, Hold.ended_at.is_(None))).first()
    connection.execute(update(inbox).where(inbox.c.key == origin.key).values(reply="x" * 1200))


async def run() -> None:
    """Print what was measured."""
    with databases() as opened:
        async for name, stage in stages(opened):
            measured, bare = await reading(stage)
            print(
                f"{name}: /calm words: {measured.rate:,.0f}/s through dispatch, {bare:,.0f}/s the bare call; "
                f"p50 {measured.p50:.2f} ms, p99 {measured.p99:.2f} ms"
            )
            for callers in (1, 16, 64):
                through, by_core = await committing(stage, callers)
                print(
                    f"{name}: /calm restrain, {callers:2} callers: {through.rate:,.0f}/s, "
                    f"by hand {by_core.rate:,.0f}/s, ratio {through.rate / by_core.rate:.2f}; "
                    f"p50 {through.p50:.1f} ms, p99 {through.p99:.1f} ms, p99/p50 {through.p99 / through.p50:.1f}; "
                    f"loop late by {through.stall:.1f} ms at p99"
                )
