"""The connector: what speaks to Teams over HTTP, and never blocks. Our token goes to Microsoft's hosts alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

from adapters.teams.errors import ConnectorRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.credentials import Token

TIME_LIMIT = 9.0  # seconds of one call: less than the sender waits, so that we can still say what it means
LARGEST_ANSWER = 1024 * 1024
FINE = 300  # every status below
BROKEN = (ClientError, TimeoutError, OSError)  # what a call that did not come through raises


class Connector:
    """Calls connectors."""

    def __init__(self, token: Token, allows: Callable[[str], bool]) -> None:
        self._token = token
        self._allows = allows
        self._session: ClientSession | None = None

    async def call(
        self,
        method: str,
        service_url: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        within: float = TIME_LIMIT,
    ) -> dict[str, Any]:
        """Call; raise ConnectorRefused for an answer that is none, and what `BROKEN` lists where there was none."""
        if not self._allows(service_url):
            raise ConnectorRefused(403, "ServiceNotAllowed", {})
        token = await self._token()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = service_url.rstrip("/") + path
        limit = ClientTimeout(total=within)
        async with self._opened().request(method, url, json=body, headers=headers, timeout=limit) as response:
            found = _read(await response.content.read(LARGEST_ANSWER))
            if response.status >= FINE:
                raise ConnectorRefused(response.status, _code(found), response.headers)
            return found

    async def close(self) -> None:
        """Let go of the connections; the next call opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _opened(self) -> ClientSession:
        if self._session is None or self._session.closed:
            # The sender bounds how much is underway; calls that hang must not keep the others from a connection.
            self._session = ClientSession(connector=TCPConnector(limit=0))
        return self._session


def activities_path(conversation: str, activity: str = "") -> str:
    """Name where activities of a conversation are."""
    path = f"/v3/conversations/{quote(conversation, safe='')}/activities"
    return f"{path}/{quote(activity, safe='')}" if activity else path


def _read(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {"list": found}


def _code(answer: dict[str, Any]) -> str:
    error = answer.get("error")
    if not isinstance(error, dict):
        return str(answer.get("code") or "")
    inner = error.get("innerHttpError")
    named = error.get("subCode") or error.get("code")
    return str(named or (inner.get("statusCode") if isinstance(inner, dict) else "") or "")
