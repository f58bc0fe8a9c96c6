"""Outcomes of deliveries, handed to whoever asked for them, and bodies erased a day after their end."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.actors import Actor
from bot.delivery.inbox import forget_old
from bot.delivery.model import KINDS
from bot.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database import Database
    from bot.ports import Clock

BODIES_KEPT = timedelta(hours=24)
AT_ONCE = 500


class Outcomes:
    """Tells the domains how their messages ended."""

    def __init__(
        self, database: Database, clock: Clock, listeners: Mapping[str, Callable[[str, str, Work], None]]
    ) -> None:
        self._database = database
        self._clock = clock
        self._listeners = listeners

    async def pass_on(self) -> int:
        """Hand over what ended since; return how many there were."""
        return await self._database.write(self._pass_on)

    def _pass_on(self, session: Session) -> int:
        now, count = self._clock.now(), 0
        for kind in KINDS:
            rows = session.scalars(
                select(kind)
                .where(kind.outcome_due_at.is_not(None))
                .order_by(kind.outcome_due_at)
                .limit(AT_ONCE)
                .with_for_update(skip_locked=True)
            ).all()
            for row in rows:
                row.outcome_due_at = None
                work = Work(session, now=now, actor=Actor(organisation_id=row.organisation_id, person_id=None))
                self._listeners[row.outcome_to or ""](row.subject, row.state, work)
                count += 1
        return count

    async def tidy_up(self) -> None:
        """Erase bodies a day after their end, and forget inbox entries nobody will repeat."""
        await self._database.write(partial(_tidy_up, now=self._clock.now()))


def _tidy_up(session: Session, now: datetime) -> None:
    for kind in KINDS:
        session.execute(update(kind).where(kind.ended_at < now - BODIES_KEPT, kind.body.is_not(None)).values(body=None))
    forget_old(session, now)
