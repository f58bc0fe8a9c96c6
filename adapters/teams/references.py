"""Where conversations are reached: written down with whatever happens in them, looked up for whatever is said."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Select, select, update

from adapters.teams.model import TeamsReference
from bot.ports import Clock
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.teams.places import Spot

REMEMBERED = 30.0  # seconds: then another process may know better
REMEMBERED_MOST = 10_000
SEEN_EVERY = timedelta(minutes=1)  # how exactly we remember when something last happened there


@dataclass(frozen=True, kw_only=True)
class Reference:
    """How a conversation is reached."""

    tenant: str
    address: str
    conversation: str
    service_url: str
    bot: str
    team: str = ""
    directory_id: str = ""
    gone: bool = False


class References:
    """Knows how conversations are reached."""

    def __init__(self, database: Database, clock: Clock, ticks: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._ticks = ticks
        self._known: dict[tuple[str, str], tuple[float, Reference | None]] = {}
        self._kept: dict[tuple[str, str], tuple[datetime, Reference]] = {}

    async def refresh(self, address: str, spot: Spot, directory_id: str = "") -> None:
        """Write down where something happened, if that is news. Raises DatabaseAway."""
        reference = Reference(
            tenant=spot.tenant,
            address=address,
            conversation=spot.conversation if spot.personal else spot.channel,
            service_url=spot.service_url,
            bot=spot.bot,
            team=spot.team,
            directory_id=directory_id if spot.personal else spot.group,
        )
        await self.keep(reference)

    async def keep(self, reference: Reference) -> None:
        """Write a reference down, if that is news."""
        key, now = (reference.tenant, reference.address), self._clock.now()
        at, kept = self._kept.get(key, (now, None))
        if kept == reference and now - at < SEEN_EVERY:
            return  # another process may have taken it for gone meanwhile: so not for longer
        await self._database.write(partial(_keep, reference=reference, now=now))
        self._bound()
        self._kept[key] = now, reference
        self._known.pop(key, None)

    async def find(self, tenant: str, address: str) -> Reference | None:
        """Find how a conversation is reached. Raises DatabaseAway."""
        until, found = self._known.get((tenant, address), (0.0, None))
        if until <= self._ticks():
            found = await self._database.read(partial(_find, tenant=tenant, address=address))
            self._bound()
            self._known[tenant, address] = self._ticks() + REMEMBERED, found
        return found

    async def borrow(self, tenant: str, address: str) -> Reference | None:
        """Find how a conversation can be created that we know nothing of: by whatever reached its tenant last."""
        latest = await self._database.read(partial(_latest, tenant=tenant))
        if latest is None:
            return None
        # Only the way there is borrowed: what became of that other conversation says nothing about this one.
        return Reference(
            tenant=tenant, address=address, conversation="", service_url=latest.service_url, bot=latest.bot
        )

    async def gone(self, tenant: str, address: str) -> None:
        """Write down that nothing can be said there until we hear from there again."""
        job = partial(_mark_gone, tenant=tenant, address=address, now=self._clock.now())
        await self._database.write(job)
        self._known.pop((tenant, address), None)
        self._kept.pop((tenant, address), None)

    def _bound(self) -> None:
        if len(self._known) + len(self._kept) >= REMEMBERED_MOST:
            self._known.clear()
            self._kept.clear()


def _keep(session: Session, *, reference: Reference, now: datetime) -> None:
    row = session.scalar(_row(reference.tenant, reference.address).with_for_update())
    if row is None:
        row = TeamsReference(tenant=reference.tenant, address=reference.address)
        session.add(row)
    row.conversation = reference.conversation or row.conversation or ""
    row.service_url, row.bot = reference.service_url, reference.bot
    row.team = reference.team or row.team or ""
    row.directory_id = reference.directory_id or row.directory_id or ""
    row.gone_at, row.seen_at = None, now


def _row(tenant: str, address: str) -> Select[TeamsReference]:
    return select(TeamsReference).where(TeamsReference.tenant == tenant, TeamsReference.address == address)


def _find(session: Session, *, tenant: str, address: str) -> Reference | None:
    row = session.scalar(_row(tenant, address))
    return _as_reference(row) if row is not None else None


def _latest(session: Session, *, tenant: str) -> Reference | None:
    rows = select(TeamsReference).where(TeamsReference.tenant == tenant)
    row = session.scalars(rows.order_by(TeamsReference.seen_at.desc(), TeamsReference.id).limit(1)).first()
    return _as_reference(row) if row is not None else None


def _as_reference(row: TeamsReference) -> Reference:
    return Reference(
        tenant=row.tenant,
        address=row.address,
        conversation=row.conversation,
        service_url=row.service_url,
        bot=row.bot,
        team=row.team,
        directory_id=row.directory_id,
        gone=row.gone_at is not None,
    )


def _mark_gone(session: Session, *, tenant: str, address: str, now: datetime) -> None:
    session.execute(
        update(TeamsReference)
        .where(TeamsReference.tenant == tenant, TeamsReference.address == address)
        .values(gone_at=now)
    )
