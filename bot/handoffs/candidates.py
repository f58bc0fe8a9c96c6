"""Everybody who might take a case over, gathered from the rows: one look for all handoffs of one transaction."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from bot.directory.roster import availability_of, team
from bot.directory.shifts import shift_start
from bot.handoffs.decisions.candidate import Candidate
from bot.handoffs.decisions.rungs import Rung, Times
from bot.handoffs.model import Handoff, HandoffState, HandoffTimes, Offer, OfferState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.directory.availability import Availability
    from bot.directory.model import Organisation, Person

REMEMBERED = timedelta(days=30)  # how far back "longest since the last one" looks
ALONE = (Rung.WISH, Rung.BEST)  # rungs on which one colleague is waited for
_WORD = re.compile(r"\w+")


@dataclass
class Roster:
    """The team of one organisation as it is now, and what today has asked of everybody."""

    organisation: Organisation
    now: datetime
    times: Times
    people: dict[int, Person]
    availability: dict[int, Availability]
    load: Counter[int] = field(default_factory=Counter)
    today: Counter[int] = field(default_factory=Counter)
    last_at: dict[int, datetime] = field(default_factory=dict)
    freed_at: dict[int, datetime] = field(default_factory=dict)  # when they were last done with a case
    cooling: dict[int, datetime] = field(default_factory=dict)  # until when
    had_case: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    had_chain: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    recused: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # today, by customer
    asked_alone: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # person -> handoffs

    def candidates(self, handoff: Handoff, offers: Mapping[int, Offer]) -> list[Candidate]:
        """See everybody with the eyes of one handoff."""
        had = self.had_case[handoff.case_hash or ""] | self.had_chain[handoff.chain] | {handoff.requester_id}
        recused = self.recused[handoff.customer_hash or ""]
        wanted = needed_skills(handoff, self.skills)
        special = had | recused | offers.keys() | self.asked_alone.keys()
        return [
            self._seen_by(candidate.person_id, handoff, offers, had=had, recused=recused, wanted=wanted)
            if wanted or candidate.person_id in special
            else candidate
            for candidate in self._everybody
        ]

    @cached_property
    def _everybody(self) -> list[Candidate]:
        """Everybody as any handoff sees them."""
        return [Candidate(**known) for known in self._known.values()]

    @cached_property
    def _known(self) -> dict[int, dict[str, Any]]:
        """What is known of everybody, whatever the handoff."""
        return {
            person.id: {
                "person_id": person.id,
                "is_agent": person.is_agent,
                "is_supervisor": person.is_supervisor,
                "state": self.availability[person.id].state,
                "load": self.load[person.id],
                "capacity": person.capacity,
                "heated_today": self.today[person.id],
                "last_heated_at": self.last_at.get(person.id),
                "cooling_until": self.cooling.get(person.id),
                "free_since": self._when_free(person),
                "quiet": person.quiet_until is not None and person.quiet_until > self.now,
            }
            for person in self.people.values()
        }

    def _seen_by(
        self,
        person_id: int,
        handoff: Handoff,
        offers: Mapping[int, Offer],
        *,
        had: set[int],
        recused: set[int],
        wanted: set[str],
    ) -> Candidate:
        offer = offers.get(person_id)
        asked = _asked(offer) if offer is not None else {}
        return Candidate(
            **self._known[person_id],
            **asked,
            has_skill=not wanted or wanted <= {skill.lower() for skill in self.people[person_id].skills},
            asked_elsewhere=len(self.asked_alone.get(person_id, set()) - {handoff.id}),
            had_case=person_id in had or (offer is not None and offer.state == OfferState.TOOK),
            recused=person_id in recused,
        )

    def _when_free(self, person: Person) -> datetime | None:
        moments = (
            person.back_at,
            person.away_until,
            shift_start(person.shifts, person.zone_in(self.organisation), self.now) if person.shifts else None,
            self.cooling.get(person.id),
            self.freed_at.get(person.id),
        )
        return max((moment for moment in moments if moment is not None and moment <= self.now), default=None)

    @cached_property
    def skills(self) -> set[str]:
        """Everything somebody on the team knows about."""
        return {skill.lower() for person in self.people.values() for skill in person.skills}

    @cached_property
    def changes_at(self) -> datetime | None:
        """When somebody becomes free, or leaves, by themselves."""
        moments = [found.until for found in self.availability.values() if found.until is not None]
        return min((moment for moment in [*moments, *self.cooling.values()] if moment > self.now), default=None)


def _asked(offer: Offer) -> dict[str, Any]:
    return {
        "asked_on": Rung(offer.rung),
        "asked_at": offer.asked_at,
        "as_supervisor": offer.as_supervisor,
        "declined": offer.state == OfferState.DECLINED,
        "undelivered": offer.undelivered,
    }


def needed_skills(handoff: Handoff, skills: Iterable[str]) -> set[str]:
    """Find what a case is about among the skills of the team: those that its note names."""
    if handoff.note_text is None:
        return set()
    note = handoff.note
    written = _words(f"{note.happened} {note.asked_for} {note.real_problem}")
    return {skill for skill in skills if f" {_words(skill).strip()} " in written}


def _words(text: str) -> str:
    """Write words so that "refunds" is found in "a refund"."""
    return " " + " ".join(word.rstrip("s") for word in _WORD.findall(text.lower())) + " "


def times_of(session: Session, organisation_id: int) -> Times:
    """Read how long the organisation lets each rung wait."""
    found = session.get(HandoffTimes, organisation_id)
    return found.times if found is not None else Times()


def gather(session: Session, organisation: Organisation, now: datetime, handoffs: Sequence[Handoff]) -> Roster:
    """Gather the roster for these handoffs."""
    people = {person.id: person for person in team(session, organisation.id)}
    roster = Roster(
        organisation=organisation,
        now=now,
        times=times_of(session, organisation.id),
        people=people,
        availability={one.id: availability_of(one, organisation, now) for one in people.values()},
    )
    _count_today(session, roster)
    _count_before(session, roster)
    _who_had_it(session, roster, handoffs)
    _who_is_asked(session, roster)
    return roster


def _count_today(session: Session, roster: Roster) -> None:
    organisation, now = roster.organisation, roster.now
    midnight = datetime.combine(now.astimezone(organisation.zone).date(), time(), organisation.zone).astimezone(UTC)
    since = min(midnight, now - roster.times.cooling)
    recent = or_(
        Handoff.started_at >= since,
        Handoff.ended_at >= since,
        Handoff.taken_at >= since,
        Handoff.state == HandoffState.TAKEN,
    )
    for row in session.execute(
        select(
            Handoff.requester_id,
            Handoff.taker_id,
            Handoff.state,
            Handoff.heated,
            Handoff.customer_hash,
            Handoff.started_at,
            Handoff.taken_at,
            Handoff.ended_at,
        ).where(Handoff.organisation_id == organisation.id, recent)
    ):
        if row.taker_id is not None and row.taken_at is not None:
            roster.load[row.taker_id] += row.state == HandoffState.TAKEN
            roster.today[row.taker_id] += row.heated and row.taken_at >= midnight
            _latest(roster.freed_at, row.taker_id, row.ended_at)
        if row.state != HandoffState.CANCELLED:
            if row.customer_hash and row.started_at >= midnight:
                roster.recused[row.customer_hash].add(row.requester_id)
            _latest(roster.cooling, row.requester_id, row.started_at + roster.times.cooling)


def _latest(found: dict[int, datetime], person_id: int, moment: datetime | None) -> None:
    if moment is not None:
        found[person_id] = max(moment, found.get(person_id, moment))


def _count_before(session: Session, roster: Roster) -> None:
    last = session.execute(
        select(Handoff.taker_id, func.max(Handoff.taken_at))
        .where(
            Handoff.organisation_id == roster.organisation.id,
            Handoff.started_at >= roster.now - REMEMBERED,
            Handoff.taker_id.is_not(None),
            Handoff.heated,
        )
        .group_by(Handoff.taker_id)
    )
    roster.last_at = {taker: at for taker, at in last if taker is not None and at is not None}


def _who_had_it(session: Session, roster: Roster, handoffs: Sequence[Handoff]) -> None:
    """Find everybody who had one of these cases, however long ago."""
    cases = {handoff.case_hash for handoff in handoffs if handoff.case_hash}
    chains = {handoff.chain_id for handoff in handoffs if handoff.chain_id is not None}
    if not cases and not chains:
        return
    same = or_(Handoff.case_hash.in_(cases), Handoff.chain_id.in_(chains), Handoff.id.in_(chains))
    where = (Handoff.organisation_id == roster.organisation.id, same)
    asked = select(Handoff.id, Handoff.chain_id, Handoff.case_hash, Handoff.requester_id)
    took = select(Handoff.id, Handoff.chain_id, Handoff.case_hash, Offer.person_id).join(
        Offer, Offer.handoff_id == Handoff.id
    )
    for rows in (
        session.execute(asked.where(*where, Handoff.state != HandoffState.CANCELLED)),
        session.execute(took.where(*where, Offer.state == OfferState.TOOK)),
    ):
        for handoff_id, chain_id, case, person_id in rows:
            roster.had_chain[chain_id or handoff_id].add(person_id)
            if case:
                roster.had_case[case].add(person_id)


def _who_is_asked(session: Session, roster: Roster) -> None:
    """Find who has an offer of their own to answer just now: nobody gets two at once if it can be helped."""
    asked = session.execute(
        select(Offer.person_id, Offer.handoff_id)
        .join(Handoff, Handoff.id == Offer.handoff_id)
        .where(
            Handoff.organisation_id == roster.organisation.id,
            Handoff.state == HandoffState.SEARCHING,
            Handoff.rung.in_(ALONE),
            Offer.rung == Handoff.rung,
            Offer.state == OfferState.ASKED,
        )
    )
    for person_id, handoff_id in asked:
        roster.asked_alone[person_id].add(handoff_id)
