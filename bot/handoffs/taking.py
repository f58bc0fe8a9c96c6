"""A case changes hands: somebody takes it, keeps it, is done with it, or hands it on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.roster import supervisors, supervisors_on_duty
from bot.directory.shifts import shift_end
from bot.handoffs import case_texts, notice_texts, supervisor_texts, texts
from bot.handoffs.aftercare import Care, care_for
from bot.handoffs.ladder import Rung
from bot.handoffs.model import HandoffState, Offer, OfferState, Reason
from bot.handoffs.search import end_search, set_scene, show_in_channel, subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.directory.model import Person
    from bot.handoffs.model import Handoff
    from bot.handoffs.scene import Scene
    from bot.work.work import Work


def show_all(scene: Scene, work: Work) -> None:
    """Draw the cards of the requester and of whoever has it again."""
    work.show_to(subject(scene.handoff), scene.requester, partial(texts.requester_card, scene))
    if scene.taker is not None:
        _show_taker(scene, scene.taker, work)


def _show_taker(scene: Scene, taker: Person, work: Work) -> None:
    work.show_to(scene.offers[taker.id].subject, taker, partial(case_texts.taker_card, scene))


def take(scene: Scene, taker: Person, work: Work) -> None:
    """Give the case to somebody; whoever else was asked reads who has it."""
    handoff, before = scene.handoff, scene.taker
    if before is not None:
        told = partial(case_texts.taken_from_you, scene, work.actor.name, taker.name)
        work.show_to(scene.offers[before.id].subject, before, told)
        if before.id != work.actor.person_id:
            work.tell(f"taken:{handoff.id}", before, told)
    handoff.state, handoff.taker_id, handoff.taken_at = HandoffState.TAKEN, taker.id, work.now
    scene.people[taker.id] = taker
    _note_taker(scene, taker, work)
    keep(handoff, taker, work)
    end_search(scene, work, but=taker)
    _show_taker(scene, taker, work)
    work.tell(subject(handoff), scene.requester, partial(notice_texts.somebody_takes_over, scene))
    if handoff.started_by_id not in (handoff.requester_id, taker.id, work.actor.person_id):
        starter = scene.people[handoff.started_by_id]
        work.tell(subject(handoff), starter, partial(supervisor_texts.it_was_taken, scene))
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
        work.tell(subject(scene.handoff), scene.requester, partial(notice_texts.kind_word, reason, leads))


# --- having it -----------------------------------------------------------------------------------


def keep(handoff: Handoff, holder: Person, work: Work) -> None:
    """Note a sign of life of whoever has it."""
    handoff.answered_at, handoff.care_asked_at, handoff.closed_by_clock = work.now, None, False
    handoff.ended_at = None
    handoff.next_due_at = _care(handoff, holder, work).next_due_at


def _care(handoff: Handoff, holder: Person, work: Work) -> Care:
    answered = handoff.answered_at or work.now
    return care_for(
        answered_at=answered,
        asked_at=handoff.care_asked_at,
        ends_at=shift_end(holder.shifts, holder.zone_in(work.organisation), answered),
        now=work.now,
    )


def finish(scene: Scene, work: Work) -> None:
    """End a handoff whose case somebody is done with."""
    handoff, waited = scene.handoff, scene.handoff.state == HandoffState.CALLBACK
    handoff.state, handoff.ended_at, handoff.next_due_at = HandoffState.COMPLETED, work.now, None
    work.withdraw(subject(handoff))
    work.withdraw(_care_subject(handoff))
    work.board_changed()
    show_all(scene, work)
    if waited:
        show_in_channel(scene, work)


def pass_on(handoff: Handoff, work: Work) -> None:
    """End a handoff whose case goes on in the next one; whoever asked for the first is told."""
    scene = set_scene(handoff, work)
    handoff.state, handoff.ended_at, handoff.next_due_at = HandoffState.PASSED_ON, work.now, None
    work.withdraw(subject(handoff))
    work.withdraw(_care_subject(handoff))
    show_all(scene, work)
    if scene.taker is not None and scene.taker.id != handoff.requester_id:
        work.tell(subject(handoff), scene.requester, partial(notice_texts.it_was_passed_on, scene))


def care_about(handoffs: Sequence[Handoff], work: Work) -> None:
    """Ask whoever has a case whether they are done, and close it at the end of their shift, aloud."""
    for handoff in handoffs:
        scene = set_scene(handoff, work)
        holder = scene.people.get(handoff.holder_id or 0, scene.requester)
        care = _care(handoff, holder, work)
        handoff.next_due_at = care.next_due_at
        if care.deed == "ask":
            handoff.care_asked_at = work.now
            work.tell(_care_subject(handoff), holder, partial(case_texts.still_at_it, scene))
        elif care.deed == "close":
            _close(scene, holder, work)


def _care_subject(handoff: Handoff) -> str:
    return f"care:{handoff.id}"


def _close(scene: Scene, holder: Person, work: Work) -> None:
    scene.handoff.closed_by_clock = True
    finish(scene, work)
    work.tell(_care_subject(scene.handoff), holder, partial(case_texts.closed_for_today, scene))
    for one in supervisors_on_duty(work, but=holder):
        work.tell(_care_subject(scene.handoff), one, partial(supervisor_texts.closed_by_clock, scene))
