"""Reads are reads: they lock nothing, write nothing, and answer out of memory where that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.say.replies import Private

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_calm_is_answered_while_the_database_is_away(stage: FakeStage) -> None:
    """Somebody under attack who was here a moment ago needs nothing out of the database."""
    say = stage.program.dispatch.say
    before = await say("/calm she keeps shouting", stage.origin("ana", "support", "1"))
    stage.database.close()
    after = await say("/calm she keeps shouting", stage.origin("ana", "support", "2"))

    assert isinstance(before, Private)
    assert not before.undone
    assert after == before
