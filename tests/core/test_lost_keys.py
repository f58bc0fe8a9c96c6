"""A key that opens nothing writes nothing; what no key opens hides nothing else, and can be let go of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.handoffs.model import Handoff
from bot.run.serve import take_the_key
from bot.run.terminal import NOT_FINE, NOT_SET_UP
from bot.store.database import Database
from bot.store.engines import build_engine
from bot.store.keyring import Lost, rotate
from bot.store.schema import check_schema
from bot.store.seal import UNREADABLE, Seal, WrongKey
from bot.work.records import Decision
from migrations.tables import metadata
from tests.command_line import run
from tests.core.test_erasing import rows_of
from tests.core.test_keys import NEW, with_seal
from tests.databases import SECRET
from tests.stage import Cast

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.stage import FakeStage

TYPO = "a mistyped secret that is long enough"


def typed(
    stage: FakeStage, *arguments: str, key: str = SECRET, old: str = "", given: str = ""
) -> CompletedProcess[str]:
    """Type a command on the database of a stage; the key of tests has a comma, so that it cannot be an old one."""
    settings = {"ZANSHIN_DATABASE_URL": stage.database.url, "ZANSHIN_SECRET_KEY": key, "ZANSHIN_OLD_SECRET_KEYS": old}
    return run(*arguments, given=given, **settings)


async def a_day(stage: FakeStage) -> Cast:
    """Have decisions in the trail and a note that waits."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 exhausted: she keeps shouting")
    await cast.sofia.types("/zanshin team add @ana supervisor")
    await stage.program.ticker.tick()
    return cast


def lose(stage: FakeStage) -> None:
    """Have another key write one place of the trail and one note, as a process with a wrong one once did."""
    engine = build_engine(stage.database.url, Seal(TYPO))
    with engine.begin() as connection:
        connection.execute(update(Decision).where(Decision.number == 1).values(whence="somewhere"))
        connection.execute(update(Handoff).values(note="something"))
    engine.dispose()


async def test_a_key_that_opens_nothing_writes_nothing(stage: FakeStage) -> None:
    """Commands that change something, the change of the key and the server refuse, and say what to do."""
    await a_day(stage)
    before = rows_of(stage)
    refused = [
        typed(stage, "team", "add", "U012AB3CD", "--supervisor", key=NEW),
        typed(stage, "erase", "case", "CASE-42", "--yes", key=NEW),
        typed(stage, "rotate-key", key=NEW, old=TYPO),
        typed(stage, "serve", key=NEW),
    ]

    assert [one.returncode for one in refused] == [NOT_SET_UP] * 4
    assert all("ZANSHIN_OLD_SECRET_KEYS" in one.stderr for one in refused)
    assert all("nothing was changed" in one.stderr for one in refused)
    assert rows_of(stage) == before


async def test_bringing_the_schema_up_to_date_needs_no_key(stage: FakeStage) -> None:
    """It reads and writes no text: whoever has lost the key has to get as far as letting go of what it opened."""
    await a_day(stage)
    take_the_key(stage.database)
    before = rows_of(stage)
    done = typed(stage, "migrate", key=NEW)

    assert (done.returncode, rows_of(stage)) == (0, before)


async def test_the_first_command_needs_no_start_before_it(sqlite_alone: Database) -> None:
    """What only `migrate` has set up takes any key, and once something was written with it no other."""
    settings = {"ZANSHIN_DATABASE_URL": sqlite_alone.url}
    tenant = "11111111-2222-3333-4444-555555555555"
    teams = {"MicrosoftAppId": tenant, "MicrosoftAppPassword": "secret", "MicrosoftAppTenantId": tenant}
    named = ("team", "add", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "--admin")
    first = run(*named, **settings, **teams, ZANSHIN_SECRET_KEY=SECRET)
    wrong = run(*named, "--supervisor", **settings, **teams, ZANSHIN_SECRET_KEY=NEW)
    again = run(*named, "--supervisor", **settings, **teams, ZANSHIN_SECRET_KEY=SECRET)

    assert [one.returncode for one in (first, wrong, again)] == [0, NOT_SET_UP, 0]


async def test_the_first_start_keeps_what_tells_the_right_key(stage: FakeStage) -> None:
    """Afterwards one row says it at once, and the references there were are found as before."""
    cast = await a_day(stage)
    take_the_key(stage.database)
    wrong = Database(stage.database.url, Seal(NEW), stage.database.patience)
    check_schema(wrong.engine)
    with pytest.raises(WrongKey, match="nothing was changed"):
        take_the_key(wrong)
    wrong.close()
    twin = await cast.sofia.types("/recuse case-42 heated")

    assert "Ana" in twin.text


async def test_what_no_key_opens_hides_no_decision(stage: FakeStage) -> None:
    """Lists show all others; whoever verifies hears of it, and what else does not fit is still found."""
    await a_day(stage)
    lose(stage)
    listed, as_data = typed(stage, "audit", "list"), typed(stage, "audit", "list", "--json")
    verified = typed(stage, "audit", "verify")
    first = json.loads(as_data.stdout)[0]

    assert [one.returncode for one in (listed, as_data, verified)] == [NOT_FINE] * 3
    assert "add-to-team" in listed.stdout
    assert UNREADABLE in listed.stdout
    assert (first["whence"], first["unreadable"]) == (None, ["whence"])
    assert "LOOK" not in verified.stdout
    assert "No key opens from where 1 decision came" in verified.stderr


async def test_what_no_key_opens_is_left_out_of_an_export_and_named(stage: FakeStage, tmp_path: Path) -> None:
    """Every other row is in the file, and the row itself without that text."""
    await a_day(stage)
    lose(stage)
    done = typed(stage, "export", "--all", "--out", str(tmp_path / "all.jsonl"))
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    [handoff] = [one for one in rows if one["table"] == "handoffs"]

    assert done.returncode == NOT_FINE
    assert "decisions.whence 1" in done.stderr
    assert "handoffs.note 1" in done.stderr
    assert (handoff["row"]["note"], handoff["unreadable"]) == (None, ["note"])
    assert "CASE-42" in handoff["row"]["case"]


async def test_an_erasure_goes_on_beside_what_no_key_opens(stage: FakeStage) -> None:
    """It says how many texts nobody could look into."""
    await a_day(stage)
    lose(stage)
    done = typed(stage, "erase", "case", "CASE-42", "--yes")

    assert done.returncode == 0, done.stderr
    assert "Left: nothing" in done.stdout
    assert "What 1 text says, nobody knows" in done.stdout


async def test_texts_whose_key_is_lost_can_be_let_go_of(stage: FakeStage) -> None:
    """Asked first; afterwards everything can be read, and the trail verifies."""
    await a_day(stage)
    take_the_key(stage.database)
    lose(stage)
    dry = typed(stage, "rotate-key", "--let-go", "--dry-run")
    kept = typed(stage, "rotate-key", "--let-go", given="n\n")
    told = typed(stage, "rotate-key", old=NEW)
    gone = typed(stage, "rotate-key", "--let-go", "--yes")
    checked = typed(stage, "audit", "verify")
    again = typed(stage, "rotate-key", "--let-go")

    assert [one.returncode for one in (dry, kept, told, gone, checked, again)] == [0, 1, NOT_FINE, 0, 0, 0]
    assert "2 texts were written with a key that is not named." in dry.stderr
    assert "zanshin rotate-key --let-go" in told.stderr
    assert "let go of" in gone.stdout
    assert "1 of them without a name by now" in checked.stdout
    assert "nothing to let go of" in again.stdout


async def test_letting_go_keeps_the_key_of_hashes(stage: FakeStage) -> None:
    """It is made from the oldest key that opens something, also where another is lost: references are found."""
    await a_day(stage)
    lose(stage)
    metadata()
    both = with_seal(stage, Seal(NEW, SECRET))
    done = list(rotate(both.database.engine, Seal(NEW, SECRET), Lost.GO))
    alone = with_seal(stage, Seal(NEW))
    twin = await Cast(alone).sofia.types("/recuse case-42 heated")
    for one in (both, alone):
        one.database.close()

    assert sum(one.unreadable for one in done) == 2
    assert "Ana" in twin.text


async def test_whoever_lost_every_key_begins_anew(stage: FakeStage) -> None:
    """All texts go, the team stays, and the program starts with the new key."""
    await a_day(stage)
    take_the_key(stage.database)
    gone = typed(stage, "rotate-key", "--let-go", "--yes", key=NEW)
    alone = with_seal(stage, Seal(NEW))
    take_the_key(alone.database)
    team = await Cast(alone).ben.types("/zanshin team")
    again = await Cast(alone).ben.types("/recuse CASE-43 heated")
    alone.database.close()

    assert gone.returncode == 0, gone.stderr
    assert "no longer found by their name" in gone.stdout
    assert "Ana" in team.text
    assert again is not None
