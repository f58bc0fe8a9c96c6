"""Outcomes of deliveries, handed to whoever asked for them, and bodies erased a day after their end."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.actors import Actor
from bot.database import is_alone
from bot.delivery.inbox import forget_old
from bot.delivery.model import KINDS
from bot.ports import Outcome
from bot.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.database import Database
    from bot.delivery.model import Deliverable
    from bot.ports import Clock

BODIES_KEPT = timedelta(hours=24)
AT_ONCE = 500


class Outcomes:
    """Tells the domains how their messages ended."""

    def __init__(
        self, database: Database, clock: Clock, listeners: Mapping[str, Callable[[Sequence[Outcome], Work], None]]
    ) -> None:
        self._database = database
        self._clock = clock
        self._listeners = listeners

    async def pass_on(self) -> int:
        """Hand over what ended since; return how many there were."""
        return await self._database.write(self._pass_on)

    def _pass_on(self, session: Session) -> int:
        # One process at a time, and the domains lock their rows before we touch ours: see Work.
        if not is_alone(session, "outcomes"):
            return 0
        now, count = self._clock.now(), 0
        for kind in KINDS:
            ended = select(kind).where(kind.outcome_due_at.is_not(None)).order_by(kind.outcome_due_at, kind.id)
            rows = session.scalars(ended.limit(AT_ONCE)).all()
            for (name, organisation_id), group in _grouped(rows).items():
                actor = Actor(organisation_id=organisation_id, person_id=None)
                with Work(session, now=now, actor=actor) as work:
                    self._listeners[name]([_outcome(row) for row in group], work)
            heard = update(kind).where(kind.id.in_([row.id for row in rows])).values(outcome_due_at=None)
            session.execute(heard, execution_options={"synchronize_session": False})
            count += len(rows)
        return count

    async def tidy_up(self) -> None:
        """Erase bodies a day after their end, and forget inbox entries nobody will repeat."""
        await self._database.write(partial(_tidy_up, now=self._clock.now()))


def _grouped(rows: Iterable[Deliverable]) -> dict[tuple[str, int], list[Deliverable]]:
    groups: dict[tuple[str, int], list[Deliverable]] = defaultdict(list)
    for row in rows:
        groups[row.outcome_to or "", row.organisation_id].append(row)
    return groups


def _outcome(row: Deliverable) -> Outcome:
    assert row.ended_at is not None  # noqa: S101  what has no end has no outcome
    return Outcome(subject=row.subject, conversation_id=row.conversation_id, state=row.state, at=row.ended_at)


def _tidy_up(session: Session, now: datetime) -> None:
    for kind in KINDS:
        session.execute(update(kind).where(kind.ended_at < now - BODIES_KEPT, kind.body.is_not(None)).values(body=None))
    forget_old(session, now)
