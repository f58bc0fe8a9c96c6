"""The cards of incidents: the living one in its channel, lists, and the record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.content import PLACEHOLDERS
from bot.incidents.commands import (
    AskForOwner,
    AskForUpdate,
    AskToOpen,
    AskToResolve,
    AskToSnooze,
    Reopen,
    Resume,
    ShowHistory,
    ShowIncident,
)
from bot.incidents.model import IncidentState
from bot.language import _, length, ngettext
from bot.messages import Choice, Fact, Fields, Listing, Message, Section, moment, plain, text
from bot.playbooks.texts import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.incidents.model import Incident
    from bot.incidents.scene import Scene
    from bot.messages import Button, Part, Text


LISTED = 40  # lines of a list


def as_hint(*sentences: str) -> str:
    """Write prepared sentences, a line each, with their gaps named for people."""
    return "\n".join(f"“{plain(fill(sentence))}”" for sentence in sentences)


def gap_in(words: str) -> str:
    """Find a gap of a prepared wording that nobody has filled yet; empty if there is none."""
    gaps = (f"[{_(name)}]" for name in PLACEHOLDERS.values())
    return next((gap for gap in gaps if gap in words), "")


def named(incident: Incident) -> str:
    """Name an incident."""
    return f"#{incident.number} {incident.title}"[:150]


# --- the card ------------------------------------------------------------------------------------


def incident_card(scene: Scene) -> Message:
    """Show how an incident stands."""
    incident = scene.incident
    parts: list[Part] = [Fields(facts=tuple(_facts(scene)))]
    if incident.resume_at is not None and scene.is_live:
        line = _("Paused until {time}.") if incident.paused else _("The next reminder is snoozed until {time}.")
        parts.append(Section(text=text(line, time=moment(incident.resume_at)), tone="quiet"))
    if scene.last is not None and scene.is_live:
        parts.append(Section(text=text(_("Told to customers at {time}:"), time=moment(scene.last.at)), tone="quiet"))
        parts.append(Section(text=(f"{scene.last.words.notice} {scene.last.words.doing}".strip(),)))
    parts.append(Choice(buttons=tuple(_buttons(scene))))
    return Message.of(named(incident), *parts)


def _facts(scene: Scene) -> Iterator[Fact]:
    incident = scene.incident
    yield Fact(name=_("Severity"), text=(f"sev{incident.severity}",))
    yield Fact(name=_("Owner"), text=(scene.owner.name,))
    match incident.state:
        case IncidentState.PLANNED if incident.starts_at is not None:
            yield Fact(name=_("Begins"), text=(moment(incident.starts_at),))
            yield _promise(_("Customers are told by"), scene)
        case IncidentState.RESOLVED:
            yield Fact(name=_("Resolved"), text=(moment(incident.resolved_at or scene.now),))
        case _:
            yield Fact(name=_("Open since"), text=(moment(incident.began_at),))
            yield _promise(_("Next update by"), scene)


def _promise(name: str, scene: Scene) -> Fact:
    """Write the promise, in red once it is broken."""
    at, red = moment(scene.incident.promise_at), scene.is_red
    return Fact(name=name, text=text(_("{time}: **overdue**"), time=at) if red else (at,), alarm=red)


def _buttons(scene: Scene) -> Iterator[Button]:
    number = scene.incident.number
    if not scene.is_live:
        yield ShowHistory(number=number).button(_("The record"))
        yield Reopen(number=number).button(_("Reopen"))
        return
    yield AskForUpdate(number=number).button(_("Update"), "primary")
    if scene.incident.state == IncidentState.OPEN:  # before it begins there is nothing that could have changed
        yield AskForUpdate(number=number, no_change=True).button(_("No change"))
    rests = scene.incident.resume_at is not None
    yield Resume(number=number).button(_("Resume")) if rests else AskToSnooze(number=number).button(_("Snooze"))
    yield AskForOwner(number=number).button(_("Owner …"))
    ends = _("Resolve") if scene.incident.state == IncidentState.OPEN else _("Call it off")
    yield AskToResolve(number=number).button(ends)


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


# --- lists ---------------------------------------------------------------------------------------


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
    values = {"name": named(incident), "owner": scene.owner.name}
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
    return Fact(name=named(incident)[:60], text=said, alarm=scene.is_red)
