"""Two people who become one: what each gave stays given, and no ask is lost or doubled."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.directory.model import Person
from bot.gestures.model import Grant, GrantAsk, GrantState
from bot.people.joining.merging import merge_people
from tests.handoffs.crowd import join, rows
from tests.stage import Cast

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.stage import FakeStage


async def test_what_two_gave_who_are_one_counts_as_one(stage: FakeStage) -> None:
    """The supervisor who is now one with another is asked once, and can still decide."""
    await join(stage, ["noor"], supervisors=True)
    cast = Cast(stage)
    await cast.sofia.types("/calm gestures")
    await cast.sofia.presses("Add the first")
    await cast.sofia.fills(kind="credit", name="Sorry", per_case="€20", per_day="€50")
    await cast.ana.types("/calm gesture")
    await cast.ana.fills(gesture="1", amount="35", case="CASE-1")
    for _second in range(45):
        await cast.later(seconds=1)

    def become_one(session: Session) -> None:
        sofia, noor = (session.scalars(select(Person).where(Person.name == name)).one() for name in ("Sofia", "Noor"))
        merge_people(session, sofia, noor)

    await stage.database.write(become_one)
    await cast.sofia.privately.presses("Grant €35.00")

    assert len(await rows(stage, GrantAsk)) == 1
    assert [(one.state, one.amount) for one in await rows(stage, Grant)] == [(GrantState.GRANTED, Decimal(35))]
