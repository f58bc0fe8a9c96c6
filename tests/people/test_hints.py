"""Hints of who is there: asked for where a team is at work, as many as its platform lets one ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.hints import whom_to_look_for
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_a_platform_is_asked_about_as_many_as_it_tells_of(stage: FakeStage) -> None:
    """The limit is the platform's own, and no other has to live with it."""
    cast = Cast(stage)
    for voice in (cast.ana, cast.ben, cast.sofia):
        await voice.types("/zanshin back")
    now = stage.clock.now()

    for at_most, asked in ((1, 1), (2, 2), (650, 4)):
        found = await stage.database.read(partial(whom_to_look_for, platform="web", now=now, at_most=at_most))
        assert len(found["playground"]) == asked
