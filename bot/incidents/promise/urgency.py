"""How urgent an incident is: how bad it is, and when its reminders rest."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import Refusal
from bot.incidents import cards
from bot.incidents.commands import (
    LONGEST_TIME,
    AskToPause,
    AskToSnooze,
    ChangeSeverity,
    OnIncident,
    Pause,
    Rest,
    Resume,
    ShowIncident,
    Snooze,
    TypePause,
    TypeRest,
    TypeSnooze,
)
from bot.incidents.decisions.cadence import Stage
from bot.incidents.facts import IncidentFacts, rules_of
from bot.incidents.meant import choose_one, insist_on_owner, is_live_number, live_incident, live_numbers
from bot.incidents.model import EventKind, Incident, Words
from bot.incidents.promise.calling import tell_deciders
from bot.incidents.promise.promises import WORSE_OUTCOME, close_nag, record, show, want, watch
from bot.incidents.typed.rests import split_end, split_rest
from bot.say.language import N_, _
from bot.say.messages import Button, Form
from bot.say.replies import FieldErrors, OpenForm, Private, Reply
from bot.typing.times.moments import AskBack, Moment, Why, explain, read_moment
from bot.typing.times.until import read_until
from bot.work.meanwhile import asked_again
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.directory.model import Person
    from bot.typing.times.until import Read

    TakeRest = Callable[[IncidentFacts, datetime, str, Work], Reply]
    RestForm = Callable[[IncidentFacts, str, str, str], Form]

LONGEST_REST = timedelta(hours=24)
RESTS = N_("Its reminders rest for a while.")
RESTS_ANEW = N_("Since you saw this, its reminders were put to rest for another time.")
RESTS_NO_MORE = N_("Since you opened this, its reminders have come back. If they're to rest again, send it once more.")


def change_severity(command: ChangeSeverity, work: Work) -> Reply:
    """Make an incident more or less urgent: what customers were told stays, and a worse one asks for news at once."""
    if command.bare and command.severity in (numbers := live_numbers(work)) and len(numbers) > 1:
        raise _number_or_severity(command, work)
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    incident = facts.incident
    if incident.severity == command.severity:
        return Private(message=cards.actor.severity_is(facts, changed=False))
    worse, rested = command.severity < incident.severity, facts.rests
    incident.severity = command.severity
    soon = work.now + facts.cadence
    sooner = incident.promise_at > soon
    if worse and sooner and (incident.wanted_at is None or incident.wanted_at > soon):
        want(facts, soon, work)
    elif not worse and incident.wanted_at is not None:
        want(facts, soon if sooner else None, work)
    wanted_at = incident.wanted_at if worse else None
    why = Words(note=command.why) if command.why else None
    record(facts, EventKind.SEVERITY, work, severity=command.severity, promise_at=wanted_at, words=why)
    show(facts, work)
    watch(facts, work)
    awake = rested and not facts.rests
    if awake:
        tell_deciders("awake", facts, partial(cards.supervisor.reminds_again, facts, work.actor.name), work)
    if wanted_at is None:
        return Private(message=cards.actor.severity_is(facts))
    if facts.owner.id != work.actor.person_id:
        told = partial(cards.owner.is_worse, facts, work.actor.name, awake=awake)
        work.tell(facts.subject, facts.owner, told, outcome_to=WORSE_OUTCOME)
    return Private(message=cards.actor.is_worse(facts, awake=awake))


def _number_or_severity(command: ChangeSeverity, work: Work) -> Refusal:
    """Ask whether a number alone is that of an incident, or says how bad another one is."""

    def ways(incident: Incident) -> Sequence[Button]:
        worst = [command.severity] if incident.number != command.severity else [1, 2, 3, 4]
        sure = {"number": incident.number, "bare": False}
        return [
            command.model_copy(update=sure | {"severity": one}).button(f"#{incident.number}: sev{one}")
            for one in worst
            if one != incident.severity
        ]

    what = _("Is {number} an incident, or how bad one is?").format(number=command.severity)
    return choose_one(what, ways, command, work)


def ask_to_snooze(command: AskToSnooze, work: Work) -> Reply:
    """Open the form of a snooze."""
    return OpenForm(form=cards.forms.snooze_form(_mine(command, work)))


def ask_to_pause(command: AskToPause, work: Work) -> Reply:
    """Open the form of a pause."""
    return OpenForm(form=cards.forms.pause_form(_mine(command, work)))


def type_snooze(command: TypeSnooze, work: Work) -> Reply:
    """Snooze, as typed in one line."""
    return _typed(command, work, _snooze, cards.forms.snooze_form)


def type_pause(command: TypePause, work: Work) -> Reply:
    """Pause, as typed in one line."""
    return _typed(command, work, _pause, cards.forms.pause_form)


def snooze(command: Snooze, work: Work) -> Reply:
    """Have the next nag later, once; supervisors are told if that is after the promise."""
    return _filled(command, work, _snooze, cards.forms.snooze_form)


def pause(command: Pause, work: Work) -> Reply:
    """Have no nags until a time; supervisors are told."""
    return _filled(command, work, _pause, cards.forms.pause_form)


def _typed(command: TypeRest, work: Work, take: TakeRest, form: RestForm) -> Reply:
    """Take what is clear; what is missing or in doubt is asked in the form, with the rest filled in."""
    read = _reader(work)
    if command.number is None:
        number, said = split_rest(command.line, read, partial(is_live_number, work=work))
        command = command.model_copy(update={"number": number} if number is not None else {})
    else:
        said = split_end(command.line, read)
    facts = _mine(command, work)
    until = _ends(said.at, work) if said.at is not None else ""
    if isinstance(until, str) or not said.why:
        wrong = until if isinstance(until, str) else ""
        return OpenForm(form=form(facts, said.words[:LONGEST_TIME], said.why, wrong))
    return take(facts, until, said.why, work)


def _filled(command: Rest, work: Work, take: TakeRest, form: RestForm) -> Reply:
    """Take the answers of a form, unless somebody has said something else about its rest since."""
    facts = _mine(command, work)
    if command.rests not in (None, facts.rests_until):
        answers = {"until": command.until, "why": command.why}
        return asked_again(form(facts, "", "", ""), _(RESTS_ANEW if facts.rests else RESTS_NO_MORE), answers)
    until = _ends(read_until(command.until, _reader(work)), work)
    return FieldErrors(errors={"until": until}) if isinstance(until, str) else take(facts, until, command.why, work)


def _mine(command: OnIncident, work: Work) -> IncidentFacts:
    """Find the incident that is meant, for its owner."""
    facts = live_incident(command, work)
    insist_on_owner(facts, work)
    return facts


def _reader(work: Work) -> Read:
    """Read times the way the actor means them."""
    zone, day = work.me().zone_in(work.organisation), rules_of(work).day
    return partial(read_moment, now=work.now, zone=zone, day=day)


def _ends(found: Moment | AskBack, work: Work) -> datetime | str:
    """Say when a rest ends, or why it cannot."""
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
    if not facts.rests:
        raise Refusal(
            _("The reminders of #{number} aren't paused.").format(number=incident.number),
            _("Nothing was changed."),
            _("To have the next one later: `/incident snooze 30m because …`."),
        )
    if command.rests not in (None, facts.rests_until):
        raise Refusal(
            _("Nothing was changed."),
            _(RESTS_ANEW),
            _("Look at it, and press again if reminders are to come back at once."),
            (ShowIncident(number=incident.number).button(_("Show #{number}").format(number=incident.number)),),
        )
    incident.resume_at, incident.paused = work.now, False  # what was due meanwhile begins now, at its first rung
    record(facts, EventKind.RESUMED, work)
    show(facts, work)
    watch(facts, work)
    return Private(message=cards.actor.resumed(facts))


def _snooze(facts: IncidentFacts, until: datetime, why: str, work: Work) -> Reply:
    record(facts, EventKind.SNOOZED, work, words=Words(note=why), until=until)
    _rest(facts, until, work, paused=False)
    past = until > facts.incident.due_at  # nobody is reminded when the promise passes
    return _rests(facts, until, _tell_of_rest(facts, why, work) if past else ())


def _pause(facts: IncidentFacts, until: datetime, why: str, work: Work) -> Reply:
    record(facts, EventKind.PAUSED, work, words=Words(note=why), until=until)
    _rest(facts, until, work, paused=True)
    return _rests(facts, until, _tell_of_rest(facts, why, work))


def _rests(facts: IncidentFacts, until: datetime, told: Sequence[Person]) -> Reply:
    return Private(message=cards.actor.delayed(facts, until, [one.name for one in told]))


def _tell_of_rest(facts: IncidentFacts, why: str, work: Work) -> Sequence[Person]:
    return tell_deciders("paused", facts, partial(cards.supervisor.paused, facts, work.actor.name, why), work)


def _rest(facts: IncidentFacts, until: datetime, work: Work, *, paused: bool) -> None:
    incident = facts.incident
    close_nag(facts, work, RESTS)
    if incident.stage == Stage.SUPERVISOR:
        incident.stage = Stage.OVERDUE_3  # they are called again when the rest is over
    incident.resume_at, incident.paused = until, paused
    show(facts, work)
    watch(facts, work)
