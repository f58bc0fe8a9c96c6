"""Years of rows slow nobody down: no claim and no list reads a whole table, on either database."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.delivery.model import KINDS
from bot.run.alive import Auditor
from bot.run.health import look_at_what_waits
from bot.store.sets import read_in_order
from tests.bulk import LARGE, fill
from tests.core.test_health import Watch, looking
from tests.stage import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from bot.store.database import Database
    from tests.stage import FakeStage

pytestmark = pytest.mark.slow

ROUNDS = 3  # of the clock, each some minutes later
LISTS = (
    "/zanshin status",
    "/zanshin team",
    "/zanshin settings",
    "/incident",
    "/incident list",
    "/incident list resolved",
    "/incident show 1",
    "/incident history 1",
    "/recuse status",
    "/calm",
    "/calm own",
    "/calm gestures",
    "/calm gesture",
)


class Heard:
    """Every statement that ran, once, with what it ran with."""

    def __init__(self, database: Database) -> None:
        self.statements: dict[str, Any] = {}
        self._on = True
        for engine in database.engines:
            event.listen(engine, "before_cursor_execute", self._hear)

    def _hear(
        self, _connection: object, _cursor: object, statement: str, given: Any, _context: object, many: bool
    ) -> None:
        if self._on and statement.startswith(("SELECT", "UPDATE", "DELETE")):
            self.statements.setdefault(statement, given[0] if many else given)

    def plans(self, engine: Engine) -> Iterator[tuple[str, str]]:
        """Give each statement with the tables it reads whole, if it does."""
        self._on = False
        with engine.connect() as connection:
            for statement, given in self.statements.items():
                how = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN (FORMAT JSON) "
                rows = connection.exec_driver_sql(how + statement, given).all()
                whole = scanned_sqlite(rows) if engine.dialect.name == "sqlite" else scanned_postgres(rows)
                for table in whole & LARGE:
                    yield table, " ".join(statement.split())


def scanned_sqlite(rows: Any) -> set[str]:
    found = (re.match(r"SCAN (\w+)(?! USING INDEX)", row[3]) for row in rows)
    return {re.sub(r"_\d+$", "", match[1]) for match in found if match}


def scanned_postgres(rows: Any) -> set[str]:
    plan = rows[0][0] if not isinstance(rows[0][0], str) else json.loads(rows[0][0])
    return set(_seq_scans(plan[0]["Plan"]))


def _seq_scans(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _seq_scans(child)


async def live_a_day(stage: FakeStage) -> None:
    """Do a little of everything, and look at every list."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/calm keep-calm")
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev2 Cards fail")
    await omar.types("/incident update 1 Some cards fail. We switch. Next update in 20m")
    for _round in range(ROUNDS):
        await cast.later(minutes=25)
    for words in LISTS:
        await cast.sofia.types(words)
    await cast.sofia.opens_home()
    await omar.types("/incident resolve 1 All cards work again, and nothing was charged twice.")
    await cast.ben.privately.presses("Done with it")
    stage.clock.move(timedelta(hours=13))
    await Auditor(stage.program, looking(stage, Watch())).look()
    await look_at_what_waits(stage.program)
    await stage.settle()


async def explained(stage: FakeStage, rows: int, messages: int) -> list[tuple[str, str]]:
    await asyncio.to_thread(fill, stage.database.url, rows, messages)
    heard = Heard(stage.database)
    await live_a_day(stage)
    return sorted(heard.plans(stage.database.engine))


async def test_nothing_reads_a_whole_table(stage: FakeStage) -> None:
    """A team that has been there for years: five thousand of each are behind it."""
    assert await explained(stage, 5_000, 5_000) == []


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_a_burst_is_taken_up_in_its_order(stage: FakeStage) -> None:
    """The database was counted while nothing waited: it reads no more of a burst than is taken up, once."""
    await asyncio.to_thread(fill, stage.database.url, 500, 2_000)
    heard = Heard(stage.database)
    await Cast(stage).ana.types("/recuse CASE-42 heated: charged twice")
    claims = [(words, given) for words, given in heard.statements.items() if "SKIP LOCKED" in words]
    assert len(claims) == len(KINDS)
    with Session(stage.database.engine) as session:
        read_in_order(session)
        for words, given in claims:
            plan = json.dumps(session.connection().exec_driver_sql(f"EXPLAIN (FORMAT JSON) {words}", given).all()[0][0])
            assert (plan.count("_due"), plan.count('"Sort"')) == (1, 0), plan


@pytest.mark.long
async def test_nothing_reads_a_whole_table_after_very_many_years(stage: FakeStage) -> None:
    """A million incidents, and five million messages of each kind."""
    assert await explained(stage, 1_000_000, 5_000_000) == []
