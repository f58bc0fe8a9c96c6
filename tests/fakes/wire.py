"""A wire between a program and PostgreSQL that can fall silent, or break when something is committed."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Wire:
    """Carries bytes both ways, as long as it is let."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._ends: list[asyncio.StreamWriter] = []
        self._carried: set[asyncio.Task[None] | None] = set()
        self._speaks = asyncio.Event()
        self._speaks.set()
        self.breaks_after_commit = False
        self.breaks_before_commit = False
        self.falls_silent_then = False  # when it broke

    def fall_silent(self) -> None:
        """Carry nothing any more; connections stay open."""
        self._speaks.clear()

    def speak(self) -> None:
        """Carry again."""
        self._speaks.set()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry for one connection."""
        self._carried.add(asyncio.current_task())
        from_server, to_server = await asyncio.open_unix_connection(self._server)
        self._ends += [writer, to_server]
        answers = asyncio.create_task(self._carry(from_server, writer))
        await self._carry(reader, to_server)
        await answers

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while piece := await reader.read(65536):
                await self._speaks.wait()
                if b"COMMIT\0" in piece and self.breaks_before_commit:  # what we send ends with a zero
                    self.breaks_before_commit = False
                    break
                if b"COMMIT\0Z" in piece and self.breaks_after_commit:  # the server says that it is done and ready
                    self.breaks_after_commit = False
                    break
                writer.write(piece)
                await writer.drain()
        self.cut()
        if self.falls_silent_then:
            self.fall_silent()

    def cut(self) -> None:
        """Break every connection."""
        for end in self._ends:
            end.close()
        self._ends.clear()

    async def ended(self) -> None:
        """Break every connection, and wait until it is broken."""
        self.speak()
        self.cut()
        await asyncio.gather(*filter(None, self._carried))


@asynccontextmanager
async def wired(url: str, folder: Path) -> AsyncIterator[tuple[Wire, str]]:
    """Give a wire to the server of a URL, and the URL that leads through it."""
    where = make_url(url).query["host"]
    assert isinstance(where, str)
    wire = Wire(f"{where}/.s.PGSQL.5432")
    server = await asyncio.start_unix_server(wire.take, folder / ".s.PGSQL.5432")
    try:
        yield wire, make_url(url).update_query_dict({"host": str(folder)}).render_as_string(hide_password=False)
    finally:
        server.close()
        await wire.ended()
