"""What whoever has a case reads: how to begin, and whether they are done with it."""

from __future__ import annotations

from bot.directory.model import Person
from bot.handoffs.cards.customer import first_words
from bot.handoffs.cards.holder import hold_line
from bot.handoffs.cards.note import note_parts
from bot.handoffs.cards.promised import call_parts, call_time, case_parts, due_parts, left_parts, time_kept
from bot.handoffs.cards.requester import names
from bot.handoffs.commands import CompleteHandoff, EndHold, HandBack, KeepHandoff
from bot.handoffs.decisions.aftercare import LEFT_AFTER, is_short
from bot.handoffs.facts import CaseFacts
from bot.handoffs.model import HandoffState
from bot.safety.card import emergency_line, for_supervisors, kind_of
from bot.safety.hearing import Danger
from bot.say.language import _
from bot.say.messages import Button, Choice, Message, Part, Section, Text, moment, text


def taker_card(facts: CaseFacts) -> Message:
    """Give whoever took it over the warm note."""
    handoff, requester = facts.handoff, facts.requester
    if handoff.state != HandoffState.TAKEN:
        return _given_up(facts)
    parts: list[Part] = []
    buttons: list[Button] = []
    if facts.hold is not None:
        parts.append(hold_line(facts.hold))
        buttons.append(EndHold(hold=facts.hold.id, handoff=handoff.id).button(_("I'm with the customer"), "primary"))
    parts += [*_in_danger(facts), *left_parts(facts), *call_parts(facts)]
    parts.append(first_words(requester.name, handoff.danger))
    parts += note_parts(facts)
    if handoff.note.is_empty:
        parts.append(Section(text=text(_("What {name} writes down appears here."), name=requester.name), tone="quiet"))
    buttons += [
        CompleteHandoff(handoff=handoff.id).button(_("Done with it"), "plain" if facts.hold else "primary"),
        HandBack(handoff=handoff.id).button(_("Hand it on")),
    ]
    return Message.of(
        _("You took over from {name}").format(name=requester.name), *parts, Choice(buttons=tuple(buttons))
    )


def _in_danger(facts: CaseFacts) -> list[Part]:
    """Say what danger it tells of, and whom to call; who is not well themselves is named to supervisors alone."""
    danger, taker = facts.handoff.danger, facts.taker
    if danger is None or taker is None:
        return []
    if danger is Danger.AGENT:
        offer = facts.offers.get(taker.id)
        called = offer is not None and offer.as_supervisor
        kind = for_supervisors(danger, facts.requester.name) if called else kind_of(danger)
        return [Section(text=(kind,), tone="danger")]
    return [Section(text=(kind_of(danger),), tone="danger"), emergency_line(facts.organisation.emergency or "")]


def _given_up(facts: CaseFacts) -> Message:
    closed = facts.handoff.closed_by_clock and facts.handoff.state == HandoffState.COMPLETED
    line = _("I closed it: you hadn't said that it's done.") if closed else _("You're done with it. Well done.")
    if facts.handoff.state == HandoffState.PASSED_ON:
        line = _("You handed it on. Finding the next colleague began at once; its own card shows how it goes.")
    buttons = (KeepHandoff(handoff=facts.handoff.id).button(_("I'm still at it")),) if closed else ()
    return Message.of(
        _("The case from {name}").format(name=facts.requester.name),
        Section(text=(line,), tone="good"),
        *case_parts(facts),
        *((Choice(buttons=buttons),) if buttons else ()),
    )


def you_have_it(facts: CaseFacts) -> Message:
    """Confirm to somebody who took a case elsewhere than on its card."""
    return Message.of(
        _("You have it"),
        Section(text=text(_("The note of {name} is on its card in our direct chat."), name=facts.requester.name)),
    )


def kept(facts: CaseFacts) -> Message:
    """Answer "still at it"."""
    if facts.call_is_late and (until := facts.handoff.next_due_at) is not None:
        return Message.of(
            _("All right, I wait a little"),
            Section(text=text(_("At {time} I find somebody else, unless they were called."), time=moment(until))),
        )
    if facts.handoff.taker_id is None and facts.handoff.call_at is not None:
        return time_kept(facts)
    if facts.handoff.taker_id is None:
        return Message.of(
            _("All right, I ask again in two hours"),
            Section(text=(_("The customer still waits for the call you promised."),)),
        )
    return Message.of(
        _("All right, you're still at it"),
        Section(text=text(_("I ask again in two hours about the case from {name}."), name=facts.requester.name)),
    )


def note_changed(by: str) -> Message:
    """Tell the taker that the note says something else now: more, or less."""
    return Message.of(
        _("{name} changed the note").format(name=by),
        Section(text=(_("The card of the case shows it as it is now."),), tone="quiet"),
    )


def given_to_you(facts: CaseFacts, by: str) -> Message:
    """Tell somebody that a supervisor gave them a case."""
    return Message.of(
        _("{by} gave you a case from {name}").format(by=by, name=facts.requester.name),
        Section(text=(_("The note is on its card. If you can't, hand it on there: I'll find somebody else."),)),
    )


def taken_from_you(facts: CaseFacts, by: str, name: str) -> Message:
    """Tell somebody that a supervisor gave their case to somebody else."""
    return Message.of(
        _("{name} carries on with the case from {requester}").format(name=name, requester=facts.requester.name),
        Section(text=text(_("{by} arranged it. Nothing to do for you any more."), by=by), tone="good"),
    )


def still_at_it(facts: CaseFacts) -> Message:
    """Ask whoever has it whether they are done."""
    handoff = facts.handoff
    if handoff.taker_id is None:
        return _was_it_called(facts)
    if facts.call_is_due:
        return Message.of(
            _("Time to call the customer"),
            *call_parts(facts),
            *case_parts(facts),
            _ways_to_call(facts, _("Still at it")),
        )
    return Message.of(
        _("Still at the case from {name}?").format(name=facts.requester.name),
        *case_parts(facts),
        Section(text=(_("I ask because until you're done nobody sends you another one."),), tone="quiet"),
        Choice(
            buttons=(
                CompleteHandoff(handoff=handoff.id).button(_("Done with it"), "primary"),
                KeepHandoff(handoff=handoff.id).button(_("Still at it")),
                HandBack(handoff=handoff.id).button(_("Hand it on")),
            )
        ),
    )


def you_leave(facts: CaseFacts, holder: Person, *, shift_over: bool) -> Message:
    """Ask whoever has a case what becomes of it, before their shift ends or while they are away."""
    handoff, name = facts.handoff, facts.requester.name
    hand_on = HandBack(handoff=handoff.id).button(_("Hand it on"), "primary")
    done = CompleteHandoff(handoff=handoff.id).button(_("Done with it"))
    if shift_over:
        closes = _("At the end of your shift I close it. Hand it on if the customer still needs somebody.")
        return Message.of(
            _("Your shift ends soon: who goes on with the case from {name}?").format(name=name),
            *case_parts(facts),
            Section(text=(closes,), tone="warning"),
            Choice(buttons=(hand_on, done)),
        )
    line: Text = (_("Hand it on, and I find the next colleague at once."),)
    since = holder.away_since or facts.now
    if not is_short(since, holder.away_until):
        told = _("Supervisors hear at {time} that the customer waits for you, unless you say how it goes on.")
        line = (*line, " ", *text(told, time=moment(since + LEFT_AFTER)))
    keeps = KeepHandoff(handoff=handoff.id).button(_("I keep it"))
    return Message.of(
        _("Who looks after the case from {name} while you're away?").format(name=name),
        *case_parts(facts),
        Section(text=line),
        Choice(buttons=(hand_on, keeps, done)),
    )


def _was_it_called(facts: CaseFacts) -> Message:
    if facts.call_is_late:
        return Message.of(
            _("Time to call the customer"),
            Section(text=text(_("You promised them a call by {time}."), time=call_time(facts)), tone="warning"),
            *case_parts(facts),
            _ways_to_call(facts, _("Not yet")),
        )
    return Message.of(
        _("Was the customer called back?"),
        Section(text=(_("You promised them a call. Nobody else has the case."),), tone="quiet"),
        *case_parts(facts),
        _ways_to_call(facts, _("Not yet")),
    )


def _ways_to_call(facts: CaseFacts, not_yet: str) -> Choice:
    handoff = facts.handoff
    return Choice(
        buttons=(
            CompleteHandoff(handoff=handoff.id).button(_("They were called"), "primary"),
            KeepHandoff(handoff=handoff.id).button(not_yet),
            HandBack(handoff=handoff.id).button(_("Find somebody after all")),
        )
    )


def call_is_late(facts: CaseFacts) -> Message:
    """Tell whoever owes a call that it goes on to somebody else, as nobody said that it was made."""
    called = facts.called()
    who = _("I'm finding somebody who calls instead.")
    if facts.taker is not None:
        who = _("Supervisors hear of it.")
    elif called:
        who = _("I'm calling {names} for it.").format(names=names(called))
    done = CompleteHandoff(handoff=facts.handoff.id).button(_("They were called"), "primary")
    return Message.of(
        _("The call you promised is late"),
        *due_parts(facts),
        *case_parts(facts),
        Section(text=(who,)),
        Choice(buttons=(done,)),
    )


def closed_for_you(facts: CaseFacts, *, shift_over: bool) -> Message:
    """Tell whoever had it that it was closed without a word of theirs."""
    handoff = facts.handoff
    why = _("Your shift is over.") if shift_over else _("I've heard nothing of it for twelve hours.")
    if handoff.taker_id is None:
        return Message.of(
            _("I closed your case"),
            Section(text=(why, " ", _("Nobody said whether the customer was called."))),
            *case_parts(facts),
            _ways_to_call(facts, _("I still have to call")),
        )
    return Message.of(
        _("I closed the case from {name} for you").format(name=facts.requester.name),
        *case_parts(facts),
        Section(text=(why, " ", _("If it's not finished, hand it on, so that nobody is left waiting."))),
        Choice(
            buttons=(
                HandBack(handoff=handoff.id).button(_("Hand it on"), "primary"),
                KeepHandoff(handoff=handoff.id).button(_("I'm still at it")),
            )
        ),
    )
