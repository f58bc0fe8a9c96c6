"""What the clock does with reviews: departments are reminded, and whoever opened one is never left without news."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.causes import cards
from bot.causes.decisions.nagging import Move, plan
from bot.causes.model import Review, ReviewState
from bot.causes.review.reviews import ReviewFacts
from bot.causes.review.telling import remind_department, set_clock, show_department, tell_lead
from bot.delivery.model import DeliveryState
from bot.incidents.promise.calling import Leads
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ports import Outcome

AGAIN_AFTER = timedelta(hours=1)


def act_on_due(reviews: Sequence[Review], work: Work) -> None:
    """Do what is due about every review."""
    for review in reviews:
        facts = ReviewFacts(review, work)
        move = plan(facts.timing, work.now).move
        if move is not None:
            _do(move, facts)
        set_clock(facts)


def _do(move: Move, facts: ReviewFacts) -> None:
    facts.review.said_at = facts.work.now
    match move:
        case Move.REMIND:
            remind_department(facts)
        case Move.ESCALATE:
            escalate(facts)
        case Move.ASK_FOR_CHANGE:
            tell_lead(facts, partial(cards.lead.changed_yet, facts))
        case Move.COMPARE:
            tell_lead(facts, partial(cards.lead.compared, facts))
            show_department(facts)


def escalate(facts: ReviewFacts, *, missed: bool = False) -> None:
    """Tell whoever opened it that there is no answer, or that nobody could even be asked."""
    facts.review.escalated_at = facts.work.now
    if not missed and not facts.place:
        missed = True
    tell_lead(facts, partial(cards.lead.no_answer, facts, missed=missed))


def hear_of_reviews(outcomes: Sequence[Outcome], work: Work) -> None:
    """Go on where a message reached nobody: from the department to who opened it, from them to who leads."""
    lost: dict[int, set[int]] = defaultdict(set)
    for one in outcomes:
        if one.state != DeliveryState.SENT:
            lost[one.subject.number].add(one.conversation_id)
    if not lost:
        return
    reviews = work.session.scalars(
        select(Review)
        .where(
            Review.id.in_(lost.keys()),
            Review.organisation_id == work.actor.organisation_id,
            Review.state != ReviewState.CLOSED,
        )
        .order_by(Review.id)
        .with_for_update()
    ).all()
    for review in reviews:
        facts = ReviewFacts(review, work)
        if review.state == ReviewState.ASKED and review.escalated_at is None:
            escalate(facts, missed=True)
            set_clock(facts)
        elif lost[review.id] != {review.channel_id}:  # the department's card alone: whoever opened it is told by theirs
            for person in Leads(work).further([review.opened_by_id]):
                work.tell(facts.subject, person, partial(cards.lead.stands_in, facts))
