"""Requests at the door: read off the wire, decided about by their raw bytes, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web
from pydantic_core import to_json

from bot.door.bodies import Unread, read_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping


@dataclass(frozen=True)
class Answered:
    """A request that ends here."""

    status: int
    body: dict[str, Any] | None = None  # None: the status says it all


TOO_SLOW = Answered(408, {"error": "The request did not arrive whole in time. Send it again."})


def guarded(
    take: Callable[[bytes, Mapping[str, str]], Awaitable[Answered]],
    *,
    largest: int,
    oversized: Answered,
    unreadable: Answered,
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Build the handler that reads requests of at most `largest` bytes; names of headers come in small letters."""
    unread = {Unread.TOO_LARGE: oversized, Unread.TOO_SLOW: TOO_SLOW, Unread.BROKEN: unreadable}

    async def handle(request: web.Request) -> web.Response:
        raw = await read_body(request, largest)
        if isinstance(raw, Unread):
            return _written(unread[raw])
        headers = {name.lower(): value for name, value in request.headers.items()}
        return _written(await take(raw, headers))

    return handle


def _written(answer: Answered) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status)
    # A quarter of the time that the standard library takes.
    return web.Response(status=answer.status, body=to_json(answer.body), content_type="application/json")
