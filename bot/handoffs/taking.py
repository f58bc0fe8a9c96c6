"""A case changes hands: somebody takes it, and whoever else was asked reads who has it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.roster import supervisors
from bot.directory.shifts import shift_end
from bot.handoffs import cards
from bot.handoffs.decisions.aftercare import Care, care_for
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState, Reason
from bot.handoffs.searching import end_search, subject

if TYPE_CHECKING:
    from bot.directory.model import Person
    from bot.handoffs.facts import Scene
    from bot.work.work import Work


def show_all(scene: Scene, work: Work) -> None:
    """Draw the cards of the requester and of whoever has it again."""
    work.show_to(subject(scene.handoff), scene.requester, partial(cards.requester.requester_card, scene))
    if scene.taker is not None:
        _show_taker(scene, scene.taker, work)


def _show_taker(scene: Scene, taker: Person, work: Work) -> None:
    work.show_to(scene.offers[taker.id].subject, taker, partial(cards.taker.taker_card, scene))


def take(scene: Scene, taker: Person, work: Work) -> None:
    """Give the case to somebody; whoever else was asked reads who has it."""
    handoff, before = scene.handoff, scene.taker
    if before is not None:
        told = partial(cards.taker.taken_from_you, scene, work.actor.name, taker.name)
        work.show_to(scene.offers[before.id].subject, before, told)
        if before.id != work.actor.person_id:
            work.tell(f"taken:{handoff.id}", before, told)
    handoff.state, handoff.taker_id, handoff.taken_at = HandoffState.TAKEN, taker.id, work.now
    scene.people[taker.id] = taker
    _note_taker(scene, taker, work)
    keep(handoff, taker, work)
    end_search(scene, work, but=taker)
    _show_taker(scene, taker, work)
    work.tell(subject(handoff), scene.requester, partial(cards.requester_notices.somebody_takes_over, scene))
    if handoff.started_by_id not in (handoff.requester_id, taker.id, work.actor.person_id):
        starter = scene.people[handoff.started_by_id]
        work.tell(subject(handoff), starter, partial(cards.supervisor.it_was_taken, scene))
    comfort(scene, work)


def _note_taker(scene: Scene, taker: Person, work: Work) -> None:
    handoff, offer = scene.handoff, scene.offers.get(taker.id)
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
        scene.offers[taker.id] = offer
    offer.state = OfferState.TOOK


def comfort(scene: Scene, work: Work) -> None:
    """Say a kind word to somebody who was attacked or threatened, once they are out of it."""
    reason = scene.handoff.reason
    if reason in (Reason.ATTACK, Reason.SAFETY):
        leads = [one for one in supervisors(work.session, scene.handoff.organisation_id) if one != scene.requester]
        work.tell(subject(scene.handoff), scene.requester, partial(cards.requester_notices.kind_word, reason, leads))


def keep(handoff: Handoff, holder: Person, work: Work) -> None:
    """Note a sign of life of whoever has it."""
    handoff.answered_at, handoff.care_asked_at, handoff.closed_by_clock = work.now, None, False
    handoff.ended_at = None
    handoff.next_due_at = care_of(handoff, holder, work).next_due_at


def care_of(handoff: Handoff, holder: Person, work: Work) -> Care:
    """Decide what is to be done about a case somebody has."""
    answered = handoff.answered_at or work.now
    return care_for(
        answered_at=answered,
        asked_at=handoff.care_asked_at,
        ends_at=shift_end(holder.shifts, holder.zone_in(work.organisation), answered),
        now=work.now,
    )
