"""The scene of a handoff: everything its cards show, gathered at once for all handoffs of a transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from sqlalchemy import select

from bot.directory.model import Organisation, Person
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.model import Handoff, HandoffState, Hold, Offer, OfferState
from bot.say.language import _
from bot.say.messages import Link, Text

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.work.work import Work

PlaybooksUsed = Callable[["Work", int], list[str]]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One handoff with everybody in it."""

    handoff: Handoff
    offers: dict[int, Offer]  # by person
    people: dict[int, Person]
    hold: Hold | None  # of the requester
    organisation: Organisation
    now: datetime

    @property
    def requester(self) -> Person:
        """Who has to get out of the case."""
        return self.people[self.handoff.requester_id]

    @property
    def taker(self) -> Person | None:
        """Who took it over."""
        return self.people.get(self.handoff.taker_id or 0)

    @property
    def wish(self) -> Person | None:
        """Whom the requester named."""
        return self.people.get(self.handoff.wish_id or 0)

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
    def calls_again_at(self) -> datetime:
        """When the channel is called again."""
        return self.handoff.calls_again_at or self.now

    def asked(self, *rungs: Rung) -> list[Person]:
        """List who may still answer an offer of these rungs."""
        return [
            self.people[offer.person_id]
            for offer in self.offers.values()
            if offer.rung in rungs and offer.state == OfferState.ASKED and not offer.undelivered
        ]

    def case(self) -> Text:
        """Write the case, as a link where the organisation has one."""
        case = self.handoff.case or ""
        if case and self.organisation.case_url:
            return (Link(words=case, url=self.organisation.case_url.replace("{case}", quote(case, safe=""))),)
        return (case,) if case else ()


def scenes_of(
    session: Session,
    organisation: Organisation,
    handoffs: Sequence[Handoff],
    now: datetime,
    known: Mapping[int, Person] | None = None,
) -> dict[int, Scene]:
    """Set the scene of each of these handoffs of one organisation; `known` are people who may be asked."""
    ids = [handoff.id for handoff in handoffs]
    offers: dict[int, dict[int, Offer]] = defaultdict(dict)
    for offer in session.scalars(select(Offer).where(Offer.handoff_id.in_(ids)).order_by(Offer.id)):
        offers[offer.handoff_id][offer.person_id] = offer
    requesters = {handoff.requester_id for handoff in handoffs}
    holds = {
        hold.person_id: hold
        for hold in session.scalars(select(Hold).where(Hold.person_id.in_(requesters), Hold.ended_at.is_(None)))
    }
    people = dict(known or {})
    people |= _people(session, set(_everybody(handoffs, offers.values())) - people.keys())
    return {
        handoff.id: Scene(
            handoff=handoff,
            offers=offers[handoff.id],
            people=people,
            hold=holds.get(handoff.requester_id),
            organisation=organisation,
            now=now,
        )
        for handoff in handoffs
    }


def _everybody(handoffs: Iterable[Handoff], offers: Iterable[dict[int, Offer]]) -> Iterator[int]:
    for handoff in handoffs:
        yield from filter(None, (handoff.requester_id, handoff.started_by_id, handoff.taker_id, handoff.wish_id))
    for asked in offers:
        yield from asked


def _people(session: Session, ids: set[int]) -> dict[int, Person]:
    if not ids:
        return {}
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}


def set_scene(handoff: Handoff, work: Work) -> Scene:
    """Set the scene of one handoff."""
    return scenes_of(work.session, work.organisation, [handoff], work.now)[handoff.id]


def scene_of(handoff_id: int | None, work: Work) -> Scene:
    """Lock a handoff of the actor's organisation and set its scene."""
    return set_scene(work.find(Handoff, handoff_id, _("This handoff")), work)


def running_hold(session: Session, person_id: int | None) -> Hold | None:
    """Find the hold a person has going."""
    return session.scalar(select(Hold).where(Hold.person_id == person_id, Hold.ended_at.is_(None)))


def running_search(person_id: int, work: Work) -> Handoff | None:
    """Find the latest search for somebody to take over from a person."""
    return work.session.scalar(
        select(Handoff)
        .where(Handoff.requester_id == person_id, Handoff.state == HandoffState.SEARCHING)
        .order_by(Handoff.id.desc())
        .limit(1)
        .with_for_update()
    )
