"""Whoever was asked answers: the first acceptance wins, and a no is passed on at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.directory.model import ConversationKind, Person
from bot.errors import Refusal
from bot.handoffs import cards
from bot.handoffs.access import Role, insist
from bot.handoffs.candidates import gather
from bot.handoffs.decisions.candidate import Exclusion
from bot.handoffs.facts import Scene, scene_of
from bot.handoffs.model import HandoffState, OfferState
from bot.handoffs.searching import advance
from bot.handoffs.taking import take
from bot.say.language import _
from bot.say.replies import OpenForm, Private, Reply

if TYPE_CHECKING:
    from bot.handoffs.commands import AcceptHandoff, AskWhyDeclined, DeclineHandoff, ExplainDecline
    from bot.say.messages import Message
    from bot.work.work import Work


def accept_handoff(command: AcceptHandoff, work: Work) -> Reply:
    """Take the case over, unless somebody was faster."""
    scene = scene_of(command.handoff, work)
    me = work.session.get_one(Person, work.actor.person_id)
    if scene.handoff.state != HandoffState.SEARCHING:
        return _too_late(scene, me, work)
    _refuse_excluded(scene, me, work)
    take(scene, me, work)
    return _on_the_card(cards.taker.taker_card(scene), cards.taker.you_have_it(scene), work)


def _on_the_card(card: Message, elsewhere: Message, work: Work) -> Reply:
    """Answer on the card that was pressed; never on one that a channel reads."""
    if work.origin is not None and work.origin.kind is ConversationKind.DIRECT:
        return work.answer(card)
    return Private(message=elsewhere)


def _too_late(scene: Scene, me: Person, work: Work) -> Reply:
    if scene.handoff.taker_id == me.id:
        return _on_the_card(cards.taker.taker_card(scene), cards.taker.you_have_it(scene), work)
    closed = cards.asked.closed_for(scene, me)
    return _on_the_card(closed, closed, work)


def _refuse_excluded(scene: Scene, me: Person, work: Work) -> None:
    handoff = scene.handoff
    roster = gather(work.session, work.organisation, work.now, [handoff])
    mine = next((one for one in roster.candidates(handoff, scene.offers) if one.person_id == me.id), None)
    excluded = mine.must_not(work.now) if mine is not None else None
    if excluded is None:
        return
    whys = {
        Exclusion.HAD_CASE: _("You had this case before, and somebody new starts from zero."),
        Exclusion.RECUSED: _("You stepped away from this customer today."),
        Exclusion.COOLING: _("You stepped out of a case yourself a moment ago, and have a rest coming."),
    }
    raise Refusal(
        _("You did not take it."), whys[excluded], _("The search goes on. A supervisor can still give it to you.")
    )


def decline_handoff(command: DeclineHandoff, work: Work) -> Reply:
    """Pass an offer on; the next one is asked at once."""
    scene = scene_of(command.handoff, work)
    insist(scene, work, Role.ASKED)
    me = work.session.get_one(Person, work.actor.person_id)
    offer = scene.offers[me.id]
    if scene.handoff.state == HandoffState.SEARCHING and offer.state == OfferState.ASKED:
        offer.state = OfferState.DECLINED
        work.correct_for(offer.subject, me, partial(cards.asked.offer_closed, scene, offer))
        advance([scene.handoff], work, news=[scene.handoff.id])
    if scene.handoff.taker_id == me.id:
        return work.answer(cards.taker.taker_card(scene))
    return work.answer(cards.asked.offer_closed(scene, offer))


def ask_why_declined(command: AskWhyDeclined, work: Work) -> Reply:
    """Open the form for the reason of a no."""
    insist(scene_of(command.handoff, work), work, Role.ASKED)
    return OpenForm(form=cards.asked.why_form(command.handoff))


def explain_decline(command: ExplainDecline, work: Work) -> Reply:
    """Keep the reason of a no, for supervisors."""
    scene = scene_of(command.handoff, work)
    insist(scene, work, Role.ASKED)
    scene.offers[work.actor.person_id or 0].why_text = command.why or None
    return Private(message=cards.asked.why_kept())
