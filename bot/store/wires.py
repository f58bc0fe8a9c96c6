"""Connections to a server, and since when each waits for an answer: one that stopped answering is cut off.

A statement has a time limit, but the server itself keeps it; one that is frozen, or behind a network that swallows
everything, keeps nothing, and a thread would wait for it as long as the machine holds the connection open.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import event

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy import Connection, Engine


class Wires:
    """Knows which connections of an engine wait for an answer."""

    def __init__(self, engine: Engine) -> None:
        self._asked: dict[Any, float] = {}  # a connection of the driver, and when it was asked
        for name in ("before_cursor_execute", "commit", "rollback"):
            event.listen(engine, name, self._ask)
        event.listen(engine, "after_cursor_execute", self._answered)
        event.listen(engine.pool, "checkin", self._given_back)

    def cut(self, silent_for: timedelta) -> None:
        """Cut off whatever has not answered for so long; whoever waits for it gets an error of the database at once."""
        longest = time.monotonic() - silent_for.total_seconds()
        for connection, asked in list(self._asked.items()):
            if asked < longest:
                self._asked.pop(connection, None)
                _cut(connection)

    def _ask(self, connection: Connection, *_what: object) -> None:
        self._asked[connection.connection.driver_connection] = time.monotonic()

    def _answered(self, connection: Connection, *_what: object) -> None:
        self._asked.pop(connection.connection.driver_connection, None)

    def _given_back(self, connection: object, _record: object) -> None:
        self._asked.pop(connection, None)


def _cut(connection: psycopg.Connection[Any]) -> None:
    with suppress(OSError, psycopg.Error):  # it ended by itself meanwhile
        wire = socket.socket(fileno=connection.pgconn.socket)
        try:
            wire.shutdown(socket.SHUT_RDWR)
        finally:
            wire.detach()  # the driver closes it
