"""A retrospective as it stands in the thread of its incident: what was posted, and what is done after it."""

from __future__ import annotations

from functools import partial

from sqlalchemy import select

from bot.afterwards import cards
from bot.afterwards.commands import LONGEST
from bot.afterwards.markdown import Promise
from bot.afterwards.model import Account, FollowUp, FollowUpState, Retrospective
from bot.afterwards.timeline import Record, timeline, written_day
from bot.afterwards.view import see
from bot.directory.model import Person
from bot.incidents.facts import IncidentFacts, facts_of
from bot.incidents.model import Incident
from bot.incidents.reading import record_of
from bot.ports import Subject
from bot.say.language import _, in_public
from bot.work.work import Work


def refresh_posted(incident_id: int, work: Work) -> None:
    """Show the follow-ups of a retrospective that was posted as they are now."""
    posted = select(Incident).join(Retrospective, Retrospective.incident_id == Incident.id)
    found = work.session.scalar(posted.where(Incident.id == incident_id, Retrospective.account_text.is_not(None)))
    if found is not None:
        show_posted(facts_of(work, [found])[0], work)


def show_posted(incident: IncidentFacts, work: Work) -> None:
    """Show what was posted as it is now, in the thread and in the direct chat of who was offered the draft."""
    row = posted_of(incident, work)
    if row is None or row.account_text is None:
        return
    record = read_record(incident, work)
    by = work.session.get(Person, row.posted_by_id)
    with in_public():
        name = by.name if by is not None else _("Somebody")
        message = cards.retrospective.for_team(record, row.account, promises_of(incident, work), name)
    work.show(subject(incident), incident.channel, message, under=incident.subject)
    for reader in work.readers(subject(incident)):
        work.correct_for(subject(incident), reader, partial(cards.retrospective.posted, incident))


def read_record(incident: IncidentFacts, work: Work) -> Record:
    """Read what is known of an incident, in the zone of the organisation: many read it."""
    work.session.flush()
    events, people = record_of(incident, work)
    names = {one.id: one.name for one in people.values()} | {incident.owner.id: incident.owner.name}
    return Record(incident.incident, events, names, incident.organisation.zone, work.now)


def account_of(incident: IncidentFacts, record: Record, work: Work) -> Account:
    """Give what was posted, or else the draft."""
    row = posted_of(incident, work)
    return row.account if row is not None and row.account_text else Account(timeline=timeline(record, LONGEST))


def promises_of(incident: IncidentFacts, work: Work) -> list[Promise]:
    """List what somebody does after it, by the clock of the organisation."""
    rows = work.session.scalars(
        select(FollowUp)
        .where(FollowUp.incident_id == incident.incident.id, FollowUp.state != FollowUpState.DROPPED)
        .order_by(FollowUp.due_at, FollowUp.id)
    ).all()
    zone = incident.organisation.zone
    return [
        Promise(
            words=one.row.what,
            who=one.person.name,
            by=written_day(one.row.due_at, zone),
            done=one.row.state == FollowUpState.DONE,
        )
        for one in see(rows, work)
    ]


def posted_of(incident: IncidentFacts, work: Work) -> Retrospective | None:
    """Find what was posted."""
    return work.session.scalar(select(Retrospective).where(Retrospective.incident_id == incident.incident.id))


def subject(incident: IncidentFacts) -> Subject:
    """Name the card of a retrospective."""
    return Subject.of("retro", incident.incident.id)
