"""A case that somebody has goes on in a new search, with all that is known of it; and back to them if they want it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import or_, select

from bot.directory.model import Person
from bot.handoffs import cards, commands
from bot.handoffs.facts import CaseFacts, facts_of
from bot.handoffs.model import Handoff, HandoffState, Note, Reason
from bot.handoffs.search.searching import begin, show_in_channel, subject
from bot.handoffs.takeover.noting import describe
from bot.handoffs.takeover.taking import callback_subject, keep, show_all, show_end
from bot.safety.hearing import Danger, danger_in
from bot.work.work import Work


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of a case when it is handed on."""

    why: str = ""
    signals: str = ""
    reason: Reason | None = None
    danger: Danger | None = None
    case: str = ""
    wish: Person | None = None
    owner: Person | None = None  # who has it, where it is not the actor
    at_once: bool = False  # supervisors are called before colleagues are asked


def hand_on(facts: CaseFacts, work: Work, said: Said | None = None) -> CaseFacts:
    """Begin the new search, with why the case is handed on below what was known of it; the one wished for is first."""
    before, said = facts.handoff, said or Said()
    owner = said.owner or work.me()
    handoff = Handoff(
        organisation_id=before.organisation_id,
        chain_id=before.chain,
        requester_id=owner.id,
        started_by_id=work.actor.person_id,
        wish_id=said.wish.id if said.wish else None,
        call_at=before.call_at,
        playbooks=list(before.playbooks),  # of this case; what else they have used today is theirs
    )
    danger = _danger_of(before, owner, said)
    describe(
        handoff,
        work,
        case=before.case or said.case,
        customer=before.customer or "",
        reason=said.reason or (before.reason if before.requester_id == owner.id else None),  # theirs is not the taker's
        note=_with_why(before.note, said),
        danger=danger,
    )
    if danger is None:  # what the note tells of one who was not well is over
        handoff.danger_text, handoff.urgent = None, said.reason is Reason.SAFETY
    handoff.heated = before.heated or (said.reason is not None and handoff.heated)
    pass_on(facts, work)
    return begin(handoff, work, at_once=said.at_once)


def _danger_of(before: Handoff, owner: Person, said: Said) -> Danger | None:
    """Say which danger goes on with a case: what is told now, or before; whoever was not well is out of it."""
    is_over = before.danger is Danger.AGENT and before.requester_id != owner.id
    return said.danger or danger_in(said.why) or (None if is_over else before.danger)


def _with_why(note: Note, said: Said) -> Note:
    if said.signals:
        note = note.model_copy(update={"signals": said.signals})
    if not said.why:
        return note
    before = note.happened[: max(0, commands.LONGEST - len(said.why) - 1)]
    return note.model_copy(update={"happened": f"{before}\n{said.why}".strip()})


def pass_on(facts: CaseFacts, work: Work) -> None:
    """End a handoff whose case goes on in the next one; whoever asked for the first is told."""
    handoff = facts.handoff
    waited = handoff.state == HandoffState.CALLBACK
    handoff.state, handoff.ended_at, handoff.next_due_at = HandoffState.PASSED_ON, work.now, None
    handoff.closed_by_clock = False
    work.withdraw(subject(handoff))
    work.withdraw(callback_subject(handoff))
    show_end(facts, work)
    if waited:
        show_in_channel(facts, work)
    if facts.taker is not None and facts.taker.id != handoff.requester_id:
        work.tell(subject(handoff), facts.requester, partial(cards.requester_notices.it_was_passed_on, facts))


def go_back_to(ended: CaseFacts, work: Work) -> None:
    """Give a case back to whoever had handed it on: they have it as before."""
    before = _before(ended.handoff, work)
    if before is None:
        return
    facts = facts_of(before, work)
    before.state = HandoffState.TAKEN if facts.taker is not None else HandoffState.CALLBACK
    if before.case is None and ended.handoff.case is not None:  # its number was named when it was handed on
        before.case, before.case_hash = ended.handoff.case, ended.handoff.case_hash
    keep(before, facts.taker or facts.requester, work)
    work.withdraw(subject(before))
    show_all(facts, work)
    show_in_channel(facts, work)
    work.board_changed()
    if facts.taker is not None and facts.taker.id != before.requester_id:
        work.tell(subject(before), facts.requester, partial(cards.requester_notices.it_came_back, facts))


def _before(handoff: Handoff, work: Work) -> Handoff | None:
    """Find the handoff that went on in this one, by whoever had it then."""
    if handoff.chain_id is None:
        return None
    same = or_(Handoff.id == handoff.chain_id, Handoff.chain_id == handoff.chain_id)
    passed = select(Handoff).where(same, Handoff.id < handoff.id, Handoff.state == HandoffState.PASSED_ON)
    before = work.session.scalar(passed.order_by(Handoff.id.desc()).limit(1).with_for_update())
    if before is None or (before.taker_id or before.requester_id) != handoff.requester_id:
        return None
    return before
