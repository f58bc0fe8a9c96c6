"""Copies of a world, in which something is pressed without disturbing what is pressed in another."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import event

from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from tests.databases import SECRET, hurry, share_statements
from tests.fakes.clock import FakeClock
from tests.replay.album import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.stage import FakeStage

Rows = dict[str, dict[object, tuple[object, ...]]]
# Rows that say how something was delivered, or that somebody was there.
ASIDE = {
    "alembic_version", "inbox", "parked", "web_clock", "web_seen", "web_posts", "workspaces", "boards", "identities",
    "conversations", "homes", "notices", "cards", "decisions", "anchors", "keyrings", "teams_references",
    "slack_installations",
}  # fmt: skip


# Columns that the clock keeps for itself, or that only say that something was changed.
CLOCKWORK = {
    "version", "next_due_at", "said_at", "stage", "nagged", "delivered_at", "asked_at", "rounds", "bridge_at", "rung",
    "asks", "answered_at", "supervisors_by", "changed_at", "told",
}  # fmt: skip
Cells = set[tuple[str, object, str]]


@contextmanager
def copied(stage: FakeStage, file: Path, name: str) -> Iterator[Watched]:
    """Open a copy of a stage as it stands, until the context ends."""
    path = file.with_name(name)
    source, copy = sqlite3.connect(file), sqlite3.connect(path)
    source.backup(copy)
    source.close()
    copy.close()
    database = Database(f"sqlite:///{path}", Seal(SECRET))
    share_statements(database)
    event.listen(database.engine, "connect", hurry)
    try:
        twin = Watched(database, SHIPPED_PLAYBOOKS, FakeClock(stage.clock.now()))
        twin.messenger.posts = [replace(post, versions=list(post.versions)) for post in stage.messenger.posts]
        yield twin
    finally:
        database.close()
        for ending in ("", "-wal", "-shm"):
            path.with_name(name + ending).unlink(missing_ok=True)


def rows_of(file: Path) -> Rows:
    """Read all rows that say what is."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {
        table: {_key(row): row for row in connection.execute(f'SELECT * FROM "{table}"')}  # noqa: S608  tables of ours
        for table in tables
        if table not in ASIDE
    }
    connection.close()
    return rows


def _key(row: tuple[object, ...]) -> object:
    return row[0]


def columns_of(file: Path) -> dict[str, list[str]]:
    """Name the columns of each table."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    named = {t: [one[1] for one in connection.execute(f'PRAGMA table_info("{t}")')] for t in tables}
    connection.close()
    return named


def changes(before: Rows, after: Rows, columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Say which rows are new, gone or different, and in what."""
    found: dict[str, list[str]] = {}
    for table, rows in after.items():
        for key in {*rows, *before[table]}:
            old, new = before[table].get(key), rows.get(key)
            if old == new:
                continue
            if old is None or new is None:
                found.setdefault(table, []).append(f"{'+' if old is None else '-'}{key}")
            else:
                differ = [name for name, a, b in zip(columns[table], old, new, strict=True) if a != b]
                found.setdefault(table, []).append(f"{key}:{','.join(differ)}")
    return found


def changed_cells(before: Rows, after: Rows, columns: dict[str, list[str]]) -> Cells:
    """List the cells of rows that were there before and are different, or gone."""
    return {
        (table, key, name)
        for table, rows in before.items()
        for key, old in rows.items()
        if after[table].get(key) != old
        for name, one, other in zip(columns[table], old, after[table].get(key, (object(),) * len(old)), strict=True)
        if one != other
    }
