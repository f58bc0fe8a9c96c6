"""What whoever is asked to take a case over reads."""

from __future__ import annotations

from bot.directory.model import Person
from bot.handoffs.cards.channel import call_over
from bot.handoffs.cards.note import note_parts
from bot.handoffs.cards.promised import call_parts, left_parts
from bot.handoffs.commands import (
    AcceptHandoff,
    AskToReassign,
    AskWhyDeclined,
    DeclineHandoff,
    ExplainDecline,
    ShowHandoff,
)
from bot.handoffs.decisions.terms import Because
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import HandoffState, Offer, OfferState
from bot.safety.card import for_supervisors, kind_of
from bot.say.language import N_, _, listing
from bot.say.messages import Button, Choice, Fact, Fields, Form, Input, Message, Part, Section, Text, moment, text

ON_DUTY = N_("you're a supervisor on duty")
BECAUSE = {
    Because.WISHED: N_("they asked for you"),
    Because.SKILL: N_("you know what it is about"),
    Because.FEWEST_TODAY: N_("you had the fewest heated cases today"),
    Because.LONGEST_SINCE: N_("you've had no heated case for the longest time"),
    Because.FREE: N_("everybody who is free is asked"),
    Because.SUPERVISOR: N_("no colleague has taken it, and you're a supervisor on duty"),
    Because.URGENT: N_("it's urgent, so a supervisor is called at once"),
}


def _because(one: Because, facts: CaseFacts) -> str:
    """Say why somebody is asked; where no colleague was asked before, none is said to have left it."""
    return ON_DUTY if one is Because.SUPERVISOR and not facts.was_tried else BECAUSE[one]


def offer_card(facts: CaseFacts, offer: Offer) -> Message:
    """Ask one person; a colleague reads neither reason nor note before taking it."""
    title = _("Can you take over a case from {name}?").format(name=facts.requester.name)
    why = listing([_(_because(Because(one), facts)) for one in offer.because])
    parts: list[Part] = [Section(text=text(_("You, because {why}."), why=why))]
    if danger := facts.handoff.danger:
        name = facts.requester.name
        kind = for_supervisors(danger, name) if offer.as_supervisor else kind_of(danger)
        parts.insert(0, Section(text=(kind,), tone="danger"))
    known = [Fact(name=_("Waiting"), text=(moment(facts.waiting_since, "elapsed"),))]
    if (case := facts.case()) and not offer.as_supervisor:  # theirs stands in the note below
        known.insert(0, Fact(name=_("Case"), text=case))
    parts.append(Fields(facts=tuple(known)))
    parts += [*left_parts(facts), *call_parts(facts)]
    buttons = [
        AcceptHandoff(handoff=facts.handoff.id).button(_("I take it"), "primary"),
        DeclineHandoff(handoff=facts.handoff.id).button(_("Not now")),
    ]
    if offer.as_supervisor:
        parts += note_parts(facts)
        buttons.append(AskToReassign(handoff=facts.handoff.id).button(_("Give it to …")))
    else:
        parts.append(
            Section(text=(_("You read what happened as soon as you take it. A no is fine, too."),), tone="quiet")
        )
    return Message.of(title, *parts, Choice(buttons=tuple(buttons)))


def offer_closed(facts: CaseFacts, offer: Offer) -> Message:
    """Say on the card of an offer what came of it."""
    handoff = facts.handoff
    buttons: list[Button] = []
    if handoff.state == HandoffState.SEARCHING and offer.state == OfferState.DECLINED:
        buttons.append(AskWhyDeclined(handoff=handoff.id).button(_("Say why")))
        buttons.append(AcceptHandoff(handoff=handoff.id).button(_("I can take it after all")))
    elif handoff.state != HandoffState.SEARCHING and offer.as_supervisor:
        buttons.append(ShowHandoff(handoff=handoff.id).button(_("Look at it")))
    return Message.of(
        _("A case from {name}").format(name=facts.requester.name),
        Section(text=_what_came_of_it(facts, offer)),
        *((Choice(buttons=tuple(buttons)),) if buttons else ()),
    )


def _what_came_of_it(facts: CaseFacts, offer: Offer) -> Text:
    taker = facts.taker
    match facts.handoff.state:
        case HandoffState.SEARCHING:
            return (_why_not(facts, offer),)
        case HandoffState.CANCELLED:
            return text(_("{name} goes on alone. Nothing to do for you."), name=facts.requester.name)
        case HandoffState.CALLBACK:
            return (_("The customer will be called back. Nothing to do for you."),)
        case _ if taker is not None and taker.id != offer.person_id:
            when = moment(facts.taken_at)
            return text(_("{name} took it over at {time}. Thank you."), name=taker.name, time=when)
        case _:
            return (_("Nothing to do for you any more."),)


def _why_not(facts: CaseFacts, offer: Offer) -> str:
    """Say to somebody who is not asked any more why, while others are."""
    if offer.state == OfferState.DECLINED:
        return _("You said not now. Thank you for saying so at once.")
    if not facts.person(offer.person_id).on_team:
        return _("You're no longer on the support team. Nothing to do for you.")
    return _("This one is better left to somebody else. Nothing to do for you.")


def given_away(facts: CaseFacts) -> Message:
    """Say on the card of a supervisor that they gave the case to somebody."""
    taker = facts.taker
    line = text(
        _("You gave it to {name} at {time}."), name=taker.name if taker is not None else "", time=moment(facts.taken_at)
    )
    return Message.of(
        _("A case from {name}").format(name=facts.requester.name),
        Section(text=line),
        Choice(buttons=(ShowHandoff(handoff=facts.handoff.id).button(_("Look at it")),)),
    )


def closed_for(facts: CaseFacts, person: Person) -> Message:
    """Tell somebody who comes too late what came of it, whether they were asked or not."""
    offer = facts.offers.get(person.id)
    if offer is not None:
        return offer_closed(facts, offer)
    return call_over(facts)


def why_kept() -> Message:
    """Thank somebody for saying why they declined."""
    return Message.of(_("Thank you"), Section(text=(_("Only supervisors read it."),), tone="quiet"))


def why_form(handoff_id: int) -> Form:
    """Ask why somebody declined."""
    return Form(
        title=_("Why not now?"),
        command=ExplainDecline.called(),
        fields={"handoff": str(handoff_id)},
        intro=(_("If you like. Only supervisors read it."),),
        inputs=(Input(name="why", label=_("In a few words"), required=False, max_length=500),),
        submit=_("Send"),
    )
