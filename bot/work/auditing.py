"""The auditor: whatever has a next step has a time for it, and it is not long past."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, func, select, update

from bot.delivery.model import KINDS, Parked
from bot.delivery.waiting import late_rows, lease_clock, moments
from bot.store.database import Moment, locks_all

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select
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
    known = tuple(task for task in tasks if task.has_next is not None)
    forgotten = {task.name: ids for task in known if (ids := list(session.scalars(_forgotten(task))))}
    names = (*(task.name for task in tasks), *(kind.__tablename__ for kind in KINDS))
    asked = _how_many_late(tuple((task.model, task.due) for task in tasks), locks_all(session))
    counts = session.execute(asked, {"before": now - LATE, **moments(session, now, real_now)}).one()
    return Audit(forgotten=forgotten, late={name: count for name, count in zip(names, counts, strict=True) if count})


@cache
def _how_many_late(times: tuple[tuple[type[Any], str], ...], by_our_clock: bool) -> Select[*tuple[Any, ...]]:
    """Write the question once: how many rows of each kind the clock is late for, and how many were not sent."""
    before, lease_now = bindparam("before", type_=Moment), lease_clock(by_our_clock=by_our_clock)
    overdue = (select(model.id).where(getattr(model, due) < before) for model, due in times)
    unsent = (late_rows(kind, before, lease_now) for kind in KINDS)
    return select(*(select(func.count()).select_from(one.subquery()).scalar_subquery() for one in (*overdue, *unsent)))


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


def _forgotten(task: ClockTask) -> Select[int]:
    return select(task.model.id).where(_is_forgotten(task)).limit(MENDED_AT_ONCE)
