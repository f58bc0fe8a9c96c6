"""What the clock does with handoffs: searches go on, cases taken over are asked about, old words are erased."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select, update

from bot.handoffs.model import Handoff, HandoffState, Offer
from bot.handoffs.search import advance
from bot.handoffs.taking import care_about

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.work import Work

AGAIN_AFTER = timedelta(seconds=30)  # a search that failed is tried again: somebody waits for it
WORDS_KEPT = timedelta(hours=24)


def act_on_due(handoffs: Sequence[Handoff], work: Work) -> None:
    """Take up every handoff that is due."""
    advance(handoffs, work)
    care_about([handoff for handoff in handoffs if handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK)], work)
    for handoff in handoffs:
        if handoff.ended_at is not None:
            handoff.next_due_at = None


def erase_old(session: Session, now: datetime) -> None:
    """Erase what was written about cases a day after their end; that they were, and why, stays."""
    old = (
        Handoff.ended_at < now - WORDS_KEPT,
        or_(Handoff.note_text.is_not(None), Handoff.case.is_not(None), Handoff.customer.is_not(None)),
    )
    session.execute(update(Handoff).where(*old).values(note_text=None, case=None, customer=None))
    ended = select(Handoff.id).where(Handoff.ended_at < now - WORDS_KEPT)
    session.execute(update(Offer).where(Offer.handoff_id.in_(ended), Offer.why_text.is_not(None)).values(why_text=None))
