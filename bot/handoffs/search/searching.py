"""A search, carried out: what the ladder decides becomes offers, cards and words."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.directory.model import Person
from bot.handoffs import cards
from bot.handoffs.decisions.candidate import Candidate
from bot.handoffs.decisions.hold import supervisors_by
from bot.handoffs.decisions.ladder import Search, Step, asks_again_at, next_step
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.decisions.terms import Terms, terms_of
from bot.handoffs.facts import CaseFacts, facts_of, facts_of_all
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.handoffs.search.candidates import Roster
from bot.handoffs.search.past import ALONE
from bot.handoffs.showing import show_watching
from bot.ports import Subject
from bot.say.language import in_public, once
from bot.say.messages import Message
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence


OFFER_OUTCOME = "offer"
CALL_OUTCOME = "handoff-call"
JOINED = (Rung.EVERYBODY, Rung.SUPERVISORS, Rung.NOBODY)  # rungs that whoever becomes free joins at once


def subject(handoff: Handoff) -> Subject:
    """Name the card that shows how a handoff stands."""
    return Subject.of("handoff", handoff.id)


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


def begin(handoff: Handoff, work: Work, *, at_once: bool = False) -> CaseFacts:
    """Let a search begin, `at_once` with the supervisors; hand on what is known of it."""
    roster = Roster(work, [handoff])
    facts = facts_of(handoff, work, roster.people.values())
    limit = work.organisation.hold_limit
    handoff.state = HandoffState.SEARCHING
    handoff.started_at = handoff.asked_at = work.now
    handoff.rounds = handoff.calls = 0
    handoff.closed_by_clock = False
    handoff.supervisors_by = work.now if at_once else work.now + roster.times.to_supervisors
    if facts.hold is not None:
        handoff.supervisors_by = min(handoff.supervisors_by, supervisors_by(facts.hold, limit))
    handoff.bridge_at = work.now + limit
    work.session.add(handoff)
    work.session.flush()
    _climb(facts, roster, work, news=True)
    show_in_channel(facts, work)
    work.board_changed()
    return facts


def call_supervisors(handoff: Handoff, work: Work) -> None:
    """Let the next step of a search be the supervisors, now; whoever was asked in this moment has been asked before."""
    handoff.supervisors_by = work.now
    handoff.asked_at = min(handoff.asked_at, work.now - timedelta.resolution)


def search_anew(facts: CaseFacts, work: Work) -> None:
    """Search once more for a case whose taker is gone: supervisors are called first."""
    handoff = facts.handoff
    handoff.state, handoff.taker_id, handoff.taken_at = HandoffState.SEARCHING, None, None
    handoff.rung, handoff.rounds, handoff.calls = None, 0, 0
    handoff.asked_at = handoff.supervisors_by = work.now
    handoff.delivered_at = handoff.care_asked_at = None
    go_on(facts, work)
    work.board_changed()


def advance(handoffs: Sequence[Handoff], work: Work, *, news: Collection[int] = ()) -> None:
    """Take every one of these searches as far as it can go now; of some the requester's card has news anyway."""
    searching = [handoff for handoff in handoffs if handoff.state == HandoffState.SEARCHING]
    if not searching:
        return
    roster = Roster(work, searching)
    cases = facts_of_all(searching, work, roster.people.values())
    for facts in cases.values():
        _climb(facts, roster, work, news=facts.handoff.id in news)


def show_asked(facts: CaseFacts, work: Work) -> None:
    """Draw the cards of whoever may still answer again: more is known of the case."""
    for offer in facts.offers.values():
        if facts.handoff.state == HandoffState.SEARCHING and offer.state == OfferState.ASKED and not offer.undelivered:
            card = partial(cards.asked.offer_card, facts, offer)
            work.show_to(offer.subject, facts.person(offer.person_id), card, outcome_to=OFFER_OUTCOME)


def go_on(facts: CaseFacts, work: Work) -> None:
    """Take one search as far as it can go now; its requester reads what is new."""
    if facts.handoff.state != HandoffState.SEARCHING:
        return
    roster = Roster(work, [facts.handoff])
    for person in roster.people.values():
        facts.know(person)
    _climb(facts, roster, work, news=True)


def _climb(facts: CaseFacts, roster: Roster, work: Work, *, news: bool) -> None:
    handoff = facts.handoff
    candidates = roster.candidates(handoff, facts.offers)
    for candidate in candidates:
        _take_back(facts, candidate, work)
    search = search_of(handoff)
    step = next_step(search, candidates, roster.times, work.now)
    if step.begins:
        handoff.rung, handoff.rounds = step.rung, step.rounds
        handoff.asked_at, handoff.delivered_at = work.now, None
    again_at = asks_again_at(step, candidates, roster.times, work.now)
    news |= again_at != handoff.calls_again_at  # no one is said to be asked while nobody can be
    handoff.calls_again_at = again_at
    unreached = facts.unreached()  # before they are asked once more
    _ask_all(facts, roster, terms_of(step, search, candidates), work)
    if news or step.begins or step.ask:
        work.show_to(subject(handoff), facts.requester, partial(cards.requester.requester_card, facts))
    if step.begins:
        _tell_of_rung(facts, roster, step, unreached, work)
        work.board_changed()
    _bridge(facts, work)
    handoff.next_due_at = min(
        moment
        for moment in (
            step.next_due_at,
            handoff.bridge_at,
            roster.changes_at if step.rung in JOINED else None,
        )
        if moment is not None
    )


def _take_back(facts: CaseFacts, candidate: Candidate, work: Work) -> None:
    """Close the offer of somebody who, as it turns out, must not have this case."""
    offer = facts.offers.get(candidate.person_id)
    if offer is not None and offer.state == OfferState.ASKED and candidate.must_not(work.now):
        offer.state = OfferState.OVER
        person = facts.person(candidate.person_id)
        work.correct_for(offer.subject, person, partial(cards.asked.offer_closed, facts, offer))


def _ask_all(facts: CaseFacts, roster: Roster, asked: Sequence[Terms], work: Work) -> None:
    """Offer the case; each time in a new message in place of the one there was, since editing makes no sound."""
    written: dict[tuple[object, ...], Callable[[], Message]] = {}
    for terms in asked:
        person = roster.people[terms.person_id]
        offer = facts.offers.get(person.id)
        if offer is None:
            offer = _offer(facts.handoff, person, work)
            facts.offers[person.id] = offer
        else:
            offer.asks += 1
        offer.rung, offer.asked_at, offer.state, offer.undelivered = terms.rung, work.now, OfferState.ASKED, False
        offer.because, offer.as_supervisor = [str(one) for one in terms.because], terms.as_supervisor
        if terms.rung in ALONE:
            roster.asked_alone[person.id].add(facts.handoff.id)
        card = written.setdefault(
            (terms.because, terms.as_supervisor), once(partial(cards.asked.offer_card, facts, offer))
        )
        work.show_to(offer.subject, person, card, outcome_to=OFFER_OUTCOME, afresh=True)


def _offer(handoff: Handoff, person: Person, work: Work) -> Offer:
    offer = Offer(organisation_id=handoff.organisation_id, handoff_id=handoff.id, person_id=person.id, asks=1)
    work.session.add(offer)
    return offer


def _tell_of_rung(facts: CaseFacts, roster: Roster, step: Step, unreached: Sequence[Person], work: Work) -> None:
    if step.rung is Rung.SUPERVISORS and step.rounds == 1:
        work.withdraw(subject(facts.handoff))
        work.tell(subject(facts.handoff), facts.requester, partial(cards.requester_notices.supervisors_called, facts))
    if step.rung is Rung.NOBODY:
        _say_nobody_is_left(facts, roster, step, unreached, work)


def _say_nobody_is_left(facts: CaseFacts, roster: Roster, step: Step, unreached: Sequence[Person], work: Work) -> None:
    """Say it aloud once to the requester, and to the channel now and then; in between their cards show the truth."""
    if roster.times.loud_on(step.rounds, urgent=facts.handoff.urgent):
        _call_channel(facts, roster, work)
    if step.rounds == 1:
        work.withdraw(subject(facts.handoff))
        told = partial(
            cards.requester_notices.nobody_is_left, facts, unreached, channel=work.support_channel is not None
        )
        work.tell(subject(facts.handoff), facts.requester, told, lasts=roster.times.nobody)


def _call_channel(facts: CaseFacts, roster: Roster, work: Work) -> None:
    facts.handoff.calls += 1
    with in_public():
        leads = [person for person in roster.people.values() if person.is_supervisor]
        message = cards.channel.call_card(facts, leads)
    for channel in work.support_channels:
        work.show(subject(facts.handoff), channel, message, outcome_to=CALL_OUTCOME, afresh=True)


def _bridge(facts: CaseFacts, work: Work) -> None:
    """Give the agent a sentence after a minute; where a hold runs, its own clock does."""
    handoff = facts.handoff
    if handoff.bridge_at is None or work.now < handoff.bridge_at:
        return
    handoff.bridge_at = None
    if facts.hold is None:
        work.tell(subject(handoff), facts.requester, partial(cards.requester_notices.a_minute_has_passed, facts))


def show_in_channel(facts: CaseFacts, work: Work) -> None:
    """Have the channel read how a handoff stands, in a neutral line; a call stays until somebody has followed it."""
    handoff = facts.handoff
    if handoff.state == HandoffState.SEARCHING and handoff.calls:
        return
    with in_public():
        message = cards.channel.channel_card(facts)
    for channel in work.support_channels:
        work.show(subject(handoff), channel, message)


def end_search(facts: CaseFacts, work: Work, *, but: Person | None = None) -> None:
    """Close everything that asks for somebody; `but` has a card of their own for what comes now."""
    handoff = facts.handoff
    handoff.bridge_at = handoff.calls_again_at = None
    work.withdraw(subject(handoff))
    for offer in facts.offers.values():
        person = facts.person(offer.person_id)
        if offer.state == OfferState.ASKED:
            offer.state = OfferState.OVER
        if offer.state != OfferState.TOOK and (but is None or person.id != but.id):
            work.correct_for(offer.subject, person, partial(cards.asked.offer_closed, facts, offer))
    show_in_channel(facts, work)
    show_watching(facts, work)
    work.show_to(subject(handoff), facts.requester, partial(cards.requester.requester_card, facts))
    work.board_changed()


def look_again(work: Work) -> None:
    """Let searches that wait for somebody look again: the team has changed."""
    waiting = update(Handoff).where(
        Handoff.organisation_id == work.actor.organisation_id,
        Handoff.state == HandoffState.SEARCHING,
        Handoff.rung.in_(JOINED),
    )
    work.session.execute(waiting.values(next_due_at=work.now))
