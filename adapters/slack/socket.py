"""Socket Mode: the same payloads down a socket that we open, for places no request of Slack's can reach."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.inbound import digest_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine

    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

    from adapters.slack.app import SlackAdapter

    Watch = Callable[[Callable[[], Awaitable[bool]]], Coroutine[Any, Any, None]]

LOOK_EVERY = 5.0  # seconds
PATIENCE = 60.0  # seconds without a connection
KINDS = ("slash_commands", "interactive", "events_api")
NO_LUCK = 1  # the exit code of a process that gives up

log = structlog.get_logger()
_library = logging.getLogger("zanshin.slack.socket")


def _in_a_line(record: logging.LogRecord) -> bool:
    """Leave out where it happened: the library tells of each failed attempt, and the sentence says why."""
    record.exc_info = None
    return True


_library.addFilter(_in_a_line)


@asynccontextmanager
async def listening(adapter: SlackAdapter, app_token: str, api_url: str, *, watch: Watch) -> AsyncIterator[None]:
    """Listen while inside; `watch` looks after the connection."""
    web_client = AsyncWebClient(base_url=api_url, retry_handlers=[])
    client = SocketModeClient(app_token=app_token, web_client=web_client, logger=_library)

    async def hear(_client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if request.type in KINDS:
            payload = await answer(adapter, request.type, request.payload)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    client.socket_mode_request_listeners.append(hear)
    client.message_listeners.append(greeted)
    connecting: Awaitable[None] = client.connect()  # type: ignore[no-untyped-call]  # the library says no types
    working = [asyncio.ensure_future(connecting), asyncio.create_task(watch(client.is_connected))]
    try:
        yield
    finally:
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        await client.close()  # type: ignore[no-untyped-call]  # as above


async def answer(adapter: SlackAdapter, kind: str, payload: dict[str, Any]) -> dict[str, Any] | None:
    """Take what came down the socket as if it had come by HTTP; the connection itself was proven by our token."""
    digest = digest_of(payload)
    if kind == "slash_commands":
        payload = payload | {"type": "slash_command"}
    answered = await adapter.take(payload, digest)
    return answered.body


async def greeted(_client: AsyncBaseSocketModeClient, message: dict[str, Any], _raw: str | None) -> None:
    """Note how many listen, whenever Slack greets us: each payload reaches only one of them."""
    others = message.get("num_connections", 1) - 1 if message.get("type") == "hello" else 0
    if others > 0:
        log.warning(
            "Other processes listen to the same Slack app and take part of its commands. Stop those you forgot.",
            action="socket_shared",
            others=others,
        )


async def give_up_when_lost(
    is_connected: Callable[[], Awaitable[bool]],
    *,
    now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Look whether the socket is open; when it has not been for too long, end the process in good order.

    Whoever runs it starts another, which may have more luck.
    """
    open_at = now()
    while now() - open_at < PATIENCE:
        await sleep(LOOK_EVERY)
        if await is_connected():
            open_at = now()
    log.error("The socket to Slack cannot be kept open; this process ends.", action="socket_lost")
    raise SystemExit(NO_LUCK)
