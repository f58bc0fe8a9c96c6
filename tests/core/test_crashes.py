"""Crash histories: whatever dies or breaks, nothing is lost, nothing is done twice, and nobody waits in vain."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.incidents.model import Incident
from tests.simulation import history, play, play_seed, seated

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.breaking import BreakingMemory


@pytest.fixture
async def database(sqlite_file: Path, tmp_path: Path) -> BreakingMemory:
    """A database with the sample people in it."""
    return await seated(shutil.copyfile(sqlite_file, tmp_path / "template.db"))


def test_the_same_seed_is_the_same_history() -> None:
    """A failing one can be played again."""
    assert history(7) == history(7)
    assert history(7) != history(8)


async def test_a_history_begins_where_nothing_happened(database: BreakingMemory) -> None:
    """Whatever was played before in the same memory, a history finds the sample people and nothing else."""
    await play(history(3), database, 2)
    await play((("say", "0", "omar", "incidents", "/incident open sev2 Trouble 1", "0"),), database, 1)

    assert await database.read(lambda session: session.scalars(select(Incident.title)).all()) == ["Trouble 1"]


@pytest.mark.slow
async def test_a_dozen_histories(database: BreakingMemory) -> None:
    """On one to four replicas, with killed programs, a failing platform, and a database that breaks off."""
    for seed in range(12):
        await play_seed(seed, database)


@pytest.mark.long
async def test_a_thousand_histories(database: BreakingMemory) -> None:
    """The same, over many more."""
    for seed in range(12, 1012):
        await play_seed(seed, database)
