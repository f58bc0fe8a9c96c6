"""The team has changed: searches look again, and what somebody had who has left goes to a supervisor at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Select, exists, not_, or_, select

from bot.delivery.model import DeliveryState
from bot.directory.model import Conversation, Person
from bot.directory.roster import on_team
from bot.handoffs import cards
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.facts import CaseFacts, facts_of
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.handoffs.search.searching import look_again, search_anew, show_in_channel, subject
from bot.handoffs.takeover.taking import callback_subject
from bot.say.messages import Message
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ports import Outcome


def look_after_cases(work: Work) -> None:
    """Let searches look again, and see to the cases of whoever is on the team no more, or on a break."""
    look_again(work)
    for handoff, person in work.session.execute(_left_behind(work)).all():
        if person.on_team:
            handoff.next_due_at = work.now  # whoever goes on a break is asked what becomes of it
        elif handoff.state == HandoffState.SEARCHING:
            _lose(facts_of(handoff, work), person, work)
        elif handoff.taker_id is not None:
            _find_the_next(handoff, work, cards.requester_notices.taker_has_left)
        else:
            _find_who_calls(handoff, work)


def _left_behind(work: Work) -> Select[Handoff, Person]:
    """Find every case whose next step is that of somebody who has gone, or who was asked for it."""
    gone, searching = not_(on_team()), Handoff.state == HandoffState.SEARCHING
    asked = exists().where(
        Offer.handoff_id == Handoff.id, Offer.person_id == Person.id, Offer.state == OfferState.ASKED
    )
    has_it = or_(
        (Handoff.state == HandoffState.TAKEN)
        & (Person.id == Handoff.taker_id)
        & or_(gone, Person.away_since.is_not(None)),
        (Handoff.state == HandoffState.CALLBACK) & (Person.id == Handoff.requester_id) & gone,
        searching & (Person.id == Handoff.requester_id) & gone,
        searching & asked & gone,
    )
    ours = select(Handoff, Person).join(Person, has_it).where(Handoff.organisation_id == work.actor.organisation_id)
    return ours.order_by(Handoff.id, Person.id).with_for_update(of=Handoff)


def _lose(facts: CaseFacts, person: Person, work: Work) -> None:
    """Go on without somebody: asked nothing more, or no longer with the customer, which is said and hurries it."""
    handoff = facts.handoff
    offer = facts.offers.get(person.id)
    if offer is not None and offer.state == OfferState.ASKED:
        offer.state = OfferState.OVER
        work.correct_for(offer.subject, person, partial(cards.asked.offer_closed, facts, offer))
    gone_at = max((at for at in (person.left_at, person.removed_at) if at is not None), default=work.now)
    if person.id != handoff.requester_id or gone_at == handoff.supervisors_by or gone_at < handoff.asked_at:
        return  # supervisors were called for it when they went
    search_anew(facts, work)
    show_in_channel(facts, work)


def _find_who_calls(handoff: Handoff, work: Work) -> None:
    """Find somebody for a call whose owner is gone, before it is late."""
    facts = facts_of(handoff, work)
    work.withdraw(callback_subject(handoff))
    search_anew(facts, work)
    show_in_channel(facts, work)


def hear_of_given(outcomes: Sequence[Outcome], work: Work) -> None:
    """Take a case back from whoever was given it and cannot hear of it: supervisors are called for it."""
    lost = {(one.subject.number, one.conversation_id) for one in outcomes if one.state == DeliveryState.DEAD}
    theirs = (
        select(Handoff, Conversation.id)
        .join(Conversation, Conversation.person_id == Handoff.taker_id)
        .where(
            Handoff.organisation_id == work.actor.organisation_id,
            Handoff.id.in_({handoff for handoff, _place in lost}),
            Conversation.id.in_({place for _handoff, place in lost}),
            Handoff.state == HandoffState.TAKEN,
        )
    )
    for handoff, place in work.session.execute(theirs.order_by(Handoff.id).with_for_update(of=Handoff)).all():
        if (handoff.id, place) in lost:
            _find_the_next(handoff, work, cards.requester_notices.taker_not_reached)


def _find_the_next(handoff: Handoff, work: Work, told: Callable[[CaseFacts, str], Message]) -> None:
    facts = facts_of(handoff, work)
    gone = facts.taker
    assert gone is not None  # noqa: S101  that is what taken means
    facts.offers[gone.id].undelivered = True
    search_anew(facts, work)
    work.correct_for(
        facts.offers[gone.id].subject, gone, partial(cards.asked.offer_closed, facts, facts.offers[gone.id])
    )
    if facts.rung is Rung.SUPERVISORS:
        work.withdraw(subject(handoff))  # one word about it is enough
    work.tell(subject(handoff), facts.requester, partial(told, facts, gone.name))
    show_in_channel(facts, work)
