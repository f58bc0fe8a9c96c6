"""What the team reads about incidents: one, lists of them, and a line on the board."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.incidents.cards.channel import incident_card
from bot.incidents.commands import AskForUpdate, AskToOpen, ShowHistory, ShowIncident
from bot.incidents.model import Incident, IncidentState
from bot.say.language import _, length, ngettext
from bot.say.messages import Choice, Fact, Fields, Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.incidents.scene import Scene

LISTED = 40  # lines of a list


def shown(scene: Scene) -> Message:
    """Show one incident privately, with the way to its record."""
    card = incident_card(scene)
    more = Choice(buttons=(ShowHistory(number=scene.incident.number).button(_("The record")),))
    parts = list(card.parts)
    if said := first_update(scene.incident):
        parts.append(Section(text=(said,), tone="quiet"))
    return card.model_copy(update={"parts": (*parts, *((more,) if scene.is_live else ()))})


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


def incident_list(scenes: Sequence[Scene]) -> Message:
    """List what is going on, the next promise first."""
    if not scenes:
        return Message.of(
            _("Nothing is open"),
            Section(text=(_("No incident, and nothing planned."),), tone="good"),
            Choice(buttons=(AskToOpen().button(_("Open an incident")),)),
        )
    count = len(scenes)
    return Message.of(
        ngettext("{count} incident", "{count} incidents", count).format(count=count),
        *_lines(scenes),
        _to_show(scenes),
    )


def resolved_list(scenes: Sequence[Scene]) -> Message:
    """List what is over, the latest first."""
    if not scenes:
        return Message.of(_("Nothing is resolved yet"), Section(text=(_("No incident has ended here."),)))
    return Message.of(_("Resolved"), Listing(lines=tuple(map(line, scenes))), _to_show(scenes))


def _to_show(scenes: Sequence[Scene]) -> Choice:
    return Choice(
        buttons=tuple(ShowIncident(number=one.incident.number).button(f"#{one.incident.number}") for one in scenes[:5])
    )


def _lines(scenes: Sequence[Scene]) -> Iterator[Part]:
    """Write a line each, broken promises first and in red."""
    broken = [scene for scene in scenes if scene.is_red]
    kept = [scene for scene in scenes if not scene.is_red]
    yield from (Section(text=line(scene), tone="danger") for scene in broken[:LISTED])
    if kept:
        yield Listing(lines=tuple(map(line, kept[:LISTED])))


def line(scene: Scene) -> Text:
    """Say in one line how an incident stands."""
    incident = scene.incident
    values = {"name": incident.heading, "owner": scene.owner.name}
    template = {
        IncidentState.PLANNED: _(
            "**{name}** (sev{severity}, {owner}) begins {starts}; telling customers is **overdue** since {time}"
        )
        if scene.is_red
        else _("**{name}** (sev{severity}, {owner}) begins {starts}; customers are told by {time}"),
        IncidentState.RESOLVED: _("**{name}** (sev{severity}, {owner}) was resolved at {time}"),
    }.get(
        IncidentState(incident.state),
        _("**{name}** (sev{severity}, {owner}): update **overdue** since {time}")
        if scene.is_red
        else _("**{name}** (sev{severity}, {owner}): next update by {time}"),
    )
    at = (
        incident.resolved_at
        if incident.state == IncidentState.RESOLVED and incident.resolved_at
        else incident.promise_at
    )
    return text(
        template, **values, severity=incident.severity, time=moment(at), starts=moment(incident.starts_at or at)
    )


def my_promises(scenes: Sequence[Scene]) -> Message:
    """List somebody's promises in time order."""
    if not scenes:
        return Message.of(_("You owe nobody an update"), Section(text=(_("You own no open incident."),), tone="good"))
    buttons = tuple(
        AskForUpdate(number=one.incident.number).button(_("Update #{number}").format(number=one.incident.number))
        for one in scenes[:5]
    )
    return Message.of(_("Your promises"), *_lines(scenes), Choice(buttons=buttons))


def home_parts(scene: Scene) -> list[Part]:
    """Show one of somebody's own incidents, with what keeps its promise."""
    number = scene.incident.number
    buttons = (
        AskForUpdate(number=number).button(_("Update"), "primary" if scene.is_red else "plain"),
        ShowIncident(number=number).button(_("Look at it")),
    )
    return [Fields(facts=(board_line(scene),)), Choice(buttons=buttons)]


def board_line(scene: Scene) -> Fact:
    """Say in one line of the board what is promised next."""
    incident = scene.incident
    template = _("{owner}, update **overdue** since {time}") if scene.is_red else _("{owner}, update by {time}")
    said = text(template, owner=scene.owner.name, time=moment(incident.promise_at))
    return Fact(name=incident.heading[:60], text=said, alarm=scene.is_red)
