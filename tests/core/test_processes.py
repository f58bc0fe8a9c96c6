"""Servers that are killed and frozen lose nothing: real processes, `python -m tests.processes` plays more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.processes import play

if TYPE_CHECKING:
    from bot.store.database import Database


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_real_servers_lose_nothing_and_say_nothing_twice_unsaid(database: Database, seed: int) -> None:
    """What was left to be said arrives, a repeat says that it is one, and what was acknowledged is there."""
    assert play(seed, database, 1 if database.is_sqlite else 2)
