"""Who owns an incident, how bad it is, and when its reminders rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import NotUnderstood, Refusal
from bot.incidents import forms, nag_texts, texts
from bot.incidents.cadence import Stage
from bot.incidents.commands import LONGEST_SNOOZE
from bot.incidents.finding import close_nag, insist_on_owner, is_live_number, live_scene, record, scene_again, show
from bot.incidents.model import EventKind, Words
from bot.incidents.moments import AskBack, explain, read_moment
from bot.incidents.watching import promise, watch
from bot.language import N_, _
from bot.people.roster import find_person, supervisors_on_duty
from bot.permissions import Need, may
from bot.replies import FieldErrors, OpenForm, Private

if TYPE_CHECKING:
    from datetime import datetime

    from bot.incidents.commands import (
        AcceptOwnership,
        AskForOwner,
        AskToPause,
        AskToSnooze,
        ChangeSeverity,
        OfferOwnership,
        Pause,
        Snooze,
    )
    from bot.incidents.scene import Scene
    from bot.people.model import Person
    from bot.replies import Reply
    from bot.work import Work

LONGEST_PAUSE = timedelta(hours=24)

SOONER = N_("It is more urgent now: customers hear sooner.")
RESTS = N_("Its reminders rest for a while.")


# --- the owner -----------------------------------------------------------------------------------


def ask_for_owner(command: AskForOwner, work: Work) -> Reply:
    """Open the form that names an owner."""
    return OpenForm(form=forms.owner_form(live_scene(command, work)))


def offer_ownership(command: OfferOwnership, work: Work) -> Reply:
    """Ask somebody to own an incident; oneself, at once."""
    scene = live_scene(command, work)
    person = find_person(work, command.who) if command.who else work.me()
    if not person.on_team:
        raise Refusal(
            _("{name} was not asked.").format(name=person.name),
            _("They are not on the support team."),
            _("Choose somebody of the team: `/zanshin team`."),
        )
    if person.id == scene.incident.owner_id:
        return Private(message=nag_texts.owned(scene))
    if person.id == work.actor.person_id:
        return _own(scene, person, work)
    if not may(work.actor, Need.SUPERVISOR):
        insist_on_owner(scene, work)
    _close_offer(scene, work)
    scene.incident.offered_to_id = person.id
    record(scene, EventKind.OFFERED, work, about_id=person.id)
    work.show_to(_offer(scene, person), person, partial(nag_texts.own_it, scene, work.actor.name))
    return Private(message=nag_texts.offered(scene, person.name))


def accept_ownership(command: AcceptOwnership, work: Work) -> Reply:
    """Own an incident one was asked to own."""
    scene = live_scene(command, work)
    me = work.me()
    if scene.incident.owner_id == me.id:
        return work.answer(nag_texts.owned(scene))
    if scene.incident.offered_to_id != me.id:
        raise Refusal(
            _("Nothing was changed."),
            _("{name} owns #{number}.").format(name=scene.owner.name, number=scene.incident.number),
            _("To own it all the same, press “Owner …” on its card and choose yourself."),
        )
    return _own(scene, me, work)


def _own(scene: Scene, person: Person, work: Work) -> Reply:
    incident, before = scene.incident, scene.owner
    _close_offer(scene, work, to=person)
    incident.owner_id, incident.offered_to_id = person.id, None
    incident.orphaned, incident.handover_asked_at = False, None
    record(scene, EventKind.OWNED, work, about_id=person.id)
    scene = scene_again(incident, work)
    show(scene, work)
    watch(scene, work)
    if before.id not in (person.id, work.actor.person_id):
        work.tell(scene.subject, before, partial(nag_texts.owned, scene))
    return work.answer(nag_texts.owned(scene))


def _close_offer(scene: Scene, work: Work, *, to: Person | None = None) -> None:
    """Close the question to whoever was asked before; `to` is who owns it from now on."""
    asked = scene.people.get(scene.incident.offered_to_id or 0)
    if asked is None:
        return
    owner = replace(scene, owner=to or scene.owner)
    work.correct_for(_offer(scene, asked), asked, partial(nag_texts.owned, owner))


def _offer(scene: Scene, person: Person) -> str:
    return f"own:{scene.incident.id}:{person.id}"


# --- how bad it is -------------------------------------------------------------------------------


def change_severity(command: ChangeSeverity, work: Work) -> Reply:
    """Make an incident more or less urgent; a promise made to customers is never put off by it."""
    scene = live_scene(command, work)
    insist_on_owner(scene, work)
    incident = scene.incident
    if incident.severity != command.severity:
        worse = command.severity < incident.severity
        incident.severity = command.severity
        record(scene, EventKind.SEVERITY, work, severity=command.severity)
        soon = work.now + scene.cadence
        if worse and incident.promise_at > soon:
            if incident.stage > Stage.QUIET:
                close_nag(scene, work, SOONER)
            promise(incident, soon, work)
        show(scene, work)
        watch(scene, work)
    return Private(message=texts.shown(scene))


# --- rest ----------------------------------------------------------------------------------------


def ask_to_snooze(command: AskToSnooze, work: Work) -> Reply:
    """Open the form of a snooze."""
    if command.either is not None:
        known = is_live_number(command.either, work)
        heard = {"number": command.either} if known else {"minutes": min(max(command.either, 1), LONGEST_SNOOZE)}
        command = command.model_copy(update={"either": None, **heard})
    return OpenForm(form=forms.snooze_form(live_scene(command, work), command.minutes))


def snooze(command: Snooze, work: Work) -> Reply:
    """Have the next nag later, once."""
    scene = live_scene(command, work)
    insist_on_owner(scene, work)
    until = work.now + timedelta(minutes=command.minutes)
    record(scene, EventKind.SNOOZED, work, words=Words(note=command.why), until=until)
    return _rest(scene, until, work, paused=False)


def ask_to_pause(command: AskToPause, work: Work) -> Reply:
    """Open the form of a pause."""
    return OpenForm(form=forms.pause_form(live_scene(command, work), command.until))


def pause(command: Pause, work: Work) -> Reply:
    """Have no nags until a time; supervisors are told."""
    scene = live_scene(command, work)
    insist_on_owner(scene, work)
    zone = work.me().zone_in(scene.organisation)
    found = read_moment(command.until, now=work.now, zone=zone, day=scene.rules.day)
    wrong = explain(found) if isinstance(found, AskBack) else ""
    if not isinstance(found, AskBack) and found.at > work.now + LONGEST_PAUSE:
        wrong = _("A pause lasts a day at most.")
    if wrong or isinstance(found, AskBack):
        if work.origin is not None and work.origin.pressed:
            return FieldErrors(errors={"until": wrong})
        raise NotUnderstood(_("Nothing was paused."), wrong, _("Try `/incident pause until 18:00 because …`."))
    record(scene, EventKind.PAUSED, work, words=Words(note=command.why), until=found.at)
    reply = _rest(scene, found.at, work, paused=True)
    for one in supervisors_on_duty(work):
        if one.id != work.actor.person_id:
            work.tell(scene.subject, one, partial(nag_texts.paused, scene, work.actor.name, command.why))
    return reply


def _rest(scene: Scene, until: datetime, work: Work, *, paused: bool) -> Reply:
    incident = scene.incident
    close_nag(scene, work, RESTS)
    if incident.stage == Stage.SUPERVISOR:
        incident.stage = Stage.OVERDUE_3  # they are called again when the rest is over
    incident.resume_at, incident.paused = until, paused
    show(scene, work)
    watch(scene, work)
    return Private(message=forms.delayed(scene, until))
