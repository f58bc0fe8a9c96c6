"""Whether one person may have a case: what they had to do with it; nobody else is looked at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Executable, literal, or_, select, union_all

from bot.handoffs.decisions.candidate import Candidate, Exclusion
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.handoffs.search.past import midnight_of, times_of
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime


LONGEST_REST = timedelta(minutes=480)  # the most an organisation can set


def barred(person_id: int, handoff: Handoff, work: Work) -> Exclusion | None:
    """Say why somebody must not have this case, whoever wants it."""
    midnight = midnight_of(work.organisation, work.now)
    rows = work.session.execute(_own(person_id, handoff, min(midnight, work.now - LONGEST_REST))).all()
    stepped_out = max((row.started_at for row in rows if row.asked), default=None)
    mine = Candidate(
        person_id=person_id,
        had_case=person_id == handoff.requester_id or any(row.same for row in rows),
        recused=any(
            row.asked and row.customer_hash == handoff.customer_hash and row.started_at >= midnight
            for row in rows
            if handoff.customer_hash
        ),
        cooling_until=stepped_out + times_of(work).cooling if stepped_out is not None else None,
    )
    return mine.must_not(work.now)


def _own(person_id: int, handoff: Handoff, since: datetime) -> Executable:
    """Ask for this case wherever they stepped out of it or took it, and for whatever they stepped out of since."""
    same = or_(Handoff.id == handoff.chain, Handoff.chain_id == handoff.chain)
    if handoff.case_hash is not None:
        same = or_(same, Handoff.case_hash == handoff.case_hash)
    known = (Handoff.customer_hash, Handoff.started_at, same.label("same"))
    ours = Handoff.organisation_id == handoff.organisation_id
    return union_all(
        select(*known, literal(value=True).label("asked")).where(
            ours,
            Handoff.requester_id == person_id,
            Handoff.state != HandoffState.CANCELLED,
            or_(same, Handoff.started_at >= since),
        ),
        select(*known, literal(value=False).label("asked"))
        .join(Offer, Offer.handoff_id == Handoff.id)
        .where(ours, Offer.person_id == person_id, Offer.state == OfferState.TOOK, same),
    )
