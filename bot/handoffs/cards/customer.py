"""Sentences that can be said to the customer."""

from __future__ import annotations

from bot.directory.model import Person
from bot.safety.hearing import Danger
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


def introduction(taker: Person, danger: Danger | None = None) -> Say:
    """Write the sentence that presents the colleague: as the next step, or in danger as one more who stays."""
    if danger and danger.broad is Danger.THREAT:  # nobody is named to whoever threatens
        return Say(text=(_("Somebody else carries on from here, and knows what you said."),))
    if danger and danger.broad in (Danger.SELF_HARM, Danger.PERSON, Danger.ACCIDENT):
        stays = _(
            "My colleague {name} is with us now, and knows what you told me. "
            "I'm staying until the two of you are talking."
        )
        return Say(text=text(stays, name=taker.name))
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


def first_words(name: str, danger: Danger | None = None) -> Say:
    """Write what whoever takes a case over says first."""
    agent = Blank(name=_("your name"))
    match danger and danger.broad:
        case Danger.THREAT:
            return Say(text=(_("I carry on from here. I take what was said seriously."),))
        case Danger.SELF_HARM:
            here = _("I'm {agent}. {name} told me how you are. I'm here now, and I'm staying with you. Are you safe?")
            return Say(text=text(here, agent=agent, name=name))
        case Danger.PERSON:
            safe = _("I'm {agent}, and I carry on from here. Are you safe to talk? You can say just yes or no.")
            return Say(text=text(safe, agent=agent))
        case Danger.ACCIDENT:
            helped = _("I'm {agent}, and I carry on from here. Is somebody with you, and is help on its way?")
            return Say(text=text(helped, agent=agent))
    told = _(
        "{customer}, I'm {agent}. {name} told me what happened, and I carry on from there. "
        "Let me check that I have it right: {issue}."
    )
    return Say(text=text(told, customer=_customer(), agent=agent, issue=Blank(name=_("the issue")), name=name))


def callback_sentence() -> Say:
    """Write the sentence that promises a call."""
    return Say(
        text=text(
            _("{customer}, I want the right person to solve this with you. May we call you back by {eta}?"),
            customer=_customer(),
            eta=Blank(name=_("time or range")),
        )
    )
