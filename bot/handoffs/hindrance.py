"""When two people cannot become one: while one of them may be asked to take over from the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.handoffs.model import OPEN, Handoff, HandoffState, Offer, OfferState
from bot.say.language import _
from bot.work.domain import CodePurpose

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.directory.model import Person


def hinders(session: Session, purpose: str, joins: Person, stays: Person) -> str:
    """Say why they have to wait."""
    if purpose != CodePurpose.LINK:
        return ""
    both = (joins.id, stays.id)
    searching = select(Handoff.id).where(Handoff.requester_id.in_(both), Handoff.state == HandoffState.SEARCHING)
    asked = (
        select(Offer.id)
        .join(Handoff, Handoff.id == Offer.handoff_id)
        .where(Offer.person_id.in_(both), Offer.state == OfferState.ASKED, Handoff.state == HandoffState.SEARCHING)
    )
    taken = select(Handoff.id).where(
        Handoff.requester_id.in_(both), Handoff.taker_id.in_(both), Handoff.state.in_(OPEN)
    )
    # Each has an answer of their own to it, and one person has one.
    both_asked = (
        select(Offer.handoff_id)
        .join(Handoff, Handoff.id == Offer.handoff_id)
        .where(Offer.person_id.in_(both), Handoff.state.in_(OPEN))
        .group_by(Offer.handoff_id)
        .having(func.count() > 1)
    )
    if any(session.scalars(found.limit(1)).first() is not None for found in (searching, asked, taken, both_asked)):
        return _("One of the two is in a handoff that is not over.")
    return ""
