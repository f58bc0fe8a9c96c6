"""What everybody in the channel of an incident reads: its living card, and updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.incidents.cards.customer import for_customers
from bot.incidents.commands import (
    AskForOwner,
    AskForUpdate,
    AskToResolve,
    AskToSnooze,
    Reopen,
    Resume,
    ShowHistory,
    WasSent,
)
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import IncidentEvent, IncidentState
from bot.say.language import _
from bot.say.messages import Button, Choice, Fact, Fields, Message, Part, Section, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterator


def incident_card(facts: IncidentFacts) -> Message:
    """Show how an incident stands."""
    incident = facts.incident
    parts: list[Part] = [Fields(facts=tuple(_fields(facts)))]
    if incident.resume_at is not None and facts.is_live:
        line = _("Paused until {time}.") if incident.paused else _("The next reminder is snoozed until {time}.")
        parts.append(Section(text=text(line, time=moment(incident.resume_at)), tone="quiet"))
    if facts.is_live and facts.last is not None:
        parts.append(Section(text=text(_("Told to customers at {time}:"), time=moment(facts.last.at)), tone="quiet"))
        parts.append(Section(text=(f"{facts.last.words.notice} {facts.last.words.doing}".strip(),)))
    parts.append(Choice(buttons=tuple(_buttons(facts))))
    return Message.of(incident.heading, *parts)


def _fields(facts: IncidentFacts) -> Iterator[Fact]:
    incident = facts.incident
    yield Fact(name=_("Severity"), text=(f"sev{incident.severity}",))
    yield Fact(name=_("Owner"), text=(facts.owner.name,))
    match incident.state:
        case IncidentState.PLANNED if incident.starts_at is not None:
            yield Fact(name=_("Begins"), text=(moment(incident.starts_at),))
            yield _promise(_("Customers are told by"), facts)
        case IncidentState.RESOLVED:
            yield Fact(name=_("Resolved"), text=(moment(incident.resolved_at or facts.now),))
        case _:
            yield Fact(name=_("Open since"), text=(moment(incident.began_at),))
            yield _promise(_("Next update by"), facts)


def _promise(name: str, facts: IncidentFacts) -> Fact:
    """Write the promise, in red once it is broken."""
    at, red = moment(facts.incident.promise_at), facts.is_red
    return Fact(name=name, text=text(_("{time}: **overdue**"), time=at) if red else (at,), alarm=red)


def _buttons(facts: IncidentFacts) -> Iterator[Button]:
    number = facts.incident.number
    if not facts.is_live:
        yield ShowHistory(number=number).button(_("The record"))
        yield Reopen(number=number).button(_("Reopen"))
        return
    yield AskForUpdate(number=number).button(_("Update"), "primary")
    if facts.incident.state == IncidentState.OPEN:  # before it begins there is nothing that could have changed
        yield AskForUpdate(number=number, no_change=True).button(_("No change"))
    rests = facts.incident.resume_at is not None
    yield Resume(number=number).button(_("Resume")) if rests else AskToSnooze(number=number).button(_("Snooze"))
    yield AskForOwner(number=number).button(_("Owner …"))
    ends = _("Resolve") if facts.incident.state == IncidentState.OPEN else _("Call it off")
    yield AskToResolve(number=number).button(ends)


def update_card(facts: IncidentFacts, event: IncidentEvent, by: str, *, sent: bool) -> Message:
    """Show an update in the channel of its incident."""
    words = event.words
    head = _("{by} told customers:") if sent else _("{by} wrote, not sent to customers yet:")
    parts: list[Part] = [
        Section(text=(head.format(by=by),), tone="quiet" if sent else "warning"),
        *for_customers(words, event.promise_at).parts,
    ]
    if not sent:
        button = WasSent(number=facts.incident.number, event=event.id).button(_("It was sent"), "primary")
        parts.append(Choice(buttons=(button,)))
    return Message.of(facts.incident.heading, *parts)
