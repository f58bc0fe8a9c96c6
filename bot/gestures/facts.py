"""The facts of a grant: what was given, by whom, decided by whom; loaded when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, false, func, literal, or_, select

from bot.directory.model import Person
from bot.gestures.limits import NOTHING, Used, Verdict, judge
from bot.gestures.model import AskState, Gesture, GestureSettings, Grant, GrantAsk, GrantState
from bot.handoffs.search.past import midnight_of
from bot.say.language import _, reader
from bot.typing.amounts import Money, manners_of, written
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


CUSTOMER_WINDOW = timedelta(days=90)  # how far back the limit of one customer looks


def locale_of(work: Work) -> str:
    """Say how amounts are written: as the organisation has chosen, or else as the reader's language does."""
    found = work.settings(GestureSettings)
    return found.locale if found is not None else reader()


def place_of(work: Work) -> str:
    """Say whose amounts they are: of the place that was chosen, or else of the time zone."""
    found = work.settings(GestureSettings)
    return found.locale if found is not None else manners_of(work.organisation.time_zone)


@dataclass
class GrantFacts:
    """One grant with everybody in it."""

    grant: Grant
    work: Work
    _people: dict[int, Person] = field(default_factory=dict)

    @cached_property
    def gesture(self) -> Gesture:
        """What it gives."""
        return self.work.session.get_one(Gesture, self.grant.gesture_id)

    @cached_property
    def requester(self) -> Person:
        """Who gives it."""
        return self.work.session.get_one(Person, self.grant.requester_id)

    @cached_property
    def decider(self) -> Person | None:
        """Who decided about it; nobody within limits."""
        decided_by = self.grant.decided_by_id
        return self.work.session.get_one(Person, decided_by) if decided_by is not None else None

    @property
    def locale(self) -> str:
        """How amounts are written for whoever reads them."""
        return locale_of(self.work)

    @property
    def amount(self) -> str:
        """Write how much it is."""
        return self.write(self.grant.amount)

    def write(self, amount: Decimal) -> str:
        """Write an amount in its currency."""
        return written(Money(amount, self.grant.currency), self.locale)

    @cached_property
    def asks(self) -> dict[int, GrantAsk]:
        """Whom it was brought before, by person."""
        asked = (
            select(GrantAsk, Person)
            .join(Person, Person.id == GrantAsk.person_id)
            .where(GrantAsk.grant_id == self.grant.id)
            .order_by(GrantAsk.id)
        )
        found = [(ask, person) for ask, person in self.work.session.execute(asked)]
        self._people = {person.id: person for _ask, person in found}
        return {ask.person_id: ask for ask, _person in found}

    def person(self, person_id: int) -> Person:
        """Find somebody who was asked."""
        return self._people[person_id]

    def know(self, person: Person) -> None:
        """Keep somebody who is asked now."""
        self._people[person.id] = person

    def asked(self) -> list[Person]:
        """List who may still answer."""
        return [
            self.person(one.person_id)
            for one in self.asks.values()
            if one.state == AskState.ASKED and not one.undelivered
        ]

    @cached_property
    def used(self) -> dict[int, Used]:
        """Add up what counts against the limits of whoever gives it, for each gesture of the catalogue."""
        return used_of_each(self.grant, self.work)

    @property
    def verdict(self) -> Verdict:
        """Judge it by the limits of whoever gives it."""
        return judge(self.grant.amount, self.gesture.limits, self.used.get(self.gesture.id, Used()))

    @property
    def may_be_given(self) -> list[tuple[Gesture, Decimal]]:
        """List what may be given alone in this case instead, and how much of it."""
        lefts = [(one, judge(NOTHING, one.limits, self.used.get(one.id, Used())).left) for one in catalogue(self.work)]
        return [(one, left) for one, left in lefts if left > 0]


def find_grant(grant_id: int, work: Work) -> GrantFacts:
    """Lock a grant of the actor's organisation, and give its facts."""
    return GrantFacts(work.find(Grant, grant_id, _("This gesture")), work)


def catalogue(work: Work, *, retired: bool = False) -> Sequence[Gesture]:
    """List what may be given; those retired only when asked for."""
    rows = work.session.scalars(
        select(Gesture).where(Gesture.organisation_id == work.actor.organisation_id).order_by(Gesture.id)
    ).all()
    return [one for one in rows if retired or one.retired_at is None]


def used_of_each(grant: Grant, work: Work) -> dict[int, Used]:
    """Add up what was granted for a case, to its customer lately, and by one person alone today; by gesture."""
    customer, since = grant.customer_hash, work.now - CUSTOMER_WINDOW
    same_case = Grant.case_hash == grant.case_hash
    same_customer = and_(Grant.customer_hash == customer, Grant.granted_at >= since) if customer else false()
    alone_today = and_(
        Grant.requester_id == grant.requester_id,
        Grant.decided_by_id.is_(None),
        Grant.granted_at >= midnight_of(work.organisation, work.now),
    )
    sums = (
        func.sum(case((which, Grant.amount), else_=literal(NOTHING, Grant.amount.type)))
        for which in (same_case, alone_today, same_customer)
    )
    found = work.session.execute(
        select(Grant.gesture_id, *sums)
        .where(
            Grant.organisation_id == grant.organisation_id,
            Grant.state == GrantState.GRANTED,
            or_(same_case, same_customer, alone_today),
        )
        .group_by(Grant.gesture_id)
    )
    return {
        gesture: Used(case=by_case, day=by_day, customer=by_customer) for gesture, by_case, by_day, by_customer in found
    }
