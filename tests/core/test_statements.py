"""The committed table of statements tells the truth, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import statements

if TYPE_CHECKING:
    from tests.statements import Ran

HOW = "Where fewer or more are meant: python -m tests.statements"


def differences(ran: dict[str, Ran], database: str) -> list[str]:
    """Compare what ran with the table: a line for each command that differs."""
    now, then = statements.column_of(ran), statements.committed(database)
    return [
        f"{name}: the table says {then.get(name, 'nothing')}, now it is {now.get(name, 'gone')}. {HOW}"
        for name in sorted(now.keys() | then.keys())
        if now.get(name) != then.get(name)
    ]


async def test_no_command_runs_other_statements_than_the_table_says_on_sqlite() -> None:
    """Whoever adds a statement sees it, and decides whether it is worth its time."""
    assert differences(await statements.on_sqlite(), "SQLite") == []


@pytest.mark.slow
async def test_no_command_runs_other_statements_than_the_table_says_on_postgres(postgres_url: str) -> None:
    """The same on PostgreSQL, where some locks are statements."""
    assert differences(await statements.on_postgres(postgres_url), "PostgreSQL") == []
