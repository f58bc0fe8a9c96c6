"""The clock as an actor: it acts on every row that is due, as a set, in one transaction for each kind."""

from __future__ import annotations

import secrets
from collections import defaultdict
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy import Select, bindparam, delete, exists, select, update

from bot.delivery.model import Parked
from bot.directory.actors import Actor
from bot.errors import DatabaseAway
from bot.ports import Clock
from bot.store.database import Database, Moment, in_short, is_alone
from bot.watch.metrics import Metrics
from bot.work.memory import Memory
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.domain import ClockTask, Eraser
    from bot.work.work import Engaged

MOST_BATCHES = 1000  # of what is erased in an hour: what is left over goes in the next
DUE_AT_ONCE = 250  # rows the clock acts on in one transaction

log = structlog.get_logger()


@cache
def _which_due(times: tuple[tuple[type[Any], str], ...]) -> Select[*tuple[Any, ...]]:
    """Write the question once: it is asked every second, on the event loop."""
    now = bindparam("now", type_=Moment)
    return select(*(exists().where(getattr(model, due) <= now) for model, due in times))


class Clockwork:
    """Carries out what time brings. A row it fails on is tried alone, and then put aside."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        memory: Memory,
        metrics: Metrics,
        wake: Callable[[], None],
        engaged: Engaged | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._memory = memory
        self._metrics = metrics
        self._wake = wake
        self._engaged = engaged

    async def due_from(self, tasks: tuple[ClockTask, ...]) -> tuple[ClockTask, ...]:
        """Leave out the tasks before the first that has something due, with one statement."""
        due, now = _which_due(tuple((task.model, task.due) for task in tasks)), {"now": self._clock.now()}
        found = await self._database.read(lambda session: session.execute(due, now).one())
        first = next((number for number, is_due in enumerate(found) if is_due), len(tasks))
        return tasks[first:]

    async def tick(self, task: ClockTask, alive: Callable[[], None] = lambda: None) -> int:
        """Let the clock act on every row that is due; return how many there were. `alive` hears of each full batch."""
        count = 0
        while True:
            due = await self._act_on_due(task)
            count += due
            if due < DUE_AT_ONCE:
                break
            alive()
        if count:
            self._wake()
        return count

    async def tidy(self, erase: Eraser, alive: Callable[[], None] = lambda: None) -> None:
        """Let the clock erase what nobody needs any more, some of it in each transaction. `alive` hears of each."""
        for _batch in range(MOST_BATCHES):
            if not await self._database.write(lambda session: erase(session, self._clock.now())):
                break
            alive()

    async def _act_on_due(self, task: ClockTask) -> int:
        try:
            return await self._act(task, None)
        except DatabaseAway as away:
            _tries_again(task, away)
            return 0
        except Exception:
            log.exception("The clock failed on a batch; each row alone now.", action="batch_failed", task=task.name)
        ids = await self._database.read(
            lambda session: list(session.scalars(self._due(task).with_only_columns(task.model.id)))
        )
        for row_id in ids:
            await self._act_alone(task, row_id)
        return len(ids)

    async def _act_alone(self, task: ClockTask, row_id: int) -> None:
        try:
            await self._act(task, row_id)
        except DatabaseAway as away:
            _tries_again(task, away)
        except Exception as error:
            reference = secrets.token_hex(2).upper()
            log.exception("A row is parked.", action="parked", task=task.name, row=row_id, reference=reference)
            kind = type(error).__name__
            await self._database.write(
                lambda session: park(session, task, row_id, reference=reference, error=kind, now=self._clock.now())
            )

    def _due(self, task: ClockTask) -> Select[Any]:
        at = getattr(task.model, task.due)
        # What is due at the same moment, as promises for 14:30 are, goes by organisation: each is looked up once.
        order = (at, task.model.organisation_id, task.model.id)
        return select(task.model).where(at <= self._clock.now()).order_by(*order).limit(DUE_AT_ONCE)

    async def _act(self, task: ClockTask, row_id: int | None) -> int:
        late, touched = await self._database.write(partial(self._act_on_rows, task, row_id))
        self._metrics.acted(task.name, late)
        self._memory.forget(touched)
        return len(late)

    def _act_on_rows(self, task: ClockTask, row_id: int | None, session: Session) -> tuple[list[float], set[int]]:
        if task.alone and not is_alone(session, task.name):
            return [], set()
        due = self._due(task) if task.alone else self._due(task).with_for_update(skip_locked=True)
        rows = session.scalars(due if row_id is None else due.where(task.model.id == row_id)).all()
        now = self._clock.now()
        late = [(now - getattr(row, task.due)).total_seconds() for row in rows]  # they move when acted on
        groups: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            groups[row.organisation_id].append(row)
        for organisation_id, group in groups.items():
            clock = Actor(organisation_id=organisation_id, person_id=None)
            with Work(session, now=now, actor=clock, engaged=self._engaged) as work:
                task.act(group, work)
        return late, set(groups)


def _tries_again(task: ClockTask, away: DatabaseAway) -> None:
    log.warning(
        "The database is away; the clock tries again.", action="database_away", task=task.name, cause=in_short(away)
    )


def park(session: Session, task: ClockTask, row_id: int, *, reference: str, error: str, now: datetime) -> None:
    """Take a row out of the clock's way, for good or for a while, where `doctor` shows it."""
    again = now + task.again_after if task.again_after is not None else None
    session.execute(update(task.model).where(task.model.id == row_id).values({task.due: again}))
    session.execute(delete(Parked).where(Parked.task == task.name, Parked.row_id == row_id))
    session.add(Parked(task=task.name, row_id=row_id, at=now, reference=reference, error=error))
