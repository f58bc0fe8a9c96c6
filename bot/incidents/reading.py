"""What people read about incidents: one, its history, lists, and their places on the board and on Home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import case, select

from bot.directory.model import Person
from bot.incidents import cards, commands
from bot.incidents.facts import IncidentFacts, facts_of
from bot.incidents.meant import live_or_ended
from bot.incidents.model import LIVE, Incident, IncidentEvent, IncidentState
from bot.incidents.updates.wordings import Wordings
from bot.say.language import reader
from bot.say.messages import Fields, Part
from bot.say.replies import Private, Reply
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


def _facts(work: Work, *where: object, newest_end_first: bool = False) -> list[IncidentFacts]:
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
    return facts_of(work, incidents)


LISTED = 40
ON_BOARD = 8
ON_HOME = 5


def list_incidents(command: commands.ListIncidents, work: Work) -> Reply:
    """Show what is going on, the next promise first; or what is over, the latest first."""
    if command.resolved:
        ended = _facts(work, Incident.state == IncidentState.RESOLVED, newest_end_first=True)
        return Private(message=cards.team.resolved_list(ended))
    return Private(message=cards.team.incident_list(_facts(work, Incident.state.in_(LIVE)), work.now))


def show_incident(command: commands.ShowIncident, work: Work) -> Reply:
    """Show one incident with its promise."""
    return Private(message=cards.team.shown(live_or_ended(command, work)))


def show_history(command: commands.ShowHistory, work: Work) -> Reply:
    """Show everything that happened to an incident."""
    facts = live_or_ended(command, work)
    return Private(message=cards.history.history(facts, *record_of(facts, work)))


def record_of(facts: IncidentFacts, work: Work) -> tuple[Sequence[IncidentEvent], dict[int, Person]]:
    """Read everything that happened to an incident, and everybody it concerned."""
    events = work.session.scalars(
        select(IncidentEvent).where(IncidentEvent.incident_id == facts.incident.id).order_by(IncidentEvent.id)
    ).all()
    ids = {one for event in events for one in (event.person_id, event.about_id, event.told_by_id) if one is not None}
    people = {one.id: one for one in work.session.scalars(select(Person).where(Person.id.in_(ids)))}
    return events, people


def show_wordings(command: commands.ShowWordings, work: Work, *, wordings: Wordings) -> Reply:
    """Show what was prepared for customers, for the situation that is named or to choose one."""
    wordings = wordings.read_in(reader())
    found = wordings.kinds.get(command.kind) or wordings.fitting(command.kind)
    if found is not None:
        return work.answer(cards.wordings.all_of(found))
    return work.answer(cards.wordings.kinds(tuple(wordings.kinds.values()), command.page, command.kind))


def show_my_promises(_command: commands.ShowMyPromises, work: Work) -> Reply:
    """Show all promises of the actor, in time order."""
    mine = _facts(work, Incident.owner_id == work.actor.person_id, Incident.state.in_(LIVE))
    return Private(message=cards.team.my_promises(mine, work.now))


def incidents_on_board(work: Work, _viewer: Person) -> list[Part]:
    """Show what is promised next, broken promises first."""
    red = case((Incident.stage >= 2, 0), else_=1)  # noqa: PLR2004  due and not kept
    incidents = work.session.scalars(
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.state.in_(LIVE))
        .order_by(red, Incident.promise_at)
        .limit(ON_BOARD)
    ).all()
    lines = tuple(map(cards.team.board_line, facts_of(work, incidents)))
    return [Fields(facts=lines)] if lines else []


def incidents_on_home(work: Work, viewer: Person) -> list[Part]:
    """Show what somebody has promised, broken promises first, with the button that keeps each."""
    red = case((Incident.stage >= 2, 0), else_=1)  # noqa: PLR2004  as above
    mine = work.session.scalars(
        select(Incident)
        .where(Incident.owner_id == viewer.id, Incident.state.in_(LIVE))
        .order_by(red, Incident.promise_at)
        .limit(ON_HOME)
    ).all()
    return [part for facts in facts_of(work, mine) for part in cards.team.home_parts(facts)]
