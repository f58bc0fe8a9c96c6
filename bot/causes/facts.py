"""The causes of an organisation, and the one that was named for a handoff or an incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from bot.causes.decisions.proposing import Candidate, propose, read_hints
from bot.causes.model import Attribution, Cause
from bot.causes.shipped import SHIPPED
from bot.directory.model import Conversation, Organisation, Person
from bot.handoffs.model import Handoff
from bot.incidents.model import Incident
from bot.say.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.work.work import Work


@dataclass(frozen=True)
class Ended:
    """What has a cause: a handoff, or an incident."""

    handoff: Handoff | None = None
    incident: Incident | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Its own words, as far as they tell what it was about: read, and kept nowhere else."""
        if self.incident is not None:
            return (self.incident.title,)
        if self.handoff is None:
            return ()
        note = self.handoff.note
        return (note.real_problem, note.happened, note.asked_for, *self.handoff.playbooks)


def known_causes(work: Work) -> list[Cause]:
    """List the causes there are, retired ones too: none before somebody had to do with them."""
    rows = select(Cause).where(Cause.organisation_id == work.actor.organisation_id).order_by(Cause.id)
    return list(work.session.scalars(rows))


def causes_of(work: Work, *, retired: bool = False) -> list[Cause]:
    """List the causes that can be named; whoever changes something has ours to begin with."""
    found = known_causes(work)
    if not found and not work.reads:
        found = _begin(work)
    return [one for one in found if retired or one.retired_at is None]


def _begin(work: Work) -> list[Cause]:
    """Give an organisation the causes it starts with; two who do so at once get one list."""
    organisation = select(Organisation.id).where(Organisation.id == work.actor.organisation_id).with_for_update()
    work.session.execute(organisation)
    if there := known_causes(work):
        return there
    begun = [{"organisation_id": work.actor.organisation_id, "key": key} for key in SHIPPED]
    work.session.execute(insert(Cause), begun)
    return known_causes(work)


def proposed(ended: Ended, causes: Sequence[Cause]) -> list[Cause]:
    """List the causes its words speak for."""
    by_id = {one.id: one for one in causes}
    candidates = [Candidate(one.id, read_hints(one.hints_everywhere)) for one in causes]
    return [by_id[one] for one in propose(ended.words, candidates)]


def named_for(ended: Ended, work: Work) -> Attribution | None:
    """Find what was named for it."""
    if ended.handoff is not None:
        return work.session.scalar(select(Attribution).where(Attribution.handoff_id == ended.handoff.id))
    if ended.incident is not None:
        return work.session.scalar(select(Attribution).where(Attribution.incident_id == ended.incident.id))
    return None


def places_of(causes: Sequence[Cause], work: Work) -> dict[int, str]:
    """Name where the department of each cause is asked: a channel, or somebody."""
    channels = {one.channel_id for one in causes} - {None}
    people = {one.person_id for one in causes} - {None}
    rows = work.session.scalars(select(Conversation).where(Conversation.id.in_(channels))) if channels else ()
    names = {one.id: channel_shown(one) for one in rows}
    answering = work.session.scalars(select(Person).where(Person.id.in_(people))) if people else ()
    persons = {one.id: one.name for one in answering}
    return {one.id: names.get(one.channel_id or 0) or persons.get(one.person_id or 0, "") for one in causes}


def channel_shown(channel: Conversation) -> str:
    """Name a channel; one of which we only know how a platform calls it has no name that people would know."""
    return channel.shown or _("their channel")


def place_of(cause: Cause, work: Work) -> str:
    """Name where the department of a cause is asked; empty: nowhere."""
    return places_of([cause], work)[cause.id]
