"""Metrics: what an operator's Prometheus reads is what happened, and tells nobody's words."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp.test_utils import TestClient, TestServer
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select, update

from bot.delivery.model import IfUnknown, Notice
from bot.delivery.retry import LEFT_TO_OTHERS
from bot.directory.actors import Actor
from bot.directory.model import Person
from bot.errors import ConversationGone, OutcomeUnknown, RateLimited
from bot.playbooks.model import Run
from bot.ports import Subject
from bot.run.health import look_at_what_waits
from bot.run.serve import build_server
from bot.say.messages import Message, Section
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from bot.typing.command import Command, Need
from bot.work.dispatch import Dispatch
from bot.work.domain import ClockTask
from bot.work.work import Work
from tests.databases import SECRET, locked
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.compose import Program
    from bot.say.replies import Reply


def figures(program: Program) -> dict[str, float]:
    """Every sample by its name and the values of its labels."""
    return {
        " ".join((sample.name, *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(program.metrics.written().decode())
        for sample in family.samples
    }


class Break(Command):
    """Break."""

    needs = Need.NOTHING


def fail(_rows: Sequence[object], _work: Work) -> None:
    raise ZeroDivisionError


async def test_commands_are_counted_by_name_and_result(sqlite_alone: Database) -> None:
    """Done, refused, broken, and not carried out for want of a database; each with how long it took."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    say = stage.program.dispatch.say
    await say("/calm restrain", stage.origin("ana", "support", "key-1"))
    await say("/calm restrain", stage.origin("ben", "support", "key-2"))
    await say("/calm she keeps shouting", stage.origin("ana", "support", "key-3"))
    await say("/zanshin team add @ben supervisor", stage.origin("ana", "support", "key-4"))
    with locked(sqlite_alone):
        await say("/calm restrain", stage.origin("ana", "support", "key-5"))
    found = figures(stage.program)

    assert found["zanshin_commands_total start-run done"] == 2
    assert found["zanshin_commands_total start-run database_away"] == 1
    assert found["zanshin_commands_total calm done"] == 1
    assert found["zanshin_commands_total add-to-team refused"] == 1
    assert found["zanshin_command_seconds_count start-run"] == 3


async def test_a_bug_is_counted(stage: FakeStage) -> None:
    """What is rolled back and logged is seen without reading logs."""

    def break_(_command: Break, _work: Work) -> Reply:
        raise ZeroDivisionError

    program = stage.program
    dispatch = Dispatch(
        database=stage.database,
        clock=stage.clock,
        grammar=program.grammar,
        use_cases={Break: break_},
        wake=lambda: None,
        metrics=program.metrics,
    )
    await dispatch.carry_out(Break(), stage.origin("ana", "support", "key-1"))

    assert figures(program)["zanshin_commands_total break bug"] == 1


async def tell(stage: FakeStage, **how: object) -> None:
    """Leave somebody a notice."""

    def job(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.name == "Ana")).one()
        actor = Actor(organisation_id=person.organisation_id, person_id=None)
        with Work(session, now=stage.clock.now(), actor=actor) as work:
            message = Message.of("", Section(text=("words",)))
            work.tell(Subject.of("x", 1), person, lambda: message, **how)  # type: ignore[arg-type]

    await stage.database.write(job)


async def test_messages_are_counted_by_platform_and_result(stage: FakeStage) -> None:
    """Sent, dead, unknown, expired, and not taken yet; a transaction that is undone counts nothing."""
    for failure in (None, ConversationGone(), OutcomeUnknown()):
        stage.messenger.failures.append(failure)
        await tell(stage, if_unknown=IfUnknown.LEAVE)
        await stage.program.sender.drain()
    stage.messenger.failures.append(RateLimited(timedelta(minutes=1)))
    await tell(stage, lasts=timedelta(seconds=20))
    await stage.program.sender.drain()
    stage.clock.move(timedelta(minutes=2))
    await stage.program.sender.drain()
    found = figures(stage.program)

    assert {name: value for name, value in found.items() if name.startswith("zanshin_messages_total")} == {
        "zanshin_messages_total web sent": 1,
        "zanshin_messages_total web dead": 1,
        "zanshin_messages_total web unknown": 1,
        "zanshin_messages_total web pending": 1,
        "zanshin_messages_total web expired": 1,
    }


async def test_a_message_that_cannot_be_read_counts_as_dead(stage: FakeStage) -> None:
    """What is given up before it is sent is seen among what is given up."""
    await tell(stage)
    await stage.database.write(lambda session: session.execute(update(Notice).values(body="no message")))
    await stage.program.sender.drain()
    stage.clock.move(LEFT_TO_OTHERS)
    await stage.program.sender.drain()

    assert figures(stage.program)["zanshin_messages_total web dead"] == 1


async def test_what_waits_is_looked_up_when_asked_for(stage: FakeStage) -> None:
    """How much is to be sent, since when the oldest is due, and what is parked."""
    await look_at_what_waits(stage.program)
    nothing = figures(stage.program)
    await tell(stage)
    stage.clock.move(timedelta(seconds=42))
    await tell(stage)
    await stage.program.dispatch.say("/calm keep-calm", stage.origin("ana", "support", "key-1"))
    stage.clock.move(timedelta(hours=13))
    await stage.program.clockwork.tick(ClockTask(name="runs", model=Run, act=fail))
    await look_at_what_waits(stage.program)
    found = figures(stage.program)

    names = ("database_up", "deliveries_pending", "delivery_oldest_due_seconds", "parked_rows")
    assert [nothing[f"zanshin_{name}"] for name in names] == [1, 0, 0, 0]
    assert [found[f"zanshin_{name}"] for name in names] == [1, 2, 13 * 3600 + 42, 1]


async def test_a_database_that_is_away_leaves_no_old_figures(tmp_path: Path) -> None:
    """What cannot be known is not a number, and what was counted is still there."""
    database = Database(f"postgresql+psycopg://nobody@/none?host={tmp_path}", Seal(SECRET))
    stage = FakeStage(database, SHIPPED_PLAYBOOKS)
    await stage.program.dispatch.say("/calm", stage.origin("ana", "support", "key-1"))
    await look_at_what_waits(stage.program)
    found = figures(stage.program)
    database.close()

    assert found["zanshin_database_up"] == 0
    assert math.isnan(found["zanshin_deliveries_pending"])
    assert found["zanshin_commands_total calm database_away"] == 1


async def test_the_lateness_of_the_clock_is_measured(stage: FakeStage) -> None:
    """A row that was due five minutes ago was acted on five minutes late, also one that is tried alone."""
    await stage.program.dispatch.say("/calm keep-calm", stage.origin("ana", "support", "key-1"))
    due = await stage.database.read(lambda session: session.scalars(select(Run.next_due_at)).one())
    assert due is not None
    stage.clock.move(due - stage.clock.now() + timedelta(minutes=5))
    await stage.program.ticker.tick()
    found = figures(stage.program)

    assert found["zanshin_clock_late_seconds_count runs"] == 1
    assert found["zanshin_clock_late_seconds_sum runs"] == 300


async def test_every_program_has_figures_of_its_own_and_tells_nobodys_words(stage: FakeStage) -> None:
    """Two programs in one process do not mix, and nothing is put among the figures of the whole process."""
    await stage.program.dispatch.say("/calm a very private matter", stage.origin("ana", "support", "key-1"))
    other = FakeStage(stage.database, SHIPPED_PLAYBOOKS)

    assert "zanshin_commands_total calm done" in figures(stage.program)
    assert "zanshin_commands_total calm done" not in figures(other.program)
    assert "private" not in stage.program.metrics.written().decode()
    assert all(name.startswith(("zanshin_", "process_")) for name in figures(stage.program))
    assert not [family.name for family in REGISTRY.collect() if family.name.startswith("zanshin")]


async def test_a_scrape_carries_all_of_it(sqlite_alone: Database) -> None:
    """What the server answers is in the format of Prometheus, with everything that is named in the README."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    async with TestClient(TestServer(build_server(stage.program))) as client:
        scraped = await client.get("/metrics")
        words = await scraped.text()
    families = {family.name.removesuffix("_created") for family in text_string_to_metric_families(words)}

    assert scraped.headers["Content-Type"].startswith("text/plain; version=")
    named = set(re.findall(r"`(zanshin_\w+)`", (SHIPPED_PLAYBOOKS.parent / "README.md").read_text()))
    assert {one for one in families if one.startswith("zanshin_")} == {one.removesuffix("_total") for one in named}
