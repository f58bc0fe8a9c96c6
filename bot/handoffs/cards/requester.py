"""What the requester of a handoff reads on the card that shows how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.handoffs.cards.customer import callback_sentence, introduction, searching_sentence
from bot.handoffs.cards.holder import hold_line
from bot.handoffs.cards.promised import call_parts, case_parts, due_parts, time_button
from bot.handoffs.commands import (
    AskForNote,
    CancelHandoff,
    CompleteHandoff,
    EndHold,
    HandBack,
    PromiseCallback,
    StartHold,
)
from bot.handoffs.decisions.candidate import Exclusion
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import Handoff, HandoffState, OfferState
from bot.safety.card import repeated
from bot.safety.hearing import Danger
from bot.say.dates import dated
from bot.say.language import _, listing
from bot.say.messages import Button, Choice, Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def names(people: Sequence[Person]) -> str:
    """Name several people."""
    return listing([person.name for person in people])


def requester_card(facts: CaseFacts) -> Message:
    """Show the requester how it stands; who is on the team no more has nothing to press."""
    if not facts.requester.on_team:
        return _gone(facts)
    match facts.handoff.state:
        case HandoffState.SEARCHING:
            return _searching(facts)
        case HandoffState.TAKEN:
            return _taken(facts)
        case HandoffState.CALLBACK:
            return _callback(facts)
        case HandoffState.CANCELLED:
            return _cancelled(facts)
        case _:
            return _over(facts)


def _gone(facts: CaseFacts) -> Message:
    line = _("You're no longer on the support team, so this handoff goes on without you.")
    if facts.handoff.state == HandoffState.SEARCHING:
        line = _("You're no longer on the support team. I go on finding somebody for the customer.")
    return Message.of(
        _("The case you stepped out of"),
        Section(text=(line,)),
        *case_parts(facts),
        Section(text=(_("If it's a mistake, speak with a supervisor or an admin."),), tone="quiet"),
    )


def _searching(facts: CaseFacts) -> Message:
    handoff = facts.handoff
    parts: list[Part] = [*_hold(facts), *nobody_alarmed(facts), *call_parts(facts), *_progress(facts)]
    if lines := tuple(_answers(facts)):
        parts.append(Listing(lines=lines))
    parts += _words_for_now(facts)
    parts.append(Choice(buttons=(note_button(handoff), *_hold_buttons(facts))))
    leaving = [CancelHandoff(handoff=handoff.id).button(_("I go on alone"))]
    if facts.call_is_late:
        leaving.insert(0, CompleteHandoff(handoff=handoff.id).button(_("They were called")))
    if facts.rung in (Rung.SUPERVISORS, Rung.NOBODY) and not handoff.danger:
        leaving.insert(0, PromiseCallback(handoff=handoff.id).button(_("We call them back")))
    parts.append(Choice(buttons=tuple(leaving)))
    parts.append(_who_reads())
    return Message.of(_("I'm finding somebody for you"), *parts)


def nobody_alarmed(facts: CaseFacts) -> list[Part]:
    """Say where somebody is in danger that no supervisor is called, and who is asked instead."""
    if not facts.handoff.danger or facts.alarmed():
        return []
    asked = facts.asked(*Rung)
    instead = (
        _("There's no supervisor I can call now. I'm asking {names} instead.").format(names=names(asked))
        if asked
        else _("There's no supervisor I can call now, and nobody else is free. Go to somebody near you.")
    )
    return [Section(text=(instead,), tone="danger")]


def _words_for_now(facts: CaseFacts) -> list[Part]:
    """Give words for the customer; where somebody is in danger those of the danger card, and no promise of a call."""
    if danger := facts.handoff.danger:
        return repeated(danger, facts.organisation.emergency or "")
    sentence = callback_sentence() if facts.rung is Rung.NOBODY else searching_sentence()
    return [Section(text=(_("You can say now:"),), tone="quiet"), sentence]


def note_button(handoff: Handoff) -> Button:
    """Offer to write for whoever takes over."""
    if handoff.note.is_empty:
        return AskForNote(handoff=handoff.id).button(_("Write the note for them"), "primary")
    return AskForNote(handoff=handoff.id).button(_("Add to the note"))


def _who_reads() -> Section:
    return Section(
        text=(_("Your reason and note are for whoever takes over and for supervisors. The channel reads neither."),),
        tone="quiet",
    )


def _hold(facts: CaseFacts) -> list[Part]:
    return [hold_line(facts.hold)] if facts.hold is not None else []


def _hold_buttons(facts: CaseFacts) -> tuple[Button, ...]:
    if facts.hold is not None:
        return (EndHold(hold=facts.hold.id, handoff=facts.handoff.id).button(_("I'm back")),)
    return () if facts.handoff.danger else (StartHold(handoff=facts.handoff.id).button(_("I asked them to hold")),)


def _progress(facts: CaseFacts) -> Iterator[Part]:
    """Say what is happening now, in one line."""
    match facts.rung:
        case Rung.WISH | Rung.BEST | None:
            yield Section(text=text(_("Asking **{names}** …"), names=names(facts.asked(Rung.WISH, Rung.BEST))))
        case Rung.EVERYBODY:
            yield Section(
                text=text(_("Asking everybody who is free: **{names}** …"), names=names(facts.asked(Rung.EVERYBODY)))
            )
        case Rung.SUPERVISORS:
            yield Section(
                text=text(_("Calling the supervisors: **{names}** …"), names=names(facts.called())),
                tone="warning",
            )
        case Rung.NOBODY:
            said = text(_("**Nobody has taken it yet, and nobody is free.** I ask at once when somebody is."))
            if facts.calls_again_at is not None:
                again = _("**Nobody has taken it yet.** I ask again at {time}, and at once when somebody becomes free.")
                said = text(again, time=moment(facts.calls_again_at))
            yield Section(text=said, tone="danger")


def _answers(facts: CaseFacts) -> Iterator[Text]:
    """List what came of asking, as far as it is not the line above."""
    wish = facts.wish
    if wish is not None and wish.id not in facts.offers:
        yield (not_asked(wish, facts),)
    rung = facts.rung
    said_no, unreached, silent = [], [], []
    for offer in facts.offers.values():
        person = facts.person(offer.person_id)
        if not person.on_team:
            continue  # their silence is no news
        if offer.state == OfferState.DECLINED:
            said_no.append(person)
        elif offer.undelivered:
            unreached.append(person)
        elif offer.state == OfferState.ASKED and offer.rung != rung:
            silent.append(person)
    if said_no:
        yield (_("{names} can't just now.").format(names=names(said_no)),)
    if unreached:
        yield (_("I couldn't reach {names}.").format(names=names(unreached)),)
    if silent:
        yield (_("No answer yet from {names}.").format(names=names(silent)),)


def not_asked(wish: Person, facts: CaseFacts) -> str:
    """Say that somebody who was named is not asked: never, where they had the case, or for the moment."""
    match facts.bars(wish):
        case Exclusion.HAD_CASE:
            said = _("{name} had this case before, so I ask somebody new.")
        case Exclusion.RECUSED:  # what they stepped out of stays theirs
            said = _("{name} isn't asked about this case, so I ask the others.")
        case _:
            said = _("{name} can't be asked just now, so I ask the others.")
    return said.format(name=wish.name)


def _taken(facts: CaseFacts) -> Message:
    taker = facts.taker
    assert taker is not None  # noqa: S101  that is what taken means
    parts: list[Part] = [
        *_hold(facts),
        Section(
            text=text(_("{name} has had the case since {time}."), name=taker.name, time=moment(facts.taken_at)),
            tone="good",
        ),
        *_introduction(taker, facts.handoff.danger),
    ]
    buttons = [AskForNote(handoff=facts.handoff.id).button(_("Add to the note"))]
    if facts.hold is not None and facts.hold.started_at > facts.taken_at:  # the one before is the taker's to end
        buttons.insert(0, EndHold(hold=facts.hold.id, handoff=facts.handoff.id).button(_("I'm back"), "primary"))
    return Message.of(_("{name} takes over").format(name=taker.name), *parts, Choice(buttons=tuple(buttons)))


def _introduction(taker: Person, danger: Danger | None) -> list[Part]:
    if danger is Danger.AGENT:  # they may stop now
        return []
    lead = _("You can say:") if danger else _("Introduce them as the next step:")
    return [Section(text=(lead,)), introduction(taker, danger)]


def promise_stands(facts: CaseFacts) -> Message:
    """Answer whoever would end a promise by another word than that the customer was called."""
    stands = Section(text=(_("The promise stands until you say that they were called."),), tone="warning")
    card = _callback(facts)
    return card.model_copy(update={"parts": (stands, *card.parts)})


def _callback(facts: CaseFacts) -> Message:
    said = _("Nobody is looked for any more. The customer has waited since {time}.")
    return Message.of(
        _("The customer is to be called back"),
        *_hold(facts),
        *due_parts(facts),
        *case_parts(facts),
        Section(text=text(said, time=dated(facts.handoff.started_at, facts.now))),
        Choice(
            buttons=(
                CompleteHandoff(handoff=facts.handoff.id).button(_("They were called"), "primary"),
                time_button(facts),
                HandBack(handoff=facts.handoff.id).button(_("Find somebody after all")),
                *((EndHold(hold=facts.hold.id, handoff=facts.handoff.id).button(_("I'm back")),) if facts.hold else ()),
            )
        ),
    )


def _cancelled(facts: CaseFacts) -> Message:
    back = (Section(text=(_("It's yours as it was before you handed it on: its card is live again."),)),)
    return Message.of(
        _("You go on with it"),
        *_hold(facts),
        Section(text=(_("Nobody is asked any more. One breath before you speak again."),), tone="good"),
        *case_parts(facts),
        *(back if facts.handoff.chain_id is not None else ()),
        Choice(
            buttons=(
                Button(label=_("A playbook for me"), command="calm"),
                *((EndHold(hold=facts.hold.id, handoff=facts.handoff.id).button(_("I'm back")),) if facts.hold else ()),
            )
        ),
    )


def _over(facts: CaseFacts) -> Message:
    taker = facts.taker
    if facts.handoff.closed_by_clock:
        return _closed(facts)
    if facts.handoff.state == HandoffState.PASSED_ON and taker is not None:
        line = _("{name} handed it on to the next colleague.").format(name=taker.name)
    elif facts.handoff.state == HandoffState.PASSED_ON:
        line = _("You asked for somebody after all. How that goes stands on its own card.")
    elif taker is not None:
        line = _("{name} is done with it. Thank you for stepping out in time.").format(name=taker.name)
    else:
        line = _("The customer was called back.")
    return Message.of(_("This handoff is over"), Section(text=(line,), tone="good"), *case_parts(facts))


def _closed(facts: CaseFacts) -> Message:
    """Say that the clock ended it, and ask for the word that is missing of whoever owes the call."""
    title, handoff, taker = _("This handoff is over"), facts.handoff, facts.taker
    if taker is not None:
        line = _("I closed it: {name} hadn't said that it's done.").format(name=taker.name)
        return Message.of(title, Section(text=(line,)), *case_parts(facts))
    return Message.of(
        title,
        Section(text=(_("I closed it, and nobody said whether the customer was called."),), tone="warning"),
        *case_parts(facts),
        Choice(
            buttons=(
                CompleteHandoff(handoff=handoff.id).button(_("They were called"), "primary"),
                HandBack(handoff=handoff.id).button(_("Find somebody after all")),
            )
        ),
    )
