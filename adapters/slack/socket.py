"""Socket Mode: the same payloads down a socket that we open, for places no request of Slack's can reach."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.inbound import digest_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
    from slack_sdk.socket_mode.request import SocketModeRequest

    from adapters.slack.app import SlackAdapter

LOOK_EVERY = 5.0  # seconds
PATIENCE = 60.0  # seconds without a connection, after which another process may have more luck
KINDS = ("slash_commands", "interactive", "events_api")
NO_LUCK = 1  # the exit code of a process that gives up

log = structlog.get_logger()


@asynccontextmanager
async def listening(adapter: SlackAdapter, app_token: str, api_url: str) -> AsyncIterator[None]:
    """Listen while inside; end the process when the connection cannot be kept."""
    client = SocketModeClient(app_token=app_token, web_client=AsyncWebClient(base_url=api_url, retry_handlers=[]))

    async def hear(_client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        if request.type in KINDS:
            payload = await answer(adapter, request.type, request.payload)
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload))

    client.socket_mode_request_listeners.append(hear)
    connecting: Awaitable[None] = client.connect()  # type: ignore[no-untyped-call]  # the library says no types
    working = [asyncio.ensure_future(connecting), asyncio.create_task(watch(client.is_connected, give_up))]
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
    return answered.body or None


async def watch(
    is_connected: Callable[[], Awaitable[bool]],
    give_up: Callable[[], None],
    *,
    now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Look whether the socket is open, and give up when it has not been for too long."""
    open_at = now()
    while now() - open_at < PATIENCE:
        await sleep(LOOK_EVERY)
        if await is_connected():
            open_at = now()
    log.error("The socket to Slack cannot be kept open; this process ends.", action="socket_lost")
    give_up()


def give_up() -> None:
    """End the process, in good order: whoever runs it starts another."""
    raise SystemExit(NO_LUCK)
