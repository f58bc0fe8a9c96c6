"""Outcomes of deliveries, handed to whoever asked for them; and what was written, erased a day after its end."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from bot.delivery.model import KINDS, Deliverable, Notice
from bot.ports import Outcome
from bot.work.domain import ClockTask
from bot.work.inbox import old_entries
from bot.work.retention import CAUTIOUS, Retention, let_go
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    Listener = Callable[[Sequence[Outcome], Work], None]

BODIES_KEPT = timedelta(hours=24)
REFUSED = "refused"  # who hears of what a place refused, where nobody asked


def outcome_tasks(listeners: Mapping[str, Listener]) -> tuple[ClockTask, ...]:
    """Let the clock tell the domains how their messages ended."""
    # Alone, and without a lock on our rows: the domains lock theirs first, as use cases do.
    return tuple(
        ClockTask(
            name=f"outcomes of {kind.__tablename__}",
            model=kind,
            due="outcome_due_at",
            alone=True,
            act=partial(_pass_on, kind, listeners),
        )
        for kind in KINDS
    )


def _pass_on(
    kind: type[Deliverable], listeners: Mapping[str, Listener], rows: Sequence[Deliverable], work: Work
) -> None:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for row in rows:
        if row.ended_at is not None:
            groups[row.outcome_to or REFUSED].append(
                Outcome(subject=row.subject, conversation_id=row.conversation_id, state=row.state, at=row.ended_at)
            )
    for name, outcomes in groups.items():
        listeners[name](outcomes, work)
    heard = update(kind).where(kind.id.in_([row.id for row in rows])).values(outcome_due_at=None)
    work.session.execute(heard, execution_options={"synchronize_session": False})


def erase_bodies(session: Session, now: datetime, *, retention: Retention = CAUTIOUS) -> bool:
    """Erase bodies a day after their end, forget inbox entries nobody will repeat, and later that somebody was told."""
    before = now - BODIES_KEPT
    said = [update(one).where(one.ended_at < before, one.body.is_not(None)).values(body=None) for one in KINDS]
    # Whom a notice went to, and about what, can tell who stepped out.
    told = delete(Notice).where(Notice.ended_at < now - retention.reasons, Notice.outcome_due_at.is_(None))
    return let_go(session, *said, told, old_entries(now))
