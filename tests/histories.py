"""Plays random histories, each on a fresh database."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import postgres_database, sqlite_database

if TYPE_CHECKING:
    import pytest

    from bot.store.database import Database
    from tests.handoffs.history import Histories

QUIETLY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def play(histories: type[Histories], request: pytest.FixtureRequest, kind: str, *, examples: int, steps: int) -> None:
    """Play so many histories, each on a fresh database."""
    stacks: dict[Database, ExitStack] = {}

    def open_database(_machine: Histories) -> Database:
        stack = ExitStack()
        if kind == "sqlite":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            opened = stack.enter_context(sqlite_database(request.getfixturevalue("sqlite_file"), folder, durable=False))
        else:
            opened = stack.enter_context(postgres_database(request.getfixturevalue("postgres_url")))
        stacks[opened] = stack
        return opened

    def close_database(_machine: Histories, opened: Database) -> None:
        stacks.pop(opened).close()

    machine = type("Played", (histories,), {"open_database": open_database, "close_database": close_database})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=QUIETLY,
            phases=[Phase.generate],  # making a history smaller takes longer than reading it
        ),
    )
