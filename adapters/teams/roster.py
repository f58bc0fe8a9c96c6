"""Who is meant: names of people and channels that Teams knows and an activity leaves out."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from adapters.teams.inbound import Filled
from adapters.teams.model import TeamsReference
from adapters.teams.settings import GUID
from bot.directory.model import ConversationKind
from bot.errors import DatabaseAway
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from adapters.teams.inbound import Act
    from adapters.teams.line import Line
    from adapters.teams.places import Spot

REMEMBERED = 3600.0  # seconds
REMEMBERED_MOST = 1000
MOST_PICKED = 3  # people of one form
MOST_TEAMS = 3  # that are asked for somebody

Found = tuple[str, str]  # an account and a name


class Roster:
    """Completes what people do by what Teams knows."""

    def __init__(self, line: Line, database: Database, ticks: Callable[[], float] = time.monotonic) -> None:
        self._line = line
        self._database = database
        self._ticks = ticks
        self._channels: dict[str, tuple[float, dict[str, str]]] = {}  # of teams

    async def complete(self, act: Act) -> Act:
        """Name the channel and the people of an act."""
        vouched = tuple((account, name or account) for account, name in act.mentioned)
        act = replace(act, origin=replace(act.origin, vouched=vouched))
        if act.origin.kind is ConversationKind.CHANNEL and not act.origin.conversation_name and act.spot.team:
            channels = await self._names(act.spot)
            name = channels.get(act.origin.conversation, "")
            act = replace(act, origin=replace(act.origin, conversation_name=name))
        return await self._with_people(act) if isinstance(act.wanted, Filled) else act

    async def _names(self, spot: Spot) -> dict[str, str]:
        until, names = self._channels.get(spot.team, (0.0, {}))
        if until <= self._ticks():
            names = await self._line.channels(spot)
            if len(self._channels) >= REMEMBERED_MOST:
                self._channels.clear()
            self._channels[spot.team] = self._ticks() + (REMEMBERED if names else REMEMBERED / 60), names
        return names

    # --- people picked out of the directory -----------------------------------------------------

    async def _with_people(self, act: Act) -> Act:
        """Find the accounts of those that were picked out of the directory of the tenant."""
        assert isinstance(act.wanted, Filled)  # noqa: S101  the caller has looked
        asked = [one.name for one in act.wanted.form.inputs if one.kind == "person"][:MOST_PICKED]
        fields, vouched = dict(act.wanted.fields), list(act.origin.vouched)
        for name in asked:
            picked = fields.get(name, "")
            if not re.fullmatch(GUID, picked):
                continue
            found = await self._account(act.spot, picked)
            if found is not None:
                vouched.append(found)
                fields[name] = f"<@{found[0]}>"
        wanted = replace(act.wanted, fields=fields)
        return replace(act, wanted=wanted, origin=replace(act.origin, vouched=tuple(vouched)))

    async def _account(self, spot: Spot, directory_id: str) -> Found | None:
        try:
            rows = await self._database.read(partial(_teams_of, tenant=spot.tenant))
        except DatabaseAway:
            return None
        for conversation, service_url in rows:
            where = replace(spot, conversation=conversation, service_url=service_url)
            member = await self._line.member(where, directory_id)
            if member is not None and member.get("id"):
                return str(member["id"]), str(member.get("name") or member["id"])
        return None


def _teams_of(session: Session, *, tenant: str) -> list[tuple[str, str]]:
    rows = session.execute(
        select(TeamsReference.conversation, TeamsReference.service_url)
        .where(TeamsReference.tenant == tenant, TeamsReference.team != "", TeamsReference.gone_at.is_(None))
        .order_by(TeamsReference.seen_at.desc())
        .limit(MOST_TEAMS)
    )
    return [(conversation, service_url) for conversation, service_url in rows]
