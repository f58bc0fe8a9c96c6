"""What the team reads about incidents: one, lists of them, and a line on the board."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.incidents.cards.channel import have_it, incident_card
from bot.incidents.commands import AskForUpdate, AskToOpen, ShowHistory, ShowIncident
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import Incident, IncidentState
from bot.say.dates import as_of, dated
from bot.say.language import _, length, ngettext
from bot.say.messages import Choice, Fact, Fields, Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime


LISTED = 40  # lines of a list


def shown(facts: IncidentFacts) -> Message:
    """Show one incident privately, with the way to its record."""
    card = incident_card(facts)
    record = ShowHistory(number=facts.incident.number).button(_("The record"))
    more = Choice(buttons=((have_it(facts, facts.prepared), record) if facts.prepared is not None else (record,)))
    parts = list(card.parts)
    if said := first_update(facts.incident):
        parts.append(Section(text=(said,), tone="quiet"))
    if facts.is_live:  # nobody can change this later, wherever it is read
        as_of = text(
            _("As of {time}. Its card in {place} follows what happens."), time=moment(facts.now), place=facts.place
        )
        parts.append(Section(text=as_of, tone="quiet"))
    return card.model_copy(update={"parts": (*parts, *((more,) if facts.is_live else ()))})


def first_update(incident: Incident) -> str:
    """Say how long customers waited for the first word; empty until they had it."""
    if incident.first_update_at is None:
        return ""
    waited = incident.first_update_at - incident.began_at
    if incident.starts_at is not None and waited < timedelta():
        return _("Customers were told {span} before it began.").format(span=length(-waited))
    if waited < timedelta(minutes=1):
        return _("Customers were told at once.")
    return _("First update after {span}.").format(span=length(waited))


def incident_list(incidents: Sequence[IncidentFacts], now: datetime) -> Message:
    """List what is going on, the next promise first."""
    if not incidents:
        return Message.of(
            _("Nothing is open"),
            Section(text=(_("No incident, and nothing planned."),), tone="good"),
            as_of(now),
            Choice(buttons=(AskToOpen().button(_("Open an incident")),)),
        )
    count = len(incidents)
    return Message.of(
        ngettext("{count} incident", "{count} incidents", count).format(count=count),
        *_lines(incidents),
        as_of(now),
        _to_show(incidents),
    )


def resolved_list(incidents: Sequence[IncidentFacts]) -> Message:
    """List what is over, the latest first."""
    if not incidents:
        return Message.of(_("Nothing is resolved yet"), Section(text=(_("No incident has ended here."),)))
    return Message.of(_("Resolved"), Listing(lines=tuple(map(line, incidents))), _to_show(incidents))


def _to_show(incidents: Sequence[IncidentFacts]) -> Choice:
    return Choice(
        buttons=tuple(
            ShowIncident(number=one.incident.number).button(f"#{one.incident.number}") for one in incidents[:5]
        )
    )


def _lines(incidents: Sequence[IncidentFacts]) -> Iterator[Part]:
    """Write a line each, broken promises first and in red."""
    broken = [facts for facts in incidents if facts.is_late]
    kept = [facts for facts in incidents if not facts.is_late]
    yield from (Section(text=line(facts), tone="danger") for facts in broken[:LISTED])
    if kept:
        yield Listing(lines=tuple(map(line, kept[:LISTED])))


def line(facts: IncidentFacts) -> Text:
    """Say in one line how an incident stands."""
    incident = facts.incident
    values = {"name": incident.heading, "owner": facts.owner.name}
    template = {
        IncidentState.PLANNED: _(
            "**{name}** (sev{severity}, {owner}) begins {starts}; telling customers is **overdue** since {time}"
        )
        if facts.is_late
        else _("**{name}** (sev{severity}, {owner}) begins {starts}; customers are told by {time}"),
        IncidentState.RESOLVED: _("**{name}** (sev{severity}, {owner}) was resolved at {time}"),
    }.get(
        IncidentState(incident.state),
        _("**{name}** (sev{severity}, {owner}): update **overdue** since {time}")
        if facts.is_late
        else _("**{name}** (sev{severity}, {owner}): next update by {time}"),
    )
    at = incident.resolved_at if incident.state == IncidentState.RESOLVED and incident.resolved_at else incident.due_at
    times = {"time": dated(at, facts.now), "starts": dated(incident.starts_at or at, facts.now)}
    return text(template, **values, severity=incident.severity, **times)


def my_promises(incidents: Sequence[IncidentFacts], now: datetime) -> Message:
    """List somebody's promises in time order."""
    if not incidents:
        none = Section(text=(_("You own no open incident."),), tone="good")
        return Message.of(_("You owe nobody an update"), none, as_of(now))
    buttons = tuple(
        AskForUpdate(number=one.incident.number).button(_("Update #{number}").format(number=one.incident.number))
        for one in incidents[:5]
    )
    return Message.of(_("Your promises"), *_lines(incidents), as_of(now), Choice(buttons=buttons))


def home_parts(facts: IncidentFacts) -> list[Part]:
    """Show one of somebody's own incidents, with what keeps its promise."""
    number = facts.incident.number
    buttons = (
        AskForUpdate(number=number).button(_("Update"), "primary" if facts.is_late else "plain"),
        ShowIncident(number=number).button(_("Look at it")),
    )
    return [Fields(facts=(board_line(facts),)), Choice(buttons=buttons)]


def board_line(facts: IncidentFacts) -> Fact:
    """Say in one line of the board what is promised next."""
    incident = facts.incident
    template = _("{owner}, update **overdue** since {time}") if facts.is_late else _("{owner}, update by {time}")
    said = text(template, owner=facts.owner.name, time=dated(incident.due_at, facts.now))
    return Fact(name=incident.heading[:60], text=said, alarm=facts.is_late)
