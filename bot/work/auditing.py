"""The auditor: whatever has a next step has a time for it, and it is not long past."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, update

from bot.delivery.model import KINDS, Parked
from bot.delivery.waiting import how_many_late

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from bot.work.domain import ClockTask

LATE = timedelta(minutes=1)  # whatever is due for longer, nobody acts on
MENDED_AT_ONCE = 250  # rows


@dataclass(frozen=True, kw_only=True)
class Audit:
    """What an auditor found, by the kind of rows."""

    forgotten: dict[str, list[int]] = field(default_factory=dict)  # they have a next step, and no time for it
    late: dict[str, int] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        """Say whether everything has its next step in time."""
        return not self.forgotten and not self.late


def audit(session: Session, tasks: Sequence[ClockTask], now: datetime, real_now: datetime) -> Audit:
    """Look at everything that waits; indexes answer all of it."""
    forgotten = {task.name: ids for task in tasks if (ids := _forgotten(session, task))}
    late = {task.name: count for task in tasks if (count := _late(session, task, now))}
    unsent = {
        kind.__tablename__: count for kind in KINDS if (count := how_many_late(session, kind, now, real_now, LATE))
    }
    return Audit(forgotten=forgotten, late=late | unsent)


def mend(session: Session, tasks: Sequence[ClockTask], found: Audit, now: datetime) -> None:
    """Have the clock look at forgotten rows: it decides from their state what is next, or that nothing is."""
    for task in tasks:
        if ids := found.forgotten.get(task.name):
            rows = update(task.model).where(task.model.id.in_(ids), _is_forgotten(task))
            session.execute(
                rows.values({task.due: now + task.mended_after}), execution_options={"synchronize_session": False}
            )


def _is_forgotten(task: ClockTask) -> ColumnElement[bool]:
    assert task.has_next is not None  # noqa: S101  asked before
    due: Any = getattr(task.model, task.due)
    parked = exists().where(Parked.task == task.name, Parked.row_id == task.model.id)  # doctor shows these
    found: ColumnElement[bool] = task.has_next & due.is_(None) & ~parked
    return found


def _forgotten(session: Session, task: ClockTask) -> list[int]:
    if task.has_next is None:
        return []
    return list(session.scalars(select(task.model.id).where(_is_forgotten(task)).limit(MENDED_AT_ONCE)))


def _late(session: Session, task: ClockTask, now: datetime) -> int:
    due = getattr(task.model, task.due)
    return session.scalar(select(func.count()).select_from(task.model).where(due < now - LATE)) or 0
