"""Whoever was asked answers: the first acceptance wins, and a no is passed on at once."""

from __future__ import annotations

from functools import partial

from bot.directory.model import ConversationKind, Person
from bot.errors import Refusal
from bot.handoffs import cards
from bot.handoffs.access import Standing, insist
from bot.handoffs.commands import AcceptHandoff, AskWhyDeclined, DeclineHandoff, ExplainDecline
from bot.handoffs.decisions.candidate import Exclusion
from bot.handoffs.facts import CaseFacts, find_facts, look_at
from bot.handoffs.model import HandoffState, OfferState
from bot.handoffs.search.barring import barred
from bot.handoffs.search.searching import go_on
from bot.handoffs.showing import answer_with_card
from bot.handoffs.takeover.taking import take
from bot.say.language import _
from bot.say.messages import Message
from bot.say.replies import OpenForm, Private, Reply
from bot.work.work import Work


def accept_handoff(command: AcceptHandoff, work: Work) -> Reply:
    """Take the case over, unless somebody was faster; typed, its card moves to the end of the direct chat."""
    facts = find_facts(command.handoff, work)
    me = work.session.get_one(Person, work.actor.person_id)
    if facts.handoff.state != HandoffState.SEARCHING:
        return _too_late(facts, me, work)
    _refuse_excluded(facts, me.id, work)
    take(facts, me, work)
    if work.origin is not None and not work.origin.pressed:
        return answer_with_card(facts, work)
    return _on_the_card(cards.taker.taker_card(facts), cards.taker.you_have_it(facts), work)


def _on_the_card(card: Message, elsewhere: Message, work: Work) -> Reply:
    """Answer on the card that was pressed; never on one that a channel reads."""
    if work.origin is not None and work.origin.kind is ConversationKind.DIRECT:
        return work.answer(card)
    return Private(message=elsewhere)


def _too_late(facts: CaseFacts, me: Person, work: Work) -> Reply:
    if facts.handoff.taker_id == me.id:
        return _on_the_card(cards.taker.taker_card(facts), cards.taker.you_have_it(facts), work)
    closed = cards.asked.closed_for(facts, me)
    return _on_the_card(closed, closed, work)


def _refuse_excluded(facts: CaseFacts, mine: int, work: Work) -> None:
    excluded = barred(mine, facts.handoff, work)
    if excluded is None:
        return
    whys = {
        Exclusion.HAD_CASE: _("You had this case before, and somebody new starts from zero."),
        Exclusion.RECUSED: _("You stepped away from this customer today."),
        Exclusion.COOLING: _("You stepped out of a case yourself a moment ago, and have a rest coming."),
    }
    raise Refusal(
        _("You didn't take it."), whys[excluded], _("The search goes on. A supervisor can still give it to you.")
    )


def decline_handoff(command: DeclineHandoff, work: Work) -> Reply:
    """Pass an offer on; the next one is asked at once."""
    facts = find_facts(command.handoff, work)
    insist(facts, work, Standing.ASKED)
    offer = facts.offers[work.actor.person_id or 0]
    me = facts.person(offer.person_id)
    if facts.handoff.state == HandoffState.SEARCHING and offer.state == OfferState.ASKED:
        offer.state = OfferState.DECLINED
        work.correct_for(offer.subject, me, partial(cards.asked.offer_closed, facts, offer))
        go_on(facts, work)
    if facts.handoff.taker_id == me.id:
        return work.answer(cards.taker.taker_card(facts))
    return work.answer(cards.asked.offer_closed(facts, offer))


def ask_why_declined(command: AskWhyDeclined, work: Work) -> Reply:
    """Open the form for the reason of a no."""
    insist(look_at(command.handoff, work), work, Standing.ASKED)
    return OpenForm(form=cards.asked.why_form(command.handoff))


def explain_decline(command: ExplainDecline, work: Work) -> Reply:
    """Keep the reason of a no, for supervisors."""
    facts = find_facts(command.handoff, work)
    insist(facts, work, Standing.ASKED)
    facts.offers[work.actor.person_id or 0].why_text = command.why or None
    return Private(message=cards.asked.why_kept())
