"""A call that was promised, as everybody reads it who has to do with the case; and the form that asks by when."""

from __future__ import annotations

from bot.handoffs.commands import LONGEST_TIME, AskForCallTime, PromiseCallback
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import HandoffState
from bot.say.dates import dated
from bot.say.language import _
from bot.say.messages import Button, Fact, Fields, Form, Input, Message, Part, Section, TimeRef, text


def case_parts(facts: CaseFacts) -> list[Part]:
    """Name the case, where it has a number that is still known: whoever has two reads which one is meant."""
    return [Fields(facts=(Fact(name=_("Case"), text=facts.case()),))] if facts.handoff.case else []


def left_parts(facts: CaseFacts) -> list[Part]:
    """Say that nobody is with the customer, where whoever stepped out is on the team no more."""
    if not facts.is_left:
        return []
    line = _("{name} is no longer on the team: nobody is with the customer.").format(name=facts.requester.name)
    return [Section(text=(line,), tone="danger")]


def name_of(facts: CaseFacts) -> str:
    """Name the case in a sentence or on a button."""
    handoff = facts.handoff
    return handoff.case or handoff.customer or _("the case from {name}").format(name=facts.requester.name)


def call_parts(facts: CaseFacts) -> list[Part]:
    """Say by when a call was promised, and since when it is late; nothing where no time was said, or it was made."""
    if facts.handoff.call_at is None or _is_settled(facts):
        return []
    if facts.call_is_late:
        late = _("The customer was promised a call by {time}, and it's late since then.")
        return [Section(text=text(late, time=call_time(facts)), tone="danger")]
    return [Section(text=text(_("The customer was promised a call by {time}."), time=call_time(facts)), tone="warning")]


def due_parts(facts: CaseFacts) -> list[Part]:
    """Say only when it is due, beneath words that tell of the call already."""
    if facts.handoff.call_at is None or _is_settled(facts):
        return []
    if facts.call_is_late:
        return [Section(text=text(_("It was due by {time}."), time=call_time(facts)), tone="danger")]
    return [Section(text=text(_("It's due by {time}."), time=call_time(facts)), tone="warning")]


def _is_settled(facts: CaseFacts) -> bool:
    """Say whether this handoff owes no call any more: somebody said so, or the next one owes it."""
    handoff = facts.handoff
    made = handoff.state == HandoffState.COMPLETED and not handoff.closed_by_clock
    return made or handoff.state == HandoffState.PASSED_ON


def call_time(facts: CaseFacts) -> TimeRef:
    """Point at the time that was promised."""
    return dated(facts.handoff.call_at or facts.now, facts.now)


def time_button(facts: CaseFacts) -> Button:
    """Offer to say by when a call was promised, or by when instead."""
    label = _("Say by when") if facts.handoff.call_at is None else _("Another time")
    return AskForCallTime(handoff=facts.handoff.id).button(label)


def time_kept(facts: CaseFacts) -> Message:
    """Confirm by when a call is minded."""
    return Message.of(_("All right, I remind you"), *call_parts(facts), *case_parts(facts))


def time_form(facts: CaseFacts, clock: str, typed: str = "", why: str = "") -> Form:
    """Ask by when the customer was promised a call; `clock` is the zone it is read in, where others have another."""
    hint = _("Such as 16:30, in 2 hours or tomorrow 9:00")
    return Form(
        title=_("By when do you call?"),
        command=PromiseCallback.called(),
        fields={"handoff": str(facts.handoff.id)},
        intro=(why,) if why else (_("I remind you then. A quarter of an hour later I find somebody else for it."),),
        inputs=(
            Input(
                name="by",
                label=_("What did you tell the customer?"),
                value=typed[:LONGEST_TIME],
                hint=f"{hint}. {_('In {zone} time.').format(zone=clock)}" if clock else hint,
                max_length=LONGEST_TIME,
            ),
        ),
        submit=_("Keep it"),
    )
