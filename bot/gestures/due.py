"""What the clock does with gestures: the next supervisor is asked, old words are erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, update

from bot.gestures.model import Grant
from bot.gestures.searching import advance
from bot.work.retention import let_go
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.work.retention import Retention


AGAIN_AFTER = timedelta(seconds=30)  # asking that failed is tried again: somebody waits for it


def act_on_due(grants: Sequence[Grant], work: Work) -> None:
    """Ask the next one about every gesture whose time is up."""
    advance(grants, work)
    for grant in grants:
        if grant.ended_at is not None:
            grant.next_due_at = None


def erase_old(session: Session, now: datetime, *, retention: Retention) -> bool:
    """Erase for which case and customer a gesture was, and why; that it was made, and how much, stays."""
    words = (Grant.case, Grant.case_hash, Grant.customer, Grant.customer_hash, Grant.why_text, Grant.no_text)
    told = (Grant.ended_at < now - retention.gestures, or_(*(column.is_not(None) for column in words)))
    return let_go(session, update(Grant).where(*told).values({column.key: None for column in words}))
