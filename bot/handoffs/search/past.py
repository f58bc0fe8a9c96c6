"""What the team has done with cases so far: loaded together for a transaction, when it is first asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Executable, and_, func, or_, select, union_all

from bot.directory.model import Organisation
from bot.handoffs.decisions.rungs import Rung, Times
from bot.handoffs.model import OPEN, Handoff, HandoffState, HandoffTimes, Hold, Offer, OfferState
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


REMEMBERED = timedelta(days=30)  # how far back "longest since the last one" looks
JUST_NOW = timedelta(minutes=5)  # so long after a no somebody is asked after the others
ALONE = (Rung.WISH, Rung.BEST)  # rungs on which one colleague is waited for


def times_of(work: Work) -> Times:
    """Read how long the organisation lets each rung wait."""
    found = work.settings(HandoffTimes)
    return found.times if found is not None else Times()


def midnight_of(organisation: Organisation, now: datetime) -> datetime:
    """Say when today began where the organisation works."""
    return datetime.combine(now.astimezone(organisation.zone).date(), time(), organisation.zone).astimezone(UTC)


@dataclass
class Today:
    """What today has asked of everybody."""

    load: Counter[int] = field(default_factory=Counter)
    heated: Counter[int] = field(default_factory=Counter)
    freed_at: dict[int, datetime] = field(default_factory=dict)  # when they were last done with a case
    cooling: dict[int, datetime] = field(default_factory=dict)  # until when
    handing_over: set[int] = field(default_factory=set)  # who looks for somebody to take a case of theirs
    recused: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # by customer


@dataclass
class _Before:
    """Who had these cases, however long ago."""

    case: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    chain: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


class Past:
    """What the team has had to do with cases, as far as these handoffs need it."""

    def __init__(self, work: Work, handoffs: Sequence[Handoff]) -> None:
        self._organisation = work.organisation
        self._now = work.now
        self._session = work.session
        self._handoffs = handoffs
        self.times = times_of(work)

    def had(self, handoff: Handoff) -> set[int]:
        """Name everybody who had this case before."""
        before = self._before
        return before.case[handoff.case_hash or ""] | before.chain[handoff.chain] | {handoff.requester_id}

    def recused(self, handoff: Handoff) -> set[int]:
        """Name everybody who stepped away from this customer today."""
        return self.today.recused[handoff.customer_hash or ""]

    @cached_property
    def today(self) -> Today:
        """What today has asked of everybody."""
        organisation, now, found = self._organisation, self._now, Today()
        midnight = midnight_of(organisation, now)
        for row in self._session.execute(_recently(organisation.id, min(midnight, now - self.times.cooling))):
            if row.taker_id is not None and row.taken_at is not None:
                found.load[row.taker_id] += row.state == HandoffState.TAKEN
                found.heated[row.taker_id] += row.heated and row.taken_at >= midnight
                _latest(found.freed_at, row.taker_id, row.ended_at)
            if row.state == HandoffState.SEARCHING:
                found.handing_over.add(row.requester_id)
            if row.state != HandoffState.CANCELLED:
                if row.customer_hash and row.started_at >= midnight:
                    found.recused[row.customer_hash].add(row.requester_id)
                _latest(found.cooling, row.requester_id, row.started_at + self.times.cooling)
        return found

    @cached_property
    def on_hold(self) -> set[int]:
        """Who has a customer on hold: whoever asked them to hold, or who has taken the case over since."""
        taken_since = (
            (Handoff.requester_id == Hold.person_id)
            & (Handoff.state == HandoffState.TAKEN)
            & (Handoff.taken_at >= Hold.started_at)
        )
        talking = (
            select(func.coalesce(Handoff.taker_id, Hold.person_id))
            .select_from(Hold)
            .outerjoin(Handoff, taken_since)
            .where(Hold.organisation_id == self._organisation.id, Hold.ended_at.is_(None))
        )
        return set(self._session.scalars(talking))

    @cached_property
    def last_heated_at(self) -> dict[int, datetime]:
        """When each last took a heated case."""
        last = self._session.execute(
            select(Handoff.taker_id, func.max(Handoff.taken_at))
            .where(
                Handoff.organisation_id == self._organisation.id,
                Handoff.started_at >= self._now - REMEMBERED,
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
        where = (Handoff.organisation_id == self._organisation.id, same)
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

    @property
    def asked_alone(self) -> dict[int, set[int]]:
        """Who has an offer of their own to answer just now, of which cases: nobody gets two if it can be helped."""
        return self._asking[0]

    @property
    def said_no_lately(self) -> set[int]:
        """Who has just said that they cannot: they are asked after the others."""
        return self._asking[1]

    @cached_property
    def _asking(self) -> tuple[dict[int, set[int]], set[int]]:
        """See who is being asked alone, and who has just said no."""
        found: dict[int, set[int]] = defaultdict(set)
        alone = and_(
            Handoff.state == HandoffState.SEARCHING,
            Handoff.rung.in_(ALONE),
            Offer.rung == Handoff.rung,
            Offer.state == OfferState.ASKED,
        )
        declined = (Offer.state == OfferState.DECLINED) & (Offer.asked_at >= self._now - JUST_NOW)
        offers = (
            select(Offer.person_id, Offer.handoff_id, Offer.state)
            .join(Handoff, Handoff.id == Offer.handoff_id)
            .where(Handoff.organisation_id == self._organisation.id)
        )
        asked = self._session.execute(union_all(offers.where(alone), offers.where(declined)))  # each by its own index
        said_no: set[int] = set()
        for person_id, handoff_id, state in asked:
            if state == OfferState.DECLINED:
                said_no.add(person_id)
            else:
                found[person_id].add(handoff_id)
        return found, said_no


def _recently(organisation_id: int, since: datetime) -> Executable:
    recent = or_(Handoff.ended_at >= since, Handoff.state.in_(OPEN))  # whatever began or was taken since is one of them
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
