"""The record of an incident: what happened when, and each promise, kept or missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.incidents.cadence import Stage
from bot.incidents.cards.team import first_update
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import EventKind, IncidentEvent
from bot.say.language import N_, _, length, ngettext
from bot.say.messages import Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta


LISTED = 60  # events
SAID = {
    EventKind.OPENED: N_("opened it; first update by {time}"),
    EventKind.PLANNED: N_("planned it; customers are told by {time}"),
    EventKind.REOPENED: N_("opened it again; next update by {time}"),
    EventKind.BEGAN: N_("it began; next update by {time}"),
    EventKind.UPDATED: N_("told customers: “{words}”"),
    EventKind.DRAFTED: N_("wrote an update, not sent yet: “{words}”"),
    EventKind.NOTED: N_("noted: “{note}”"),
    EventKind.NAGGED: N_("reminded {stage}"),
    EventKind.SNOOZED: N_("snoozed until {time}: “{note}”"),
    EventKind.PAUSED: N_("paused until {time}: “{note}”"),
    EventKind.RESUMED: N_("let reminders come again"),
    EventKind.OFFERED: N_("asked {name} to own it"),
    EventKind.OWNED: N_("{name} owns it now"),
    EventKind.SEVERITY: N_("made it sev{severity}"),
    EventKind.RESOLVED: N_("resolved it"),
}


def history(facts: IncidentFacts, events: Sequence[IncidentEvent], people: dict[int, Person]) -> Message:
    """Tell everything that happened, and each promise: kept or missed, and by how much."""
    kept = [event for event in events if event.kept_at is not None]
    missed = [event for event in kept if event.kept_at is not None and event.at > event.kept_at]
    parts: list[Part] = []
    if said := first_update(facts.incident):
        parts.append(Section(text=(said,)))
    if kept:
        values = {"kept": len(kept) - len(missed), "all": len(kept)}
        parts.append(Section(text=text(_("Promises kept: **{kept} of {all}**."), **values)))
    if (left_out := len(events) - LISTED) > 0:
        older = ngettext("{count} older entry is left out.", "{count} older entries are left out.", left_out)
        parts.append(Section(text=(older.format(count=left_out),), tone="quiet"))
    parts.append(Listing(lines=tuple(_event(event, people) for event in events[-LISTED:])))
    return Message.of(facts.incident.heading, *parts)


def _event(event: IncidentEvent, people: dict[int, Person]) -> Text:
    who = people[event.person_id].name if event.person_id in people else _("The clock")
    about = people[event.about_id].name if event.about_id in people else ""
    words = event.words
    template = _(SAID[EventKind(event.kind)])
    if event.kind == EventKind.RESOLVED and words.notice:
        template = _("resolved it: “{words}”")
    if event.kind == EventKind.SEVERITY and event.promise_at is not None:
        template = _("made it sev{severity}; next update by {time}")
    said = text(
        template,
        time=moment(event.promise_at or event.until or event.at),
        words=f"{words.notice} {words.doing}".strip(),
        note=words.note,
        name=about,
        severity=event.severity or 0,
        stage=_nagged(Stage(event.stage or 0), about or words.note),
    )
    return (moment(event.at, "date"), " ", who, ": ", *said, *_kept(event))


def _nagged(stage: Stage, names: str) -> str:
    """Say who was nagged, and when."""
    said = {
        Stage.WARNED: _("the owner ({names}), before it was due"),
        Stage.DUE: _("the channel, when it was due"),
        Stage.SUPERVISOR: _("the supervisors ({names})"),
    }
    return said.get(stage, _("the channel, overdue")).replace(" ({names})", f" ({names})" if names else "")


def _kept(event: IncidentEvent) -> Text:
    if event.kept_at is None:
        return ()
    return (" ", lateness(event.at - event.kept_at))


def lateness(late: timedelta) -> str:
    """Say by how much a promise was kept or missed."""
    if late.total_seconds() > 0:
        return _("(promise missed by {span})").format(span=length(late))
    return _("(promise kept, {span} early)").format(span=length(-late))
