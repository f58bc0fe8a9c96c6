"""Making a gesture: granted at once within the limits of whoever makes it, and recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.errors import Refusal
from bot.gestures import cards
from bot.gestures.commands import AskForGesture, CancelGesture, MakeGesture
from bot.gestures.facts import GrantFacts, catalogue, find_grant, locale_of
from bot.gestures.model import Gesture, Grant, GrantState
from bot.gestures.searching import begin, close, deciders, say_to_requester, subject
from bot.say.language import _
from bot.say.replies import Done, FieldErrors, OpenForm, Private, Reply
from bot.typing.amounts import AmountNotUnderstood, read_amount
from bot.typing.command import Need
from bot.work.permissions import check, may
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


def ask_for_gesture(command: AskForGesture, work: Work) -> Reply:
    """Open the form, if there is anything that may be given."""
    gestures = catalogue(work)
    if not gestures:
        return work.answer(cards.agent.nothing_to_give(may_write=may(work.actor, Need.SUPERVISOR)))
    if command.amount and (why := _unreadable(command.amount, gestures, work)):
        raise Refusal(_("Nothing was given."), why, _("Write an amount and a case: `/calm gesture 20 CASE-42`."))
    mark = work.digest(work.origin.key, "gesture form")[:32] if work.origin is not None else ""
    return OpenForm(form=cards.agent.gesture_form(gestures, locale_of(work), mark, command))


def _unreadable(amount: str, gestures: Sequence[Gesture], work: Work) -> str:
    """Say why what was typed is no amount in the currency of any gesture; empty: it is one in some."""
    why = ""
    for currency in dict.fromkeys(one.currency for one in gestures):
        try:
            read_amount(amount, locale_of(work), currency)
        except AmountNotUnderstood as refused:
            why = why or str(refused)
        else:
            return ""
    return why


def make_gesture(command: MakeGesture, work: Work) -> Reply:
    """Grant a gesture within limits; beyond them, ask a supervisor."""
    me = work.me()  # locked: two presses at once make one gesture
    if twin := _made_already(command.mark, work):
        return work.answer(cards.agent.grant_card(GrantFacts(twin, work)))
    gesture = work.find(Gesture, command.gesture, _("This gesture"))  # locked: limits are counted one after the other
    grant, errors = _written(command, gesture, work)
    if grant is None:
        return FieldErrors(errors=errors)
    facts = GrantFacts(grant, work)
    if not facts.verdict.alone and not may(work.actor, Need.SUPERVISOR):
        return _ask_a_supervisor(facts, work)
    grant.state, grant.granted_at, grant.ended_at = GrantState.GRANTED, work.now, work.now
    grant.decided_by_id = None if facts.verdict.alone else me.id
    work.session.add(grant)
    work.session.flush()
    return work.answer(cards.agent.grant_card(facts))


def _ask_a_supervisor(facts: GrantFacts, work: Work) -> Reply:
    asked = deciders(work)
    if not asked:
        return work.answer(cards.agent.nobody_to_ask(facts))
    begin(facts, asked, work)
    return Done() if work.in_direct_chat else Private(message=cards.agent.asking())


def _made_already(mark: str, work: Work) -> Grant | None:
    return work.session.scalar(
        select(Grant).where(Grant.organisation_id == work.actor.organisation_id, Grant.mark == mark)
    )


def _written(command: MakeGesture, gesture: Gesture, work: Work) -> tuple[Grant | None, dict[str, str]]:
    """Make a grant of what was filled in, or say beside each answer what is wrong with it."""
    errors: dict[str, str] = {}
    if gesture.retired_at is not None:
        errors["gesture"] = _("This one was retired. Choose another.")
    if gesture.per_customer is not None and not command.customer:
        errors["customer"] = _("Name the customer: this gesture has a limit for each of them.")
    try:
        money = read_amount(command.amount, locale_of(work), gesture.currency)
    except AmountNotUnderstood as refused:
        return None, errors | {"amount": str(refused)}
    if money.currency != gesture.currency:
        errors["amount"] = _("{name} is given in {currency}. Write the amount in it.").format(
            name=gesture.name, currency=gesture.currency
        )
    if errors:
        return None, errors
    customer = " ".join(command.customer.lower().split())
    return Grant(
        organisation_id=work.actor.organisation_id,
        gesture_id=gesture.id,
        requester_id=work.actor.person_id,
        mark=command.mark,
        amount=money.amount,
        currency=money.currency,
        case=command.case,
        case_hash=work.digest(command.case.lstrip("#").lower(), "case"),
        customer=command.customer or None,
        customer_hash=work.digest(customer, "customer") if customer else None,
        why_text=command.why or None,
        started_at=work.now,
        asked_at=work.now,
        supervisors_by=work.now,
        rounds=0,
    ), {}


def _is_of_others(grant: Grant, work: Work) -> bool:
    """Say whether somebody else has granted it to somebody else."""
    return grant.state == GrantState.GRANTED and work.actor.person_id not in (grant.requester_id, grant.decided_by_id)


def cancel_gesture(command: CancelGesture, work: Work) -> Reply:
    """Take a gesture back, unless it was granted since the button was drawn: that is said first."""
    facts = find_grant(command.grant, work)
    grant = facts.grant
    if grant.requester_id != work.actor.person_id:
        check(work.actor, Need.SUPERVISOR)
    if grant.state == GrantState.GRANTED and not command.granted:
        news = _("It was granted before you took it back. Nothing was changed.")
        return work.answer(cards.agent.grant_card(facts, news=news))
    if _is_of_others(grant, work) and not command.sure:
        return work.answer(cards.supervisor.sure_to_take_back(facts))
    held = grant.state in (GrantState.ASKED, GrantState.GRANTED)
    if held:
        close(facts, GrantState.CANCELLED, work)
    if grant.requester_id != work.actor.person_id:
        if held:
            say_to_requester(facts, work)
        return work.answer(cards.supervisor.ask_closed(facts))
    work.correct_for(subject(grant), facts.requester, partial(cards.agent.grant_card, facts))
    return work.answer(cards.agent.grant_card(facts))
