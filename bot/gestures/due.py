"""What the clock does with gestures: old words are erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, update

from bot.gestures.model import Grant

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.retention import Retention


def erase_old(session: Session, now: datetime, *, retention: Retention) -> None:
    """Erase for which case and customer a gesture was, and why; that it was made, and how much, stays."""
    words = (Grant.case, Grant.case_hash, Grant.customer, Grant.customer_hash, Grant.why_text, Grant.no_text)
    session.execute(
        update(Grant)
        .where(Grant.ended_at < now - retention.gestures, or_(*(column.is_not(None) for column in words)))
        .values(case=None, case_hash=None, customer=None, customer_hash=None, why_text=None, no_text=None)
    )
