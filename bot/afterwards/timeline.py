"""The timeline of an incident, a line each, out of its record: pure. Its times are in one zone, which it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.incidents.cards.history import lateness
from bot.incidents.decisions.cadence import Stage
from bot.incidents.decisions.promised import Fate, answer_of, promises_of, waiting
from bot.incidents.decisions.steps import Step, steps_of
from bot.incidents.model import EventKind, Incident, IncidentEvent
from bot.say.dates import written_days, written_weekday
from bot.say.language import N_, _, length, listing, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo


QUOTED = (400, 160, 60)  # characters of what somebody wrote: fewer where the whole would not fit
SAID = {
    EventKind.OPENED: N_("{who} opened it as sev{severity}"),
    EventKind.PLANNED: N_("{who} planned it as sev{severity}"),
    EventKind.BEGAN: N_("It began, as planned"),
    EventKind.REOPENED: N_("{who} opened it again"),
    EventKind.NOTED: N_("{who} noted: “{note}”"),
    EventKind.OWNED: N_("{name} owned it from now on"),
    EventKind.SEVERITY: N_("{who} made it sev{severity}"),
    EventKind.RESOLVED: N_("{who} resolved it; customers weren't told that it's over"),
}


@dataclass(frozen=True)
class Record:
    """What is known of an incident that is over."""

    incident: Incident
    events: Sequence[IncidentEvent]
    names: Mapping[int, str]  # of people, by id
    zone: ZoneInfo
    now: datetime


def timeline(record: Record, most: int) -> str:
    """Write the timeline in at most so many characters: quotes become shorter first, then the end is left out."""
    lines = [zone_line(record)]
    for quoted in QUOTED:
        lines = [zone_line(record), *_lines(record, quoted)]
        if len("\n".join(lines)) <= most:
            return "\n".join(lines)
    return _cut(lines, most)


def _cut(lines: Sequence[str], most: int) -> str:
    kept = list(lines)
    while True:
        kept.pop()
        out = len(lines) - len(kept)
        rest = ngettext("… and {count} more line, in the record", "… and {count} more lines, in the record", out)
        whole = "\n".join((*kept, rest.format(count=out)))
        if len(whole) <= most or not kept:
            return whole


def zone_line(record: Record) -> str:
    """Name the zone of the times that follow."""
    return _("Times in {zone}:").format(zone=record.zone.key.replace("_", " "))


def facts(record: Record) -> list[str]:
    """Say in a few lines how long it took, who owned it, and what became of the promises."""
    incident = record.incident
    ended = incident.resolved_at or record.now
    found = [
        _("From {begin} to {end} ({span}), sev{severity}").format(
            begin=_when(incident.began_at, record, dated=True),
            end=_when(ended, record, dated=_is_another_day(record)),
            span=length(ended - incident.began_at),
            severity=incident.severity,
        ),
        _("Owned by {names}").format(names=listing(_owners(record))),
    ]
    if incident.first_update_at is not None and incident.first_update_at >= incident.began_at:
        waited = length(incident.first_update_at - incident.began_at)
        found.append(_("Customers heard first after {span}").format(span=waited))
    promises = [one for one in promises_of(incident, record.events, record.now) if one.fate is not Fate.OPEN]
    if promises:
        kept = sum(one.fate is Fate.KEPT for one in promises)
        found.append(_("Promises kept: {kept} of {all}").format(kept=kept, all=len(promises)))
    return found


def _owners(record: Record) -> list[str]:
    """Name everybody who owned it, in order: whoever opened it first."""
    first = next((one.person_id for one in record.events if one.kind in (EventKind.OPENED, EventKind.PLANNED)), None)
    later = [one.about_id for one in record.events if one.kind == EventKind.OWNED]
    everybody = dict.fromkeys(one for one in (first, *later, record.incident.owner_id) if one is not None)
    return [_name(one, record) for one in everybody]


def _lines(record: Record, quoted: int) -> Iterator[str]:
    dated = _is_another_day(record)
    for at, said in sorted(_happened(record, quoted), key=lambda one: one[0]):
        yield f"{_when(at, record, dated=dated)} {said}"


def _happened(record: Record, quoted: int) -> Iterator[tuple[datetime, str]]:
    for step in steps_of(record.events):
        if said := _said(step, record, quoted):
            yield step.at, said
    for promise in waiting(record.incident, record.events, record.now):
        if promise.fate is Fate.MISSED:
            yield promise.at, _("News for customers was due, and none came")


def _said(step: Step, record: Record, quoted: int) -> str:
    """Say what happened; empty for what only we noticed, such as a reminder to the owner."""
    event, kind = step.event, EventKind(step.event.kind)
    if step.is_first:
        template = _("{who} resolved it") if kind is EventKind.RESOLVED else _("{who} prepared an update")
        return template.format(who=_name(event.person_id, record))
    if event.told_at is not None:
        said = _told(event, record, quoted)
    elif kind is EventKind.NAGGED:
        return _("Supervisors were called, as customers had no news") if event.stage == Stage.SUPERVISOR else ""
    elif kind not in SAID:
        return ""
    else:
        said = _(SAID[kind]).format(
            who=_name(event.person_id, record),
            name=_name(event.about_id, record),
            severity=event.severity or record.incident.severity,
            note=_short(event.words.note, quoted),
        )
    promise = answer_of(event, record.events, record.now)
    return f"{said} {lateness(promise)}" if promise is not None else said


def _told(event: IncidentEvent, record: Record, quoted: int) -> str:
    template = _("{who} told customers: “{words}”")
    if event.kind == EventKind.RESOLVED:
        template = _("{who} told customers that it's over: “{words}”")
        if not event.words.whole:
            template = _("{who} said that customers were told that it's over")
    return template.format(who=_name(event.told_by_id, record), words=_short(event.words.whole, quoted))


def _name(person_id: int | None, record: Record) -> str:
    return record.names.get(person_id, _("Somebody")) if person_id is not None else _("The clock")


def _short(words: str, most: int) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rstrip()}…"


def _when(at: datetime, record: Record, *, dated: bool) -> str:
    local = at.astimezone(record.zone)
    return f"{written_days(local, local)} {local:%H:%M}" if dated else f"{local:%H:%M}"


def written_day(at: datetime, zone: ZoneInfo) -> str:
    """Write by when something is to be done, with its zone."""
    local = at.astimezone(zone)
    return f"{written_weekday(local)} {local:%H:%M %Z}"


def _is_another_day(record: Record) -> bool:
    """Say whether it went on over more than one day, so that a time alone says too little."""
    ended = record.incident.resolved_at or record.now
    first = min([record.incident.began_at, *(one.at for one in record.events)])
    last = max([ended, *(one.reached_at for one in record.events)])
    return first.astimezone(record.zone).date() != last.astimezone(record.zone).date()
