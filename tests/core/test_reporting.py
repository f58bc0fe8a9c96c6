"""What the command line says of offers that did not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.run.reporting import misfits
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from bot.store.database import Database


async def test_what_did_not_fit_is_reported_by_names_and_counts(sqlite_alone: Database) -> None:
    """Two presses of the same sort are one line; what was typed is nowhere."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    cast = Cast(stage)
    for voice in (cast.ana, cast.ben):
        await voice.types("/calm she keeps shouting at me")
        await voice.presses("Didn't fit")

    assert misfits(sqlite_alone.engine) == [{"offered": "keep-calm", "chosen": "", "count": 2}]
