"""A handoff ends: its requester goes on alone, or whoever has the case is done or hands it on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from bot.directory.model import ConversationKind
from bot.errors import NotFound, Refusal
from bot.handoffs import cards, commands
from bot.handoffs.access import Standing, insist
from bot.handoffs.cases import same_case
from bot.handoffs.facts import CaseFacts, all_searches, facts_of, facts_of_all, find_facts
from bot.handoffs.model import Handoff, HandoffState, OfferState
from bot.handoffs.search.searching import end_search, show_in_channel, subject
from bot.handoffs.search.twins import looked_after, refuse_theirs
from bot.handoffs.search.which import which_search
from bot.handoffs.showing import answer_with_card, card_for
from bot.handoffs.takeover.handing_on import go_back_to, hand_on
from bot.handoffs.takeover.taking import callback_subject, keep, show_all, show_end
from bot.say.language import _, listing
from bot.say.replies import Done, Private, Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


SHOWN = 3  # cases that are asked about


def cancel_handoff(command: commands.CancelHandoff, work: Work) -> Reply:
    """End a search: the requester goes on alone."""
    facts = _searched_for(command, work)
    handoff = facts.handoff
    if command.handoff is None and handoff.state == HandoffState.CALLBACK:
        return Private(message=cards.requester.promise_stands(facts))
    if handoff.state == HandoffState.SEARCHING:
        handoff.state, handoff.ended_at, handoff.next_due_at = HandoffState.CANCELLED, work.now, None
        end_search(facts, work)
        go_back_to(facts, work)
        if work.actor.person_id != handoff.requester_id:
            work.tell(
                subject(handoff), facts.requester, partial(cards.requester_notices.search_ended_by, work.actor.name)
            )
    return answer_with_card(facts, work)


def _searched_for(command: commands.CancelHandoff, work: Work) -> CaseFacts:
    if command.handoff is None:
        return facts_of(_search_meant(command, work), work)
    facts = find_facts(command.handoff, work)
    insist(facts, work, Standing.REQUESTER, Standing.SUPERVISOR)
    return facts


def _search_meant(command: commands.CancelHandoff, work: Work) -> Handoff:
    """Find the search that is to end: the one of the case that is named, or the only one; else say who has it."""
    mine = all_searches(work.actor.person_id or 0, work)
    if len(mine) > 1 and not command.case:
        raise which_search(mine, command, _("Nothing was ended."), work)
    named = next((one for one in mine if command.case and same_case(one.case or "", command.case)), None)
    found = named or next((one for one in mine if not command.case or not one.case), None)
    found = found or next((one for one in all_owed(work) if _fits(one, command.case)), None)
    if found is not None:
        return found
    refuse_theirs(command.case, _("Nothing was ended."), work)
    if mine:
        raise _no_search(_("I'm not finding anybody for {case}.").format(case=command.case))
    if not command.case and (taken := _taken_from_me(work)) is not None:
        facts = facts_of(taken, work)
        raise looked_after(facts, cards.promised.name_of(facts), _("I'm not finding anybody for you."))
    raise _no_search(_("I'm not finding anybody for you."))


def _taken_from_me(work: Work) -> Handoff | None:
    """Find the case of the actor that a colleague took over last and still has."""
    taken = (Handoff.requester_id == work.actor.person_id) & (Handoff.state == HandoffState.TAKEN)
    return work.session.scalar(select(Handoff).where(taken).order_by(Handoff.taken_at.desc()).limit(1))


def _no_search(why: str) -> NotFound:
    return NotFound(_("There's nothing to cancel."), why, _("Begin with `/recuse`."))


def _fits(handoff: Handoff, case: str) -> bool:
    return not case or same_case(handoff.case or "", case)


def complete_handoff(command: commands.CompleteHandoff, work: Work) -> Reply:
    """Be done with a case."""
    facts = _held(command.handoff, work) if command.handoff is not None else _meant(command, work)
    if command.handoff is None and facts.taker is None and not command.was_called:
        return Private(message=cards.requester.promise_stands(facts))
    if facts.handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK):
        finish(facts, work)
    elif facts.handoff.state == HandoffState.SEARCHING and facts.call_is_late:
        finish(facts, work)  # they have called after all
        end_search(facts, work)
    elif facts.handoff.closed_by_clock:
        facts.handoff.closed_by_clock = False  # the word that was missing
        show_end(facts, work)
        show_in_channel(facts, work)
    return answer_with_card(facts, work)


def keep_handoff(command: commands.KeepHandoff, work: Work) -> Reply:
    """Still be at it, also after the clock closed it."""
    facts = _held(command.handoff, work)
    handoff = facts.handoff
    if handoff.closed_by_clock:
        handoff.state = HandoffState.TAKEN if handoff.taker_id else HandoffState.CALLBACK
    if handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK):
        keep(handoff, facts.taker or facts.requester, work)
        show_all(facts, work)
        work.board_changed()
        return work.answer(cards.taker.kept(facts))
    return work.answer(card_for(facts, work))


def hand_back(command: commands.HandBack, work: Work) -> Reply:
    """Hand a case on: a new search with everything that is known; never to those who had it."""
    facts = _held(command.handoff, work)
    before = facts.handoff
    if before.state not in (HandoffState.TAKEN, HandoffState.CALLBACK) and not before.closed_by_clock:
        return work.answer(card_for(facts, work))
    hand_on(facts, work)
    if work.origin is not None and work.origin.kind is ConversationKind.DIRECT and not work.origin.pressed:
        return Done()
    return work.answer(card_for(facts, work))


def _meant(command: commands.CompleteHandoff, work: Work) -> CaseFacts:
    """Find the case that somebody is done with: the one that is named, or taken over last, or owed a call."""
    held, owed = list(all_taken(work)), list(all_owed(work))
    mine = [*owed, *held] if command.was_called else [*held, *owed]
    first = (owed or held) if command.was_called else held
    if not command.case and len(first) > 1:
        raise _which_of(first, command, work)
    found = next((one for one in mine if _fits(one, command.case)), None)
    if found is None and command.case:
        refuse_theirs(command.case, _("Nothing was ended."), work)
    if found is None and len(mine) == 1 and not mine[0].case:
        found = mine[0]  # nobody had written its number down
    if found is None and mine:
        raise _another_is_mine(command, [one.case for one in mine if one.case])
    if found is None:
        raise _nothing_held()
    return facts_of(found, work)


def _which_of(several: Sequence[Handoff], command: commands.CompleteHandoff, work: Work) -> Refusal:
    """Ask which case is meant, where it may be one of several."""
    named = [(one, cards.promised.name_of(facts)) for one, facts in facts_of_all(several, work).items()]
    owed = several[0].state == HandoffState.CALLBACK
    label = _("They were called: {case}") if command.was_called else _("Done with {case}")
    these = [
        command.model_copy(update={"handoff": one}).button(label.format(case=name)[:75], "primary")
        for one, name in named[:SHOWN]
    ]
    return Refusal(
        _("You've promised more than one customer a call.") if owed else _("You look after more than one case."),
        _("What you look after: {cases}. Nothing was ended.").format(cases=listing([name for _one, name in named])),
        _("Which one did you mean?"),
        tuple(these),
    )


def _another_is_mine(command: commands.CompleteHandoff, cases: Sequence[str]) -> Refusal:
    """Ask which case is meant, where the one that is named is none the actor has."""
    these = [
        command.model_copy(update={"case": one}).button(_("Done with {case}").format(case=one), "primary")
        for one in cases[:SHOWN]
    ]
    return Refusal(
        _("You haven't taken over {case}.").format(case=command.case),
        _("What you look after: {cases}. Nothing was ended.").format(cases=listing(cases))
        if cases
        else _("The cases you look after have no number. Nothing was ended."),
        _("Which one did you mean?"),
        tuple(these),
    )


def _nothing_held() -> NotFound:
    return NotFound(
        _("You're not looking after a colleague's case."),
        _("You haven't taken one over, or you're done with all of them."),
        _("To step out of a case of yours, type `/recuse`."),
        (commands.Recuse().button(_("Step out of the case")),),
    )


def taken_last(work: Work) -> Handoff | None:
    """Find the case of a colleague that the actor took over last and still has."""
    return work.session.scalar(_taken(work).limit(1))


def all_taken(work: Work) -> Sequence[Handoff]:
    """Find every case of a colleague that the actor still has, the last first."""
    return work.session.scalars(_taken(work)).all()


def all_owed(work: Work) -> Sequence[Handoff]:
    """Find every case whose customer the actor has promised a call, the last first."""
    owed = (Handoff.requester_id == work.actor.person_id) & (Handoff.state == HandoffState.CALLBACK)
    return work.session.scalars(select(Handoff).where(owed).order_by(Handoff.id.desc()).with_for_update()).all()


def _taken(work: Work) -> Select[Handoff]:
    return (
        select(Handoff)
        .where(Handoff.taker_id == work.actor.person_id, Handoff.state == HandoffState.TAKEN)
        .order_by(Handoff.taken_at.desc())
        .with_for_update()
    )


def _held(handoff_id: int | None, work: Work) -> CaseFacts:
    """Find a handoff whose case the actor has; without a number the one they took over last."""
    if handoff_id is None:
        mine = taken_last(work)
        if mine is None:
            raise _nothing_held()
        return facts_of(mine, work)
    facts, me = find_facts(handoff_id, work), work.actor.person_id or 0
    if me == facts.handoff.taker_id:
        return facts  # also when it has ended: a second press reads what it is now
    _refuse_former(facts, me)
    insist(facts, work, Standing.HOLDER, Standing.REQUESTER if facts.handoff.taker_id is None else Standing.HOLDER)
    return facts


def _refuse_former(facts: CaseFacts, me: int) -> None:
    """Tell somebody who had it who took it over."""
    offer = facts.offers.get(me)
    if facts.taker is not None and offer is not None and offer.state == OfferState.TOOK:
        raise Refusal(
            _("Nothing was changed."),
            _("{name} took it over from you.").format(name=facts.taker.name),
            _("Nothing to do for you any more."),
        )


def finish(facts: CaseFacts, work: Work) -> None:
    """End a handoff whose case somebody is done with."""
    handoff, waited = facts.handoff, facts.handoff.state == HandoffState.CALLBACK
    handoff.state, handoff.ended_at, handoff.next_due_at = HandoffState.COMPLETED, work.now, None
    work.withdraw(subject(handoff))
    work.withdraw(callback_subject(handoff))
    work.board_changed()
    hold = facts.hold
    if hold is not None and handoff.taken_at is not None and hold.started_at <= handoff.taken_at:
        hold.ended_at, hold.next_due_at = work.now, None  # whoever was on hold was served by the taker
    show_end(facts, work)
    if waited:
        show_in_channel(facts, work)
