"""Figures of gestures: what was granted to customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select

from bot.gestures.model import Gesture, Grant, GrantState
from bot.insights.figures.definitions import figure
from bot.insights.values import Share

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from bot.insights.figures.population import Population
    from bot.insights.period import Period


@dataclass(frozen=True, slots=True)
class Given:
    """What was granted of one gesture in one currency."""

    gesture: str
    currency: str
    count: int
    alone: int  # within limits, without asking a supervisor
    amount: Decimal


@figure("Gestures granted")
def gestures_granted(population: Population, period: Period) -> Sequence[Given]:
    """Add up what was granted to customers: how often, how much in all, and how often within limits.

    - Population: gestures that were granted; of a team, those its people gave.
    - Clock: when the gesture was granted.
    - Zone: the days of the period are those of the organisation.
    - Left out: refused ones, unanswered ones, and those taken back since. Currencies are never added together.
    """
    alone = func.sum(case((Grant.decided_by_id.is_(None), 1), else_=0))
    rows = population.session.execute(
        select(Gesture.id, Gesture.name, Grant.currency, func.count(), alone, func.sum(Grant.amount))
        .join(Gesture, Gesture.id == Grant.gesture_id)
        .where(
            *population.within(period, Grant.organisation_id, Grant.requester_id, Grant.granted_at),
            Grant.state == GrantState.GRANTED,
        )
        .group_by(Gesture.id, Gesture.name, Grant.currency)
        .order_by(func.count().desc(), Gesture.id)
    )
    return [Given(name, currency, count, int(by), amount) for _id, name, currency, count, by, amount in rows]


@figure("Gestures within limits")
def given_alone(given: Sequence[Given]) -> Share:
    """Which share of gestures an agent gave alone, within limits.

    - Population, clock, zone, left out: as for gestures granted.
    """
    return Share(sum(one.alone for one in given), sum(one.count for one in given))
