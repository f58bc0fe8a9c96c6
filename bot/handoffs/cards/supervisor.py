"""What supervisors read about handoffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handoffs.cards.holder import hold_line
from bot.handoffs.cards.note import note_parts
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
from bot.handoffs.model import HandoffState, Offer, OfferState
from bot.say.language import N_, _, listing
from bot.say.messages import Choice, Form, Input, Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.directory.model import Person
    from bot.handoffs.facts import Scene

ASKED_BECAUSE = {
    Because.WISHED: N_("wished for"),
    Because.SKILL: N_("knows what it is about"),
    Because.FEWEST_TODAY: N_("fewest heated cases today"),
    Because.LONGEST_SINCE: N_("longest time since the last heated case"),
    Because.FREE: N_("free, like everybody asked then"),
    Because.SUPERVISOR: N_("supervisor on duty"),
    Because.URGENT: N_("supervisor, because of a possible threat"),
}
EXCLUSIONS = {
    Exclusion.HAD_CASE: N_("had this case before"),
    Exclusion.RECUSED: N_("stepped away from this customer today"),
    Exclusion.COOLING: N_("cooling off after a handoff of their own"),
    Exclusion.DECLINED: N_("said not now"),
    Exclusion.AWAY: N_("away"),
    Exclusion.OFF_SHIFT: N_("off shift"),
    Exclusion.AT_CAPACITY: N_("has as many handed-over cases as they take"),
    Exclusion.NO_ROLE: N_("no agent"),
}


def supervisor_view(scene: Scene) -> Message:
    """Show a supervisor everything, with what they can do."""
    handoff, taker = scene.handoff, scene.taker
    states = {
        HandoffState.SEARCHING: _("Nobody has it yet"),
        HandoffState.TAKEN: _("{taker} has it"),
        HandoffState.CALLBACK: _("The customer is to be called back"),
        HandoffState.COMPLETED: _("Done"),
        HandoffState.PASSED_ON: _("Passed on to the next"),
        HandoffState.CANCELLED: _("{name} goes on alone"),
    }
    state = states[HandoffState(handoff.state)].format(taker=taker.name if taker else "", name=scene.requester.name)
    parts: list[Part] = [hold_line(scene.hold)] if scene.hold else []
    parts.append(Section(text=text(_("{state}, since {time}."), state=state, time=moment(scene.taken_at))))
    parts += note_parts(scene)
    buttons = [ExplainLadder(handoff=handoff.id).button(_("Who was asked?"))]
    if handoff.state in (HandoffState.SEARCHING, HandoffState.TAKEN, HandoffState.CALLBACK):
        buttons = [
            TakeOver(handoff=handoff.id).button(_("I take it over"), "primary"),
            AskToReassign(handoff=handoff.id).button(_("Give it to …")),
            AskForNote(handoff=handoff.id).button(_("Add to the note")),
            *buttons,
        ]
    if handoff.state == HandoffState.SEARCHING:
        buttons.append(CancelHandoff(handoff=handoff.id).button(_("End the search"), "danger"))
    return Message.of(_("A case from {name}").format(name=scene.requester.name), *parts, Choice(buttons=tuple(buttons)))


def it_was_taken(scene: Scene) -> Message:
    """Tell the supervisor who asked for somebody else that it is taken."""
    name = scene.taker.name if scene.taker else ""
    return Message.of(
        _("{name} takes over from {requester}").format(name=name, requester=scene.requester.name),
        Choice(buttons=(ShowHandoff(handoff=scene.handoff.id).button(_("Look at it")),)),
    )


def given(scene: Scene, person: Person) -> Message:
    """Confirm to whom a case was given."""
    return Message.of(
        _("{name} has it now").format(name=person.name),
        Section(text=text(_("They are told, and so is {name}."), name=scene.requester.name), tone="good"),
    )


def callback_promised(scene: Scene) -> Message:
    """Tell supervisors that a customer was promised a call, and that nobody else has the case."""
    return Message.of(
        _("{name} promised a customer a call").format(name=scene.requester.name),
        Section(text=(_("Nobody could take the case over, so the search has ended."),), tone="warning"),
        *note_parts(scene),
        Choice(buttons=(ShowHandoff(handoff=scene.handoff.id).button(_("Look at it"), "primary"),)),
    )


def closed_by_clock(scene: Scene) -> Message:
    """Tell supervisors that a case was closed at the end of a shift without a word."""
    holder = scene.taker or scene.requester
    return Message.of(
        _("A case that {name} had was closed at the end of the shift").format(name=holder.name),
        Section(
            text=(_("Nobody said that it is done. Please look whether the customer still waits."),), tone="warning"
        ),
        Choice(buttons=(ShowHandoff(handoff=scene.handoff.id).button(_("Look at it"), "primary"),)),
    )


def who_was_asked(scene: Scene, candidates: Iterable[Candidate], people: dict[int, Person]) -> Message:
    """Say of everybody on the team why they were asked, or why not."""
    lines = [_line(scene, one, people[one.person_id]) for one in candidates if one.person_id in people]
    parts: list[Part] = [Listing(lines=tuple(lines[:50]))]
    missing = []
    if not scene.handoff.case:
        missing.append(_("No case was named, so I could not leave out whoever had it before."))
    if not scene.handoff.customer:
        missing.append(_("No customer was named, so I could not leave out whoever stepped away from them today."))
    parts += [Section(text=(line,), tone="quiet") for line in missing]
    return Message.of(_("Who was asked, and why"), *parts)


def _line(scene: Scene, candidate: Candidate, person: Person) -> Text:
    offer = scene.offers.get(person.id)
    if person.id == scene.handoff.requester_id:
        return text(_("**{name}**: asked for help"), name=person.name)
    if offer is not None and offer.state == OfferState.TOOK:
        return text(_("**{name}**: took it"), name=person.name)
    excluded = candidate.must_not(scene.now)
    if offer is not None and excluded is None:
        why = listing([_(ASKED_BECAUSE[Because(one)]) for one in offer.because])
        return text(
            _("**{name}**: asked at {time} ({why}); {what}"),
            name=person.name,
            time=moment(offer.asked_at),
            why=why,
            what=_answer(offer),
        )
    excluded = candidate.not_asked(scene.now) if candidate.is_supervisor else candidate.not_as_colleague(scene.now)
    if excluded is None:
        return text(_("**{name}**: free, and their turn has not come"), name=person.name)
    if excluded is Exclusion.COOLING and candidate.cooling_until is not None:
        until = moment(candidate.cooling_until)
        return text(_("**{name}**: not asked, cooling off until {time}"), name=person.name, time=until)
    return text(_("**{name}**: not asked, {why}"), name=person.name, why=_(EXCLUSIONS[excluded]))


def _answer(offer: Offer) -> str:
    if offer.state == OfferState.DECLINED:
        return _("said not now: “{why}”").format(why=offer.why_text) if offer.why_text else _("said not now")
    if offer.undelivered:
        return _("could not be reached")
    return _("has not answered") if offer.state == OfferState.ASKED else _("was not needed")


def reassign_form(scene: Scene) -> Form:
    """Ask to whom a case is to be given."""
    return Form(
        title=_("Give it to somebody"),
        command=ReassignHandoff.called(),
        fields={"handoff": str(scene.handoff.id)},
        intro=text(_("They are told at once, and can hand it on if they cannot.")),
        inputs=(Input(name="who", label=_("Who takes it?"), kind="person"),),
        submit=_("Give it"),
    )
