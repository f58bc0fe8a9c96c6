"""Every button and form ever shown is pressed again at every later time, and nothing comes to harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.replay.days import DAYS
from tests.replay.engine import Replay

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
async def test_some_of_what_was_shown_is_pressed_late(sqlite_file: Path, tmp_path: Path, day: str) -> None:
    """A share of it, chosen by a seed."""
    found = await Replay(day, DAYS[day], tmp_path, seed=1, share=0.04).play(sqlite_file)

    assert found.wrongs == []


@pytest.mark.long
@pytest.mark.parametrize("day", DAYS)
async def test_all_that_was_shown_is_pressed_late(sqlite_file: Path, tmp_path: Path, day: str) -> None:
    """Each of it, whenever what it is about has changed."""
    found = await Replay(day, DAYS[day], tmp_path).play(sqlite_file)

    assert found.wrongs == []
