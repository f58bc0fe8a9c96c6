"""From SQLite to PostgreSQL and back: every row arrives as it was, also after a copy that was broken off."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing
from shutil import copyfile
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import make_url, select

from bot.errors import DatabaseAway, SchemaError, WrongUse
from bot.run.copying import copy, tables
from bot.run.terminal import NOT_SET_UP
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.engines import build_engine
from bot.store.schema import migrate
from bot.store.seal import Seal
from tests.command_line import run
from tests.databases import SECRET, empty_postgres, postgres_database
from tests.nursery import begin
from tests.stage import Cast, FakeStage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of either kind that nobody has used yet."""
    with ExitStack() as stack:
        if request.param == "postgres":
            yield stack.enter_context(empty_postgres(request.getfixturevalue("postgres_url"), "copied"))
        else:
            yield f"sqlite:///{tmp_path / 'copied.db'}"


@pytest.fixture(scope="session")
def postgres_beside(postgres_url: str) -> Iterator[str]:
    """The URL of another PostgreSQL that is migrated."""
    with empty_postgres(postgres_url, "beside") as url:
        engine = build_engine(url, Seal(SECRET))
        migrate(engine)
        engine.dispose()
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path, sqlite_file: Path) -> str:
    """The URL of a database of either kind that is migrated, and without a row."""
    if request.param == "sqlite":
        return f"sqlite:///{copyfile(sqlite_file, tmp_path / 'copied.db')}"
    url: str = request.getfixturevalue("postgres_beside")
    with postgres_database(url):
        return url


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


async def test_a_copy_that_was_broken_off_goes_on(stage: FakeStage, migrated: str) -> None:
    """It broke off in the middle of a table; the second time takes the rest."""
    await busy(stage)

    def breaks_off(line: str) -> None:
        if line.startswith("cards: 2"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(stage.database.url, migrated, breaks_off, at_once=2)
    copied = copy(stage.database.url, migrated, lambda _line: None, at_once=2)
    engine = build_engine(migrated, Seal(SECRET))
    after = content(engine)
    engine.dispose()

    assert [one for one in copied if one.there != one.here] == []
    assert after == content(stage.database.engine)


async def test_a_database_with_rows_of_its_own_is_left_alone(stage: FakeStage, migrated: str) -> None:
    """Nothing is mixed and nothing written, also where both have numbered their rows alike."""
    await busy(stage)
    engine = build_engine(migrated, Seal(SECRET))
    with engine.begin() as connection:
        table = next(one for one in tables() if one.name == "organisations")
        connection.execute(table.insert(), {"id": 1, "name": "Another", "created_at": stage.clock.now()})
    before = content(engine)

    with pytest.raises(WrongUse, match="has rows of its own in organisations"):
        copy(stage.database.url, migrated, lambda _line: None)
    with pytest.raises(WrongUse, match="the same database"):
        copy(migrated, migrated, lambda _line: None)
    with engine.connect() as connection:
        inbox = connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar()
    after = content(engine)
    engine.dispose()

    assert (after, inbox) == (before, 0)


async def test_a_key_that_opens_nothing_copies_nothing(stage: FakeStage, target: str) -> None:
    """Code 3 before anything is made, for the server could not go on there; the right one copies."""
    await busy(stage)
    addresses = ("--from", stage.database.url, "--to", target)
    wrong = run("copy", *addresses, ZANSHIN_SECRET_KEY="another secret, just as long as it has to be")
    copied = copy(stage.database.url, target, lambda _line: None, seal=Seal(SECRET))

    assert (wrong.returncode, wrong.stdout) == (NOT_SET_UP, "")
    assert "ZANSHIN_OLD_SECRET_KEYS" in wrong.stderr
    assert [one for one in copied if one.there != one.here] == []


async def test_the_same_database_under_another_address_is_seen(stage: FakeStage, tmp_path: Path) -> None:
    """Nothing is taken for a finished copy of itself."""
    await busy(stage)
    url = stage.database.url
    if stage.database.is_sqlite:
        link = tmp_path / "another.db"
        link.symlink_to(url.removeprefix("sqlite:///"))
        other = f"sqlite:///{link}"
    else:
        named = make_url(url).update_query_dict({"connect_timeout": "9"})
        other = named.render_as_string(hide_password=False)

    with pytest.raises(WrongUse, match="the same database"):
        copy(url, other, lambda _line: None)


async def test_a_database_that_a_server_uses_is_not_copied(stage: FakeStage, target: str) -> None:
    """What is written after the copy would be lost without a word."""
    await busy(stage)
    server, said = begin(
        {"ZANSHIN_DATABASE_URL": stage.database.url, "ZANSHIN_SECRET_KEY": SECRET, "ZANSHIN_PORT": "0"}
    )
    listening = os.read(said.fileno(), 1000)
    with pytest.raises(WrongUse, match="Stop zanshin serve"):
        copy(stage.database.url, target, lambda _line: None)
    server.terminate()
    server.join()

    assert b"Listening" in listening
    assert copy(stage.database.url, target, lambda _line: None)


@pytest.mark.parametrize(
    ("addresses", "error", "words"),
    [
        (("sqlite:///{}/none.db", "sqlite:///{}/new.db"), SchemaError, "--from: There is no database at"),
        (("sqlite:///{}/notes.json", "sqlite:///{}/new.db"), SchemaError, "--from: .*notes.json is not a database.$"),
        (("postgresql://nobody@127.0.0.1:1/x", "sqlite:///{}/new.db"), DatabaseAway, "--from: the database cannot"),
        (("", "postgresql://nobody@127.0.0.1:1/x"), DatabaseAway, "--to: the database cannot be used"),
    ],
)
def test_what_cannot_be_used_is_named(
    sqlite_alone: Database, tmp_path: Path, addresses: tuple[str, str], error: type[Exception], words: str
) -> None:
    """Which of the two it is; the settings have neither."""
    (tmp_path / "notes.json").write_text('{"these": "are my notes, and no database"}', encoding="utf-8")
    source, target = (one.format(tmp_path) for one in addresses)

    with pytest.raises(error, match=words) as said:
        copy(source or sqlite_alone.url, target, lambda _line: None)
    assert "Check ZANSHIN_DATABASE_URL" not in str(said.value)


def test_tables_of_something_else_are_left_alone(sqlite_alone: Database, tmp_path: Path) -> None:
    """Not even a schema is brought there."""
    file = tmp_path / "theirs.db"
    with closing(sqlite3.connect(file)) as theirs:
        theirs.execute("CREATE TABLE orders (id INTEGER)")
    before = file.read_bytes()

    with pytest.raises(WrongUse, match="another schema"):
        copy(sqlite_alone.url, f"sqlite:///{file}", lambda _line: None)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "url", "words"),
    [
        ("--from", "foo", "is not an address of a database"),
        ("--to", "mysql://ana:hush@x/y", "mysql is not supported"),
        ("--to", "postgresql://ana:hush@x:abc/y", "is not an address of a database"),
        ("--to", "sqlite://", "forgets everything"),
        ("--to", "sqlite:////nowhere/x.db", "no folder /nowhere"),
    ],
)
def test_an_address_that_is_none_is_said(sqlite_alone: Database, name: str, url: str, words: str) -> None:
    """Under the option that it was given by, and without its password."""
    source, target = (url, sqlite_alone.url) if name == "--from" else (sqlite_alone.url, url)

    with pytest.raises(WrongUse, match=words) as said:
        copy(source, target, lambda _line: None)
    assert "hush" not in str(said.value)
    assert str(said.value).startswith((f"{name}: ", "There is no folder"))
