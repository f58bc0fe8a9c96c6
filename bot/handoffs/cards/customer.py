"""Sentences that can be said to the customer."""

from __future__ import annotations

from bot.directory.model import Person
from bot.say.language import _
from bot.say.messages import Blank, Say, text


def _customer() -> Blank:
    return Blank(name=_("customer's name"))


def bridging_sentence() -> Say:
    """Write the sentence that takes the customer off hold, also when nothing is solved yet."""
    return Say(
        text=text(
            _("Thank you for holding, {customer}. I haven't finished yet, and I didn't want to leave you waiting."),
            customer=_customer(),
        )
    )


def searching_sentence() -> Say:
    """Write what can be said while somebody is looked for."""
    return Say(
        text=text(
            _("{customer}, I'm bringing in a colleague for the next step. Please give me one moment."),
            customer=_customer(),
        )
    )


def still_searching_sentence() -> Say:
    """Write what can be said when a minute has passed and nobody is found."""
    return Say(
        text=text(
            _("Thank you for your patience, {customer}. I'm still here, and I'm finding the right person for this."),
            customer=_customer(),
        )
    )


def introduction(taker: Person) -> Say:
    """Write the sentence that presents the colleague as the next step to the solution."""
    return Say(
        text=text(
            _(
                "{customer}, the next step is my colleague {name}, who can move this forward, "
                "and who has everything you told me. You won't have to start again."
            ),
            customer=_customer(),
            name=taker.name,
        )
    )


def callback_sentence() -> Say:
    """Write the sentence that promises a call."""
    return Say(
        text=text(
            _("{customer}, I want the right person to solve this with you. May we call you back by {eta}?"),
            customer=_customer(),
            eta=Blank(name=_("time or range")),
        )
    )
