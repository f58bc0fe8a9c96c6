"""From SQLite to PostgreSQL and back: every row arrives as it was, also after a copy that was broken off."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from bot.errors import WrongUse
from bot.run.copying import copy, tables
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.engines import build_engine
from bot.store.schema import migrate
from bot.store.seal import Seal
from tests.databases import SECRET, empty_postgres
from tests.stage import Cast, FakeStage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of either kind that nobody has used yet."""
    with ExitStack() as stack:
        if request.param == "postgres":
            yield stack.enter_context(empty_postgres(request.getfixturevalue("postgres_url"), "copied"))
        else:
            yield f"sqlite:///{tmp_path / 'copied.db'}"


async def busy(stage: FakeStage) -> None:
    """Have something in many tables."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.types("/calm keep-calm")
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")


def content(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            ]
            for table in tables()
            if table.name != "inbox"  # ordered as each database orders words
        }


async def test_everything_arrives_and_the_work_goes_on_there(stage: FakeStage, target: str) -> None:
    """Counts and rows are the same, nothing is copied twice, and the next row has a number of its own."""
    await busy(stage)
    said: list[str] = []
    copied = copy(stage.database.url, target, said.append, at_once=3)
    again = copy(stage.database.url, target, said.append)
    there = Database(target, Seal(SECRET))
    before, after = content(stage.database.engine), content(there.engine)
    moved = FakeStage(there, SHIPPED_PLAYBOOKS, stage.clock)
    opened = await Cast(moved).omar.in_("incidents").types("/incident open sev3 Mails are late")
    shown = await Cast(moved).omar.in_("incidents").types("/incident show 1")
    there.close()

    assert [one for one in copied if one.there != one.here] == []
    assert again == copied
    assert before == after
    assert "incidents: 1 of 1" in said
    assert opened is not None
    assert "#2 Mails are late" in opened.text
    assert shown is not None
    assert "Cards fail" in shown.text  # what was sealed there is opened here


async def test_a_copy_that_was_broken_off_goes_on(stage: FakeStage, target: str) -> None:
    """It broke off in the middle of a table; the second time takes the rest."""
    await busy(stage)

    def breaks_off(line: str) -> None:
        if line.startswith("cards: 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(stage.database.url, target, breaks_off, at_once=2)
    copied = copy(stage.database.url, target, lambda _line: None, at_once=2)
    engine = build_engine(target, Seal(SECRET))
    after = content(engine)
    engine.dispose()

    assert [one for one in copied if one.there != one.here] == []
    assert after == content(stage.database.engine)


async def test_a_database_with_rows_of_its_own_is_left_alone(stage: FakeStage, target: str) -> None:
    """Nothing is mixed: whoever names the wrong one hears so."""
    engine = build_engine(target, Seal(SECRET))
    migrate(engine)
    with engine.begin() as connection:
        table = next(one for one in tables() if one.name == "organisations")
        connection.execute(table.insert(), {"id": 77, "name": "Another", "created_at": stage.clock.now()})
    engine.dispose()

    with pytest.raises(WrongUse, match="has rows of its own in organisations"):
        copy(stage.database.url, target, lambda _line: None)
    with pytest.raises(WrongUse, match="the same database"):
        copy(target, target, lambda _line: None)
