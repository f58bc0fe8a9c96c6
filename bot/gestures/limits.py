"""What an agent may grant alone: pure. A limit that is not set binds nobody; what is beyond one is for a supervisor."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)


class Bound(enum.StrEnum):
    """What a limit is counted by."""

    CASE = "case"
    DAY = "day"
    CUSTOMER = "customer"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much an agent may grant alone of one gesture."""

    case: Decimal
    day: Decimal | None = None
    customer: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Used:
    """What counts against each limit by now."""

    case: Decimal = NOTHING  # granted for this case, by whomever
    day: Decimal = NOTHING  # granted by this agent alone today
    customer: Decimal = NOTHING  # granted to this customer lately, by whomever


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether an amount can be granted alone; where not, beyond which limits it is."""

    beyond: tuple[Bound, ...]
    left: Decimal  # what may still be granted alone

    @property
    def alone(self) -> bool:
        """Say whether no supervisor is needed."""
        return not self.beyond


def judge(amount: Decimal, limits: Limits, used: Used) -> Verdict:
    """Decide whether an amount can be granted alone."""
    rooms = {
        Bound.CASE: _room(limits.case, used.case),
        Bound.DAY: _room(limits.day, used.day),
        Bound.CUSTOMER: _room(limits.customer, used.customer),
    }
    beyond = tuple(bound for bound, room in rooms.items() if room is not None and amount > room)
    return Verdict(beyond=beyond, left=min(room for room in rooms.values() if room is not None))


def _room(limit: Decimal | None, used: Decimal) -> Decimal | None:
    return None if limit is None else max(NOTHING, limit - used)
