"""Presence as Microsoft Graph sees it, where an admin grants it: asked for many people at once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy import select

from adapters.teams.errors import NotAnswering
from adapters.teams.model import TeamsReference
from adapters.teams.places import direct
from bot.directory.hints import Hint
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.teams.credentials import Token

LASTS = timedelta(minutes=3)  # a presence says nothing about later
PATIENCE = 5.0  # seconds of one question
QUIET = ("Away", "BeRightBack", "Busy", "BusyIdle", "DoNotDisturb", "Offline")
PATH = "/v1.0/communications/getPresencesByUserId"
FINE = 200

log = structlog.get_logger()


def quiet_until(availability: str, now: datetime) -> datetime | None:
    """Read a presence: it lowers somebody's rank for a while, or says nothing."""
    return now + LASTS if availability in QUIET else None


class Hints:
    """Asks Graph about people."""

    at_most = 650  # Graph tells of so many at once

    def __init__(self, token_of: Callable[[str], Token], graph_url: str, database: Database) -> None:
        self._token_of = token_of
        self._url = graph_url.rstrip("/") + PATH
        self._database = database
        self._tokens: dict[str, Token] = {}  # by tenant

    async def ask(self, workspace: str, accounts: Sequence[str], now: datetime) -> list[Hint]:
        """Ask about people of a tenant; Graph knows those whose ids we know. Raises DatabaseAway."""
        known = await self._database.read(partial(_directory_ids, tenant=workspace, accounts=accounts))
        if not known:
            return []
        found: dict[str, str] = {}
        try:
            token = await self._tokens.setdefault(workspace, self._token_of(workspace))()
            async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
                found = await self._presences(http, token, list(known))
        except (ClientError, TimeoutError, OSError, ValueError, NotAnswering) as failed:
            log.warning("Graph does not say who is there.", action="no_presence", cause=type(failed).__name__)
        return [Hint(account, quiet_until(found.get(id_, ""), now)) for id_, account in known.items()]

    async def _presences(self, http: ClientSession, token: str, ids: Sequence[str]) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {token}"}
        async with http.post(self._url, json={"ids": list(ids)}, headers=headers) as response:
            if response.status != FINE:
                log.warning("Graph does not say who is there.", action="no_presence", status=response.status)
                return {}
            answer: dict[str, Any] = await response.json(content_type=None)
        listed = answer.get("value") if isinstance(answer, dict) else None
        return {
            str(one.get("id")): str(one.get("availability"))
            for one in (listed if isinstance(listed, list) else ())
            if isinstance(one, dict)
        }


def _directory_ids(session: Session, *, tenant: str, accounts: Sequence[str]) -> dict[str, str]:
    """Find how the directory knows people: their accounts by those ids."""
    rows = session.execute(
        select(TeamsReference.directory_id, TeamsReference.address).where(
            TeamsReference.tenant == tenant,
            TeamsReference.address.in_([direct(account) for account in accounts]),
            TeamsReference.directory_id != "",
        )
    )
    return {directory_id: address.removeprefix("@") for directory_id, address in rows}
