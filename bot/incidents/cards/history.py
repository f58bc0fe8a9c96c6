"""The record of an incident: what happened when, and each promise, kept or missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.incidents.cadence import Stage
from bot.incidents.cards.team import first_update
from bot.incidents.checking import named
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import EventKind, IncidentEvent
from bot.incidents.promised import Fate, Promised, fate_of, promises_of
from bot.say.dates import dated
from bot.say.language import N_, _, length, listing, ngettext
from bot.say.messages import Listing, Message, Part, Section, Text, moment, text

if TYPE_CHECKING:
    from collections.abc import Sequence


LISTED = 60  # events
SAID = {
    EventKind.OPENED: N_("opened it; first update by {time}"),
    EventKind.PLANNED: N_("planned it; customers are told by {time}"),
    EventKind.REOPENED: N_("opened it again; next update by {time}"),
    EventKind.BEGAN: N_("it began; next update by {time}"),
    EventKind.UPDATED: N_("told customers: “{words}”"),
    EventKind.DRAFTED: N_("prepared an update, not confirmed: “{words}”"),
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
    promises = [one for one in promises_of(facts.incident, events, facts.now) if one.fate is not Fate.OPEN]
    parts: list[Part] = []
    if said := first_update(facts.incident):
        parts.append(Section(text=(said,)))
    if promises:
        values = {"kept": sum(one.fate is Fate.KEPT for one in promises), "all": len(promises)}
        parts.append(Section(text=text(_("Promises kept: **{kept} of {all}**."), **values)))
    if promises and promises[-1].reached_at is None:
        parts.append(Section(text=_still_waiting(promises[-1]), tone="warning"))
    if (left_out := len(events) - LISTED) > 0:
        older = ngettext("{count} older entry is left out.", "{count} older entries are left out.", left_out)
        parts.append(Section(text=(older.format(count=left_out),), tone="quiet"))
    parts.append(Listing(lines=tuple(_event(event, people) for event in events[-LISTED:])))
    return Message.of(facts.incident.heading, *parts)


def _still_waiting(promise: Promised) -> Text:
    """Say which promise is broken while customers still wait."""
    line = _("Customers were to hear by {time} and still haven't, {span} later.")
    return text(line, time=moment(promise.at, "date"), span=length(promise.late))


def _event(event: IncidentEvent, people: dict[int, Person]) -> Text:
    who = people[event.person_id].name if event.person_id in people else _("The clock")
    about = people[event.about_id].name if event.about_id in people else ""
    words = event.words
    template = _(SAID[EventKind(event.kind)])
    if event.told_at is not None:
        template = _told(event)
    elif event.kind == EventKind.RESOLVED and words.whole:
        template = _("resolved it; prepared for customers, not confirmed: “{words}”")
    elif event.kind == EventKind.RESOLVED and words.note:
        template = _("resolved it: “{note}”; customers weren't told")
    if event.kind == EventKind.SEVERITY and event.promise_at is not None:
        template = _("made it sev{severity}; news is due by {time}")
    said = text(
        template,
        time=dated(event.promise_at or event.until or event.at, event.at),
        words=words.whole,
        note=words.note,
        teller=people[event.told_by_id].name if event.told_by_id in people else "",
        told=dated(event.reached_at, event.at),
        where=words.where,
        name=about,
        severity=event.severity or 0,
        stage=_nagged(Stage(event.stage or 0), about or words.note),
    )
    return (moment(event.at, "date"), " ", who, ": ", *said, *_kept(event), *_anyway(event))


def _anyway(event: IncidentEvent) -> Text:
    """Say what was pointed out before customers had it; its words are not repeated."""
    flags = event.words.flags if event.told_at is not None else ()
    return (
        (_(" (sent although this was pointed out: {flags})").format(flags=listing([named(flag) for flag in flags])),)
        if flags
        else ()
    )


def _told(event: IncidentEvent) -> str:
    """Say that customers were told: by whom, and when, if that is not whoever wrote it, then."""
    where = bool(event.words.where)
    if event.kind == EventKind.RESOLVED and not event.words.whole:
        return (
            _("resolved it: “{note}”; {teller} said at {told} that customers were told")
            if event.words.note
            else _("resolved it; {teller} said at {told} that customers were told")
        )
    if event.kind == EventKind.RESOLVED:
        return (
            _("resolved it; {teller} told customers ({where}) at {told}: “{words}”")
            if where
            else _("resolved it; {teller} told customers at {told}: “{words}”")
        )
    if event.told_by_id == event.person_id and event.told_at == event.at:
        return _("told customers ({where}): “{words}”") if where else _("told customers: “{words}”")
    return (
        _("prepared an update; {teller} told customers ({where}) at {told}: “{words}”")
        if where
        else _("prepared an update; {teller} told customers at {told}: “{words}”")
    )


def _nagged(stage: Stage, names: str) -> str:
    """Say who was nagged, and when."""
    said = {
        Stage.WARNED: _("the owner ({names}), before it was due"),
        Stage.DUE: _("the channel, when it was due"),
        Stage.SUPERVISOR: _("the supervisors ({names})")
        if names
        else _("the channel, as there's no supervisor to call"),
    }
    return said.get(stage, _("the channel, overdue")).replace(" ({names})", f" ({names})" if names else "")


def _kept(event: IncidentEvent) -> Text:
    if event.kept_at is None:
        return ()
    return (" ", lateness(fate_of(event.kept_at, event.reached_at, event.reached_at)))


def lateness(promise: Promised) -> str:
    """Say by how much a promise was kept or missed."""
    if promise.fate is Fate.MISSED:
        return _("(promise missed by {span})").format(span=length(promise.late))
    return _("(promise kept, {span} early)").format(span=length(-promise.late))
