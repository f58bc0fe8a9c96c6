"""The facts of a grant: what was given, by whom, decided by whom; loaded when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, literal, or_, select

from bot.directory.model import Person
from bot.gestures.limits import Used
from bot.gestures.model import Gesture, GestureSettings, Grant, GrantState
from bot.handoffs.past import midnight_of
from bot.say.language import _
from bot.typing.amounts import Money, manners_of, written
from bot.work.work import Work

if TYPE_CHECKING:
    from collections.abc import Sequence


CUSTOMER_WINDOW = timedelta(days=90)  # how far back the limit of one customer looks


def locale_of(work: Work) -> str:
    """Say how the organisation writes amounts."""
    found = work.settings(GestureSettings)
    return found.locale if found is not None else manners_of(work.organisation.time_zone)


@dataclass
class GrantFacts:
    """One grant with everybody in it."""

    grant: Grant
    work: Work

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

    @cached_property
    def locale(self) -> str:
        """How amounts are written here."""
        return locale_of(self.work)

    @property
    def amount(self) -> str:
        """Write how much it is."""
        return self.write(self.grant.amount)

    def write(self, amount: Decimal) -> str:
        """Write an amount in its currency."""
        return written(Money(amount, self.grant.currency), self.locale)

    @cached_property
    def used(self) -> Used:
        """Add up what counts against the limits of whoever gives it."""
        return used(self.gesture, self.grant, self.work)


def find_grant(grant_id: int, work: Work) -> GrantFacts:
    """Lock a grant of the actor's organisation, and give its facts."""
    return GrantFacts(work.find(Grant, grant_id, _("This gesture")), work)


def catalogue(work: Work, *, retired: bool = False) -> Sequence[Gesture]:
    """List what may be given; those retired only when asked for."""
    rows = work.session.scalars(
        select(Gesture).where(Gesture.organisation_id == work.actor.organisation_id).order_by(Gesture.id)
    ).all()
    return [one for one in rows if retired or one.retired_at is None]


def used(gesture: Gesture, grant: Grant, work: Work) -> Used:
    """Add up what was granted of a gesture for this case, to this customer lately, and by this person alone today."""
    same_case = Grant.case_hash == grant.case_hash
    same_customer = and_(Grant.customer_hash == grant.customer_hash, Grant.granted_at >= work.now - CUSTOMER_WINDOW)
    alone_today = and_(
        Grant.requester_id == grant.requester_id,
        Grant.decided_by_id.is_(None),
        Grant.granted_at >= midnight_of(work.organisation, work.now),
    )
    sums = (
        func.sum(case((which, Grant.amount), else_=literal(Decimal(0), Grant.amount.type)))
        for which in (same_case, alone_today, same_customer)
    )
    found = work.session.execute(
        select(*sums).where(
            Grant.gesture_id == gesture.id,
            Grant.state == GrantState.GRANTED,
            or_(same_case, same_customer, alone_today),
        )
    ).one()
    by_case, by_day, by_customer = (amount or Decimal(0) for amount in found)
    return Used(case=by_case, day=by_day, customer=by_customer)
