"""Everybody who might take a case over: the team, and what it has done before, loaded once for a transaction."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable, func, or_, select, union_all

from bot.directory.roster import availability_of, team
from bot.directory.shifts import shift_start
from bot.handoffs.decisions.candidate import Candidate, Exclusion
from bot.handoffs.decisions.rungs import Rung, Times
from bot.handoffs.model import Handoff, HandoffState, HandoffTimes, Offer, OfferState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from bot.directory.availability import Availability
    from bot.directory.model import Person
    from bot.work.work import Work

REMEMBERED = timedelta(days=30)  # how far back "longest since the last one" looks
ALONE = (Rung.WISH, Rung.BEST)  # rungs on which one colleague is waited for
_WORD = re.compile(r"\w+")


@dataclass
class _Today:
    """What today has asked of everybody."""

    load: Counter[int] = field(default_factory=Counter)
    heated: Counter[int] = field(default_factory=Counter)
    freed_at: dict[int, datetime] = field(default_factory=dict)  # when they were last done with a case
    cooling: dict[int, datetime] = field(default_factory=dict)  # until when
    recused: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # by customer


@dataclass
class _Before:
    """Who had these cases, however long ago."""

    case: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    chain: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


class Roster:
    """The team as it is now, and what it has done before, for these handoffs; loaded when first asked for."""

    def __init__(self, work: Work, handoffs: Sequence[Handoff] = ()) -> None:
        self.organisation = work.organisation
        self.now = work.now
        self._session = work.session
        self._handoffs = handoffs

    @cached_property
    def times(self) -> Times:
        """How long each rung waits."""
        return times_of(self._session, self.organisation.id)

    @cached_property
    def people(self) -> dict[int, Person]:
        """Everybody with a role."""
        return {person.id: person for person in team(self._session, self.organisation.id)}

    @cached_property
    def availability(self) -> dict[int, Availability]:
        """Whether each of them can be asked now."""
        return {one.id: availability_of(one, self.organisation, self.now) for one in self.people.values()}

    @property
    def load(self) -> Counter[int]:
        """How many cases each has."""
        return self._today.load

    @property
    def cooling(self) -> dict[int, datetime]:
        """Until when whoever stepped out of a case is left alone."""
        return self._today.cooling

    def barred(self, person_id: int, handoff: Handoff, offers: Mapping[int, Offer]) -> Exclusion | None:
        """Say why somebody must not have this case, whoever wants it; nobody else is looked at."""
        mine = Candidate(
            person_id=person_id,
            had_case=person_id in self._had(handoff) or _took(offers.get(person_id)),
            recused=person_id in self._recused(handoff),
            cooling_until=self.cooling.get(person_id),
        )
        return mine.must_not(self.now)

    def _had(self, handoff: Handoff) -> set[int]:
        before = self._before
        return before.case[handoff.case_hash or ""] | before.chain[handoff.chain] | {handoff.requester_id}

    def _recused(self, handoff: Handoff) -> set[int]:
        return self._today.recused[handoff.customer_hash or ""]

    def candidates(self, handoff: Handoff, offers: Mapping[int, Offer]) -> list[Candidate]:
        """See everybody with the eyes of one handoff."""
        had, recused = self._had(handoff), self._recused(handoff)
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
                "heated_today": self._today.heated[person.id],
                "last_heated_at": self._last_at.get(person.id),
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
            had_case=person_id in had or _took(offer),
            recused=person_id in recused,
        )

    def _when_free(self, person: Person) -> datetime | None:
        moments = (
            person.back_at,
            person.away_until,
            shift_start(person.shifts, person.zone_in(self.organisation), self.now) if person.shifts else None,
            self.cooling.get(person.id),
            self._today.freed_at.get(person.id),
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

    @cached_property
    def _today(self) -> _Today:
        organisation, now, found = self.organisation, self.now, _Today()
        midnight = datetime.combine(now.astimezone(organisation.zone).date(), time(), organisation.zone).astimezone(UTC)
        for row in self._session.execute(_recently(organisation.id, min(midnight, now - self.times.cooling))):
            if row.taker_id is not None and row.taken_at is not None:
                found.load[row.taker_id] += row.state == HandoffState.TAKEN
                found.heated[row.taker_id] += row.heated and row.taken_at >= midnight
                _latest(found.freed_at, row.taker_id, row.ended_at)
            if row.state != HandoffState.CANCELLED:
                if row.customer_hash and row.started_at >= midnight:
                    found.recused[row.customer_hash].add(row.requester_id)
                _latest(found.cooling, row.requester_id, row.started_at + self.times.cooling)
        return found

    @cached_property
    def _last_at(self) -> dict[int, datetime]:
        """When each last took a heated case."""
        last = self._session.execute(
            select(Handoff.taker_id, func.max(Handoff.taken_at))
            .where(
                Handoff.organisation_id == self.organisation.id,
                Handoff.started_at >= self.now - REMEMBERED,
                Handoff.taker_id.is_not(None),
                Handoff.heated,
            )
            .group_by(Handoff.taker_id)
        )
        return {taker: at for taker, at in last if taker is not None and at is not None}

    @cached_property
    def _before(self) -> _Before:
        found = _Before()
        cases = {handoff.case_hash for handoff in self._handoffs if handoff.case_hash}
        chains = {handoff.chain_id for handoff in self._handoffs if handoff.chain_id is not None}
        if not cases and not chains:
            return found
        same = or_(Handoff.case_hash.in_(cases), Handoff.chain_id.in_(chains), Handoff.id.in_(chains))
        where = (Handoff.organisation_id == self.organisation.id, same)
        asked = select(Handoff.id, Handoff.chain_id, Handoff.case_hash, Handoff.requester_id)
        took = select(Handoff.id, Handoff.chain_id, Handoff.case_hash, Offer.person_id).join(
            Offer, Offer.handoff_id == Handoff.id
        )
        both = union_all(
            asked.where(*where, Handoff.state != HandoffState.CANCELLED),
            took.where(*where, Offer.state == OfferState.TOOK),
        )
        for handoff_id, chain_id, case, person_id in self._session.execute(both):
            found.chain[chain_id or handoff_id].add(person_id)
            if case:
                found.case[case].add(person_id)
        return found

    @cached_property
    def asked_alone(self) -> dict[int, set[int]]:
        """Who has an offer of their own to answer just now, of which cases: nobody gets two if it can be helped."""
        found: dict[int, set[int]] = defaultdict(set)
        asked = self._session.execute(
            select(Offer.person_id, Offer.handoff_id)
            .join(Handoff, Handoff.id == Offer.handoff_id)
            .where(
                Handoff.organisation_id == self.organisation.id,
                Handoff.state == HandoffState.SEARCHING,
                Handoff.rung.in_(ALONE),
                Offer.rung == Handoff.rung,
                Offer.state == OfferState.ASKED,
            )
        )
        for person_id, handoff_id in asked:
            found[person_id].add(handoff_id)
        return found


def _took(offer: Offer | None) -> bool:
    return offer is not None and offer.state == OfferState.TOOK


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


def _recently(organisation_id: int, since: datetime) -> Executable:
    recent = or_(
        Handoff.started_at >= since,
        Handoff.ended_at >= since,
        Handoff.taken_at >= since,
        Handoff.state == HandoffState.TAKEN,
    )
    return select(
        Handoff.requester_id,
        Handoff.taker_id,
        Handoff.state,
        Handoff.heated,
        Handoff.customer_hash,
        Handoff.started_at,
        Handoff.taken_at,
        Handoff.ended_at,
    ).where(Handoff.organisation_id == organisation_id, recent)


def _latest(found: dict[int, datetime], person_id: int, moment: datetime | None) -> None:
    if moment is not None:
        found[person_id] = max(moment, found.get(person_id, moment))
