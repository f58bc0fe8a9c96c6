"""What was written about causes long ago: the words of reviews go, and lists of customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, update

from bot.causes.model import ReachOut, Review
from bot.work.retention import Retention, let_go

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


def erase_old(session: Session, now: datetime, *, retention: Retention) -> bool:
    """Erase what was asked, answered and changed; that there was a review, and when, stays."""
    words = (Review.question_text, Review.answer_text, Review.change_text)
    written = (Review.ended_at < now - retention.incidents, or_(*(column.is_not(None) for column in words)))
    old = (ReachOut.done_at < now - retention.reasons, ReachOut.added_at < now - retention.gestures)
    return let_go(
        session,
        update(Review).where(*written).values(question_text=None, answer_text=None, change_text=None),
        delete(ReachOut).where(or_(*old)),
    )
