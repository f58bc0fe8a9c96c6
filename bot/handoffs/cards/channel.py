"""What the support channel reads: a neutral line, and a call when nobody is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.handoffs.cards.promised import call_parts, call_time, left_parts
from bot.handoffs.cards.requester import names
from bot.handoffs.commands import AcceptHandoff
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import HandoffState
from bot.safety.card import kind_of
from bot.say.language import _
from bot.say.messages import Choice, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence


def channel_card(facts: CaseFacts) -> Message:
    """Tell the channel in a neutral line, without reason and note."""
    requester, taker = facts.requester.name, facts.taker
    match facts.handoff.state:
        case HandoffState.SEARCHING:
            line = text(_("**{name}** is handing over a case. I'm finding somebody."), name=requester)
            if facts.call_is_late:
                late = _("The call that **{name}** promised a customer by {time} is late. I'm finding somebody.")
                line = text(late, name=requester, time=call_time(facts))
        case HandoffState.PASSED_ON if taker is None:
            said = _("**{name}** had promised a customer a call, and asks for somebody after all.")
            line = text(said, name=requester)
        case HandoffState.CANCELLED:
            line = text(_("**{name}** goes on with the case."), name=requester)
        case HandoffState.CALLBACK if facts.handoff.call_at is not None:
            said = _("**{name}**'s customer will be called back by {time}.")
            line = text(said, name=requester, time=call_time(facts))
        case HandoffState.CALLBACK:
            line = text(_("**{name}**'s customer will be called back."), name=requester)
        case _ if taker is not None:
            line = text(_("**{taker}** took over a case from **{name}**."), taker=taker.name, name=requester)
            if facts.handoff.calls:
                line = (*line, " ", _("Thank you all."))
        case _ if facts.handoff.closed_by_clock:
            said = _("**{name}**'s case is closed. Nobody said whether the customer was called.")
            line = text(said, name=requester)
        case _:
            line = text(_("**{name}**'s customer was called back."), name=requester)
    return Message.of("", Section(text=line, tone="quiet"))


def call_card(facts: CaseFacts, supervisors: Sequence[Person]) -> Message:
    """Call the channel: nobody is left."""
    asked = (
        _("Everybody who is free was asked. Can you? One press is enough.")
        if any(not offer.undelivered for offer in facts.offers.values())
        else _("Nobody is free whom I could ask. Can you? One press is enough.")
    )
    parts: list[Part] = [Section(text=(asked,), tone="danger")]
    if danger := facts.handoff.danger:
        parts.insert(0, Section(text=(kind_of(danger),), tone="danger"))
    parts += [*left_parts(facts), *call_parts(facts)]
    leads = [one for one in supervisors if one.id != facts.requester.id]  # they are not told to turn to themselves
    if leads:
        parts.append(Section(text=text(_("Supervisors: {names}"), names=names(leads)), tone="quiet"))
    return Message.of(
        _("Nobody is left to take over a case from {name}").format(name=facts.requester.name),
        *parts,
        Choice(buttons=(AcceptHandoff(handoff=facts.handoff.id).button(_("I take it"), "primary"),)),
    )


def call_over(facts: CaseFacts) -> Message:
    """Tell whoever wants to help that nobody is needed any more."""
    taker = facts.taker
    line: Text = (_("Nobody is needed for it any more."),)
    if taker is not None:
        line = text(_("{name} took it over at {time}. Thank you all."), name=taker.name, time=moment(facts.taken_at))
    return Message.of(_("A case from {name}").format(name=facts.requester.name), Section(text=line, tone="good"))
