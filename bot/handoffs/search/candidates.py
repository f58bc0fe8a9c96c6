"""Everybody who might take a case over: the team, seen with the eyes of each handoff."""

from __future__ import annotations

import re
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.directory.availability import Availability, AvailabilityState, Occupied
from bot.directory.model import Person
from bot.directory.roster import availability_of, team
from bot.directory.shifts import shift_start
from bot.handoffs.cards import told
from bot.handoffs.decisions.candidate import Candidate
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.facts import facts_of_all
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.handoffs.search.past import Past
from bot.say.language import N_
from bot.work.work import Work

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.say.messages import Text


_WORD = re.compile(r"\w+")


class Roster:
    """The team as it is now, and what it has done before, for these handoffs; loaded when first asked for."""

    def __init__(self, work: Work, handoffs: Sequence[Handoff] = (), *, only: Person | None = None) -> None:
        self.organisation = work.organisation
        self.now = work.now
        self._session = work.session
        self._work = work
        self._only = only
        self._past = Past(work, handoffs)
        self.times = self._past.times  # how long each rung waits

    @cached_property
    def people(self) -> dict[int, Person]:
        """Everybody with a role, or the only one who is looked at."""
        if self._only is not None:
            return {self._only.id: self._only} if self._only.on_team else {}
        return {person.id: person for person in team(self._session, self.organisation.id)}

    @cached_property
    def availability(self) -> dict[int, Availability]:
        """Whether each of them can be asked now."""
        return {one.id: availability_of(one, self.organisation, self.now) for one in self.people.values()}

    @property
    def asked_alone(self) -> dict[int, set[int]]:
        """Who has an offer of their own to answer just now, of which cases."""
        return self._past.asked_alone

    @property
    def load(self) -> Counter[int]:
        """How many cases each has."""
        return self._past.today.load

    @property
    def cooling(self) -> dict[int, datetime]:
        """Until when whoever stepped out of a case is left alone."""
        return self._past.today.cooling

    def occupied(self, person: Person) -> Occupied | None:
        """Say why somebody who is available is still not asked for anything; None if they are free."""
        if self.availability[person.id].state is not AvailabilityState.AVAILABLE:
            return None
        cooling = self.cooling.get(person.id)
        if cooling is not None and cooling > self.now:
            return Occupied(why=N_("Cooling off"), until=cooling, told=partial(told.you_cool_off, cooling))
        if (engaged := self._engaged(person)) is not None:
            return engaged
        if _is_spared(person, self.now) or (person.is_agent and self.load[person.id] >= person.capacity):
            return Occupied(why=N_("Has enough"), until=None, told=partial(self._you_have, person))
        return None

    def _engaged(self, person: Person) -> Occupied | None:
        """Say what somebody looks after that cannot wait."""
        if person.id in self._past.today.handing_over:
            return Occupied(why=N_("Hands a case over"), until=None, told=told.you_hand_over)
        if person.id in self._past.on_hold:
            return Occupied(why=N_("Has a customer on hold"), until=None, told=told.you_have_them_on_hold)
        return self._work.engaged.get(person.id)

    def _you_have(self, person: Person) -> Text:
        held = select(Handoff).where(Handoff.taker_id == person.id, Handoff.state == HandoffState.TAKEN)
        cases = facts_of_all(self._session.scalars(held.order_by(Handoff.taken_at)).all(), self._work)
        return told.you_have(list(cases.values()))

    def free(self) -> list[Person]:
        """List everybody who is there and not occupied, by name."""
        there = [one for one in self.people.values() if one.is_agent or one.is_supervisor]
        return [
            one
            for one in there
            if self.availability[one.id].state is AvailabilityState.AVAILABLE and self.occupied(one) is None
        ]

    def candidates(self, handoff: Handoff, offers: Mapping[int, Offer]) -> list[Candidate]:
        """See everybody with the eyes of one handoff."""
        had, recused = self._past.had(handoff), self._past.recused(handoff)
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
                "said_no_lately": person.id in self._past.said_no_lately,
                "load": self.load[person.id],
                "capacity": person.capacity,
                "heated_today": self._past.today.heated[person.id],
                "last_heated_at": self._past.last_heated_at.get(person.id),
                "cooling_until": self.cooling.get(person.id),
                "handing_over": person.id in self._past.today.handing_over,
                "on_hold": person.id in self._past.on_hold,
                "engaged": person.id in self._work.engaged,
                "spared": _is_spared(person, self.now),
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
            self._past.today.freed_at.get(person.id),
            person.spared_until,
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
        moments += [one.spared_until for one in self.people.values() if one.spared_until is not None]
        return min((moment for moment in [*moments, *self.cooling.values()] if moment > self.now), default=None)


def _is_spared(person: Person, now: datetime) -> bool:
    return person.spared_until is not None and person.spared_until > now


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
