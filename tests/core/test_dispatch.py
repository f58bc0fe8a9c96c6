"""Carrying out commands: once, by those who may, in one transaction, always with an answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from adapters.web.sample import PEOPLE
from bot.compose import build_domains
from bot.delivery.model import Card, Notice, Parked
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind, Identity, Organisation, Person, Workspace
from bot.handoffs.model import Hold
from bot.playbooks.model import Run
from bot.say.aloud import plain_message
from bot.say.replies import FieldErrors, OpenForm, Private, Replace
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import Command, Need
from bot.work.dispatch import Dispatch
from bot.work.domain import ClockTask, Domain
from tests.databases import locked
from tests.stage import FakeStage, bookcase_of, people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.say.replies import Reply
    from bot.store.database import Database
    from bot.work.work import Work


def said(reply: Reply) -> str:
    assert isinstance(reply, Private | Replace), reply
    return plain_message(reply.message)


async def count(stage: FakeStage, model: type) -> int:
    return await stage.database.read(lambda session: session.scalars(select(func.count()).select_from(model)).one())


async def test_a_repeated_key_acts_once_and_is_answered_alike(stage: FakeStage) -> None:
    """A command that comes twice changes nothing the second time and gets the same reply."""
    origin = stage.origin("ana", "support", "key-1")
    first = await stage.program.dispatch.say("/calm restrain", origin)
    second = await stage.program.dispatch.say("/calm restrain", origin)

    assert first == second
    assert await count(stage, Run) == 1


async def test_twins_at_the_same_moment_act_once(stage: FakeStage) -> None:
    """Eight deliveries of one click at once make one change and eight equal answers."""
    origin = stage.origin("ana", "support", "key-1")
    replies = await asyncio.gather(*(stage.program.dispatch.say("/calm restrain", origin) for _twin in range(8)))

    assert len({reply.model_dump_json() for reply in replies}) == 1
    assert await count(stage, Run) == 1


async def test_a_key_is_forgotten_after_its_ten_minutes(stage: FakeStage) -> None:
    """The inbox does not grow for ever."""
    origin = stage.origin("ana", "support", "key-1")
    await stage.program.dispatch.say("/calm restrain", origin)
    stage.clock.move(timedelta(minutes=11))
    await stage.program.ticker.tidy_up()
    await stage.program.dispatch.say("/calm keep-calm", origin)

    assert await count(stage, Run) == 2


class Break(Command):
    """Break."""

    needs = Need.NOTHING


def breaking(stage: FakeStage) -> Dispatch:
    def break_(_command: Break, work: Work) -> Reply:
        work.session.add(Organisation(name="half done", created_at=work.now))
        work.session.flush()
        raise ZeroDivisionError

    return Dispatch(
        database=stage.database,
        clock=stage.clock,
        grammar=stage.program.grammar,
        use_cases={Break: break_},
        wake=lambda: None,
    )


async def test_a_bug_is_undone_and_told_under_a_reference(stage: FakeStage) -> None:
    """The actor sees a reference and no traceback; the log has both; the database has neither."""
    with capture_logs() as logged:
        reply = await breaking(stage).carry_out(Break(), stage.origin("ana", "support", "key-1"))

    assert "Traceback" not in said(reply)
    assert [(entry["action"], entry["command"]) for entry in logged] == [("bug", "break")]
    assert logged[0]["exc_info"]
    assert said(reply).endswith(f"tell your admin: {logged[0]['reference']}.")
    assert await count(stage, Organisation) == 1


async def test_after_a_bug_the_same_key_may_be_tried_again(stage: FakeStage) -> None:
    """A command that broke was not carried out, so its key is free."""
    await breaking(stage).carry_out(Break(), stage.origin("ana", "support", "key-1"))
    reply = await stage.program.dispatch.say("/calm restrain", stage.origin("ana", "support", "key-1"))

    assert said(reply).startswith("Hands off the keys")


async def parked(stage: FakeStage) -> list[tuple[str, int, str]]:
    rows = await stage.database.read(lambda session: list(session.scalars(select(Parked))))
    return [(row.task, row.row_id, row.error) for row in rows]


async def test_a_row_the_clock_cannot_act_on_is_parked_and_the_others_go_on(stage: FakeStage) -> None:
    """One bad row holds up nobody; it is kept, with its reference, for the doctor."""
    for account in ("ana", "ben", "omar"):
        await stage.program.dispatch.say("/calm keep-calm", stage.origin(account, "support", account))
    stage.clock.move(timedelta(hours=13))
    acted = []

    def act(runs: Sequence[Run], _work: Work) -> None:
        for run in runs:
            if run.id == 2:
                raise ZeroDivisionError
            run.next_due_at = None
            acted.append(run.id)

    await stage.program.clockwork.tick(ClockTask(name="runs", model=Run, act=act))

    assert set(acted) == {1, 3}
    assert await parked(stage) == [("runs", 2, "ZeroDivisionError")]
    assert await stage.program.clockwork.tick(ClockTask(name="runs", model=Run, act=act)) == 0


async def test_a_row_that_must_not_fall_silent_is_tried_again(stage: FakeStage) -> None:
    """What somebody waits for is looked at again after a while, and parked once however often it fails."""
    await stage.program.dispatch.say("/calm keep-calm", stage.origin("ana", "support", "ana"))
    stage.clock.move(timedelta(hours=13))
    acted = []

    def act(runs: Sequence[Run], _work: Work) -> None:
        acted.append(len(runs))
        raise ZeroDivisionError

    task = ClockTask(name="runs", model=Run, act=act, again_after=timedelta(minutes=1))
    for _minute in range(3):
        await stage.program.clockwork.tick(task)
        stage.clock.move(timedelta(minutes=1))

    assert len(acted) == 6  # each time with its batch, then alone
    assert await parked(stage) == [("runs", 1, "ZeroDivisionError")]


async def test_a_database_that_is_away_gets_a_sentence(sqlite_alone: Database) -> None:
    """The actor hears within seconds that nothing was changed, and the clock waits for the next tick."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    with locked(sqlite_alone):
        reply = await stage.program.dispatch.say("/calm restrain", stage.origin("ana", "support", "key-1"))
        reading = await stage.program.dispatch.say("/calm", stage.origin("ana", "support", "key-2"))
        assert await stage.program.clockwork.tick(stage.program.domains[0].clock[0]) == 0
        assert await stage.program.sender.send_due() == 0

    assert "I can't reach my memory just now." in said(reply)
    assert "Nothing was changed." in said(reply)
    assert said(reading).startswith("What is happening?")
    assert await count(stage, Run) == 0


async def test_a_button_of_a_command_that_is_no_more_is_said_to_be_old(stage: FakeStage) -> None:
    """A card from before an update is answered, whatever it asks for."""
    for name, fields in (("dance", {}), ("take-step", {}), ("take-step", {"run": "x", "version": "1"})):
        reply = await stage.program.dispatch.press(name, fields, stage.origin("ana", "support", f"key-{name}"))
        assert said(reply).startswith("This button is out of date.")


async def test_a_form_that_cannot_be_read_stays_open_and_says_where(stage: FakeStage) -> None:
    """Each answer that is wrong is named beside its question; nothing is stored."""
    reply = await stage.program.dispatch.submit(
        "change-settings",
        {"time_zone": "Mars/Base", "case_url": "javascript:{case}", "hold_warning": "soon", "hold_limit": "1"},
        stage.origin("sofia", "support", "key-1"),
    )

    assert isinstance(reply, FieldErrors)
    assert set(reply.errors) == {"time_zone", "case_url", "hold_warning", "hold_limit"}


# --- who may do what --------------------------------------------------------------------------


async def another_organisation(stage: FakeStage) -> Origin:
    """Add an organisation with one admin, who may do anything there."""

    def add(session: Session) -> None:
        organisation = Organisation(name="Another", created_at=stage.clock.now())
        session.add(organisation)
        session.flush()
        workspace = Workspace(organisation_id=organisation.id, platform="web", address="another", name="Another")
        person = Person(
            organisation_id=organisation.id, name="Stranger", is_agent=True, is_supervisor=True, is_admin=True
        )
        session.add_all([workspace, person])
        session.flush()
        session.add(
            Identity(
                person_id=person.id, workspace_id=workspace.id, address="stranger", last_acted_at=stage.clock.now()
            )
        )

    await stage.database.write(add)
    return Origin(
        key="x",
        platform="web",
        workspace="another",
        account="stranger",
        name="Stranger",
        conversation="support",
        kind=ConversationKind.CHANNEL,
        pressed=True,
    )


def rows(session: Session) -> list[tuple[object, ...]]:
    """Everything the first organisation owns, as stored."""
    found: list[tuple[object, ...]] = []
    for model in (Person, Run, Hold, Card, Notice, Organisation):
        columns = [column for column in model.__table__.columns if column.name not in ("body", "away_reason")]
        owner = model.__table__.c.get("organisation_id", model.__table__.c.id)
        found += [tuple(row) for row in session.execute(select(*columns).where(owner == 1).order_by("id"))]
    return found


async def test_no_command_reaches_into_another_organisation(stage: FakeStage) -> None:
    """Every command there is, aimed by an admin at every row of somebody else, changes and shows nothing there."""
    await stage.type("ana", "support", "/calm keep-calm", "a")
    await stage.program.dispatch.press("ask-to-hold", {"run": "1", "version": "1"}, stage.origin("ana", "support", "b"))
    stranger = await another_organisation(stage)
    before = await stage.database.read(rows)
    texts = {"who": "Ana", "words": "keep calm", "playbook": "keep-calm", "shifts": "mon 9-17", "time_zone": "UTC"}
    asked = 0
    for domain in stage.program.domains:
        for command in domain.use_cases:
            numbers = {
                name: "1" for name, field in command.model_fields.items() if field.annotation in (int, int | None)
            }
            fields = numbers | {name: text for name, text in texts.items() if name in command.model_fields}
            reply = await stage.program.dispatch.press(
                command.called(), fields, replace(stranger, key=f"key-{command.called()}")
            )
            asked += 1
            if isinstance(reply, OpenForm):
                assert "Ana" not in reply.model_dump_json()
            elif isinstance(reply, Private | Replace):
                assert "shouting at me" not in said(reply)
                assert not {one.name for one in PEOPLE} & set(said(reply).replace(",", " ").replace(".", " ").split())

    assert asked >= 20
    assert await stage.database.read(rows) == before


@pytest.mark.parametrize(
    ("account", "typed", "answer"),
    [
        ("ana", "/zanshin team add @ben supervisor", "Only supervisors and admins can do this."),
        ("ana", "/zanshin team remove @ben", "Only supervisors and admins can do this."),
        ("ana", "/zanshin settings", "Only admins can do this."),
        ("ana", "/zanshin shift @ben mon-fri 9-17", "Only supervisors and admins can do this."),
        ("visitor", "/zanshin away", "You're not on the support team yet."),
        ("visitor", "/zanshin status", "You're not on the support team yet."),
    ],
)
async def test_what_a_role_does_not_include_is_refused_with_the_way_there(
    stage: FakeStage, account: str, typed: str, answer: str
) -> None:
    """Somebody without the role is told who can do it, and nothing changes."""
    reply = await stage.program.dispatch.say(typed, stage.origin(account, "random", "key-1"))

    assert answer in said(reply)


async def test_a_role_that_was_taken_away_counts_at_once(stage: FakeStage) -> None:
    """What was remembered for reads is forgotten when anything changes."""
    dispatch = stage.program.dispatch
    assert isinstance(await dispatch.say("/zanshin settings", stage.origin("sofia", "support", "1")), OpenForm)

    def demote(session: Session) -> None:
        session.execute(update(Person).where(Person.name == "Sofia").values(is_admin=False))

    await stage.database.write(demote)
    reply = await dispatch.submit(
        "change-settings",
        {"time_zone": "Europe/Dublin", "hold_warning": "45", "hold_limit": "60"},
        stage.origin("sofia", "support", "2"),
    )

    assert "only an admin can do this" in said(reply)


def test_every_command_is_somebodys(stage_domains: tuple[Domain, ...]) -> None:
    """Each command belongs to one domain, under one name, and says what it does."""
    commands = [command for domain in stage_domains for command in domain.use_cases]

    assert len({command.called() for command in commands}) == len(commands)
    assert all(command.__doc__ for command in commands)


@pytest.fixture
def stage_domains() -> tuple[Domain, ...]:
    return build_domains(bookcase_of(SHIPPED_PLAYBOOKS))


async def test_a_number_no_database_could_hold_is_an_old_button(stage: FakeStage) -> None:
    """Nobody gets a bug report for a made-up number."""
    for number in (str(2**31), str(10**30), "-1"):
        reply = await stage.program.dispatch.press("go-on", {"run": number}, stage.origin("ana", "support", number))
        assert said(reply).startswith("This button is out of date.")


async def test_first_commands_of_one_person_at_once_are_all_answered(stage: FakeStage) -> None:
    """Somebody new who presses three times is one person, and meets no error."""
    say = stage.program.dispatch.say
    replies = await asyncio.gather(
        *(say(typed, stage.origin("dana", "support", f"new-{n}")) for n, typed in enumerate(["/calm restrain"] * 4))
    )
    boards = await asyncio.gather(
        *(say("/zanshin status", stage.origin("dana", "support", f"board-{n}")) for n in range(4))
    )

    assert not [one for one in (*replies, *boards) if "went wrong" in said(one) or "memory" in said(one)]
    assert (
        await stage.database.read(
            lambda session: session.scalar(select(func.count()).select_from(Run).where(Run.state == "open"))
        )
        == 1
    )
