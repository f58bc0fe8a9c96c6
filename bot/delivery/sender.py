"""The sender: claims what is due, calls the platform outside any transaction, records what came of it."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.delivery.claiming import Claimed, Counted, claim
from bot.delivery.limits import Limits
from bot.delivery.model import KINDS, Card, Deliverable
from bot.delivery.parcels import Attempt, Parcel
from bot.delivery.recording import record
from bot.delivery.retry import Decision, after_failure
from bot.delivery.unread import Unread, note_unreadable
from bot.delivery.waiting import anything_due, due_rows
from bot.errors import (
    AccessRevoked,
    ConversationGone,
    DatabaseAway,
    DeliveryError,
    OutcomeUnknown,
    PlatformDown,
    RateLimited,
)
from bot.ports import Clock, Messenger, Place
from bot.store.database import Database, in_short, lease_time
from bot.store.sets import read_in_order
from bot.watch.clock import Pulse, SystemClock
from bot.watch.metrics import Metrics
from bot.watch.traces import traced

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from sqlalchemy.orm import Session


IDLE = timedelta(seconds=1)
MOMENT = timedelta(seconds=0.1)  # given to a round: whatever takes longer is recorded by a later one
A_FEW = 20  # messages begun before others have their turn
MOST_UNDERWAY = 500  # a platform that hangs may hold no more than that

log = structlog.get_logger()


class Sender:
    """Carries out cards and notices, each conversation in order, none held up by another."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        messengers: Mapping[str, Messenger],
        jitter: Callable[[], float] = random.random,
        real_clock: Clock | None = None,
        ended: Callable[[], None] = lambda: None,
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._messengers = messengers
        self._jitter = jitter
        self._real_now = (real_clock or SystemClock()).now  # of leases on SQLite, also when the playground's is pushed
        self._ended = ended
        self._metrics = metrics or Metrics()
        self.pulse = Pulse()
        self._bell = asyncio.Event()
        self._stopping = False
        self._limits = Limits()
        self._unread = Unread()
        self._underway: set[asyncio.Task[Attempt]] = set()

    def wake(self) -> None:
        """Say that there may be something to send."""
        self._bell.set()

    def stop(self) -> None:
        """Ask the running sender to end after its round: cut off, it would leave what it claimed to a lease."""
        self._stopping = True
        self._limits.hurry()
        self.wake()

    async def run(self) -> None:
        """Send until told to stop."""
        self.pulse.beat()
        while not self._stopping:
            self._bell.clear()
            if await self._safely(self.send_due) == 0 and not self._stopping:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._bell.wait(), IDLE.total_seconds())
        while self._underway and await self._safely(self._finish):
            pass
        self._stopping = False  # it may run again
        self._limits.relax()

    async def _safely(self, work: Callable[[], Awaitable[int]]) -> int:
        try:
            count = await work()
        except Exception:
            # Whatever it is, the next round tries again: nobody's messages may stop for it.
            log.exception("A round of the sender failed.", action="round_failed")
            return 0
        self.pulse.beat()
        return count

    async def drain(self) -> None:
        """Send until nothing is due."""
        while await self.send_due():
            pass

    async def send_due(self) -> int:
        """Make one round; return how much was taken up or is underway. Whatever is slow holds up nothing else."""
        return await self._round(more=True)

    async def _finish(self) -> int:
        return await self._round(more=False)

    async def _round(self, *, more: bool) -> int:
        count = len(self._underway)
        try:
            await self._record_ended()  # first, if the database was away: a lease may be about to run out
            if more and count < MOST_UNDERWAY:
                claimed = await self._claim_due()
                if claimed.ended:
                    self._metrics.delivered(claimed.ended)
                    self._ended()
                count += claimed.count
                await self._begin(claimed.parcels)
            if self._underway:
                await asyncio.wait(self._underway, timeout=MOMENT.total_seconds())
            await self._record_ended()
        except DatabaseAway as away:
            log.warning("The database is away; the sender tries again.", action="database_away", cause=in_short(away))
            return 0
        return count

    async def _begin(self, parcels: list[Parcel]) -> None:
        """Begin to send, a few at a time: whoever types meanwhile is answered between them."""
        for first in range(0, len(parcels), A_FEW):
            self._underway |= {asyncio.create_task(self._traced(one)) for one in parcels[first : first + A_FEW]}
            await asyncio.sleep(0)

    async def _record_ended(self) -> None:
        done = {task for task in self._underway if task.done()}
        if not done:
            return
        self._underway -= done
        try:
            attempts, now = [task.result() for task in done], self._clock.now()
            self._metrics.delivered(await self._database.write(lambda session: record(session, attempts, now)))
        except DatabaseAway:
            self._underway |= done
            raise
        self._ended()

    # --- claiming -------------------------------------------------------------------------------

    async def _claim_due(self) -> Claimed:
        if not await self._database.read(partial(anything_due, now=self._clock.now(), real_now=self._real_now())):
            return Claimed()
        try:
            return await self._claim(*((kind, None) for kind in KINDS))
        except DatabaseAway:
            raise
        except Exception:
            log.exception("A batch could not be claimed; each row alone now.", action="claim_failed")
        due = [(kind, row_id) for kind in KINDS for row_id in await self._database.read(partial(self._due_ids, kind))]
        return Claimed.of([await self._claim_alone(kind, row_id) for kind, row_id in due])

    async def _claim_alone(self, kind: type[Deliverable], row_id: int) -> Claimed:
        try:
            return await self._claim((kind, row_id))
        except DatabaseAway:
            raise
        except Exception as error:
            log.exception("A message cannot be read here.", action="unreadable", row=row_id)
            return Claimed(ended=await self._note_unreadable(kind, row_id, type(error).__name__))

    async def _note_unreadable(self, kind: type[Deliverable], row_id: int, error: str) -> list[Counted]:
        now, real_now = self._clock.now(), self._real_now()
        decision = self._unread.decide(kind, row_id, now)
        note = partial(note_unreadable, kind=kind, row_id=row_id, error=error, decision=decision)
        return await self._database.write(partial(note, now=now, real_now=real_now))

    async def _claim(self, *wanted: tuple[type[Deliverable], int | None]) -> Claimed:
        """Lease what is due of each kind, or one row of it."""
        now, real_now = self._clock.now(), self._real_now()

        def claim_each(session: Session) -> Claimed:
            read_in_order(session)
            return Claimed.of([claim(session, kind, now, real_now, only) for kind, only in wanted])

        return await self._database.write(claim_each)

    def _due_ids(self, kind: type[Deliverable], session: Session) -> list[int]:
        due = due_rows(kind, self._clock.now(), lease_time(session, self._real_now()))
        return list(session.scalars(due.with_only_columns(kind.id)))

    # --- sending --------------------------------------------------------------------------------

    async def _traced(self, parcel: Parcel) -> Attempt:
        return await traced("send", self._send(parcel), lambda attempt: attempt.result, **parcel.about)

    async def _send(self, parcel: Parcel) -> Attempt:
        messenger = self._messengers.get(parcel.place.platform)
        try:
            if messenger is None:
                return Attempt(parcel=parcel, failure=Decision(kind="dead"), error="PlatformNotConfigured", gone=True)
            if parcel.former is not None:
                await self._take_away(messenger, parcel.place, parcel.former)
            async with self._limits.one():
                if parcel.kind is not Card:
                    return Attempt(parcel=parcel, reference=await messenger.notify(parcel.place, parcel.message))
                reference = await messenger.show(parcel.place, parcel.reference, parcel.message)
            return Attempt(parcel=parcel, reference=reference)
        except (TimeoutError, DatabaseAway):  # a platform of ours keeps its messages there
            return self._failed(parcel, OutcomeUnknown())
        except DeliveryError as error:
            return self._failed(parcel, error)
        except Exception:
            log.exception("A messenger broke.", action="messenger_broke", platform=parcel.place.platform)
            return self._failed(parcel, OutcomeUnknown())

    async def _take_away(self, messenger: Messenger, place: Place, former: str) -> None:
        """Take away what a new message comes in place of: before that is said, so that no two ever stand there."""
        try:
            async with self._limits.one():
                await messenger.remove(place, former)
        except (RateLimited, PlatformDown):
            raise
        except (TimeoutError, OutcomeUnknown) as unknown:  # to take it away twice does no harm
            raise PlatformDown from unknown
        except DeliveryError as error:  # it is gone already, or stays
            log.info("A message was not taken away.", action="not_removed", error=type(error).__name__)

    def _failed(self, parcel: Parcel, error: DeliveryError) -> Attempt:
        decision = after_failure(error, parcel.attempts, self._jitter())
        log.warning("A message was not taken.", action="not_taken", error=type(error).__name__, decision=decision.kind)
        gone = isinstance(error, ConversationGone | AccessRevoked)
        return Attempt(parcel=parcel, failure=decision, error=type(error).__name__, gone=gone)
