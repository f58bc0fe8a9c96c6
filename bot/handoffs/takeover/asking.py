"""What somebody was asked about cases and has not answered: to take one over, and whether a customer was called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from bot.handoffs import commands
from bot.handoffs.facts import CaseFacts, facts_of_all
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.say.language import _
from bot.work.questions import Question
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 5


def questions(work: Work) -> Sequence[Question]:
    """List what whoever acts was asked, the latest first."""
    me = work.actor.person_id
    asked = select(Offer.handoff_id).where(Offer.person_id == me, Offer.state == OfferState.ASKED)
    offered = and_(Handoff.state == HandoffState.SEARCHING, Handoff.id.in_(asked))
    owed = and_(
        Handoff.state == HandoffState.CALLBACK,
        Handoff.requester_id == me,
        Handoff.care_asked_at.is_not(None),
        or_(Handoff.answered_at.is_(None), Handoff.answered_at < Handoff.care_asked_at),
    )
    live = select(Handoff).where(or_(offered, owed)).order_by(Handoff.id.desc()).limit(MOST)
    return [_question(facts) for facts in facts_of_all(work.session.scalars(live).all(), work).values()]


def _question(facts: CaseFacts) -> Question:
    handoff = facts.handoff
    case = f" ({handoff.case})" if handoff.case else ""
    if handoff.state == HandoffState.SEARCHING:
        return Question(
            asks=_("Can you take over a case from {name}?").format(name=facts.requester.name) + case,
            yes=commands.AcceptHandoff(handoff=handoff.id).button(_("I take it"), "primary"),
            no=commands.DeclineHandoff(handoff=handoff.id).button(_("Not now")),
        )
    return Question(
        asks=_("Was the customer called back?") + case,
        yes=commands.CompleteHandoff(handoff=handoff.id).button(_("They were called"), "primary"),
        no=commands.KeepHandoff(handoff=handoff.id).button(_("Not yet")),
    )
