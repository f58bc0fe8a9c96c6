"""Reads are reads: they lock nothing, write nothing, and answer out of memory where that is enough."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from structlog.testing import capture_logs

from bot.directory.model import Person
from bot.say.aloud import plain_message
from bot.say.replies import OpenForm, Private, Replace
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.typing.command import AS_WRITTEN
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.directory.actors import Origin
    from bot.say.replies import Reply
    from bot.store.database import Database
    from bot.typing.command import Command

NEWCOMER = "<@newcomer|Nia New>"  # the platform knows them; they have done nothing here yet


async def test_calm_is_answered_while_the_database_is_away(database: Database) -> None:
    """Somebody under attack who was here a moment ago needs nothing out of the database."""
    stage = FakeStage(database, SHIPPED_PLAYBOOKS)  # with one of its own, which nobody goes on with
    await people_of(stage)
    say = stage.program.dispatch.say
    before = await say("/calm she keeps shouting", stage.origin("ana", "support", "1"))
    stage.database.close()
    after = await say("/calm she keeps shouting", stage.origin("ana", "support", "2"))

    assert isinstance(before, Private)
    assert not before.undone
    assert after == before


def vouching(stage: FakeStage, account: str) -> Origin:
    """Somebody who names a newcomer, for whom the platform vouches."""
    return replace(stage.origin(account, "support", "a read"), vouched=(("newcomer", "Nia New"),))


async def test_a_newcomer_has_no_hours_yet_and_is_not_written_down_for_a_look(stage: FakeStage) -> None:
    """Looking at the hours of somebody who has never been here says that none are set, and adds nobody."""
    reply = await stage.program.dispatch.say(f"/zanshin shift {NEWCOMER}", vouching(stage, "ana"))

    assert isinstance(reply, Private)
    assert "The hours of Nia New: none set, so always." in plain_message(reply.message)
    people = select(func.count()).where(Person.name == "Nia New")
    assert await stage.database.read(lambda session: session.scalar(people)) == 0


async def much_going_on(stage: FakeStage) -> None:
    """Have something there for every read: cases searched for and taken, an incident, a run, a playbook."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: she keeps shouting")
    await cast.ben.privately.presses("Not now")
    await cast.omar.privately.presses("I take it")
    await cast.ben.types("/recuse CASE-43 stuck")
    await cast.omar.in_("incidents").types("/incident open sev2 Card payments fail")
    await cast.omar.in_("incidents").types("/incident open sev4 Search is slow")
    await cast.omar.in_("incidents").types("/incident resolve 2 Search is fast again.")
    await cast.omar.in_("incidents").types("/incident followup 2 @ana friday: rotate the keys")
    await cast.ana.types("/calm restrain")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Write one")
    await cast.sofia.fills(
        title="Late", situation="It is late.", words="late\nlost\nwhere", steps="Say so\n“I see.”\n\nThen\nLook."
    )
    await cast.sofia.types("/calm gestures")
    await cast.sofia.presses("Add the first")
    await cast.sofia.fills(kind="credit", name="Sorry", per_case="€20")
    await cast.ana.types("/calm gesture")
    await cast.ana.fills(gesture="1", amount="50", case="CASE-44")
    await cast.sofia.types("/zanshin causes list")
    await cast.omar.types("/zanshin cause 1")
    await cast.omar.fills(cause="1")
    await cast.later(seconds=1)
    await cast.sofia.types("/zanshin causes")
    await cast.sofia.presses("Review Wrong bill or charge")
    await cast.sofia.fills(days="7")


WORDS = {"playbook": "tell-the-customer", "month": "2026-11"}  # what a command cannot be asked without


def ways_to_ask(command: type[Command]) -> Iterator[dict[str, str]]:
    """Fill in a command in every way that matters: about nothing, about what is there, about what is not."""
    fields = command.model_fields
    whos = [name for name, field in fields.items() if AS_WRITTEN in field.metadata]
    numbers = [name for name, field in fields.items() if "int" in str(field.annotation) and name != "severity"]
    needed = {name for name, field in fields.items() if field.is_required()}
    words = {name: WORDS[name] for name in needed - {*whos, *numbers} if name in WORDS}
    for who in ("", "@nobody", NEWCOMER)[: 1 + 2 * bool(whos)]:
        for number in ("", "1", "2", "4711")[: 1 + 3 * bool(numbers)]:
            asked = dict.fromkeys(whos, who) | dict.fromkeys(numbers, number)
            asked = {name: value for name, value in asked.items() if value} | words
            if needed <= asked.keys():
                yield asked


async def test_no_read_locks_or_writes(stage: FakeStage) -> None:
    """Whoever reads whatever, of whatever is there or not: it is answered, and the database had nothing to refuse."""
    await much_going_on(stage)
    reads = [command for domain in stage.program.domains for command in domain.use_cases if command.reads]
    answered = set()
    for command in reads:
        for account, fields in itertools.product(("ana", "ben", "sofia", "omar"), ways_to_ask(command)):
            with capture_logs() as logged:
                reply = await stage.program.dispatch.press(command.called(), fields, vouching(stage, account))
            bugs = [entry["exc_info"] for entry in logged if entry["action"] in ("bug", "database_away")]
            assert not bugs, (command.called(), account, fields, bugs)
            if is_answer(reply):
                answered.add(command)

    assert not [command.called() for command in reads if command not in answered]


def is_answer(reply: Reply) -> bool:
    return isinstance(reply, OpenForm | Replace) or (isinstance(reply, Private) and not reply.undone)
