"""What happens around incidents: reading them, their settings, and what the domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import case, select

from bot.commands import ClockTask, Domain
from bot.incidents import commands, forms, minding, opening, posting, record_texts, texts
from bot.incidents.finding import addressed, any_scene
from bot.incidents.hindrance import hinders
from bot.incidents.model import LIVE, Incident, IncidentEvent, IncidentSettings, IncidentState
from bot.incidents.rules import rules_of
from bot.incidents.scene import scenes_of
from bot.incidents.typed import PHRASES
from bot.incidents.watching import AGAIN_AFTER, NAG_OUTCOME, hear_of_nags, look_after_owners, watch_promises
from bot.language import _
from bot.messages import Fields
from bot.people.model import Conversation, ConversationKind, Person
from bot.people.shifts import ShiftNotUnderstood, read_shifts, write_shifts
from bot.refusals import bad_fields
from bot.replies import FieldErrors, OpenForm, Private

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.incidents.scene import Scene
    from bot.incidents.wordings import Wordings
    from bot.messages import Part
    from bot.replies import Reply
    from bot.work import Work

LISTED = 40
ON_BOARD = 8
ON_HOME = 5


def _scenes(work: Work, *where: object, newest_end_first: bool = False) -> list[Scene]:
    order = (
        (Incident.resolved_at.desc(), Incident.number.desc())
        if newest_end_first
        else (Incident.promise_at, Incident.number)
    )
    incidents = work.session.scalars(
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, *where)  # type: ignore[arg-type]
        .order_by(*order)
        .limit(LISTED)
    ).all()
    return scenes_of(work, incidents)


def list_incidents(command: commands.ListIncidents, work: Work) -> Reply:
    """Show what is going on, the next promise first; or what is over, the latest first."""
    if command.resolved:
        ended = _scenes(work, Incident.state == IncidentState.RESOLVED, newest_end_first=True)
        return Private(message=texts.resolved_list(ended))
    return Private(message=texts.incident_list(_scenes(work, Incident.state.in_(LIVE))))


def show_incident(command: commands.ShowIncident, work: Work) -> Reply:
    """Show one incident with its promise."""
    return Private(message=texts.shown(any_scene(command, work)))


def show_history(command: commands.ShowHistory, work: Work) -> Reply:
    """Show everything that happened to an incident."""
    scene = any_scene(command, work)
    events = work.session.scalars(
        select(IncidentEvent).where(IncidentEvent.incident_id == scene.incident.id).order_by(IncidentEvent.id)
    ).all()
    ids = {one for event in events for one in (event.person_id, event.about_id) if one is not None}
    people = {one.id: one for one in work.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return Private(message=record_texts.history(scene, events, people))


def show_my_promises(_command: commands.ShowMyPromises, work: Work) -> Reply:
    """Show all promises of the actor, in time order."""
    mine = _scenes(work, Incident.owner_id == work.actor.person_id, Incident.state.in_(LIVE))
    return Private(message=texts.my_promises(mine))


# --- settings ------------------------------------------------------------------------------------


def ask_for_cadences(_command: commands.AskForCadences, work: Work) -> Reply:
    """Open the settings of incidents."""
    found = work.session.get(IncidentSettings, work.actor.organisation_id)
    rules = rules_of(work.session, work.actor.organisation_id)
    names = [channel.name for channel in _channels(work) if channel.id in rules.places]
    hours = found.hours_text if found is not None else ""
    return OpenForm(form=forms.settings_form(rules, hours, forms.names_of(names)))


def change_cadences(command: commands.ChangeCadences, work: Work) -> Reply:
    """Change the settings of incidents; everything that is wrong is said at once."""
    cadences, errors = _read_cadences(command)
    try:
        hours = write_shifts(read_shifts(command.hours)) if command.hours else ""
    except ShiftNotUnderstood:
        hours, errors["hours"] = "", _("I cannot read these hours. Try mon-fri 8-18.")
    places, unknown = posting.places_named(command.places, _channels(work))
    if unknown:
        errors["places"] = _("I do not know {name}. Type /zanshin help there once, then try again.").format(
            name=f"#{unknown[0][:60]}"
        )
    if cadences is None or errors:
        return FieldErrors(errors=errors)
    row = work.session.get(IncidentSettings, work.actor.organisation_id, with_for_update=True)
    if row is None:
        row = IncidentSettings(organisation_id=work.actor.organisation_id)
        work.session.add(row)
    row.cadence_1_min, row.cadence_2_min = cadences.cadence_1, cadences.cadence_2
    row.cadence_3_min, row.cadence_4_min = cadences.cadence_3, cadences.cadence_4
    row.hours_text, row.customer_places = hours, places
    return work.answer(forms.settings_saved())


def _read_cadences(command: commands.ChangeCadences) -> tuple[commands.Cadences | None, dict[str, str]]:
    typed = {name: getattr(command, name) for name in commands.Cadences.model_fields}
    try:
        return commands.Cadences.model_validate({name: words for name, words in typed.items() if words}), {}
    except ValidationError as wrong:
        return None, dict(bad_fields(wrong).errors)


def _channels(work: Work) -> Sequence[Conversation]:
    return work.session.scalars(
        select(Conversation).where(
            Conversation.organisation_id == work.actor.organisation_id,
            Conversation.kind == ConversationKind.CHANNEL,
        )
    ).all()


# --- what the domain brings ----------------------------------------------------------------------


def incidents_on_board(work: Work, _viewer: Person) -> list[Part]:
    """Show what is promised next, broken promises first."""
    red = case((Incident.stage >= 2, 0), else_=1)  # noqa: PLR2004  due and not kept
    incidents = work.session.scalars(
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.state.in_(LIVE))
        .order_by(red, Incident.promise_at)
        .limit(ON_BOARD)
    ).all()
    facts = tuple(map(texts.board_line, scenes_of(work, incidents)))
    return [Fields(facts=facts)] if facts else []


def incidents_on_home(work: Work, viewer: Person) -> list[Part]:
    """Show what somebody has promised, broken promises first, with the button that keeps each."""
    red = case((Incident.stage >= 2, 0), else_=1)  # noqa: PLR2004  as above
    mine = work.session.scalars(
        select(Incident)
        .where(Incident.owner_id == viewer.id, Incident.state.in_(LIVE))
        .order_by(red, Incident.promise_at)
        .limit(ON_HOME)
    ).all()
    return [part for scene in scenes_of(work, mine) for part in texts.home_parts(scene)]


def domain(wordings: Wordings) -> Domain:
    """Bring incidents to the program."""
    return Domain(
        hinders=hinders,
        use_cases={
            commands.AskToOpen: opening.ask_to_open,
            commands.OpenIncident: opening.open_incident,
            commands.PlanIncident: opening.plan_incident,
            commands.AskForUpdate: partial(posting.ask_for_update, wordings=wordings),
            commands.PostUpdate: posting.post_update,
            commands.TypeUpdate: addressed(posting.type_update),
            commands.WasSent: posting.was_sent,
            commands.AddNote: addressed(posting.add_note),
            commands.ListIncidents: list_incidents,
            commands.ShowIncident: show_incident,
            commands.ShowHistory: show_history,
            commands.ShowMyPromises: show_my_promises,
            commands.AskForOwner: minding.ask_for_owner,
            commands.OfferOwnership: minding.offer_ownership,
            commands.AcceptOwnership: minding.accept_ownership,
            commands.ChangeSeverity: minding.change_severity,
            commands.AskToSnooze: minding.ask_to_snooze,
            commands.Snooze: minding.snooze,
            commands.AskToPause: minding.ask_to_pause,
            commands.Pause: minding.pause,
            commands.Resume: minding.resume,
            commands.AskToResolve: partial(opening.ask_to_resolve, wordings=wordings),
            commands.Resolve: addressed(opening.resolve),
            commands.Reopen: opening.reopen,
            commands.AskForCadences: ask_for_cadences,
            commands.ChangeCadences: change_cadences,
        },
        phrases=PHRASES,
        clock=(ClockTask(name="incidents", model=Incident, act=watch_promises, again_after=AGAIN_AFTER),),
        outcomes={NAG_OUTCOME: hear_of_nags},
        board=(incidents_on_board,),
        home=(incidents_on_home,),
        team_changed=look_after_owners,
    )
