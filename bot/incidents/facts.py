"""The facts of an incident: who and what belongs to it, looked up when somebody asks, for a whole batch at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm.util import identity_key

from bot.directory.model import Conversation, Organisation, Person
from bot.incidents.decisions.cadence import Rules
from bot.incidents.model import LIVE, EventKind, Incident, IncidentEvent, IncidentSettings
from bot.ports import Subject
from bot.say.language import _
from bot.work.named import my_clock
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, timedelta

    from sqlalchemy import Select


class IncidentFacts:
    """One incident with everybody and everything around it; a use case pays for what it asks of it."""

    def __init__(self, incident: Incident, batch: _Batch) -> None:
        self.incident = incident
        self._batch = batch

    @property
    def now(self) -> datetime:
        """The moment of the transaction."""
        return self._batch.work.now

    @property
    def organisation(self) -> Organisation:
        """Whose incident it is."""
        return self._batch.organisation

    @property
    def clock(self) -> str:
        """Name the zone in which times of whoever acts are read, where it is not the organisation's."""
        return my_clock(self._batch.work)

    @property
    def rules(self) -> Rules:
        """How the organisation keeps its promises."""
        return self._batch.rules

    @property
    def owner(self) -> Person:
        """Who owns it now."""
        return self._batch.people[self.incident.owner_id]

    @property
    def asked(self) -> Person | None:
        """Who was asked to own it, and has not answered."""
        asked = self.incident.offered_to_id
        return self._batch.people.get(asked) if asked is not None else None

    @property
    def nagged(self) -> list[Person]:
        """The people who were reminded of this promise in their direct chats."""
        return [self._batch.people[one] for one in self.incident.nagged if one in self._batch.people]

    @property
    def channel(self) -> Conversation:
        """Where its card is."""
        return self._batch.channels[self.incident.conversation_id]

    @property
    def place(self) -> str:
        """Name its channel, for people to read."""
        return self.channel.shown or _("its channel")

    @property
    def last(self) -> IncidentEvent | None:
        """The last update customers got."""
        return self._batch.last.get(self.incident.id)

    @property
    def prepared(self) -> IncidentEvent | None:
        """The update that was prepared last, while nobody has said that customers have it."""
        return self._batch.prepared.get(self.incident.id)

    @property
    def subject(self) -> Subject:
        """Name the card that shows how it stands."""
        return Subject.of("incident", self.incident.id)

    @property
    def cadence(self) -> timedelta:
        """How often customers hear of an incident of this severity."""
        return self.rules.cadences[self.incident.severity]

    @property
    def is_live(self) -> bool:
        """Say whether it is not resolved."""
        return self.incident.state in LIVE

    @property
    def rests(self) -> bool:
        """Say whether its reminders rest now."""
        return self.is_live and self.incident.resume_at is not None and self.incident.resume_at > self.now

    @property
    def rests_until(self) -> int:
        """Say until when they rest, as buttons and forms know it: in seconds, and 0 if they do not."""
        return int(self.incident.resume_at.timestamp()) if self.rests and self.incident.resume_at else 0

    @property
    def is_red(self) -> bool:
        """Say whether its promise is broken, however quiet the reminders are."""
        return self.is_live and self.incident.promise_at <= self.now

    @property
    def is_late(self) -> bool:
        """Say whether news is due and has not come: the promise is broken, or what its severity asks for."""
        return self.is_live and self.incident.due_at <= self.now

    @property
    def is_promised(self) -> bool:
        """Say whether customers were told by when they hear more; before the first update, nobody has."""
        return self.last is not None and self.last.promise_at == self.incident.promise_at

    def is_posted(self, event: IncidentEvent) -> bool:
        """Say whether customers read it where they read along: updates while it is open, a last word once it ended."""
        return bool(self.rules.places) and self.is_live != (event.kind == EventKind.RESOLVED)

    def own(self, person: Person) -> None:
        """Have somebody own it from now on."""
        self.incident.owner_id = person.id
        self._batch.people[person.id] = person

    def nag(self, people: Sequence[Person]) -> None:
        """Remember who is reminded of this promise in their direct chat."""
        self.incident.nagged = list(dict.fromkeys([*self.incident.nagged, *(person.id for person in people)]))
        self._batch.people |= {person.id: person for person in people}

    def tell(self, event: IncidentEvent) -> None:
        """Remember an update as the last that customers got; one prepared after it still waits."""
        self._batch.last[self.incident.id] = event
        prepared_at = self.incident.prepared_at
        if prepared_at is not None and event.at >= prepared_at:
            self._batch.prepared.pop(self.incident.id, None)
            self.incident.prepared_at = None

    def prepare(self, event: IncidentEvent) -> None:
        """Remember an update that nobody has said customers have."""
        self._batch.prepared[self.incident.id] = event
        self.incident.prepared_at = event.at


def facts_of(work: Work, incidents: Sequence[Incident]) -> list[IncidentFacts]:
    """Give the facts of each of these incidents of the actor's organisation; what they share is looked up once."""
    batch = _Batch(work, incidents)
    return [IncidentFacts(incident, batch) for incident in incidents]


def facts_of_new(work: Work, incident: Incident, *, owner: Person, channel: Conversation) -> IncidentFacts:
    """Give the facts of an incident that begins just now: customers have heard nothing, and the rest is at hand."""
    batch = _Batch(work, [incident])
    batch.people, batch.channels, batch.last = {owner.id: owner}, {channel.id: channel}, {}
    return IncidentFacts(incident, batch)


def rules_of(work: Work) -> Rules:
    """Say how the organisation keeps its promises; without a row of settings, as shipped."""
    found = work.settings(IncidentSettings)
    return found.rules if found is not None else Rules()


class _Batch:
    """What several incidents are looked up with: one statement for all of them."""

    def __init__(self, work: Work, incidents: Sequence[Incident]) -> None:
        self.work = work
        self._incidents = incidents

    @cached_property
    def organisation(self) -> Organisation:
        return self.work.organisation

    @cached_property
    def rules(self) -> Rules:
        return rules_of(self.work)

    @cached_property
    def people(self) -> dict[int, Person]:
        around = [(one.owner_id, one.offered_to_id, *one.nagged) for one in self._incidents]
        return self._look_up(Person, _PEOPLE, {one for ids in around for one in ids if one})

    @cached_property
    def channels(self) -> dict[int, Conversation]:
        return self._look_up(Conversation, _CHANNELS, {one.conversation_id for one in self._incidents})

    @cached_property
    def prepared(self) -> dict[int, IncidentEvent]:
        waiting = [one.id for one in self._incidents if one.prepared_at is not None]
        found = self.work.session.scalars(_PREPARED, {"ids": waiting}) if waiting else ()
        return {one.incident_id: one for one in found}

    @cached_property
    def last(self) -> dict[int, IncidentEvent]:
        told = self.work.session.scalars(_LAST_UPDATES, {"ids": [one.id for one in self._incidents]})
        return {one.incident_id: one for one in told}

    def _look_up(self, model: type[Any], rows: Select[Any], ids: Collection[int]) -> dict[int, Any]:
        session = self.work.session
        at_hand = ((one, session.identity_map.get(identity_key(model, one))) for one in ids)
        found = {one: row for one, row in at_hand if row is not None}
        if missing := [one for one in ids if one not in found]:
            with session.no_autoflush:  # what is half done is written once, when all of it is
                found |= {row.id: row for row in session.scalars(rows, {"ids": missing})}
        return found


def _last_updates() -> Select[IncidentEvent]:
    """Select what customers heard last of each of `ids`; what was written first may have gone out last."""
    latest = func.row_number().over(
        partition_by=IncidentEvent.incident_id, order_by=(IncidentEvent.told_at.desc(), IncidentEvent.id.desc())
    )
    ranked = (
        select(IncidentEvent.id, latest.label("place"))
        .where(IncidentEvent.incident_id.in_(_IDS), IncidentEvent.kind == EventKind.UPDATED)
        .subquery()
    )
    return select(IncidentEvent).join(ranked, ranked.c.id == IncidentEvent.id).where(ranked.c.place == 1)


# Built once: every command about an incident needs them.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_PEOPLE = select(Person).where(Person.id.in_(_IDS))
_CHANNELS = select(Conversation).where(Conversation.id.in_(_IDS))
_LAST_UPDATES = _last_updates()
_PREPARED = (
    select(IncidentEvent)
    .where(IncidentEvent.incident_id.in_(_IDS), IncidentEvent.kind == EventKind.DRAFTED)
    .order_by(IncidentEvent.at, IncidentEvent.id)
)
