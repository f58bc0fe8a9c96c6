"""A case changes hands: somebody takes it, and whoever else was asked reads who has it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.availability import AvailabilityState
from bot.directory.model import Person
from bot.directory.roster import availability_of, supervisors
from bot.directory.shifts import shift_end
from bot.handoffs import cards
from bot.handoffs.decisions.aftercare import Care, break_for, call_for, care_for
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.facts import CaseFacts, facts_of_all
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState, Reason
from bot.handoffs.search.searching import end_search, show_asked, subject
from bot.handoffs.showing import show_watching
from bot.ports import Subject
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

GIVEN_OUTCOME = "given"


def care_subject(handoff: Handoff) -> Subject:
    """Name the card that asks whoever has a case whether they are done, and says that it was closed."""
    return Subject.of("care", handoff.id)


def callback_subject(handoff: Handoff) -> Subject:
    """Name what supervisors are told of a call that was promised, by who promised it."""
    return Subject.of("callback", handoff.requester_id, handoff.id)


def left_subject(handoff: Handoff) -> Subject:
    """Name what supervisors are told of a case whose holder is on a break, by who has it."""
    return Subject.of("left", handoff.taker_id or handoff.requester_id, handoff.id)


def closed_subject(handoff: Handoff) -> Subject:
    """Name what supervisors are told of a case that was closed without a word, by who had it."""
    return Subject.of("closed", handoff.taker_id or handoff.requester_id, handoff.id)


def show_all(facts: CaseFacts, work: Work) -> None:
    """Draw the cards of the requester and of whoever has it again."""
    work.show_to(subject(facts.handoff), facts.requester, partial(cards.requester.requester_card, facts))
    if facts.taker is not None:
        _show_taker(facts, facts.taker, work)
    show_watching(facts, work)


def show_end(facts: CaseFacts, work: Work) -> None:
    """Draw every card of a case that has ended; the one that asked whether it had asks no more."""
    show_all(facts, work)
    card = cards.requester.requester_card if facts.taker is None else cards.taker.taker_card
    work.correct_for(care_subject(facts.handoff), facts.taker or facts.requester, partial(card, facts))


def draw_anew(handoffs: Sequence[Handoff], work: Work) -> None:
    """Show cases to whoever takes part in them after their cards were taken back."""
    for facts in facts_of_all(handoffs, work).values():
        show_asked(facts, work)
        show_all(facts, work)


def _show_taker(facts: CaseFacts, taker: Person, work: Work, *, outcome_to: str | None = None) -> None:
    card = partial(cards.taker.taker_card, facts)
    work.show_to(facts.offers[taker.id].subject, taker, card, outcome_to=outcome_to)


def take(facts: CaseFacts, taker: Person, work: Work) -> None:
    """Give the case to somebody; whoever else was asked reads who has it."""
    handoff, before, held = facts.handoff, facts.taker, facts.holder
    if before is not None:
        told = partial(cards.taker.taken_from_you, facts, work.actor.name, taker.name)
        work.show_to(facts.offers[before.id].subject, before, told)
        if before.id != work.actor.person_id:
            work.tell(Subject.of("taken", handoff.id), before, told)
        work.correct_for(care_subject(handoff), before, told)
    _note_taker(facts, taker, work)
    handoff.state, handoff.taker_id, handoff.taken_at = HandoffState.TAKEN, taker.id, work.now
    facts.know(taker)
    if before is None and held is not None:  # they had promised a call
        work.correct_for(care_subject(handoff), held, partial(cards.requester.requester_card, facts))
    keep(handoff, taker, work)
    end_search(facts, work, but=taker)
    if facts.hold is not None:
        theirs = partial(cards.holder.hold_is_theirs, facts.hold, taker.name)
        work.correct_for(facts.hold.subject, facts.requester, theirs)
    _show_taker(facts, taker, work, outcome_to=GIVEN_OUTCOME if taker.id != work.actor.person_id else None)
    work.show_to(subject(handoff), facts.requester, partial(cards.requester.requester_card, facts), afresh=True)
    if handoff.started_by_id not in (handoff.requester_id, taker.id, work.actor.person_id):
        starter = facts.person(handoff.started_by_id)
        work.tell(subject(handoff), starter, partial(cards.supervisor.it_was_taken, facts))
    comfort(facts, work)


def _note_taker(facts: CaseFacts, taker: Person, work: Work) -> None:
    handoff, offer = facts.handoff, facts.offers.get(taker.id)
    if offer is None:  # they came by themselves, or were given it
        offer = Offer(
            organisation_id=handoff.organisation_id,
            handoff_id=handoff.id,
            person_id=taker.id,
            rung=handoff.rung or Rung.BEST,
            as_supervisor=taker.is_supervisor,
            because=[],
            asks=1,
            asked_at=work.now,
            undelivered=False,
        )
        work.session.add(offer)
        facts.offers[taker.id] = offer
    offer.state = OfferState.TOOK


def comfort(facts: CaseFacts, work: Work) -> None:
    """Say a kind word to somebody who was attacked, or heard of danger, once they are out of it."""
    if facts.handoff.reason is Reason.ATTACK or facts.handoff.danger is not None:
        leads = [one for one in supervisors(work.session, facts.handoff.organisation_id) if one != facts.requester]
        work.tell(subject(facts.handoff), facts.requester, partial(cards.requester_notices.kind_word, facts, leads))


def keep(handoff: Handoff, holder: Person, work: Work) -> None:
    """Note a sign of life of whoever has it."""
    handoff.answered_at, handoff.care_asked_at, handoff.closed_by_clock = work.now, None, False
    handoff.ended_at = None
    handoff.next_due_at = care_of(handoff, holder, work).next_due_at


def care_of(handoff: Handoff, holder: Person, work: Work) -> Care:
    """Decide what is to be done about a case somebody has."""
    answered = handoff.answered_at or work.now
    if handoff.call_at is not None and (handoff.taken_at is None or handoff.taken_at < handoff.call_at):
        there = availability_of(holder, work.organisation, work.now).state is AvailabilityState.AVAILABLE
        call = call_for(
            call_at=handoff.call_at, answered_at=answered, asked_at=handoff.care_asked_at, there=there, now=work.now
        )
        if call is not None:
            return call
    return _break_of(handoff, holder, answered, work) or care_for(
        answered_at=answered,
        asked_at=handoff.care_asked_at,
        ends_at=shift_end(holder.shifts, holder.zone_in(work.organisation), answered),
        now=work.now,
    )


def _break_of(handoff: Handoff, holder: Person, answered: datetime, work: Work) -> Care | None:
    """Decide about a case that somebody took over and leaves for a break; a call that was promised has its own time."""
    there = availability_of(holder, work.organisation, work.now)
    if handoff.taker_id is None or holder.away_since is None or there.state is not AvailabilityState.AWAY:
        return None
    return break_for(
        since=holder.away_since,
        until=holder.away_until,
        answered_at=answered,
        asked_at=handoff.care_asked_at,
        now=work.now,
    )
