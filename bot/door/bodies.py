"""Bodies of requests, read as they were sent: no more of one than is allowed, and none that takes for ever."""

from __future__ import annotations

import asyncio
import enum
from typing import Any

from aiohttp import web
from pydantic_core import from_json

PATIENCE = 10.0  # seconds a request may take to arrive


class Unread(enum.IntEnum):
    """Why a body was not read, as HTTP says it."""

    TOO_LARGE = 413
    TOO_SLOW = 408
    BROKEN = 400  # packed, or cut off, in a way that cannot be undone


def unread_by_headers(request: web.Request, largest: int) -> Unread | None:
    """Refuse what is too long, or packed: unpacked it could be of any length, and no platform packs anything."""
    if (request.content_length or 0) > largest:
        return Unread.TOO_LARGE
    packed = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    return Unread.BROKEN if packed else None


async def read_body(request: web.Request, largest: int) -> bytes | Unread:
    """Read a body of at most `largest` bytes."""
    if refused := unread_by_headers(request, largest):
        return refused
    try:
        if request.content.is_eof():  # mostly all of it is here by now: nothing is waited for
            raw = request.content.read_nowait()
            return raw if len(raw) <= largest else Unread.TOO_LARGE
        async with asyncio.timeout(PATIENCE):
            return await _arriving(request, largest)
    except TimeoutError:
        return Unread.TOO_SLOW
    except web.RequestPayloadError:
        return Unread.BROKEN


async def _arriving(request: web.Request, largest: int) -> bytes | Unread:
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > largest:
            return Unread.TOO_LARGE
    return bytes(raw)


def read_json(written: bytes | str) -> dict[str, Any]:
    """Read an object; raise ValueError for anything else, also for half letters and for depths without end."""
    found = from_json(written, allow_inf_nan=False)
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004  the caller waits for one kind of error
    return found
