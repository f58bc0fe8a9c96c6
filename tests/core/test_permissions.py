"""Every command, by every role, by another organisation's people, with made-up numbers: docs/permissions.md is true."""

from __future__ import annotations

import enum
import typing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.directory.model import Person
from bot.people.joining.merging import owned
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import AS_WRITTEN, Command
from migrations.tables import metadata
from tests import permissions
from tests.core.test_dispatch import another_organisation
from tests.core.test_reads import much_going_on
from tests.stage import FakeStage, people_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.directory.actors import Origin
    from bot.store.database import Database

MADE_UP = "4711"
# By role: who has it among the sample people, and where they are.
PLAYERS = {"nobody's": ("visitor", "random"), "agent": ("ana", "random"), "supervisor": ("omar", "random")}
WORDS = {"shifts": "mon-fri 9-17", "time_zone": "UTC", "month": "2026-11", "playbook": "tell-the-customer"}


def filled(command: type[Command], number: str) -> dict[str, str]:
    """Fill in everything a command may be asked with, with one number for whatever it is about."""
    fields = {name: _answer(name, field, number) for name, field in command.model_fields.items()}
    try:
        command.model_validate({name: value for name, value in fields.items() if value})
    except ValidationError as wrong:  # a length or a number, where only some are possible
        fields |= {str(one["loc"][0]): str(one["ctx"].get("le", one["ctx"].get("ge"))) for one in wrong.errors()}
    return fields


def _answer(name: str, field: Any, number: str) -> str:
    kinds = [field.annotation, *typing.get_args(field.annotation)]
    choices = [one for kind in kinds if typing.get_origin(kind) is typing.Literal for one in typing.get_args(kind)]
    if field.is_required():
        choices += [one for kind in kinds if isinstance(kind, enum.EnumMeta) for one in _values(kind)]
    if AS_WRITTEN in field.metadata:
        return "@nobody"
    if choices:
        return str(choices[0])
    if bool in kinds:
        return "false"
    if "int" in str(field.annotation):
        return number
    return WORDS.get(name, "words" if field.is_required() else "")


def _values(kind: Any) -> list[str]:
    return [str(one.value) for one in kind]


async def refused(stage: FakeStage, command: type[Command], number: str, origin: Origin) -> str:
    """Press a button and name the rule that said no, or the bug."""
    with capture_logs() as logged:
        await stage.program.dispatch.press(command.called(), filled(command, number), origin)
    bugs = [entry for entry in logged if entry["action"] == "bug"]
    assert not bugs, (command.called(), number, bugs)
    return next((entry["rule"] for entry in logged if entry["action"] == "refused"), "")


@pytest.mark.slow
async def test_each_cell_of_the_page_is_so(sqlite_alone: Database) -> None:
    """Whoever may is let through to be told that nothing is there; whoever may not is refused."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await stage.database.write(
        lambda session: session.execute(update(Person).where(Person.name == "Omar").values(is_supervisor=True))
    )
    players, page = PLAYERS | {"admin": ("sofia", "random")}, permissions.read()
    for command in permissions.commands():
        for cell, (account, place) in zip(page[command.called()], players.values(), strict=True):
            origin = stage.origin(account, place, f"{command.called()} {account}")
            rule = await refused(stage, command, MADE_UP, replace(origin, pressed=True))
            assert (cell != "yes") is (rule == "NotAllowed"), (command.called(), account, cell, rule)


@pytest.mark.slow
async def test_another_organisation_reaches_nothing(sqlite_alone: Database) -> None:
    """Somebody who may do everything elsewhere, aiming at every row here, leaves all of them as they are."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await much_going_on(stage)
    stranger = await another_organisation(stage)
    before = await stage.database.read(ours)
    for command in permissions.commands():
        for number in ("1", "2"):
            await refused(stage, command, number, replace(stranger, key=f"{command.called()} {number}"))

    assert len(before) > 20
    assert await stage.database.read(ours) == before


def ours(session: Session) -> list[tuple[object, ...]]:
    """Everything the first organisation owns, in every table."""
    metadata()
    found: list[tuple[object, ...]] = []
    for table, column in owned():
        rows = session.execute(select(table).where(column == 1)).all()
        found += [(table.name, *row) for row in rows]
    return sorted(found, key=str)
