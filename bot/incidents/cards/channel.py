"""What everybody in the channel of an incident reads: its living card, and updates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

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
from bot.say.dates import dated
from bot.say.language import N_, _
from bot.say.messages import Button, Choice, Fact, Fields, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


def incident_card(facts: IncidentFacts) -> Message:
    """Show how an incident stands."""
    incident = facts.incident
    parts: list[Part] = [Fields(facts=tuple(_fields(facts)))]
    if incident.resume_at is not None and facts.rests:
        line = _("Paused until {time}.") if incident.paused else _("The next reminder is snoozed until {time}.")
        parts.append(Section(text=text(line, time=moment(incident.resume_at)), tone="quiet"))
    if facts.is_live and facts.last is not None:
        told = text(_("Told to customers at {time}:"), time=moment(facts.last.reached_at))
        parts += [Section(text=told, tone="quiet"), Section(text=(facts.last.words.whole,))]
    if facts.is_live and incident.prepared_at is not None:
        parts.append(Section(text=waits(incident.prepared_at), tone="warning"))
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
            yield Fact(name=_("Resolved"), text=(dated(incident.resolved_at or facts.now, facts.now),))
        case _:
            yield Fact(name=_("Open since"), text=(moment(incident.began_at),))
            yield _promise(_("Next update by"), facts)
    if facts.is_live and incident.wanted_at is not None:
        name = _("Wanted by, as it's sev{severity}").format(severity=incident.severity)
        yield _time(name, incident.wanted_at, red=incident.wanted_at <= facts.now)


def _promise(name: str, facts: IncidentFacts) -> Fact:
    """Write the promise, in red once it is broken."""
    return _time(name, facts.incident.promise_at, red=facts.is_red)


def _time(name: str, when: datetime, *, red: bool) -> Fact:
    at = moment(when)
    return Fact(name=name, text=text(_("{time}: **overdue**"), time=at) if red else (at,), alarm=red)


def _buttons(facts: IncidentFacts) -> Iterator[Button]:
    number = facts.incident.number
    if not facts.is_live:
        yield ShowHistory(number=number).button(_("The record"))
        yield open_again(facts)
        return
    yield AskForUpdate(number=number).button(_("Update"), "primary")
    if facts.incident.state == IncidentState.OPEN:  # before it begins there is nothing that could have changed
        yield AskForUpdate(number=number, no_change=True).button(_("No change"))
    if facts.rests:
        yield Resume(number=number, rests=facts.rests_until).button(_("Resume"))
    else:
        yield AskToSnooze(number=number).button(_("Snooze"))
    yield AskForOwner(number=number).button(_("Owner …"))
    ends = _("Resolve") if facts.incident.state == IncidentState.OPEN else _("Call it off")
    yield AskToResolve(number=number).button(ends)


def open_again(facts: IncidentFacts) -> Button:
    """Offer to open it again, as it ended last."""
    ended = facts.incident.resolved_at
    return Reopen(number=facts.incident.number, ended=int(ended.timestamp()) if ended else 0).button(_("Reopen"))


def waits(prepared_at: datetime) -> Text:
    """Say that what was prepared is not known to have reached anybody."""
    return text(_("Update prepared at {time}, not confirmed: do customers have it?"), time=moment(prepared_at))


def update_card(facts: IncidentFacts, event: IncidentEvent, author: str, by: str) -> Message:
    """Show what was written for customers in the channel of its incident, and whether they have it."""
    parts: list[Part] = list(for_customers(event.words, event.promise_at).parts)
    if event.told_at is None:
        head = text(_("Prepared by {author}. Nobody has said yet that customers have it:"), author=author)
        parts = [Section(text=head, tone="warning"), *parts, Choice(buttons=(have_it(facts, event),))]
    else:
        parts = [Section(text=_told(event, author, by), tone="quiet"), *parts]
    toast = _("Customers were told: {heading}") if event.told_at else _("Update prepared, not confirmed: {heading}")
    return Message.of(facts.incident.heading, *parts, toast=toast.format(heading=facts.incident.heading))


OVERTAKEN = {
    "end": N_("Overtaken: a last word was written since, and this is no longer needed."),
    "newer": N_("Overtaken: a newer update was prepared since, and this is no longer needed."),
    "again": N_("Overtaken: it was opened again since, so this last word is told to nobody."),
}


def overtaken(facts: IncidentFacts, event: IncidentEvent, by: Literal["end", "newer", "again"]) -> Message:
    """Show what was prepared, and that something which happened since has overtaken it."""
    head = Section(text=(_(OVERTAKEN[by]),), tone="quiet")
    return Message.of(facts.incident.heading, head, Section(text=(event.words.whole,), tone="quiet"))


def _told(event: IncidentEvent, author: str, by: str) -> Text:
    """Say who says that customers were told, and where; and who wrote it, if that was somebody else."""
    where = event.words.where
    line = _("{by} told customers ({where}):") if where else _("{by} told customers:")
    if author != by:
        line = (
            _("{by} told customers ({where}), as {author} wrote it:")
            if where
            else _("{by} told customers, as {author} wrote it:")
        )
    return text(line, by=by, where=where, author=author)


def have_it(facts: IncidentFacts, event: IncidentEvent) -> Button:
    """Offer to say that customers have what was prepared."""
    return WasSent(number=facts.incident.number, event=event.id).button(_("Customers have it"), "primary")
