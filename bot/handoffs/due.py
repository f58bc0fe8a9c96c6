"""What the clock does with handoffs: searches go on, cases taken over are asked about."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.handoffs import cards
from bot.handoffs.facts import CaseFacts, facts_of_all
from bot.handoffs.model import Handoff, HandoffState
from bot.handoffs.search.searching import advance, search_anew, show_in_channel, subject
from bot.handoffs.takeover.ending import finish
from bot.handoffs.takeover.taking import callback_subject, care_of, care_subject, closed_subject, left_subject
from bot.people.leads import tell_leads
from bot.work.named import supervisors_on_duty
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence

AGAIN_AFTER = timedelta(seconds=30)  # a search that failed is tried again: somebody waits for it


def act_on_due(handoffs: Sequence[Handoff], work: Work) -> None:
    """Take up every handoff that is due."""
    advance(handoffs, work)
    care_about([handoff for handoff in handoffs if handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK)], work)
    for handoff in handoffs:
        if handoff.ended_at is not None:
            handoff.next_due_at = None


def care_about(handoffs: Sequence[Handoff], work: Work) -> None:
    """Ask whoever has a case whether they are done, and close it at the end of their shift, aloud."""
    for facts in facts_of_all(handoffs, work).values():
        handoff = facts.handoff
        holder = facts.person(handoff.holder_id) if handoff.holder_id else facts.requester
        care = care_of(handoff, holder, work)
        handoff.next_due_at = care.next_due_at
        if care.deed == "ask":
            handoff.care_asked_at = work.now
            work.show_to(care_subject(handoff), holder, partial(cards.taker.still_at_it, facts), afresh=True)
        elif care.deed == "leaves":
            handoff.care_asked_at = work.now
            leaving = partial(cards.taker.you_leave, facts, holder, shift_over=care.shift_over)
            work.show_to(care_subject(handoff), holder, leaving, afresh=True)
        elif care.deed == "left":
            _tell_of_break(facts, holder, work)
        elif care.deed == "late":
            _let_somebody_else_call(facts, holder, work)
        elif care.deed == "close":
            _close(facts, holder, work, shift_over=care.shift_over)


def _tell_of_break(facts: CaseFacts, holder: Person, work: Work) -> None:
    """Tell supervisors whose case nobody looks after for a while; where there is none, whoever stepped out of it."""
    handoff = facts.handoff
    handoff.care_asked_at = work.now
    handoff.next_due_at = care_of(handoff, holder, work).next_due_at
    leads = supervisors_on_duty(work, but=holder)
    tell_leads(work, leads, partial(cards.supervisor.holder_is_away, facts, holder), left_subject(handoff))
    if not leads:
        work.tell(subject(handoff), facts.requester, partial(cards.requester_notices.taker_is_away, facts, holder))


def _let_somebody_else_call(facts: CaseFacts, holder: Person, work: Work) -> None:
    """Find somebody for a call that is late; a case that was taken over is left to supervisors, who can give it on."""
    handoff = facts.handoff
    handoff.care_asked_at = work.now
    if facts.taker is None:
        work.withdraw(callback_subject(handoff))
        search_anew(facts, work)
        work.withdraw(subject(handoff))  # one word about it is enough
        show_in_channel(facts, work)
    work.show_to(care_subject(handoff), holder, partial(cards.taker.call_is_late, facts), afresh=True)
    if facts.taker is None:
        return
    handoff.next_due_at = care_of(handoff, holder, work).next_due_at
    alarm = partial(cards.supervisor.call_is_late, facts)
    tell_leads(work, supervisors_on_duty(work, but=holder), alarm, callback_subject(handoff))


def _close(facts: CaseFacts, holder: Person, work: Work, *, shift_over: bool) -> None:
    facts.handoff.closed_by_clock = True
    finish(facts, work)
    told = partial(cards.taker.closed_for_you, facts, shift_over=shift_over)
    work.show_to(care_subject(facts.handoff), holder, told, afresh=True)
    alarm = partial(cards.supervisor.closed_by_clock, facts, shift_over=shift_over)
    tell_leads(work, supervisors_on_duty(work, but=holder), alarm, closed_subject(facts.handoff))
