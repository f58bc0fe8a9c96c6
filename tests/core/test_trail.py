"""The trail of decisions: each is there once, cannot be changed unseen, and tells nothing private for long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.directory.model import Person
from bot.people.joining.merging import merge_people
from bot.run.deeds import note_deed
from bot.run.erasing import Erasure, erased
from bot.work.records import Decision
from bot.work.trail import missing, verify
from tests.core.test_erasing import settings_of
from tests.databases import SECRET
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.work.trail import Verdict
    from tests.stage import FakeStage


async def a_few_decisions(stage: FakeStage) -> Cast:
    cast = Cast(stage)
    await cast.ana.types("/calm she keeps shouting")  # a read, which is no decision
    await cast.ana.types("/zanshin away 30m lunch")
    await cast.ana.types("/zanshin settings")
    await cast.ben.types("/recuse CASE-42 exhausted: no more")
    await cast.sofia.types("/zanshin team add @ana supervisor")
    await stage.program.ticker.tick()
    return cast


async def decisions(stage: FakeStage) -> list[Decision]:
    rows = select(Decision).order_by(Decision.id)
    return list(await stage.database.read(lambda session: session.scalars(rows).all()))


async def verdict(stage: FakeStage) -> Verdict:
    [found] = await stage.database.read(lambda session: list(verify(session)))
    return found


async def test_every_decision_is_there_once_with_who_when_and_from_where(stage: FakeStage) -> None:
    """Neither what was looked at nor what was refused is one, and no word of anybody is in it."""
    await a_few_decisions(stage)
    found = await decisions(stage)

    assert [one.command for one in found] == ["go-away", "recuse", "add-to-team"]
    assert [one.number for one in found] == [1, 2, 3]
    assert found[0].whence == "web playground/ana in support, typed"
    assert (await verdict(stage)).wrong == ""
    assert not any("lunch" in str(one.whence) or "CASE-42" in str(one.whence) for one in found)


@pytest.mark.parametrize(
    ("tampered", "wrong"),
    [
        ("update decisions set command = 'accept' where number = 2", "entry 2 was changed"),
        ("delete from decisions where number = 2", "after entry 1 comes 3"),
        ("delete from decisions where number = 1", "after entry 0 comes 2"),
        ("update decisions set whence = (select whence from decisions where number = 1) where number = 2", "somebody"),
        ("update decisions set link = mark where number = 3", "entry 3 was changed"),
    ],
)
async def test_whoever_changes_it_is_seen(stage: FakeStage, tampered: str, wrong: str) -> None:
    """With all rights in the database and without the key, nothing in it can be changed or taken out unseen."""
    await a_few_decisions(stage)
    before = await verdict(stage)
    await stage.database.write(lambda session: session.execute(text(tampered)))
    after = await verdict(stage)

    assert before.wrong == ""
    assert wrong in after.wrong


async def test_what_is_cut_off_at_the_end_is_seen_by_whoever_noted_the_last_link(stage: FakeStage) -> None:
    """A shorter chain is whole in itself: the link that was noted elsewhere is what it lacks."""
    await a_few_decisions(stage)
    noted = await verdict(stage)
    line = f"{noted.chain}:{noted.last}:{noted.link[:16]}"
    kept = await stage.database.read(lambda session: missing(session, [line]))
    await stage.database.write(lambda session: session.execute(text("delete from decisions where number = 3")))
    cut = await stage.database.read(lambda session: missing(session, [line]))

    assert (await verdict(stage)).wrong == ""
    assert (kept, cut) == ([], [line])


async def test_it_is_kept_for_its_time_and_who_stepped_out_for_theirs(stage: FakeStage) -> None:
    """A month later nobody can tell who it was in a case; a year later the oldest go, and the rest is still whole."""
    cast = await a_few_decisions(stage)
    await cast.later(hours=24 * 31)
    await stage.program.ticker.tidy_up()
    month = {one.command: one.whence is not None for one in await decisions(stage)}
    await cast.later(hours=24 * 340)
    await cast.ana.types("/zanshin back")
    await stage.program.ticker.tick()
    await stage.program.ticker.tidy_up()
    year = await verdict(stage)

    assert month["go-away"]
    assert not month["recuse"]
    assert (year.entries, year.wrong) == (1, "")
    assert year.last > 3


async def test_what_the_command_line_changes_is_there_too(stage: FakeStage) -> None:
    """An operator's deed stands in the chain, with the user of the machine and no word of what it was about."""
    cast = await a_few_decisions(stage)
    erased(settings_of(stage), Erasure("case", "CASE-42"), dry_run=True)
    erased(settings_of(stage), Erasure("case", "CASE-42"), dry_run=False)
    await cast.ana.types("/zanshin away 30m lunch")
    await stage.program.ticker.tick()
    [*_earlier, deed] = [one for one in await decisions(stage) if one.command.startswith("operator")]

    assert (deed.command, deed.who_id, _earlier) == ("operator-erases-case", None, [])
    assert str(deed.whence).startswith("command line, ")
    assert (await verdict(stage)).wrong == ""


async def test_an_erased_person_is_named_by_nothing_and_the_chain_holds(stage: FakeStage) -> None:
    """Erasing empties who it was; two people who are one by now change nothing of what was decided."""
    cast = await a_few_decisions(stage)
    await cast.ben.types("/recuse cancel")
    await stage.program.ticker.tick()

    def merge(session: Any) -> None:
        people = {one.name: one for one in session.scalars(select(Person)).all()}
        merge_people(session, people["Sofia"], people["Omar"])

    await stage.database.write(merge)
    proof = erased(settings_of(stage), Erasure("person", "Ana"), dry_run=False)
    found = await verdict(stage)

    assert proof.before["decisions.who_id"] == 1
    assert proof.after == {}
    assert (found.erased, found.wrong) == (1, "")


async def test_the_command_line_lists_and_verifies(stage: FakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """It exits with 1 where the record is not whole."""
    await a_few_decisions(stage)
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", stage.database.url)
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", SECRET)
    command = CliRunner()
    listed, fine = command.invoke(app, ["audit", "list"]), command.invoke(app, ["audit", "verify"])
    await stage.database.write(lambda session: note_deed(session, "operator-erases-case"))
    later = command.invoke(app, ["audit", "verify"])
    data = command.invoke(app, ["audit", "verify", "--json"], catch_exceptions=False)
    noted = fine.output.split()[1]
    again = command.invoke(app, ["audit", "verify", "--expect", noted])
    wrong = command.invoke(app, ["audit", "verify", "--expect", noted[:-1] + ("1" if noted.endswith("0") else "0")])

    assert "1 decision is not chained yet, the oldest of " in later.output
    assert "what was typed here with the next of it, or when it starts" in later.output
    assert json.loads(data.stdout)["unchained"]["count"] == 1
    assert "go-away" in listed.output
    assert "Ana" in listed.output
    assert [fine.exit_code, again.exit_code, wrong.exit_code] == [0, 0, 1]
