"""What supervisors read about handoffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.handoffs.cards.holder import hold_line
from bot.handoffs.cards.note import note_parts
from bot.handoffs.cards.promised import call_parts, due_parts, left_parts
from bot.handoffs.commands import (
    AskForNote,
    AskToReassign,
    CancelHandoff,
    ExplainLadder,
    ReassignHandoff,
    ShowHandoff,
    TakeOver,
)
from bot.handoffs.decisions.candidate import Candidate, Exclusion
from bot.handoffs.decisions.terms import Because
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import OPEN, HandoffState, Offer, OfferState
from bot.safety.card import for_supervisors
from bot.safety.hearing import is_pressure
from bot.say.dates import as_of, dated
from bot.say.language import N_, _, listing
from bot.say.messages import Button, Choice, Form, Input, Listing, Message, Option, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


ASKED_BECAUSE = {
    Because.WISHED: N_("wished for"),
    Because.SKILL: N_("knows what it is about"),
    Because.FEWEST_TODAY: N_("fewest heated cases today"),
    Because.LONGEST_SINCE: N_("no heated case for the longest time"),
    Because.FREE: N_("free, like everybody asked then"),
    Because.SUPERVISOR: N_("supervisor on duty"),
    Because.URGENT: N_("supervisor, because it's urgent"),
}
EXCLUSIONS = {
    Exclusion.HAD_CASE: N_("had this case before"),
    Exclusion.RECUSED: N_("stepped away from this customer today"),
    Exclusion.COOLING: N_("cooling off after a handoff of their own"),
    Exclusion.DECLINED: N_("said not now"),
    Exclusion.AWAY: N_("away"),
    Exclusion.OFF_SHIFT: N_("off shift"),
    Exclusion.HANDING_OVER: N_("hands a case over"),
    Exclusion.ON_HOLD: N_("has a customer on hold"),
    Exclusion.ENGAGED: N_("owes an update"),
    Exclusion.AT_CAPACITY: N_("has enough"),
    Exclusion.NO_ROLE: N_("no agent"),
}


def supervisor_view(facts: CaseFacts, *, news: bool = False) -> Message:
    """Show a supervisor everything, with what they can do; `news`: what they pressed was about something else."""
    handoff = facts.handoff
    parts: list[Part] = [hold_line(facts.hold)] if facts.hold else []
    parts.append(Section(text=_news(facts), tone="warning") if news else Section(text=_state(facts)))
    if danger := handoff.danger:
        parts.insert(0, Section(text=(for_supervisors(danger, facts.requester.name),), tone="danger"))
    parts += left_parts(facts)
    parts += due_parts(facts) if handoff.state == HandoffState.CALLBACK else call_parts(facts)
    parts += note_parts(facts)
    if is_pressure("\n".join(handoff.note.model_dump().values())):
        parts.append(Section(text=(_("Lawyers, the press or a regulator were named."),), tone="quiet"))
    buttons = [ExplainLadder(handoff=handoff.id).button(_("Who was asked?"))]
    if handoff.state in OPEN:
        buttons = [
            _take_over(facts),
            AskToReassign(handoff=handoff.id).button(_("Give it to …")),
            AskForNote(handoff=handoff.id).button(_("Add to the note")),
            *buttons,
        ]
    if handoff.state == HandoffState.SEARCHING:
        buttons.append(CancelHandoff(handoff=handoff.id).button(_("End the search"), "danger"))
    return Message.of(_("A case from {name}").format(name=facts.requester.name), *parts, Choice(buttons=tuple(buttons)))


def _take_over(facts: CaseFacts) -> Button:
    """Name whom it would be taken from, so that nobody loses a case by surprise."""
    holder = facts.holder
    if holder is None:
        return TakeOver(handoff=facts.handoff.id).button(_("I take it over"), "primary")
    label = _("Take it from {name}").format(name=holder.name)
    return TakeOver(handoff=facts.handoff.id, holder=holder.id).button(label, "primary")


def _news(facts: CaseFacts) -> Text:
    """Say what happened since, to somebody who would have taken it from whoever has it by now."""
    if facts.handoff.state == HandoffState.CALLBACK:
        return text(_("{name} has promised the customer a call. Nothing was changed."), name=facts.requester.name)
    name = facts.holder.name if facts.holder else ""
    return text(_("{name} took it at {time}. Nothing was changed."), name=name, time=moment(facts.taken_at))


def _state(facts: CaseFacts) -> Text:
    handoff, taker = facts.handoff, facts.taker
    if handoff.state == HandoffState.COMPLETED and handoff.closed_by_clock:
        return (_("Closed. Nobody said that it's done."),)
    states = {
        HandoffState.SEARCHING: _("Nobody has it yet"),
        HandoffState.TAKEN: _("{taker} has it"),
        HandoffState.CALLBACK: _("The customer is to be called back"),
        HandoffState.COMPLETED: _("Done"),
        HandoffState.PASSED_ON: _("Passed on to the next"),
        HandoffState.CANCELLED: _("{name} goes on alone"),
    }
    state = states[HandoffState(handoff.state)].format(taker=taker.name if taker else "", name=facts.requester.name)
    return text(_("{state}, since {time}."), state=state, time=moment(facts.taken_at))


def shown_below(facts: CaseFacts) -> Message:
    """Close a view that was opened once more."""
    return Message.of(
        _("A case from {name}").format(name=facts.requester.name),
        Section(text=(_("You opened it again: it's further down now."),), tone="quiet"),
    )


def shown_in_direct_chat(facts: CaseFacts) -> Message:
    """Say where the view is, to a supervisor who asked for it elsewhere."""
    return Message.of(
        _("A case from {name}").format(name=facts.requester.name),
        Section(text=_state(facts)),
        Section(text=(_("It's in our direct chat, and keeps itself up to date. What you can do stands there."),)),
    )


def it_was_taken(facts: CaseFacts) -> Message:
    """Tell the supervisor who asked for somebody else that it is taken."""
    name = facts.taker.name if facts.taker else ""
    return Message.of(
        _("{name} takes over from {requester}").format(name=name, requester=facts.requester.name),
        Choice(buttons=(ShowHandoff(handoff=facts.handoff.id).button(_("Look at it")),)),
    )


def given(facts: CaseFacts, person: Person) -> Message:
    """Confirm to whom a case was given."""
    return Message.of(
        _("{name} has it now").format(name=person.name),
        Section(text=text(_("I'm telling them, and {name}."), name=facts.requester.name), tone="good"),
    )


def callback_promised(facts: CaseFacts) -> Message:
    """Tell supervisors that a customer was promised a call, and that nobody else has the case."""
    return Message.of(
        _("{name} promised a customer a call").format(name=facts.requester.name),
        *due_parts(facts),
        Section(text=text(_("Nobody is looked for any more: {name} still has the case."), name=facts.requester.name)),
        *note_parts(facts),
        Choice(buttons=(ShowHandoff(handoff=facts.handoff.id).button(_("Look at it"), "primary"),)),
    )


def call_is_late(facts: CaseFacts) -> Message:
    """Tell supervisors that whoever has a case has not said that a call was made which a customer was promised."""
    name = facts.taker.name if facts.taker else facts.requester.name
    return Message.of(
        _("A customer still waits for a call from {name}").format(name=name),
        *due_parts(facts),
        Choice(buttons=(ShowHandoff(handoff=facts.handoff.id).button(_("Look at it"), "primary"),)),
    )


def holder_is_away(facts: CaseFacts, holder: Person) -> Message:
    """Tell supervisors that whoever has a case is on a break, and has not said who looks after it."""
    parts: list[Part] = []
    if holder.away_until is not None:
        until = dated(holder.away_until, facts.now)
        parts.append(Section(text=text(_("{name} is away until {time}."), name=holder.name, time=until)))
    parts.append(
        Section(text=(_("The customer may wait meanwhile. Take it, or give it to somebody."),), tone="warning")
    )
    look = ShowHandoff(handoff=facts.handoff.id).button(_("Look at it"), "primary")
    title = _("{name} went away with a case from {requester}")
    return Message.of(
        title.format(name=holder.name, requester=facts.requester.name)[:150], *parts, Choice(buttons=(look,))
    )


def nobody_reached(facts: CaseFacts) -> Message:
    """Tell an admin that nobody is left for a case, and that the channel refused the call."""
    return Message.of(
        _("Nobody can be reached for a case from {name}").format(name=facts.requester.name),
        Section(
            text=(_("Nobody is free, and the support channel refuses what I write. Please find somebody now."),),
            tone="danger",
        ),
        Section(text=(_("Then see why it refuses: `/zanshin settings` names the channel."),), tone="quiet"),
    )


def closed_by_clock(facts: CaseFacts, *, shift_over: bool) -> Message:
    """Tell supervisors that a case was closed without a word."""
    holder = facts.taker or facts.requester
    title = (
        _("A case that {name} had was closed at the end of the shift")
        if shift_over
        else _("A case that {name} had was closed after twelve hours")
    )
    line = (
        _("Nobody said that it's done. Please look whether the customer still waits.")
        if facts.handoff.taker_id
        else _("Nobody said whether the customer was called. Please look whether they still wait.")
    )
    return Message.of(
        title.format(name=holder.name),
        Section(text=(line,), tone="warning"),
        Choice(buttons=(ShowHandoff(handoff=facts.handoff.id).button(_("Look at it"), "primary"),)),
    )


def who_was_asked(facts: CaseFacts, candidates: Iterable[Candidate], people: dict[int, Person]) -> Message:
    """Say of everybody on the team why they were asked, or why not."""
    lines = [_line(facts, one, people[one.person_id]) for one in candidates if one.person_id in people]
    parts: list[Part] = [Listing(lines=tuple(lines[:50]))]
    missing = []
    if not facts.handoff.case:
        missing.append(_("No case was named, so I couldn't leave out whoever had it before."))
    if not facts.handoff.customer:
        missing.append(_("No customer was named, so I couldn't leave out whoever stepped away from them today."))
    parts += [Section(text=(line,), tone="quiet") for line in missing]
    parts.append(as_of(facts.now))
    return Message.of(_("Who was asked, and why"), *parts)


def _line(facts: CaseFacts, candidate: Candidate, person: Person) -> Text:
    offer = facts.offers.get(person.id)
    if person.id == facts.handoff.requester_id:
        return text(_("**{name}**: asked for help"), name=person.name)
    if offer is not None and offer.state == OfferState.TOOK:
        return text(_("**{name}**: took it"), name=person.name)
    excluded = candidate.must_not(facts.now)
    if offer is not None and excluded is None:
        why = listing([_(ASKED_BECAUSE[Because(one)]) for one in offer.because])
        return text(
            _("**{name}**: asked at {time} ({why}); {what}"),
            name=person.name,
            time=moment(offer.asked_at),
            why=why,
            what=_answer(offer),
        )
    excluded = candidate.not_asked(facts.now) if candidate.is_supervisor else candidate.not_as_colleague(facts.now)
    if excluded is None:
        return text(_("**{name}**: free, and their turn hasn't come"), name=person.name)
    if excluded is Exclusion.COOLING and candidate.cooling_until is not None:
        until = moment(candidate.cooling_until)
        return text(_("**{name}**: not asked, cooling off until {time}"), name=person.name, time=until)
    return text(_("**{name}**: not asked, {why}"), name=person.name, why=_(EXCLUSIONS[excluded]))


def _answer(offer: Offer) -> str:
    if offer.state == OfferState.DECLINED:
        return _("said not now: “{why}”").format(why=offer.why_text) if offer.why_text else _("said not now")
    if offer.undelivered:
        return _("couldn't be reached")
    return _("hasn't answered") if offer.state == OfferState.ASKED else _("wasn't needed")


def reassign_form(facts: CaseFacts, free: Sequence[Option]) -> Form:
    """Ask to whom of those who are free a case is to be given; say who has it, from whom it would be taken."""
    told = text(_("Whoever is free is named here. They're told at once, and can hand it on if they can't."))
    held = (*_state(facts), " ") if facts.holder is not None else ()
    return Form(
        title=_("Give it to somebody"),
        command=ReassignHandoff.called(),
        fields={"handoff": str(facts.handoff.id), "holder": str(facts.holder.id if facts.holder else 0)},
        intro=(*held, *told),
        inputs=(Input(name="who", label=_("Who takes it?"), kind="pick", options=tuple(free)),),
        submit=_("Give it"),
    )
