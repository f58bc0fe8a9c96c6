"""With which token to speak where: the one of the settings, or those of installations, renewed before they expire."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

import structlog

from adapters.slack import leases
from adapters.slack.installations import meet, remove, remove_token
from adapters.slack.leases import LEASE
from adapters.slack.places import PLATFORM
from bot.delivery.ending import end_what_waits
from bot.errors import AccessRevoked, DatabaseAway, PlatformDown
from bot.ports import Clock
from bot.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from adapters.slack.leases import Held
    from adapters.slack.rotation import Renewed

PATIENCE = 4.0  # seconds anybody waits for a token to be renewed: less than a sender waits for a message
LOOK_AGAIN = 0.1  # seconds, while another process renews
REMEMBERED = 30.0  # seconds
REMEMBERED_MOST = 10_000

log = structlog.get_logger()

T = TypeVar("T")


class Tokens(Protocol):
    """Knows with which token to speak in a workspace."""

    async def token_for(self, workspace: str) -> str:
        """Give the token, or raise AccessRevoked where we are not let in."""
        ...

    async def doubt(self, workspace: str, token: str) -> None:
        """Hear that Slack takes this token for expired."""
        ...

    async def revoked(self, workspace: str, token: str) -> None:
        """Hear that Slack takes this token no more."""
        ...

    async def meet(self, workspace: str, enterprise: str) -> None:
        """Hear that somebody acts in a workspace."""
        ...

    async def forget(self, workspace: str, enterprise: str = "", *, told_at: datetime | None = None) -> None:
        """Give up a workspace, or an organisation, that has removed us."""
        ...


class OneToken:
    """The token in the settings. Which workspace it opens is asked of Slack; until then it is tried everywhere."""

    def __init__(self, token: str, database: Database, clock: Clock) -> None:
        self.token = token
        self._database = database
        self._clock = clock
        self._workspace: str | None = None
        self._gone = False

    def opens(self, workspace: str) -> None:
        """Know from now on which workspace the token opens."""
        self._workspace = workspace

    async def token_for(self, workspace: str) -> str:
        """Give the token, or raise AccessRevoked for any other workspace."""
        if self._gone or self._workspace not in (None, workspace):
            raise AccessRevoked
        return self.token

    async def doubt(self, workspace: str, token: str) -> None:
        """Have nothing else to offer: the operator has to."""

    async def revoked(self, workspace: str, token: str) -> None:
        """Say nothing with it any more, until the operator gives another and starts us again."""
        del token
        with suppress(DatabaseAway):  # then each message finds it out by itself
            await self.forget(workspace)

    async def meet(self, workspace: str, enterprise: str) -> None:
        """Have met it when we started."""

    async def forget(self, workspace: str, enterprise: str = "", *, told_at: datetime | None = None) -> None:
        """Give up the workspace, and end what waits to be said there."""
        del enterprise, told_at
        if self._workspace in (None, workspace):
            self._gone = True
            await self._database.write(
                partial(end_what_waits, platform=PLATFORM, workspaces=[workspace], now=self._clock.now())
            )


class InstalledTokens:
    """The tokens of installations; whoever needs one first renews it, for every process.

    Renewing goes on when whoever began it stops waiting: Slack gives each token once, so the answer must not be lost.
    """

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
        self._unsaved: dict[int, Held] = {}
        self._renewals: dict[int, asyncio.Task[str]] = {}  # by installation

    async def token_for(self, workspace: str) -> str:
        """Give a token that holds, or raise AccessRevoked where there is none, PlatformDown where none can be had."""
        held, now = await self._held(workspace), self._clock.now()
        if held.is_fresh(now) or (held.holds(now) and held.is_taken(now)):
            return held.token
        renewal = self._renewal(workspace, held)
        if held.holds(now):
            return held.token
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(renewal)
        except TimeoutError as late:
            raise PlatformDown from late

    async def doubt(self, workspace: str, token: str) -> None:
        """Look again: another process may have renewed it; if not, it is to be renewed now."""
        await self._write(partial(leases.expire, team=workspace, token=token, now=self._clock.now()))
        self._known.clear()

    async def revoked(self, workspace: str, token: str) -> None:
        """Delete the token, unless there is another by now, and end what waits to be said with it."""
        job = partial(remove_token, team=workspace, token=token, now=self._clock.now())
        self._are_gone(await self._write(job))

    def changed(self) -> None:
        """Look everything up again: something was installed."""
        self._known.clear()

    async def meet(self, workspace: str, enterprise: str) -> None:
        """Put a workspace in place that is part of an organisation in which we are installed."""
        if enterprise and await self._find(workspace) is None:
            await self._database.write(partial(meet, enterprise=enterprise, team=workspace, now=self._clock.now()))
            self._known.pop(workspace, None)

    async def forget(self, workspace: str, enterprise: str = "", *, told_at: datetime | None = None) -> None:
        """Delete the tokens, and end what waits to be said there."""
        now = self._clock.now()
        job = partial(remove, enterprise=enterprise, team=workspace, now=now, told_at=told_at or now)
        self._are_gone(await self._database.write(job))

    async def close(self) -> None:
        """Wait for what is being renewed, and write it down."""
        if self._renewals:
            _done, late = await asyncio.wait(self._renewals.values(), timeout=LEASE.total_seconds())
            for renewal in late:
                renewal.cancel()
        await self._save()

    # --- looking one up -------------------------------------------------------------------------

    async def _held(self, workspace: str) -> Held:
        try:
            held = await self._find(workspace)
        except DatabaseAway as away:
            raise PlatformDown from away  # what is to be said waits until it can be looked up
        if held is None:
            raise AccessRevoked
        return self._unsaved.get(held.installation, held)

    async def _find(self, workspace: str) -> Held | None:
        until, held = self._known.get(workspace, (0.0, None))
        if until <= self._ticks():
            await self._save()
            held = await self._database.read(partial(leases.look_up, team=workspace))
            if len(self._known) >= REMEMBERED_MOST:
                self._known.clear()
            self._known[workspace] = self._ticks() + REMEMBERED, held
        return held

    async def _write(self, job: Callable[[Session], T]) -> T:
        try:
            return await self._database.write(job)
        except DatabaseAway as away:
            raise PlatformDown from away

    def _are_gone(self, workspaces: list[str]) -> None:
        self._known.clear()
        if workspaces:
            log.warning("Slack has removed us from workspaces.", action="removed", workspaces=workspaces)

    # --- renewing it ----------------------------------------------------------------------------

    def _renewal(self, workspace: str, held: Held) -> asyncio.Task[str]:
        """Begin to renew a token, or find where that is under way."""
        if held.installation not in self._renewals:
            renewal = asyncio.create_task(self._renewed(workspace))
            renewal.add_done_callback(partial(self._is_over, held.installation))
            self._renewals[held.installation] = renewal
        return self._renewals[held.installation]

    def _is_over(self, installation: int, renewal: asyncio.Task[str]) -> None:
        del self._renewals[installation]
        self._known.clear()  # of all workspaces of an organisation
        problem = None if renewal.cancelled() else renewal.exception()
        if problem is not None and not isinstance(problem, AccessRevoked | PlatformDown):
            log.error("Renewing a token broke.", action="renewing_broke", exc_info=problem)

    async def _renewed(self, workspace: str) -> str:
        while True:
            now = self._clock.now()
            found, lease = await self._write(partial(leases.claim, team=workspace, now=now))
            if found is None:
                raise AccessRevoked
            if lease is not None:
                return await self._fetch(found, lease)
            if found.is_fresh(now) or found.holds(now):  # another process was faster, or is at it
                return found.token
            await self._sleep(LOOK_AGAIN)

    async def _fetch(self, held: Held, lease: datetime) -> str:
        try:
            renewed = await self._renew(held.refresh_token or "")
        except (AccessRevoked, PlatformDown) as failed:
            if held.holds(self._clock.now()):
                return held.token  # to its end; asked for again when our turn is over
            await self._give_up(held, lease, failed)
            raise
        kept = held.renewed(renewed, self._clock.now())
        self._unsaved[kept.installation] = kept  # until it is written down, it is only here
        await self._save()
        return kept.token

    async def _give_up(self, held: Held, lease: datetime, failed: Exception) -> None:
        if isinstance(failed, AccessRevoked):
            job = partial(leases.end, held=held, now=self._clock.now())
            self._are_gone(await self._write(job))
        else:
            with suppress(DatabaseAway):  # then our turn runs out by itself
                await self._database.write(partial(leases.give_back, held=held, lease=lease))

    async def _save(self) -> None:
        for kept in list(self._unsaved.values()):
            try:
                await self._database.write(partial(leases.keep, held=kept))
            except DatabaseAway:
                log.warning("A renewed token is not written down yet.", action="token_unsaved")
            else:
                self._unsaved.pop(kept.installation, None)
