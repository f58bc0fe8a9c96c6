"""The sender: claims what is due, calls the platform outside any transaction, records what came of it."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import select, update

from bot.delivery.elsewhere import move_elsewhere
from bot.delivery.limits import Limits
from bot.delivery.model import KINDS, Card, Deliverable, DeliveryState, IfUnknown
from bot.delivery.parcels import Attempt, Parcel, marked_again, place_of, standing
from bot.delivery.retry import Decision, after_failure, may_repeat
from bot.delivery.waiting import anything_due, due_rows
from bot.directory.model import Conversation, Workspace
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
from bot.say.messages import Message
from bot.store.database import Database, in_short, lease_time
from bot.watch.clock import Pulse, SystemClock
from bot.watch.metrics import Metrics
from bot.watch.traces import traced

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


LEASE = timedelta(seconds=30)
IDLE = timedelta(seconds=1)
MOMENT = timedelta(seconds=0.1)  # given to a round: whatever takes longer is recorded by a later one
MOST_UNDERWAY = 500  # a platform that hangs may hold no more than that

Counted = tuple[str, str]  # the platform of a message, and what came of it

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
        return await self._round(claim=True)

    async def _finish(self) -> int:
        return await self._round(claim=False)

    async def _round(self, *, claim: bool) -> int:
        count = len(self._underway)
        try:
            await self._record_ended()  # first, if the database was away: a lease may be about to run out
            if claim and count < MOST_UNDERWAY:
                claimed, parcels = await self._claim_due()
                if claimed > len(parcels):
                    self._ended()
                count += claimed
                self._underway |= {asyncio.create_task(self._traced(parcel)) for parcel in parcels}
            if self._underway:
                await asyncio.wait(self._underway, timeout=MOMENT.total_seconds())
            await self._record_ended()
        except DatabaseAway as away:
            log.warning("The database is away; the sender tries again.", action="database_away", cause=in_short(away))
            return 0
        return count

    async def _record_ended(self) -> None:
        done = {task for task in self._underway if task.done()}
        if not done:
            return
        self._underway -= done
        try:
            self._metrics.delivered(await self._database.write(partial(self._record, [task.result() for task in done])))
        except DatabaseAway:
            self._underway |= done
            raise
        self._ended()

    # --- claiming -------------------------------------------------------------------------------

    async def _claim_due(self) -> tuple[int, list[Parcel]]:
        if not await self._database.read(partial(anything_due, now=self._clock.now(), real_now=self._real_now())):
            return 0, []
        try:
            return await self._claim_all()
        except DatabaseAway:
            raise
        except Exception:
            log.exception("A batch could not be claimed; each row alone now.", action="claim_failed")
        claims = [
            await self._claim_alone(kind, row_id)
            for kind in KINDS
            for row_id in await self._database.read(partial(self._due_ids, kind))
        ]
        return sum(count for count, _parcels in claims), [parcel for _count, parcels in claims for parcel in parcels]

    async def _claim_alone(self, kind: type[Deliverable], row_id: int) -> tuple[int, list[Parcel]]:
        try:
            return await self._claim_all((kind, row_id))
        except DatabaseAway:
            raise
        except Exception as error:
            log.exception("A message cannot be read; it is given up.", action="unreadable", row=row_id)
            give_up = partial(self._give_up, kind, row_id, type(error).__name__)
            self._metrics.delivered(await self._database.write(give_up))
            return 1, []

    def _give_up(self, kind: type[Deliverable], row_id: int, error: str, session: Session) -> list[Counted]:
        dead = {"state": DeliveryState.DEAD, "ended_at": self._clock.now(), "error": error}
        session.execute(update(kind).where(kind.id == row_id).values(dead))
        place = select(kind.conversation_id).where(kind.id == row_id).scalar_subquery()
        platforms = session.scalars(select(Workspace.platform).join(Conversation).where(Conversation.id == place))
        return [(platform, DeliveryState.DEAD) for platform in platforms]

    async def _claim_all(self, only: tuple[type[Deliverable], int] | None = None) -> tuple[int, list[Parcel]]:
        claimed, parcels, ended = await self._database.write(partial(self._claim, only=only))
        self._metrics.delivered(ended)
        return claimed, parcels

    def _due_ids(self, kind: type[Deliverable], session: Session) -> list[int]:
        due = due_rows(kind, self._clock.now(), lease_time(session, self._real_now()))
        return list(session.scalars(due.with_only_columns(kind.id)))

    def _claim(
        self, session: Session, only: tuple[type[Deliverable], int] | None = None
    ) -> tuple[int, list[Parcel], list[Counted]]:
        now, lease_now = self._clock.now(), lease_time(session, self._real_now())
        claimed, parcels, ended = 0, [], []
        for kind in KINDS if only is None else (only[0],):
            due = due_rows(kind, now, lease_now).with_for_update(of=kind, skip_locked=True)
            for row, place, at in session.execute(due if only is None else due.where(kind.id == only[1])).all():
                claimed += 1
                if parcel := self._take_up(session, row, place, now, at + LEASE):
                    parcels.append(parcel)
                else:
                    ended.append((session.get_one(Workspace, place.workspace_id).platform, row.state))
        return claimed, parcels, ended

    def _take_up(
        self, session: Session, row: Deliverable, conversation: Conversation, now: datetime, lease_until: datetime
    ) -> Parcel | None:
        """Lease a row for sending, or end it: too late, or nobody knows whether it went out already."""
        if row.not_after is not None and now > row.not_after:
            _end(row, DeliveryState.EXPIRED, now)
            return None
        if row.lease_until is not None and not self._may_repeat(row):
            _end(row, DeliveryState.UNKNOWN, now)
            return None
        assert row.body is not None  # noqa: S101  bodies are erased long after their end
        row.lease_until = lease_until
        row.attempts += 1
        message = Message.model_validate_json(row.body)
        reference, afresh = (row.reference, row.afresh) if isinstance(row, Card) else (None, False)
        return Parcel(
            kind=type(row),
            row_id=row.id,
            place=standing(session, row, place_of(session, conversation)),
            message=marked_again(session, conversation, message) if row.sent_again else message,
            version=row.wanted if isinstance(row, Card) else 0,
            reference=None if afresh else reference,
            former=reference if afresh else None,
            attempts=row.attempts,
        )

    def _may_repeat(self, row: Deliverable) -> bool:
        """Decide about a row of which nobody knows whether it arrived; what is said again is marked as such."""
        is_edit = isinstance(row, Card) and row.reference is not None and not row.afresh
        again = may_repeat(row.attempts, harmless=is_edit, wanted=row.if_unknown == IfUnknown.AGAIN)
        row.sent_again |= again and not is_edit
        return again

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
                    await messenger.notify(parcel.place, parcel.message)
                    return Attempt(parcel=parcel)
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

    # --- recording ------------------------------------------------------------------------------

    def _record(self, attempts: list[Attempt], session: Session) -> list[Counted]:
        now, results = self._clock.now(), []
        for kind in KINDS:
            made = {attempt.parcel.row_id: attempt for attempt in attempts if attempt.parcel.kind is kind}
            # Locked in the order in which use cases write them, so that nobody waits for us in a ring.
            rows = select(kind).where(kind.id.in_(made)).order_by(kind.subject, kind.conversation_id)
            for row in session.scalars(rows.with_for_update()) if made else ():
                if not (made[row.id].gone and move_elsewhere(session, row, now)):
                    self._note(row, made[row.id], now)
                sent = made[row.id].failure is None  # also a card that has to be shown again at once
                results.append((made[row.id].parcel.place.platform, DeliveryState.SENT if sent else row.state))
        return results

    def _note(self, row: Deliverable, attempt: Attempt, now: datetime) -> None:
        row.error = attempt.error
        if attempt.failure is None:
            row.lease_until = None
            row.attempts = 0
            if isinstance(row, Card):
                row.shown, row.reference = attempt.parcel.version, attempt.reference
                if row.wanted > row.shown:
                    row.try_at = now
                    return
                row.afresh = False
            _end(row, DeliveryState.SENT, now)
        elif attempt.failure.kind == "again":
            row.lease_until = None
            row.try_at = now + attempt.failure.after
        elif attempt.failure.kind == "anew" and isinstance(row, Card) and row.reference is not None:
            row.reference, row.shown = None, 0
            row.lease_until, row.try_at = None, now
        elif attempt.failure.kind == "unknown" and self._may_repeat(row):
            row.lease_until = None
            row.try_at = now + attempt.failure.after
        elif isinstance(row, Card) and row.wanted > attempt.parcel.version:  # what it should show now may be taken
            row.lease_until, row.try_at, row.attempts = None, now, 0
        else:
            _end(row, DeliveryState.UNKNOWN if attempt.failure.kind == "unknown" else DeliveryState.DEAD, now)


def _end(row: Deliverable, state: DeliveryState, now: datetime) -> None:
    row.state, row.ended_at, row.lease_until = state, now, None
    if row.outcome_to is not None:
        row.outcome_due_at = now
