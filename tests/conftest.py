"""What every test may ask for. Whatever needs a database runs on both."""

from __future__ import annotations

import gc
import inspect
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import update

import bot.say.language
from bot.directory.model import Conversation
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.logs import set_up_logs
from tests.adapters.slack_stage import SlackStage
from tests.adapters.teams_stage import TeamsStage
from tests.adapters.web_stage import WebStage
from tests.databases import (
    empty,
    in_one_file,
    postgres_database,
    postgres_server,
    put_by,
    sqlite_database,
    sqlite_template,
)
from tests.examples import tried
from tests.fakes.clock import START
from tests.rota import pair_of, pairs_of
from tests.stage import Cast, FakeStage, people_of, seat_people
from tests.texts import write_mirror

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from bot.store.database import Database


settings.register_profile("ours", tried(100))
settings.load_profile("ours")

# Whatever asks for one of these runs more than a function of ours.
STORES = {"database", "sqlite_file", "postgres_url", "tmp_path"}
STAGES = {"cast", "stage"}
PLAYS = {"test_command_line.py", "test_history.py"}  # processes, and days of many people


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what is played in more places than one for where there is time for it, and mark what is pure."""
    for item in items:
        if isinstance(item, pytest.Function) and (later := _when(item)):
            item.add_marker(later)
        if _is_pure(item):
            item.add_marker(pytest.mark.pure)


def _is_pure(item: pytest.Item) -> bool:
    """Say whether a test calls functions of the core once, which neither wait nor store."""
    again = "hypothesis" in item.keywords or "adapters" in item.path.parts
    waits = inspect.iscoroutinefunction(getattr(item, "function", None))
    return (
        not again and not waits and item.path.name not in PLAYS and STORES.isdisjoint(getattr(item, "fixturenames", ()))
    )


def _when(item: pytest.Function) -> pytest.MarkDecorator | None:
    """Say how long this stage and this database may wait: only one of each is met whenever somebody looks."""
    case = getattr(item, "callspec", None)
    if case is None or "database" not in case.params:
        return None
    if "cast" not in case.params:
        return pytest.mark.slow if case.params["database"] == "postgres" and case.indices["database"] else None
    played = (case.params["cast"], case.params["database"])
    others = {name: index for name, index in case.indices.items() if name not in ("cast", "database")}
    script = (item.path.relative_to(item.config.rootpath).as_posix(), item.originalname, others)
    if played not in pairs_of(*script):
        return pytest.mark.long
    return pytest.mark.slow if played != pair_of(*script) else None


def pytest_collection_finish() -> None:
    """Leave what is there for good out of collecting garbage, and do that less often: it takes a sixth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def _clean_environment() -> None:
    """Keep the operator's own settings out of the tests."""
    set_up_logs()
    for name in list(os.environ):
        if name.startswith(("ZANSHIN_", "SLACK_", "Microsoft")) and not name.startswith("ZANSHIN_TEST_"):
            del os.environ[name]


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A migrated SQLite file that is only ever copied: what one test left in it, all others would find."""
    file = sqlite_template(tmp_path_factory.mktemp("template"))
    made = file.read_bytes()
    yield file
    assert file.read_bytes() == made, "a test has used the template in place of a copy"


@pytest.fixture(scope="session")
def seated_file(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the sample people in place: to seat them takes as long as all else before a script begins."""
    folder = tmp_path_factory.mktemp("seated")
    with sqlite_database(sqlite_file, folder, durable=False) as opened:
        opened.write_now(lambda session: seat_people(session, START))
    return in_one_file(folder / "zanshin.db")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A migrated PostgreSQL."""
    with postgres_server(durable=False) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_kept(postgres_url: str) -> Iterator[Database]:
    """A PostgreSQL with connections that know the tables already: each new one learns them anew, on every stage."""
    with postgres_database(postgres_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def postgres_seated(postgres_kept: Database) -> Iterator[str]:
    """What puts the sample people in place there, as in `seated_file`."""
    empty(postgres_kept)
    postgres_kept.write_now(lambda session: seat_people(session, START))
    with put_by(postgres_kept) as refill:
        yield refill


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A fresh database of either kind."""
    if request.param == "sqlite":
        template = "seated_file" if _seats_people(request) else "sqlite_file"
        with sqlite_database(request.getfixturevalue(template), tmp_path, durable=False) as opened:
            yield opened
    elif not STAGES.isdisjoint(request.fixturenames):  # who plays there leaves it as it was, but for rows
        opened = request.getfixturevalue("postgres_kept")
        empty(opened, request.getfixturevalue("postgres_seated") if _seats_people(request) else "")
        yield opened
    else:
        with postgres_database(request.getfixturevalue("postgres_url")) as opened:
            yield opened


def _seats_people(request: pytest.FixtureRequest) -> bool:
    """Say whether the sample people of the playground are put in place before a test begins."""
    case = getattr(request.node, "callspec", None)
    return "stage" in request.fixturenames or (case is not None and case.params.get("cast") in ("fake", "web"))


@pytest.fixture
def sqlite_alone(sqlite_file: Path, tmp_path: Path) -> Iterator[Database]:
    """A fresh SQLite file, for what can only happen to one."""
    with sqlite_database(sqlite_file, tmp_path, durable=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a language in which every sentence stands in brackets: to collect them all takes seconds."""
    folder = tmp_path_factory.mktemp("mirrored")
    write_mirror(folder, "xx")
    return folder


@pytest.fixture
def mirror(mirrored: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language in which every sentence stands in brackets, so that one that was not translated shows."""
    monkeypatch.setattr(bot.say.language, "LOCALES", mirrored)
    bot.say.language.forget()
    yield "xx"
    bot.say.language.forget()


@pytest.fixture
async def stage(database: Database) -> FakeStage:
    """The core on a platform in memory, with the sample people."""
    stage = FakeStage(database, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    return stage


@pytest.fixture(params=["fake", "web", "slack", "teams"])
async def cast(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Cast]:
    """Everybody, on every stage there is."""
    if request.param == "fake":
        stage = FakeStage(database, SHIPPED_PLAYBOOKS)
        await people_of(stage)
        yield Cast(stage)
    elif request.param == "slack":
        slack = SlackStage(database, SHIPPED_PLAYBOOKS)
        await slack.open()
        await slack.seat()
        yield Cast(slack)
        await slack.close()
    elif request.param == "teams":
        teams = TeamsStage(database, SHIPPED_PLAYBOOKS)
        await teams.open()
        await teams.seat()
        yield Cast(teams)
        await teams.close()
    else:
        web = WebStage(database, SHIPPED_PLAYBOOKS)
        await web.open()
        yield Cast(web)
        await web.close()


@pytest.fixture
async def unfinished(stage: FakeStage) -> Cast:
    """Everybody, in an organisation without a support channel."""

    def unset(session: Session) -> None:
        session.execute(update(Conversation).values(is_support=False))

    await stage.database.write(unset)
    return Cast(stage)
