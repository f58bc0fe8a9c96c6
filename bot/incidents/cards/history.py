"""The record of an incident: what happened when, and each promise, kept or missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.directory.model import Person
from bot.incidents.cards.team import first_update
from bot.incidents.decisions.cadence import Stage
from bot.incidents.decisions.checking import named
from bot.incidents.decisions.promised import Fate, Promised, answer_of, promises_of
from bot.incidents.decisions.steps import Step, is_at_once, steps_of
from bot.incidents.facts import IncidentFacts
from bot.incidents.model import EventKind, IncidentEvent, Words
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
    steps = steps_of(events)
    parts: list[Part] = []
    if said := first_update(facts.incident):
        parts.append(Section(text=(said,)))
    if promises:
        values = {"kept": sum(one.fate is Fate.KEPT for one in promises), "all": len(promises)}
        parts.append(Section(text=text(_("Promises kept: **{kept} of {all}**."), **values)))
    if (waits := next((one for one in promises if one.reached_at is None), None)) is not None:
        parts.append(Section(text=_still_waiting(waits), tone="warning"))
    if (left_out := len(steps) - LISTED) > 0:
        older = ngettext("{count} older entry is left out.", "{count} older entries are left out.", left_out)
        parts.append(Section(text=(older.format(count=left_out),), tone="quiet"))
    lines = (_line(step, people, answer_of(step.event, events, facts.now)) for step in steps[-LISTED:])
    parts.append(Listing(lines=tuple(lines)))
    return Message.of(facts.incident.heading, *parts)


def _still_waiting(promise: Promised) -> Text:
    """Say which promise is broken while customers still wait."""
    line = _("Customers were to hear by {time} and still haven't, {span} later.")
    return text(line, time=moment(promise.at, "date"), span=length(promise.late))


def _line(step: Step, people: dict[int, Person], promise: Promised | None) -> Text:
    event, words = step.event, step.event.words
    told = event.told_at is not None and not step.is_first
    names = {person_id: one.name for person_id, one in people.items()}
    about = names.get(event.about_id or 0, "")
    said = text(
        _template(step),
        time=dated(event.promise_at or event.until or event.at, event.at),
        words=words.whole,
        note=words.note,
        where=words.where,
        name=about,
        severity=event.severity or 0,
        stage=_nagged(Stage(event.stage or 0), about or words.note),
    )
    who = names.get((event.told_by_id if told else event.person_id) or 0, _("The clock"))
    kept = (" ", lateness(promise)) if promise is not None and not step.is_first else ()
    return (moment(step.at, "date"), " ", who, ": ", *said, *kept, *(_anyway(event) if told else ()))


def _template(step: Step) -> str:
    event, words = step.event, step.event.words
    if step.is_first:
        return _ended(event) if event.kind == EventKind.RESOLVED else _("prepared an update")
    if event.told_at is not None:
        return _told(event)
    return _(_silent(event, words))


def _silent(event: IncidentEvent, words: Words) -> str:
    """Say what happened without a word to customers."""
    match event.kind:
        case EventKind.RESOLVED if words.whole:
            return N_("resolved it; prepared for customers, not confirmed: “{words}”")
        case EventKind.RESOLVED if words.note:
            return N_("resolved it: “{note}”; customers weren't told")
        case EventKind.SEVERITY if event.promise_at is not None:
            due = N_("made it sev{severity}: “{note}”; news is due by {time}")
            return due if words.note else N_("made it sev{severity}; news is due by {time}")
        case EventKind.SEVERITY if words.note:
            return N_("made it sev{severity}: “{note}”")
        case EventKind.BEGAN if event.promise_at is not None and event.promise_at <= event.at:
            return N_("it began; news had been due since {time}")
    return SAID[EventKind(event.kind)]


def _ended(event: IncidentEvent) -> str:
    return _("resolved it: “{note}”") if event.words.note else _("resolved it")


def _anyway(event: IncidentEvent) -> Text:
    """Say what was pointed out before customers had it; its words are not repeated."""
    flags = event.words.flags
    return (
        (_(" (sent although this was pointed out: {flags})").format(flags=listing([named(flag) for flag in flags])),)
        if flags
        else ()
    )


def _told(event: IncidentEvent) -> str:
    """Say that customers were told; of an end that was told at once, say both."""
    where = bool(event.words.where)
    if event.kind != EventKind.RESOLVED:
        return _("told customers ({where}): “{words}”") if where else _("told customers: “{words}”")
    said = _("told customers that it's over: “{words}”")
    if not event.words.whole:
        said = _("said that customers were told that it's over")
    elif where:
        said = _("told customers that it's over ({where}): “{words}”")
    return f"{_ended(event)}; {said}" if is_at_once(event) else said


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


def lateness(promise: Promised) -> str:
    """Say by how much a promise was kept or missed."""
    if promise.reached_at is None:
        return _("(promise missed)")
    if promise.fate is Fate.MISSED:
        return _("(promise missed by {span})").format(span=length(promise.late))
    return _("(promise kept, {span} early)").format(span=length(-promise.late))
