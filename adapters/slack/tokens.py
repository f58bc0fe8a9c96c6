"""With which token to speak where: the one of the settings, or those of installations, renewed before they expire."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

import structlog

from adapters.slack.installations import meet, remove, token_row
from adapters.slack.model import SlackInstallation
from bot.errors import AccessRevoked, DatabaseAway, PlatformDown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sqlalchemy.orm import Session

    from adapters.slack.rotation import Renewed
    from bot.database import Database
    from bot.ports import Clock

EARLY = timedelta(hours=2)  # before its end a token is renewed
LAST_MOMENT = timedelta(seconds=30)  # before its end nobody begins a call with it
LEASE = timedelta(seconds=30)  # whoever renews has this long; then the next one tries
LOOK_AGAIN = 0.1  # seconds, while somebody else renews
REMEMBERED = 30.0  # seconds
REMEMBERED_MOST = 10_000

log = structlog.get_logger()


class Tokens(Protocol):
    """Knows with which token to speak in a workspace."""

    async def token_for(self, workspace: str) -> str:
        """Give the token, or raise AccessRevoked where we are not let in."""
        ...

    async def doubt(self, workspace: str) -> None:
        """Hear that Slack takes the token for expired."""
        ...

    async def meet(self, workspace: str, enterprise: str) -> None:
        """Hear that somebody acts in a workspace."""
        ...

    async def forget(self, workspace: str, enterprise: str = "") -> None:
        """Give up a workspace, or an organisation, that has removed us."""
        ...


class OneToken:
    """A token out of the settings; which workspace it opens, Slack says."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._workspace: str | None = None
        self._gone = False

    def opens(self, workspace: str) -> None:
        """Learn which workspace it is."""
        self._workspace = workspace

    async def token_for(self, workspace: str) -> str:
        """Give the token, or raise AccessRevoked where we are not let in."""
        if self._gone or self._workspace not in (None, workspace):
            raise AccessRevoked
        return self.token

    async def doubt(self, workspace: str) -> None:
        """Have nothing else to offer: the operator has to."""

    async def meet(self, workspace: str, enterprise: str) -> None:
        """Have met it when we started."""

    async def forget(self, workspace: str, enterprise: str = "") -> None:
        """Give up a workspace that has removed us."""
        del enterprise
        self._gone = self._gone or self._workspace in (None, workspace)


@dataclass(frozen=True)
class Held:
    """A token as it stands in the database."""

    installation: int
    token: str
    refresh_token: str | None
    expires_at: datetime | None


class InstalledTokens:
    """The tokens of installations; whoever needs one first renews it, for every process."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        renew: Callable[[str], Awaitable[Renewed]],
        *,
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._renew = renew
        self._ticks = ticks
        self._sleep = sleep
        self._known: dict[str, tuple[float, Held | None]] = {}
        self._met: set[tuple[str, str]] = set()
        self._unsaved: dict[int, Held] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def token_for(self, workspace: str) -> str:
        """Give a token that holds, or raise AccessRevoked where there is none, PlatformDown where none can be had."""
        held = await self._held(workspace)
        if not self._ends_within(held, EARLY):
            return held.token
        async with self._turns[workspace]:  # here one renews, and the others find what it got
            held = await self._held(workspace)
            return await self._renewed(workspace, held) if self._ends_within(held, EARLY) else held.token

    async def doubt(self, workspace: str) -> None:
        """Look again: another process may have renewed it."""
        self._known.pop(workspace, None)

    def changed(self) -> None:
        """Look everything up again: something was installed."""
        self._known.clear()
        self._met.clear()

    async def meet(self, workspace: str, enterprise: str) -> None:
        """Put a workspace in place that is part of an organisation in which we are installed."""
        if (workspace, enterprise) not in self._met:
            job = partial(meet, enterprise=enterprise, team=workspace, now=self._clock.now())
            if await self._database.write(job):
                self._met.add((workspace, enterprise))
                self._known.pop(workspace, None)

    async def forget(self, workspace: str, enterprise: str = "") -> None:
        """Delete the tokens, and end what waits to be said there."""
        gone = await self._database.write(partial(remove, enterprise=enterprise, team=workspace, now=self._clock.now()))
        log.warning("Slack has removed us from workspaces.", action="removed", workspaces=gone)
        self.changed()

    # --- looking one up -------------------------------------------------------------------------

    async def _held(self, workspace: str) -> Held:
        until, held = self._known.get(workspace, (0.0, None))
        if until <= self._ticks():
            await self._save()
            try:
                held = await self._database.read(partial(_look_up, team=workspace))
            except DatabaseAway as away:
                raise PlatformDown from away  # what is to be said waits until it can be looked up
            self._remember(workspace, held)
        if held is None:
            raise AccessRevoked
        return self._unsaved.get(held.installation, held)

    def _remember(self, workspace: str, held: Held | None) -> None:
        if len(self._known) >= REMEMBERED_MOST:
            self._known.clear()
        self._known[workspace] = self._ticks() + REMEMBERED, held

    def _ends_within(self, held: Held, length: timedelta) -> bool:
        return held.expires_at is not None and held.expires_at - self._clock.now() <= length

    # --- renewing it ----------------------------------------------------------------------------

    async def _renewed(self, workspace: str, held: Held) -> str:
        while True:
            now = self._clock.now()
            job = partial(_claim, team=workspace, now=now, lease_until=now + LEASE)
            try:
                found, ours = await self._database.write(job)
            except DatabaseAway as away:
                raise PlatformDown from away
            if found is None:
                self._remember(workspace, None)
                raise AccessRevoked
            if not self._ends_within(found, EARLY):  # another process was faster
                self._remember(workspace, found)
                return found.token
            if ours:
                return await self._fetch(found)
            if not self._ends_within(held, LAST_MOMENT):
                return held.token  # somebody else is at it, and ours still holds
            await self._sleep(LOOK_AGAIN)

    async def _fetch(self, held: Held) -> str:
        try:
            renewed = await self._renew(held.refresh_token or "")
        except (AccessRevoked, PlatformDown) as failed:
            log.warning("Slack did not renew our token.", action="not_renewed", cause=type(failed).__name__)
            with suppress(DatabaseAway):  # then the lease runs out by itself
                await self._database.write(partial(_give_back, installation=held.installation))
            if not self._ends_within(held, LAST_MOMENT):
                return held.token
            raise
        kept = Held(held.installation, renewed.token, renewed.refresh_token, self._clock.now() + renewed.lasts)
        self._unsaved[kept.installation] = kept  # Slack gives it once: until it is written down, it is only here
        await self._save()
        self._known.clear()  # of all workspaces of an organisation
        return kept.token

    async def _save(self) -> None:
        for kept in list(self._unsaved.values()):
            try:
                await self._database.write(partial(_keep, held=kept))
            except DatabaseAway:
                log.warning("A renewed token is not written down yet.", action="token_unsaved")
            else:
                self._unsaved.pop(kept.installation, None)


def _look_up(session: Session, *, team: str) -> Held | None:
    row = token_row(session, team)
    if row is None or not row.token:
        return None
    return Held(row.id, row.token, row.refresh_token, row.expires_at)


def _claim(session: Session, *, team: str, now: datetime, lease_until: datetime) -> tuple[Held | None, bool]:
    """Take the turn to renew, unless somebody has it."""
    row = token_row(session, team, lock=True)
    if row is None or not row.token:
        return None, False
    held = Held(row.id, row.token, row.refresh_token, row.expires_at)
    if row.refreshing_until is not None and row.refreshing_until > now:
        return held, False
    if held.expires_at is not None and held.expires_at - now <= EARLY:
        row.refreshing_until = lease_until
    return held, True


def _keep(session: Session, *, held: Held) -> None:
    row = _get(session, held.installation)
    if row is not None:
        row.token, row.refresh_token, row.expires_at = held.token, held.refresh_token, held.expires_at
        row.refreshing_until = None


def _give_back(session: Session, *, installation: int) -> None:
    row = _get(session, installation)
    if row is not None:
        row.refreshing_until = None


def _get(session: Session, installation: int) -> SlackInstallation | None:
    return session.get(SlackInstallation, installation, with_for_update=True)
