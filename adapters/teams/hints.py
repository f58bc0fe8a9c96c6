"""Presence as Microsoft Graph sees it, where an admin grants it: looked up in the background, for teams at work."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout
from sqlalchemy import select

from adapters.teams.errors import NotAnswering
from adapters.teams.model import TeamsReference
from adapters.teams.places import PLATFORM, direct
from bot.directory.hints import Hint, take_hints, whom_to_look_for
from bot.errors import DatabaseAway

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.teams.credentials import Token
    from bot.ports import Clock
    from bot.store.database import Database

EVERY = 60.0  # seconds between two rounds
LASTS = timedelta(minutes=3)  # a presence says nothing about later
PATIENCE = 5.0  # seconds of one question
MOST_PER_CALL = 650
QUIET = ("Away", "BeRightBack", "Busy", "BusyIdle", "DoNotDisturb", "Offline")
PATH = "/v1.0/communications/getPresencesByUserId"
FINE = 200

log = structlog.get_logger()


def quiet_until(availability: str, now: datetime) -> datetime | None:
    """Read a presence: it lowers somebody's rank for a while, or says nothing."""
    return now + LASTS if availability in QUIET else None


class Hints:
    """Looks people up."""

    def __init__(self, token_of: Callable[[str], Token], graph_url: str, database: Database, clock: Clock) -> None:
        self._token_of = token_of
        self._url = graph_url.rstrip("/") + PATH
        self._database = database
        self._clock = clock
        self._tokens: dict[str, Token] = {}  # by tenant

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        """Make one round."""
        try:
            now = self._clock.now()
            wanted = await self._database.read(partial(whom_to_look_for, platform=PLATFORM, now=now))
            for tenant, accounts in wanted.items():
                known = await self._database.read(partial(_directory_ids, tenant=tenant, accounts=accounts))
                hints = await self._ask(tenant, known, now)
                await self._database.write(
                    partial(take_hints, platform=PLATFORM, workspace=tenant, hints=hints, now=now)
                )
        except DatabaseAway:
            return  # hints are worth no more than another try

    async def _ask(self, tenant: str, known: dict[str, str], now: datetime) -> list[Hint]:
        found: dict[str, str] = {}
        try:
            token = await self._tokens.setdefault(tenant, self._token_of(tenant))()
            async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as http:
                ids = list(known)
                for begin in range(0, len(ids), MOST_PER_CALL):
                    found |= await self._presences(http, token, ids[begin : begin + MOST_PER_CALL])
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
