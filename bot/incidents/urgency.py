"""How urgent an incident is: how bad it is, and when its reminders rest."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.errors import Refusal
from bot.incidents import cards
from bot.incidents.cadence import Stage
from bot.incidents.meant import insist_on_owner, is_live_number, live_incident
from bot.incidents.model import EventKind, Words
from bot.incidents.promises import close_nag, promise, record, show, watch
from bot.incidents.typed.numbers import take_number
from bot.say.language import N_, _
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.durations import read_duration
from bot.typing.times.moments import AskBack, Why, explain, read_moment
from bot.work.named import supervisors_on_duty

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.incidents.commands import AskToPause, AskToRest, AskToSnooze, ChangeSeverity, Pause, Resume, Snooze
    from bot.incidents.facts import IncidentFacts
    from bot.say.messages import Form
    from bot.work.work import Work

    ReadRest = Callable[[str, IncidentFacts, Work], datetime | str]
    RestForm = Callable[[IncidentFacts, str, str, str], Form]

Resting = TypeVar("Resting", "AskToRest", "Snooze", "Pause")

LONGEST_REST = timedelta(hours=24)
SOONER = N_("It is more urgent now: customers hear sooner.")
RESTS = N_("Its reminders rest for a while.")


def change_severity(command: ChangeSeverity, work: Work) -> Reply:
    """Make an incident more or less urgent; a promise made to customers is never put off by it."""
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    incident = facts.incident
    if incident.severity != command.severity:
        worse = command.severity < incident.severity
        incident.severity = command.severity
        soon = work.now + facts.cadence
        hurried = worse and incident.promise_at > soon
        if hurried:
            if incident.stage > Stage.QUIET:
                close_nag(facts, work, SOONER)
            promise(incident, soon, work)
        record(
            facts,
            EventKind.SEVERITY,
            work,
            severity=command.severity,
            promise_at=incident.promise_at if hurried else None,
        )
        show(facts, work)
        watch(facts, work)
    return Private(message=cards.team.shown(facts))


def ask_to_snooze(command: AskToSnooze, work: Work) -> Reply:
    """Open the form of a snooze."""
    return _ask_to_rest(command, work, _snoozed_until, cards.forms.snooze_form)


def ask_to_pause(command: AskToPause, work: Work) -> Reply:
    """Open the form of a pause."""
    return _ask_to_rest(command, work, _paused_until, cards.forms.pause_form)


def snooze(command: Snooze, work: Work) -> Reply:
    """Have the next nag later, once."""
    command = _with_number(command, work)
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    until = _snoozed_until(command.until, facts, work)
    if isinstance(until, str):
        return _ask_again(until, work, cards.forms.snooze_form(facts, command.until, command.why, until))
    record(facts, EventKind.SNOOZED, work, words=Words(note=command.why), until=until)
    return _rest(facts, until, work, paused=False)


def pause(command: Pause, work: Work) -> Reply:
    """Have no nags until a time; supervisors are told."""
    command = _with_number(command, work)
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    until = _paused_until(command.until, facts, work)
    if isinstance(until, str):
        return _ask_again(until, work, cards.forms.pause_form(facts, command.until, command.why, until))
    record(facts, EventKind.PAUSED, work, words=Words(note=command.why), until=until)
    reply = _rest(facts, until, work, paused=True)
    for one in supervisors_on_duty(work):
        if one.id != work.actor.person_id:
            work.tell(facts.subject, one, partial(cards.supervisor.paused, facts, work.actor.name, command.why))
    return reply


def _ask_to_rest(command: AskToRest, work: Work, read: ReadRest, form: RestForm) -> Reply:
    command = _with_number(command, work)
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    until = read(command.until, facts, work) if command.until else ""
    return OpenForm(form=form(facts, command.until, command.why, until if isinstance(until, str) else ""))


def _with_number(command: Resting, work: Work) -> Resting:
    """Take a bare number for that of a live incident, if there is such a one, and for a length otherwise."""
    number, rest = take_number(command.until)
    if command.number is not None or number is None or rest or not is_live_number(number, work):
        return command
    return command.model_copy(update={"number": number, "until": ""})


def _ask_again(wrong: str, work: Work, form: Form) -> Reply:
    if work.origin is not None and work.origin.pressed:
        return FieldErrors(errors={"until": wrong})
    return OpenForm(form=form)


def _snoozed_until(words: str, facts: IncidentFacts, work: Work) -> datetime | str:
    length = read_duration(words)
    return _within_a_day(work.now + length, work) if length else _paused_until(words, facts, work)


def _paused_until(words: str, facts: IncidentFacts, work: Work) -> datetime | str:
    """Read when a rest ends, or say why it cannot."""
    zone = work.me().zone_in(facts.organisation)
    found = read_moment(words, now=work.now, zone=zone, day=facts.rules.day)
    if isinstance(found, AskBack):
        return _("Reminders can rest for a day at most.") if found.why is Why.TOO_FAR else explain(found)
    return _within_a_day(found.at, work)


def _within_a_day(until: datetime, work: Work) -> datetime | str:
    return until if until <= work.now + LONGEST_REST else _("Reminders can rest for a day at most.")


def resume(command: Resume, work: Work) -> Reply:
    """End a rest at once: the next nag comes when the promise says, which may be now."""
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    incident = facts.incident
    if incident.resume_at is None:
        raise Refusal(
            _("The reminders of #{number} do not rest.").format(number=incident.number),
            _("Nothing was changed."),
            _("To have the next one later: `/incident snooze 30m because …`."),
        )
    incident.resume_at, incident.paused = None, False
    record(facts, EventKind.RESUMED, work)
    show(facts, work)
    watch(facts, work)
    return Private(message=cards.actor.resumed(facts))


def _rest(facts: IncidentFacts, until: datetime, work: Work, *, paused: bool) -> Reply:
    incident = facts.incident
    close_nag(facts, work, RESTS)
    if incident.stage == Stage.SUPERVISOR:
        incident.stage = Stage.OVERDUE_3  # they are called again when the rest is over
    incident.resume_at, incident.paused = until, paused
    show(facts, work)
    watch(facts, work)
    return Private(message=cards.actor.delayed(facts, until))
