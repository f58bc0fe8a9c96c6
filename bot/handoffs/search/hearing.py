"""What became of offers and calls: whom they reached, and who is told where they reached nobody."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.delivery.model import Card, DeliveryState, Notice
from bot.directory.model import Conversation, Person
from bot.directory.roster import team
from bot.handoffs import cards
from bot.handoffs.facts import facts_of
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.handoffs.search.searching import advance, subject
from bot.ports import Outcome
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


LAST_OUTCOME = "handoff-last-call"


def hear_of_offers(outcomes: Sequence[Outcome], work: Work) -> None:
    """Learn which offers arrived: their time runs from then; what did not arrive is not waited for."""
    numbers = set(map(_number, outcomes))
    handoffs = work.session.scalars(
        select(Handoff)
        .where(Handoff.id.in_(numbers), Handoff.organisation_id == work.actor.organisation_id)
        .order_by(Handoff.id)
        .with_for_update()
    ).all()
    by_id = {handoff.id: handoff for handoff in handoffs}
    offers, news = _offers_of(outcomes, work), set()
    for outcome in outcomes:
        number = _number(outcome)
        offer = offers.get((number, outcome.conversation_id))
        if offer is None or outcome.at < offer.asked_at or offer.state != OfferState.ASKED:
            continue
        handoff = by_id[number]
        offer.undelivered = outcome.state != DeliveryState.SENT
        if offer.undelivered:
            news.add(number)
        elif offer.rung == handoff.rung and handoff.delivered_at is None:
            handoff.delivered_at = max(outcome.at, handoff.asked_at)
    advance(handoffs, work, news=news)


def _number(outcome: Outcome) -> int:
    """Read of which handoff the card is."""
    return outcome.subject.number


def _offers_of(outcomes: Sequence[Outcome], work: Work) -> dict[tuple[int, int], Offer]:
    """Find the offers by handoff and direct chat."""
    rows = work.session.execute(
        select(Offer, Conversation.id)
        .join(Conversation, Conversation.person_id == Offer.person_id)
        .where(
            Offer.handoff_id.in_(set(map(_number, outcomes))),
            Conversation.id.in_({outcome.conversation_id for outcome in outcomes}),
        )
    )
    return {(offer.handoff_id, conversation_id): offer for offer, conversation_id in rows}


def hear_of_calls(outcomes: Sequence[Outcome], work: Work) -> None:
    """Learn whether the channel could be called; if it could not the first time, admins are told, and the requester."""
    for outcome in outcomes:
        handoff = work.session.get(Handoff, _number(outcome))
        if handoff is None or outcome.state == DeliveryState.SENT or handoff.calls != 1:
            continue
        if handoff.state != HandoffState.SEARCHING or _is_heard_elsewhere(handoff, outcome, work):
            continue
        facts = facts_of(handoff, work)
        admins = [one for one in team(work.session, handoff.organisation_id) if one.is_admin or one.is_supervisor]
        told = [one for one in admins if one.id != handoff.requester_id]
        for person in told:
            nobody = partial(cards.supervisor.nobody_reached, facts)
            work.tell(subject(handoff), person, nobody, outcome_to=LAST_OUTCOME)
        work.tell(subject(handoff), facts.requester, partial(cards.requester_notices.channel_is_silent, facts, told))


def hear_of_last_calls(outcomes: Sequence[Outcome], work: Work) -> None:
    """Tell the requester where none of those who were told at last could be reached: only they are left."""
    numbers = {_number(one) for one in outcomes if one.state != DeliveryState.SENT}
    for handoff in work.session.scalars(select(Handoff).where(Handoff.id.in_(numbers)).order_by(Handoff.id)).all():
        told = (
            select(Notice.state, Person)
            .join(Conversation, Conversation.id == Notice.conversation_id)
            .join(Person, Person.id == Conversation.person_id)
            .where(Notice.subject == subject(handoff), Notice.outcome_to == LAST_OUTCOME)
        )
        calls = work.session.execute(told.order_by(Person.name, Person.id)).all()
        reached = any(state in (DeliveryState.SENT, DeliveryState.PENDING) for state, _person in calls)
        if handoff.state == HandoffState.SEARCHING and not reached:
            facts = facts_of(handoff, work)
            missed = list({person.id: person for _state, person in calls}.values())
            alone = partial(cards.requester_notices.nobody_heard, facts, missed)
            work.tell(subject(handoff), facts.requester, alone)


def _is_heard_elsewhere(handoff: Handoff, outcome: Outcome, work: Work) -> bool:
    """Say whether the team reads the call in the channel of another platform."""
    others = [one.id for one in work.support_channels if one.id != outcome.conversation_id]
    taken = (DeliveryState.SENT, DeliveryState.PENDING)
    heard = select(Card.id).where(
        Card.subject == subject(handoff), Card.conversation_id.in_(others), Card.state.in_(taken)
    )
    return bool(others) and work.session.scalar(heard.limit(1)) is not None
