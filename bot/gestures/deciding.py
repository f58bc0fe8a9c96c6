"""A supervisor decides: the first one wins, and a no comes with what may be offered instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.gestures import cards
from bot.gestures.commands import AskToRefuseGesture, GrantGesture, PassGesture, RefuseGesture, TakeInstead
from bot.gestures.facts import GrantFacts, find_grant
from bot.gestures.model import AskState, Grant, GrantState
from bot.gestures.searching import advance, close, say_to_requester
from bot.say.language import _
from bot.say.replies import Done, FieldErrors, OpenForm, Reply
from bot.typing.amounts import AmountNotUnderstood, read_amount
from bot.work.work import Work

if TYPE_CHECKING:
    from decimal import Decimal


def grant_gesture(command: GrantGesture, work: Work) -> Reply:
    """Grant it, unless somebody has decided since."""
    facts = find_grant(command.grant, work)
    _refuse_own(facts, work)
    if facts.grant.state == GrantState.ASKED:
        facts.grant.decided_by_id, facts.grant.granted_at = work.actor.person_id, work.now
        close(facts, GrantState.GRANTED, work)
        say_to_requester(facts, work)
    return work.answer(cards.supervisor.ask_closed(facts))


def ask_to_refuse_gesture(command: AskToRefuseGesture, work: Work) -> Reply:
    """Open the form of a no, while there is something to decide."""
    facts = GrantFacts(work.look(Grant, command.grant, _("This gesture")), work)
    _refuse_own(facts, work)
    if facts.grant.state != GrantState.ASKED:
        return work.answer(cards.supervisor.ask_closed(facts))
    return OpenForm(form=cards.supervisor.refuse_form(facts))


def refuse_gesture(command: RefuseGesture, work: Work) -> Reply:
    """Say no, unless somebody has decided since."""
    facts = find_grant(command.grant, work)
    _refuse_own(facts, work)
    if facts.grant.state == GrantState.ASKED:
        instead, error = _instead(command, facts)
        if error:
            return FieldErrors(errors={"instead": error})
        facts.grant.decided_by_id = work.actor.person_id
        facts.grant.instead, facts.grant.no_text = instead, command.why or None
        close(facts, GrantState.REFUSED, work)
        say_to_requester(facts, work)
        if work.in_direct_chat and work.actor.person_id in facts.asks:
            return Done()  # the card that asked them says so, right there
    return work.answer(cards.supervisor.ask_closed(facts))


def _instead(command: RefuseGesture, facts: GrantFacts) -> tuple[Decimal | None, str]:
    """Read what may be offered instead; empty: what the requester may give alone."""
    if not command.instead:
        return None, ""
    try:
        money = read_amount(command.instead, facts.locale, facts.grant.currency)
    except AmountNotUnderstood as refused:
        return None, str(refused)
    if money.currency != facts.grant.currency:
        return None, _("It was asked for in {currency}. Write the amount in it.").format(currency=facts.grant.currency)
    if money.amount >= facts.grant.amount:
        return None, _("{name} asks for {amount}: offer less, or grant it.").format(
            name=facts.requester.name, amount=facts.amount
        )
    return money.amount, ""


def pass_gesture(command: PassGesture, work: Work) -> Reply:
    """Ask the next one, unless somebody has decided since."""
    facts = find_grant(command.grant, work)
    ask = facts.asks.get(work.actor.person_id or 0)
    if facts.grant.state == GrantState.ASKED and ask is not None and ask.state == AskState.ASKED:
        ask.state = AskState.PASSED
        work.session.flush()
        advance([facts.grant], work)
        facts = GrantFacts(facts.grant, work)
        said = partial(cards.supervisor.ask_closed, facts, passed=True)
        work.correct_for(ask.subject, work.me(), said)
    return work.answer(cards.supervisor.ask_closed(facts, passed=True))


def take_instead(command: TakeInstead, work: Work) -> Reply:
    """Give what a no offered instead; pressed twice, it is given once."""
    facts = find_grant(command.grant, work)
    grant = facts.grant
    if grant.requester_id != work.actor.person_id:
        raise Refusal(
            _("Nothing was given."),
            _("{name} asked for this one.").format(name=facts.requester.name),
            _("Make one of your own: `/calm gesture`."),
        )
    if grant.state == GrantState.REFUSED and grant.instead is not None:
        grant.amount, grant.state = grant.instead, GrantState.GRANTED
        grant.granted_at = grant.ended_at = work.now
    return work.answer(cards.agent.grant_card(facts))


def _refuse_own(facts: GrantFacts, work: Work) -> None:
    if facts.grant.requester_id == work.actor.person_id:
        raise Refusal(
            _("Nothing was decided."),
            _("You asked for it yourself."),
            _("Let another supervisor decide: they're asked already."),
        )
