"""What whoever is asked to decide about a gesture reads."""

from __future__ import annotations

from bot.gestures.cards.agent import limits_named, what_it_is
from bot.gestures.commands import (
    LONGEST_AMOUNT,
    LONGEST_WHY,
    AskToRefuseGesture,
    CancelGesture,
    GrantGesture,
    PassGesture,
    RefuseGesture,
)
from bot.gestures.facts import GrantFacts
from bot.gestures.model import GrantState
from bot.say.language import _
from bot.say.messages import Choice, Fact, Fields, Form, Input, Message, Part, Section, Text, moment, text


def ask_card(facts: GrantFacts) -> Message:
    """Ask one supervisor to decide, in one tap."""
    grant, name = facts.grant, facts.requester.name
    parts: list[Part] = [Section(text=text(_("{name} {limits}"), name=name, limits=_beyond(facts))), what_it_is(facts)]
    if grant.why_text:
        parts.append(Fields(facts=(Fact(name=_("What for"), text=(grant.why_text,)),)))
    parts.append(
        Choice(
            buttons=(
                GrantGesture(grant=grant.id).button(_("Grant {amount}").format(amount=facts.amount), "primary"),
                AskToRefuseGesture(grant=grant.id).button(_("No, and instead …")),
                PassGesture(grant=grant.id).button(_("Not me")),
            )
        )
    )
    return Message.of(_title(facts), *parts)


def _title(facts: GrantFacts) -> str:
    return _("{name} asks for {amount}").format(name=facts.requester.name, amount=facts.amount)[:150]


def _beyond(facts: GrantFacts) -> str:
    gesture, verdict = facts.gesture, facts.verdict
    if not gesture.per_case:
        return _("needs a supervisor for every one of these.")
    limits = limits_named(gesture, verdict, facts.locale)
    if not verdict.left:
        return _("may give {limits} alone, and that's used up.").format(limits=limits)
    return _("may give {limits} alone; {left} of it is left.").format(limits=limits, left=facts.write(verdict.left))


def asked_again(facts: GrantFacts) -> Message:
    """Close the card of somebody who is asked once more."""
    return Message.of(
        _title(facts), Section(text=(_("Nobody has decided yet: I asked you again below."),), tone="quiet")
    )


def ask_closed(facts: GrantFacts, *, passed: bool = False) -> Message:
    """Say on a card that asked what came of it."""
    grant = facts.grant
    parts: list[Part] = [Section(text=_what_came_of_it(facts, passed=passed)), what_it_is(facts)]
    if grant.state == GrantState.GRANTED:
        back = CancelGesture(grant=grant.id, granted=True).button(_("Take it back"))
        parts.append(Choice(buttons=(back,)))
    if grant.state == GrantState.ASKED:
        grants = GrantGesture(grant=grant.id).button(_("Grant {amount}").format(amount=facts.amount))
        parts.append(Choice(buttons=(grants,)))
    return Message.of(_title(facts), *parts)


def sure_to_take_back(facts: GrantFacts) -> Message:
    """Ask before somebody takes back what is none of theirs."""
    who, name = facts.decider, facts.requester.name
    line = (
        text(_("{decider} granted it, and {name} may have told the customer."), decider=who.name, name=name)
        if who is not None
        else text(_("{name} gave it, and may have told the customer."), name=name)
    )
    back = CancelGesture(grant=facts.grant.id, granted=True, sure=True).button(_("Take it back"), "danger")
    return Message.of(_title(facts), Section(text=line, tone="warning"), what_it_is(facts), Choice(buttons=(back,)))


def _what_came_of_it(facts: GrantFacts, *, passed: bool) -> Text:
    grant = facts.grant
    if grant.state == GrantState.ASKED and passed:
        return text(_("You left it to somebody else. Thank you for saying so at once."))
    said = {
        GrantState.ASKED: _("Nobody has decided yet."),
        GrantState.GRANTED: _("{decider} granted it at {time}. {name} knows."),
        GrantState.REFUSED: _("{decider} said no at {time}, and offered {offered} instead. {name} knows.")
        if grant.instead is not None
        else _("{decider} said no at {time}. {name} knows."),
        GrantState.CANCELLED: _("It was taken back. Nothing to do for you."),
        GrantState.UNANSWERED: _("Nobody decided in time, and {name} was told so."),
    }
    return text(
        said[GrantState(grant.state)],
        decider=facts.decider.name if facts.decider is not None else "",
        time=moment(grant.ended_at or facts.work.now),
        offered=facts.write(grant.instead) if grant.instead is not None else "",
        name=facts.requester.name,
    )


def refuse_form(facts: GrantFacts) -> Form:
    """Ask what may be offered instead of what was asked for."""
    left = facts.verdict.left
    hint = (
        _("Less than {amount}. Empty: {name} may give {left} alone.").format(
            amount=facts.amount, name=facts.requester.name, left=facts.write(left)
        )
        if left
        else _("Less than {amount}. Empty: nothing of this sort.").format(amount=facts.amount)
    )
    return Form(
        title=_("No, and instead"),
        command=RefuseGesture.called(),
        fields={"grant": str(facts.grant.id)},
        inputs=(
            Input(
                name="instead",
                label=_("What may {name} offer instead?").format(name=facts.requester.name),
                hint=hint,
                required=False,
                max_length=LONGEST_AMOUNT,
            ),
            Input(
                name="why",
                label=_("Why, or what else would help?"),
                hint=_("{name} reads it.").format(name=facts.requester.name),
                required=False,
                max_length=LONGEST_WHY,
            ),
        ),
        submit=_("Say no"),
    )
