"""A search, carried out: what the ladder decides becomes offers, cards and words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.delivery.model import DeliveryState
from bot.directory.actors import look_up_direct_chats, support_channel
from bot.directory.model import Conversation, Person
from bot.handoffs import cards
from bot.handoffs.candidates import ALONE, Roster, gather, times_of
from bot.handoffs.decisions.hold import supervisors_by
from bot.handoffs.decisions.ladder import Search, Step, next_step
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.decisions.terms import Terms, terms_of
from bot.handoffs.facts import Scene, running_hold, scenes_of, set_scene
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.say.language import in_public, once

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from bot.handoffs.decisions.candidate import Candidate
    from bot.ports import Outcome
    from bot.say.messages import Message
    from bot.work.work import Work

OFFER_OUTCOME = "offer"
JOINED = (Rung.EVERYBODY, Rung.SUPERVISORS, Rung.NOBODY)  # rungs that whoever becomes free joins at once


def subject(handoff: Handoff) -> str:
    """Name the card that shows how a handoff stands."""
    return f"handoff:{handoff.id}"


def search_of(handoff: Handoff) -> Search:
    """See where a search stands."""
    return Search(
        rung=Rung(handoff.rung) if handoff.rung else None,
        asked_at=handoff.asked_at,
        delivered_at=handoff.delivered_at,
        rounds=handoff.rounds,
        supervisors_by=handoff.supervisors_by,
        wish=handoff.wish_id,
        urgent=handoff.urgent,
    )


def begin(handoff: Handoff, work: Work) -> None:
    """Let a search begin."""
    times, hold = times_of(work.session, handoff.organisation_id), running_hold(work.session, handoff.requester_id)
    limit = work.organisation.hold_limit
    handoff.state = HandoffState.SEARCHING
    handoff.started_at = handoff.asked_at = work.now
    handoff.rounds = handoff.calls = 0
    handoff.closed_by_clock = False
    handoff.supervisors_by = work.now + times.to_supervisors
    if hold is not None:
        handoff.supervisors_by = min(handoff.supervisors_by, supervisors_by(hold, limit))
    handoff.bridge_at = work.now + limit
    work.session.add(handoff)
    work.session.flush()
    advance([handoff], work, news=[handoff.id])
    show_in_channel(set_scene(handoff, work), work)
    work.board_changed()


def advance(handoffs: Sequence[Handoff], work: Work, *, news: Collection[int] = ()) -> None:
    """Take every one of these searches as far as it can go now; of some the requester's card has news anyway."""
    searching = [handoff for handoff in handoffs if handoff.state == HandoffState.SEARCHING]
    if not searching:
        return
    roster = gather(work.session, work.organisation, work.now, searching)
    scenes = scenes_of(work.session, work.organisation, searching, work.now, roster.people)
    look_up_direct_chats(work.session, roster.people)
    for scene in scenes.values():
        _go_on(scene, roster, work, news=scene.handoff.id in news)


def _go_on(scene: Scene, roster: Roster, work: Work, *, news: bool) -> None:
    handoff = scene.handoff
    candidates = roster.candidates(handoff, scene.offers)
    for candidate in candidates:
        _take_back(scene, candidate, work)
    search = search_of(handoff)
    step = next_step(search, candidates, roster.times, work.now)
    if step.begins:
        handoff.rung, handoff.rounds = step.rung, step.rounds
        handoff.asked_at, handoff.delivered_at = work.now, None
        handoff.calls_again_at = step.next_due_at if step.rung is Rung.NOBODY else None
    _ask_all(scene, roster, terms_of(step, search, candidates), work)
    if news or step.begins or step.ask:
        work.show_to(subject(handoff), scene.requester, partial(cards.requester.requester_card, scene))
    if step.begins:
        _tell_of_rung(scene, roster, step, work)
        work.board_changed()
    _bridge(scene, work)
    handoff.next_due_at = min(
        moment
        for moment in (
            step.next_due_at,
            handoff.bridge_at,
            roster.changes_at if step.rung in JOINED else None,
        )
        if moment is not None
    )


def _take_back(scene: Scene, candidate: Candidate, work: Work) -> None:
    """Close the offer of somebody who, as it turns out, must not have this case."""
    offer = scene.offers.get(candidate.person_id)
    if offer is not None and offer.state == OfferState.ASKED and candidate.must_not(work.now):
        offer.state = OfferState.OVER
        person = scene.people[candidate.person_id]
        work.correct_for(offer.subject, person, partial(cards.asked.offer_closed, scene, offer))


def _ask_all(scene: Scene, roster: Roster, asked: Sequence[Terms], work: Work) -> None:
    """Offer the case; each time with a card of its own, since editing one makes no sound."""
    again = once(partial(cards.asked.asked_again, scene))
    written: dict[tuple[object, ...], Callable[[], Message]] = {}
    for terms in asked:
        person = roster.people[terms.person_id]
        offer = scene.offers.get(person.id)
        if offer is None:
            offer = _offer(scene.handoff, person, work)
            scene.offers[person.id] = offer
        else:
            work.correct_for(offer.subject, person, again)
            offer.asks += 1
        offer.rung, offer.asked_at, offer.state, offer.undelivered = terms.rung, work.now, OfferState.ASKED, False
        offer.because, offer.as_supervisor = [str(one) for one in terms.because], terms.as_supervisor
        if terms.rung in ALONE:
            roster.asked_alone[person.id].add(scene.handoff.id)
        card = written.setdefault(
            (terms.because, terms.as_supervisor), once(partial(cards.asked.offer_card, scene, offer))
        )
        work.show_to(offer.subject, person, card, outcome_to=OFFER_OUTCOME)


def _offer(handoff: Handoff, person: Person, work: Work) -> Offer:
    offer = Offer(organisation_id=handoff.organisation_id, handoff_id=handoff.id, person_id=person.id, asks=1)
    work.session.add(offer)
    return offer


def _tell_of_rung(scene: Scene, roster: Roster, step: Step, work: Work) -> None:
    if step.rung is Rung.SUPERVISORS and step.rounds == 1:
        work.withdraw(subject(scene.handoff))
        work.tell(subject(scene.handoff), scene.requester, partial(cards.requester_notices.supervisors_called, scene))
    if step.rung is Rung.NOBODY:
        _call_channel(scene, roster, work)
        work.withdraw(subject(scene.handoff))
        work.tell(
            subject(scene.handoff),
            scene.requester,
            partial(cards.requester_notices.nobody_is_left, scene),
            lasts=roster.times.nobody,
        )


def _call_channel(scene: Scene, roster: Roster, work: Work) -> None:
    handoff, channel = scene.handoff, support_channel(work.session, scene.handoff.organisation_id)
    _close_call(scene, channel, work, again=True)
    handoff.calls += 1
    if channel is not None:
        with in_public():
            leads = [person for person in roster.people.values() if person.is_supervisor]
            message = cards.channel.call_card(scene, leads)
        work.show(_call(handoff), channel, message)


def _close_call(scene: Scene, channel: Conversation | None, work: Work, *, again: bool) -> None:
    if channel is not None and scene.handoff.calls:
        with in_public():
            message = cards.channel.call_over(scene, again=again)
        work.correct(_call(scene.handoff), channel, message)


def _call(handoff: Handoff) -> str:
    return f"call:{handoff.id}:{handoff.calls}"


def _bridge(scene: Scene, work: Work) -> None:
    """Give the agent a sentence after a minute; where a hold runs, its own clock does."""
    handoff = scene.handoff
    if handoff.bridge_at is None or work.now < handoff.bridge_at:
        return
    handoff.bridge_at = None
    if scene.hold is None:
        work.tell(subject(handoff), scene.requester, cards.requester_notices.a_minute_has_passed)


def hear_of_offers(outcomes: Sequence[Outcome], work: Work) -> None:
    """Learn which offers arrived: their time runs from then; what did not arrive is not waited for."""
    numbers = {_parts(outcome)[0] for outcome in outcomes}
    handoffs = work.session.scalars(
        select(Handoff)
        .where(Handoff.id.in_(numbers), Handoff.organisation_id == work.actor.organisation_id)
        .order_by(Handoff.id)
        .with_for_update()
    ).all()
    by_id = {handoff.id: handoff for handoff in handoffs}
    offers, news = _offers_of(outcomes, work), set()
    for outcome in outcomes:
        number, asks = _parts(outcome)
        offer = offers.get((number, outcome.conversation_id))
        if offer is None or offer.asks != asks or offer.state != OfferState.ASKED:
            continue
        handoff = by_id[number]
        offer.undelivered = outcome.state != DeliveryState.SENT
        if offer.undelivered:
            news.add(number)
        elif offer.rung == handoff.rung and handoff.delivered_at is None:
            handoff.delivered_at = max(outcome.at, handoff.asked_at)
    advance(handoffs, work, news=news)


def _parts(outcome: Outcome) -> tuple[int, int]:
    _offer, number, asks = outcome.subject.split(":")
    return int(number), int(asks)


def _offers_of(outcomes: Sequence[Outcome], work: Work) -> dict[tuple[int, int], Offer]:
    """Find the offers by handoff and direct chat."""
    rows = work.session.execute(
        select(Offer, Conversation.id)
        .join(Conversation, Conversation.person_id == Offer.person_id)
        .where(
            Offer.handoff_id.in_({_parts(outcome)[0] for outcome in outcomes}),
            Conversation.id.in_({outcome.conversation_id for outcome in outcomes}),
        )
    )
    return {(offer.handoff_id, conversation_id): offer for offer, conversation_id in rows}


def show_in_channel(scene: Scene, work: Work) -> None:
    """Have the channel read how a handoff stands, in a neutral line."""
    channel = support_channel(work.session, scene.handoff.organisation_id)
    if channel is not None:
        with in_public():
            message = cards.channel.channel_card(scene)
        work.show(subject(scene.handoff), channel, message)


def end_search(scene: Scene, work: Work, *, but: Person | None = None) -> None:
    """Close everything that asks for somebody; `but` has a card of their own for what comes now."""
    handoff = scene.handoff
    handoff.bridge_at = handoff.calls_again_at = None
    work.withdraw(subject(handoff))
    for offer in scene.offers.values():
        person = scene.people[offer.person_id]
        if offer.state == OfferState.ASKED:
            offer.state = OfferState.OVER
        if offer.state != OfferState.TOOK and (but is None or person.id != but.id):
            work.correct_for(offer.subject, person, partial(cards.asked.offer_closed, scene, offer))
    _close_call(scene, support_channel(work.session, handoff.organisation_id), work, again=False)
    show_in_channel(scene, work)
    work.show_to(subject(handoff), scene.requester, partial(cards.requester.requester_card, scene))
    work.board_changed()


def look_again(work: Work) -> None:
    """Let searches that wait for somebody look again: the team has changed."""
    waiting = update(Handoff).where(
        Handoff.organisation_id == work.actor.organisation_id,
        Handoff.state == HandoffState.SEARCHING,
        Handoff.rung.in_(JOINED),
    )
    work.session.execute(waiting.values(next_due_at=work.now))
