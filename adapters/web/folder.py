"""The folder a playground is kept in: one program at a time, its database and the key to it."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.errors import SettingsError
from bot.store.seal import SHORTEST_SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DATABASE = "playground.db"
KEY = "playground.key"


@contextmanager
def taken(folder: Path) -> Iterator[None]:
    """Hold the folder for this program alone while inside; nothing in it may be touched before."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # SQLite's own lock: it works on every system, and ends with the program, however that ends.
        lock = sqlite3.connect(folder / "playground.lock", timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as problem:
        raise _unusable(folder, problem) from problem
    with closing(lock):
        _lock(lock, folder)
        yield


def start_over(folder: Path) -> None:
    """Throw the database away, and its key with it."""
    for leftover in (*folder.glob(f"{DATABASE}*"), folder / KEY):
        leftover.unlink(missing_ok=True)


def read_key(folder: Path) -> str:
    """Read the key of the database, making one where there is neither; without its key a database is lost."""
    path = folder / KEY
    if not path.exists() and not (folder / DATABASE).exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    key = path.read_text().strip() if path.exists() else ""
    if len(key) < SHORTEST_SECRET:
        raise SettingsError(
            f"The key {path} is missing or broken, so what was written cannot be read. "
            "Put it back, or start over: make playground ARGS=--fresh"
        )
    return key


def _lock(lock: sqlite3.Connection, folder: Path) -> None:
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as problem:
        if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise _unusable(folder, problem) from problem
        raise SettingsError(
            f"A playground is running in {folder} already. Use that one, stop it with Ctrl-C, "
            "or choose another folder with --data."
        ) from problem


def _unusable(folder: Path, problem: Exception) -> SettingsError:
    return SettingsError(
        f"{folder} cannot be used as the folder of a playground ({problem}). Choose another with --data."
    )
