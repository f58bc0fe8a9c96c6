"""What is said where a supervisor is told of something, without a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.commands import Recuse, TellSupervisors
from bot.safety.card import for_supervisors
from bot.safety.hearing import Danger
from bot.say.language import _, listing
from bot.say.messages import Choice, Message, Part, Section
from bot.say.once import written_once

if TYPE_CHECKING:
    from collections.abc import Sequence


def somebody_calls(name: str, danger: Danger) -> Message:
    """Tell a supervisor that somebody who is not on the team calls for them."""
    return Message.of(
        _("{name} calls for a supervisor").format(name=name)[:150],
        Section(text=(for_supervisors(danger, name),), tone="danger"),
        Section(text=(_("They're not on the support team, so nobody else was asked. Please write to them now."),)),
    )


def nobody_to_call(message: Message) -> Message:
    """Say first that nobody can be called from here."""
    alone = _("No supervisor is named here whom I could call. Go to somebody near you, or call the number below.")
    first = Section(text=(alone,), tone="danger")
    return message.model_copy(update={"parts": (first, *message.parts)})


@written_once
def pressure_parts() -> tuple[Part, ...]:
    """Offer to let a supervisor know, quietly."""
    said = _(
        "Lawyers, the press or a regulator were named. You don't have to answer to that; a supervisor should know."
    )
    return (
        Section(text=(said,), tone="quiet"),
        Choice(buttons=(TellSupervisors().button(_("Tell my supervisor")),)),
    )


def customer_presses(name: str) -> Message:
    """Tell a supervisor what an agent hears."""
    return Message.of(
        _("{name} asks you to know").format(name=name)[:150],
        Section(text=(_("A customer speaks of lawyers, the press or a regulator."),)),
        Section(text=(_("It's no emergency. Please ask them when you have a moment."),), tone="quiet"),
    )


def supervisors_are_told(names: Sequence[str]) -> Message:
    """Say who is told."""
    if not names:
        return Message.of(
            _("There's no supervisor I could tell"),
            Section(text=(_("None is named but you. Promise the customer nothing, and write down what they said."),)),
        )
    return Message.of(
        _("I'm telling your supervisor"),
        Section(
            text=(_("{names} will read it in a moment. Promise the customer nothing.").format(names=listing(names)),)
        ),
        Choice(buttons=(Recuse().button(_("Get me out of this case")),)),
    )
