"""The sentences of the handoffs domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.commands import EndHold
from bot.language import _
from bot.messages import Blank, Choice, Message, Say, Section, moment, text

if TYPE_CHECKING:
    from bot.handoffs.model import Hold
    from bot.messages import Part


def bridging_sentence() -> Say:
    """Write the sentence that takes the customer off hold, also when nothing is solved yet."""
    return Say(
        text=text(
            _("Thank you for holding, {customer}. I have not finished yet, and I did not want to leave you waiting."),
            customer=Blank(name=_("customer's name")),
        )
    )


def hold_line(hold: Hold) -> Section:
    """Show the one clock the customer waits by."""
    tone = "warning" if hold.told else "plain"
    return Section(
        text=text(_("On hold: **the customer has been waiting** {for_}"), for_=moment(hold.started_at, "elapsed")),
        tone=tone,
    )


def hold_warning(hold: Hold) -> Message:
    """Say that the minute is nearly over."""
    return _hold_notice(
        hold,
        _("Nearly a minute on hold"),
        Section(text=(_("Go back to the customer now, even with nothing new:"),), tone="warning"),
        bridging_sentence(),
    )


def hold_over(hold: Hold) -> Message:
    """Say that the minute is over."""
    return _hold_notice(
        hold,
        _("A minute on hold: go back now"),
        Section(text=(_("A minute is as long as a customer should wait. Say this:"),), tone="danger"),
        bridging_sentence(),
        Section(
            text=(
                _(
                    "Still tense? Ask a colleague or your supervisor to take over. "
                    "If nobody can, go back first, then breathe through the steps once more."
                ),
            )
        ),
    )


def hold_forgotten(_hold: Hold) -> Message:
    """Say that the clock was stopped."""
    return Message.of(
        _("I stopped the clock of your hold"),
        Section(
            text=(_("It ran for more than five minutes. If the customer is still waiting, go back to them first."),)
        ),
    )


def welcome_back(hold: Hold) -> Message:
    """Answer "I am back"."""
    return Message.of(
        _("You are back"),
        Section(text=text(_("The hold began at {at} and is over."), at=moment(hold.started_at)), tone="good"),
    )


def _hold_notice(hold: Hold, title: str, *parts: Part) -> Message:
    return Message.of(
        title, hold_line(hold), *parts, Choice(buttons=(EndHold(hold=hold.id).button(_("I am back"), "primary"),))
    )
