"""The facts of a case: one handoff with everybody in it, loaded when first asked for, together for all of a batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import or_, select

from bot.directory.model import Organisation, Person
from bot.handoffs.cases import same_case
from bot.handoffs.decisions.candidate import Exclusion
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.model import Handoff, HandoffState, Hold, Offer, OfferState
from bot.handoffs.search.barring import barred
from bot.say.language import _
from bot.say.messages import Link, Text
from bot.work.work import Work

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


COLLEAGUES = (Rung.WISH, Rung.BEST, Rung.EVERYBODY)  # rungs that come before the supervisors
PlaybooksUsed = Callable[["Work", int], list[str]]


class _Batch:
    """What the facts of several cases are loaded from: what one asks for is loaded for all of them."""

    def __init__(self, handoffs: Sequence[Handoff], work: Work, known: Iterable[Person]) -> None:
        self.handoffs = handoffs
        self._stored = [handoff for handoff in handoffs if handoff.id is not None]
        self.work = work
        self.organisation = work.organisation
        self._session = work.session
        self._people = {person.id: person for person in known}
        self._holds: dict[int, Hold | None] = {}  # by person

    @cached_property
    def offers(self) -> dict[int, dict[int, Offer]]:
        """Load every offer with whom it was made to, by handoff and person."""
        found: dict[int, dict[int, Offer]] = defaultdict(dict)
        ids = [handoff.id for handoff in self._stored]
        if not ids:
            return found  # it has only just begun
        made = select(Offer).where(Offer.handoff_id.in_(ids)).order_by(Offer.id)
        if self._people:  # of most of them we know who they are
            for offer in self._session.scalars(made):
                found[offer.handoff_id][offer.person_id] = offer
            return found
        for offer, person in self._session.execute(made.add_columns(Person).join(Person, Person.id == Offer.person_id)):
            found[offer.handoff_id][offer.person_id] = offer
            self._people[person.id] = person
        return found

    def hold(self, requester_id: int) -> Hold | None:
        """Find the hold that runs for a requester; those of all requesters are loaded together."""
        if requester_id not in self._holds:
            requesters = {handoff.requester_id for handoff in self.handoffs} - self._holds.keys()
            running = select(Hold).where(Hold.person_id.in_(requesters), Hold.ended_at.is_(None))
            self._holds |= dict.fromkeys(requesters) | {hold.person_id: hold for hold in self._session.scalars(running)}
        return self._holds[requester_id]

    def know(self, person: Person) -> None:
        """Keep somebody who was loaded for another reason."""
        self._people[person.id] = person

    def person(self, person_id: int) -> Person:
        """Find somebody in one of these cases; everybody in them is loaded together, with the holds they keep."""
        if person_id not in self._people:
            missing = self._everybody() - self._people.keys() | {person_id}
            running = (Hold.person_id == Person.id) & Hold.ended_at.is_(None)
            held = select(Person, Hold).outerjoin(Hold, running).where(Person.id.in_(missing))
            for person, hold in self._session.execute(held):
                self._people[person.id], self._holds[person.id] = person, hold
        return self._people[person_id]

    def _everybody(self) -> set[int]:
        """Name whoever has a part in these cases, as far as it is known by now who was asked."""
        found = {
            person_id
            for one in self.handoffs
            for person_id in (one.requester_id, one.started_by_id, one.taker_id, one.wish_id)
            if person_id is not None
        }
        asked = self.__dict__.get("offers", {})  # what nobody has asked for yet is not loaded for this
        return found.union(*asked.values())


class CaseFacts:
    """One handoff with everybody in it; nothing is loaded before it is asked for, and nothing twice."""

    def __init__(self, handoff: Handoff, batch: _Batch) -> None:
        self.handoff = handoff
        self._batch = batch

    @property
    def organisation(self) -> Organisation:
        """Whose case it is."""
        return self._batch.organisation

    @property
    def now(self) -> datetime:
        """The moment of all of this."""
        return self._batch.work.now

    @property
    def offers(self) -> dict[int, Offer]:
        """Whom it was offered to, by person."""
        return self._batch.offers[self.handoff.id]

    @property
    def hold(self) -> Hold | None:
        """The hold of the requester, if one runs."""
        return self._batch.hold(self.handoff.requester_id)

    def person(self, person_id: int) -> Person:
        """Find somebody who has a part in it."""
        return self._batch.person(person_id)

    def know(self, person: Person) -> None:
        """Keep somebody who was loaded for another reason."""
        self._batch.know(person)

    @property
    def everybody(self) -> set[int]:
        """Name whoever reads how it goes on."""
        handoff = self.handoff
        found = {handoff.requester_id, handoff.started_by_id, *self.offers}
        return found | {handoff.taker_id} if handoff.taker_id is not None else found

    @property
    def requester(self) -> Person:
        """Who has to get out of the case."""
        return self.person(self.handoff.requester_id)

    @property
    def is_left(self) -> bool:
        """Say whether whoever stepped out went before anybody took it: nobody is with the customer."""
        requester, handoff = self.requester, self.handoff
        if requester.on_team:
            return False
        gone_at = max((at for at in (requester.left_at, requester.removed_at) if at is not None), default=self.now)
        taken = handoff.state == HandoffState.TAKEN and handoff.taken_at is not None and handoff.taken_at >= gone_at
        return handoff.state == HandoffState.SEARCHING or taken

    @property
    def taker(self) -> Person | None:
        """Who took it over."""
        return self.person(self.handoff.taker_id) if self.handoff.taker_id else None

    @property
    def holder(self) -> Person | None:
        """Who would lose it if somebody else got it now: nobody while somebody is searched for."""
        handoff = self.handoff
        held = handoff.state in (HandoffState.TAKEN, HandoffState.CALLBACK)
        return self.person(handoff.holder_id) if held and handoff.holder_id else None

    @property
    def wish(self) -> Person | None:
        """Whom the requester named."""
        return self.person(self.handoff.wish_id) if self.handoff.wish_id else None

    def bars(self, person: Person) -> Exclusion | None:
        """Say why somebody must not have this case, whoever wants it."""
        return barred(person.id, self.handoff, self._batch.work)

    @property
    def rung(self) -> Rung | None:
        """How far the search has come."""
        return Rung(self.handoff.rung) if self.handoff.rung else None

    @property
    def waiting_since(self) -> datetime:
        """Since when the customer waits, as far as we know."""
        return min(self.hold.started_at, self.handoff.started_at) if self.hold else self.handoff.started_at

    @property
    def taken_at(self) -> datetime:
        """When it was taken over; for a handoff nobody took, when it began."""
        return self.handoff.taken_at or self.handoff.started_at

    @property
    def call_is_late(self) -> bool:
        """Say whether the time is over by which the customer was promised a call."""
        return self.handoff.call_at is not None and self.handoff.call_at <= self.now

    @property
    def call_is_due(self) -> bool:
        """Say whether that time has come for whoever has the case; who took it later does not owe it to the minute."""
        taken_at = self.handoff.taken_at
        return self.call_is_late and (taken_at is None or taken_at < (self.handoff.call_at or taken_at))

    @property
    def calls_again_at(self) -> datetime | None:
        """When somebody is asked again; None while nobody can be."""
        return self.handoff.calls_again_at

    def asked(self, *rungs: Rung) -> list[Person]:
        """List who may still answer an offer of these rungs."""
        return [
            self.person(offer.person_id)
            for offer in self.offers.values()
            if offer.rung in rungs and offer.state == OfferState.ASKED and not offer.undelivered
        ]

    def called(self) -> list[Person]:
        """List the supervisors who were called and may still answer; colleagues asked beside them are none."""
        return [person for person in self.asked(Rung.SUPERVISORS) if self.offers[person.id].as_supervisor]

    def alarmed(self) -> list[Person]:
        """List the supervisors who may still answer, on whatever rung they were called."""
        return [person for person in self.asked(*Rung) if self.offers[person.id].as_supervisor]

    def unreached(self) -> list[Person]:
        """List whom an offer did not reach, of those who are still on the team."""
        missed = [self.person(offer.person_id) for offer in self.offers.values() if offer.undelivered]
        return [person for person in missed if person.on_team]

    @property
    def was_tried(self) -> bool:
        """Say whether colleagues were asked before supervisors were called, and nobody has taken it."""
        offers = [one for one in self.offers.values() if one.state != OfferState.OVER]  # of a search before this one
        tried = any(not one.as_supervisor and (one.asks > 1 or Rung(one.rung) in COLLEAGUES) for one in offers)
        return tried and all(one.state != OfferState.TOOK for one in offers)

    @cached_property
    def before(self) -> Handoff | None:
        """The last handoff of this case whose requester said why; the reason stays with whoever gave it."""
        handoff = self.handoff
        if handoff.chain_id is None:
            return None
        return self._batch.work.session.scalar(
            select(Handoff)
            .where(
                or_(Handoff.id == handoff.chain_id, Handoff.chain_id == handoff.chain_id),
                Handoff.id != handoff.id,
                Handoff.reason_text.is_not(None),
            )
            .order_by(Handoff.id.desc())
            .limit(1)
        )

    def case(self) -> Text:
        """Write the case, as a link where the organisation has one."""
        case = self.handoff.case or ""
        if case and self.organisation.case_url:
            return (Link(words=case, url=self.organisation.case_url.replace("{case}", quote(case, safe=""))),)
        return (case,) if case else ()


def facts_of_all(handoffs: Sequence[Handoff], work: Work, known: Iterable[Person] = ()) -> dict[int, CaseFacts]:
    """Give the facts of each of these handoffs; `known` are people who are loaded already."""
    batch = _Batch(handoffs, work, known)
    return {handoff.id: CaseFacts(handoff, batch) for handoff in handoffs}


def facts_of(handoff: Handoff, work: Work, known: Iterable[Person] = ()) -> CaseFacts:
    """Give the facts of one handoff, which need not be stored yet."""
    return CaseFacts(handoff, _Batch([handoff], work, known))


def find_facts(handoff_id: int | None, work: Work) -> CaseFacts:
    """Lock a handoff of the actor's organisation, and give its facts."""
    return facts_of(work.find(Handoff, handoff_id, _("This handoff")), work)


def look_at(handoff_id: int | None, work: Work) -> CaseFacts:
    """Give the facts of a handoff of the actor's organisation that is only read."""
    return facts_of(work.look(Handoff, handoff_id, _("This handoff")), work)


def running_hold(session: Session, person_id: int | None) -> Hold | None:
    """Find the hold a person has going."""
    return session.scalar(select(Hold).where(Hold.person_id == person_id, Hold.ended_at.is_(None)))


def running_search(person_id: int, work: Work, case: str = "") -> Handoff | None:
    """Find the search for somebody to take over from a person: that of a case, or else the latest."""
    found = all_searches(person_id, work)
    return next((one for one in found if case and same_case(one.case or "", case)), found[0] if found else None)


def all_searches(person_id: int, work: Work) -> Sequence[Handoff]:
    """Find every search for somebody to take over from a person, the latest first."""
    searches = (
        select(Handoff)
        .where(Handoff.requester_id == person_id, Handoff.state == HandoffState.SEARCHING)
        .order_by(Handoff.id.desc())
        .with_for_update()
    )
    return work.session.scalars(searches).all()
