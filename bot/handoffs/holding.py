"""What happens around a hold: one clock from "I asked them to hold" to "I am back"."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from bot.delivery.model import DeliveryState, IfUnknown
from bot.directory.model import Person
from bot.errors import Refusal
from bot.handoffs import cards, commands
from bot.handoffs.decisions.hold import HoldStage, decide, supervisors_by
from bot.handoffs.facts import CaseFacts, facts_of, facts_of_all, find_facts, running_hold, running_search
from bot.handoffs.model import Handoff, HandoffState, Hold
from bot.handoffs.search.searching import advance, look_again
from bot.handoffs.showing import card_for
from bot.handoffs.takeover.taking import show_all
from bot.ports import Outcome
from bot.say.language import _
from bot.say.replies import Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


HOLD_OUTCOME = "hold-notice"
_CARDS = {
    HoldStage.WARNED: cards.holder.hold_warning,
    HoldStage.OVER: cards.holder.hold_over,
    HoldStage.FORGOTTEN: cards.holder.hold_forgotten,
}


def hold_customer(command: commands.StartHold, work: Work) -> Reply:
    """Carry out "I asked them to hold"; on an old card whose case a colleague has taken, say who has it instead."""
    facts = find_facts(command.handoff, work) if command.handoff is not None else None
    if facts is not None and facts.taker is not None:
        return work.answer(card_for(facts, work))
    hold = start_hold(work)
    handoff = running_search(hold.person_id, work)
    return work.answer(
        cards.requester.requester_card(facts_of(handoff, work)) if handoff else cards.holder.hold_is_watched(hold)
    )


def end_hold(command: commands.EndHold, work: Work) -> Reply:
    """Carry out "I am back", said by whoever asked to hold or by the colleague who took over."""
    hold = work.find(Hold, command.hold, _("This hold"))
    facts = find_facts(command.handoff, work) if command.handoff else None
    mine = hold.person_id == work.actor.person_id
    if not mine and (facts is None or facts.handoff.taker_id != work.actor.person_id):
        raise Refusal(_("The hold goes on."), _("It's somebody else's."), _("Only they can say that they're back."))
    late = hold.ended_at is not None
    if not late:
        stop_hold(work, hold)
    if late and facts is None:
        return work.answer(cards.holder.over_already(hold))
    if facts is None:
        return work.answer(cards.holder.welcome_back(hold))
    return work.answer(card_for(facts, work))


def start_hold(work: Work) -> Hold:
    """Start the clock; somebody who already has one going keeps it: the customer has waited since then."""
    me = work.me()
    if hold := running_hold(work.session, me.id):
        return hold
    hold = Hold(
        organisation_id=me.organisation_id,
        person_id=me.id,
        started_at=work.now,
        told=HoldStage.QUIET,
        unreachable=False,
        next_due_at=work.now + work.organisation.hold_warning,
    )
    work.session.add(hold)
    work.session.flush()
    work.board_changed()
    cases = _cases_on([hold], work)
    for facts in cases.values():
        _hurry(facts.handoff, hold, work)
    if not cases:  # else the card of the handoff shows the clock
        shown = partial(cards.holder.on_hold, hold)
        work.show_to(hold.subject, me, shown, if_unknown=IfUnknown.LEAVE, outcome_to=HOLD_OUTCOME)
    return hold


def _hurry(handoff: Handoff, hold: Hold, work: Work) -> None:
    """Give a search less time, now that the customer is on hold."""
    if handoff.state == HandoffState.SEARCHING:
        locked = work.find(Handoff, handoff.id, _("This handoff"))
        locked.supervisors_by = min(locked.supervisors_by, supervisors_by(hold, work.organisation.hold_limit))
        advance([locked], work, news=[locked.id])


def stop_hold(work: Work, hold: Hold) -> None:
    """Stop the clock, on every card that shows it."""
    facts = _cases_on([hold], work).get(hold.person_id)
    gone = hold.person_id if facts is not None and facts.taker is not None else None  # they are not back: it was taken
    _stop(hold, work)
    for person in {work.session.get_one(Person, hold.person_id), *work.readers(hold.subject)}:
        if person.id != gone:
            work.correct_for(hold.subject, person, partial(cards.holder.welcome_back, hold))


def _stop(hold: Hold, work: Work) -> None:
    hold.ended_at, hold.next_due_at = work.now, None
    look_again(work)  # whoever is back can be asked
    work.board_changed()
    for facts in _cases_on([hold], work).values():
        show_all(facts, work)


def _cases_on(holds: Sequence[Hold], work: Work) -> dict[int, CaseFacts]:
    """Find the handoff each of these holds waits for, by person: searched for, or taken since the hold began."""
    begun = min((hold.started_at for hold in holds), default=work.now)
    handoffs = work.session.scalars(
        select(Handoff)
        .where(
            Handoff.requester_id.in_([hold.person_id for hold in holds]),
            or_(
                Handoff.state == HandoffState.SEARCHING,
                (Handoff.state == HandoffState.TAKEN) & (Handoff.taken_at >= begun),
            ),
        )
        .order_by(Handoff.id)
    ).all()
    cases = facts_of_all(handoffs, work)
    return {facts.handoff.requester_id: facts for facts in cases.values()}


def tell_about_holds(holds: Sequence[Hold], work: Work) -> None:
    """Let the clock say what running holds need."""
    cases = _cases_on(holds, work)
    for hold in holds:
        _tell_about(hold, cases.get(hold.person_id), work)


def _tell_about(hold: Hold, facts: CaseFacts | None, work: Work) -> None:
    organisation = work.organisation
    decision = decide(
        started_at=hold.started_at,
        told=HoldStage(hold.told),
        now=work.now,
        warning=organisation.hold_warning,
        limit=organisation.hold_limit,
    )
    hold.told, hold.next_due_at = decision.stage, decision.next_due_at
    if not decision.say:
        return
    if decision.stage is HoldStage.FORGOTTEN:
        stop_hold(work, hold)
    # To whoever talks to the customer: after a takeover nobody chases who stepped out of it.
    # A card, so that its clock and its buttons end with the hold; each time a new one, since edits make no sound.
    work.show_to(
        hold.subject,
        (facts.taker if facts else None) or work.session.get_one(Person, hold.person_id),
        partial(_CARDS[decision.stage], hold, work.now - hold.started_at, facts),
        lasts=timedelta(minutes=1),
        if_unknown=IfUnknown.LEAVE,
        outcome_to=HOLD_OUTCOME,
        afresh=True,
    )
    work.board_changed()


def hear_of_cards(outcomes: Sequence[Outcome], work: Work) -> None:
    """Remember that somebody could not be reached, so that their card says it."""
    for outcome in outcomes:
        hold = work.session.get(Hold, outcome.subject.number)
        if hold is not None and outcome.state != DeliveryState.SENT and hold.ended_at is None:
            hold.unreachable = True
