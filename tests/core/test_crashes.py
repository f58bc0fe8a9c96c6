"""Crash histories: whatever dies or breaks, nothing is lost, nothing is done twice, and nobody waits in vain."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.simulation import history, play_seed, seeded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
async def template(sqlite_file: Path, tmp_path: Path) -> Path:
    """A database with the sample people in it."""
    path = tmp_path / "template.db"
    shutil.copyfile(sqlite_file, path)
    await seeded(path)
    return path


def test_the_same_seed_is_the_same_history() -> None:
    """A failing one can be played again."""
    assert history(7) == history(7)
    assert history(7) != history(8)


@pytest.mark.slow
async def test_a_dozen_histories(template: Path, tmp_path: Path) -> None:
    """On one to four replicas, with killed programs, a failing platform, and a database that breaks off."""
    for seed in range(12):
        await play_seed(seed, template, tmp_path)


@pytest.mark.long
async def test_a_thousand_histories(template: Path, tmp_path: Path) -> None:
    """The same, over many more."""
    for seed in range(12, 1012):
        await play_seed(seed, template, tmp_path)
