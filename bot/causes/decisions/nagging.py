"""When a department is reminded, when whoever opened the review hears of it, when a change is looked at again: pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.causes.model import ReviewState

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

CLOSES_AT = time(17)  # of the day until which an answer is wanted, where the organisation works
LONG = timedelta(days=5)  # who has so long to answer is reminded half-way too
LAST_CALL = timedelta(days=1)
AGAIN = timedelta(days=7)  # after the date, whoever opened it hears so each week
CHANGED_YET = timedelta(days=14)  # after an answer, whoever opened it is asked what was changed
LOOK_AGAIN = timedelta(days=28)  # at before and after


class Move(enum.Enum):
    """What the clock does about a review."""

    REMIND = "remind"  # the department
    ESCALATE = "escalate"  # no answer came in time
    ASK_FOR_CHANGE = "ask for change"  # there is an answer, and nothing was changed yet
    COMPARE = "compare"  # before and after


@dataclass(frozen=True, slots=True)
class Timing:
    """A review as the clock sees it."""

    state: str
    opened_at: datetime
    answer_by: datetime
    said_at: datetime  # when somebody was last told or asked about it
    escalated_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now, and when to look again."""

    move: Move | None
    next_at: datetime | None


def answer_by(opened_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Say until when an answer is wanted: the end of a working day, where the organisation works."""
    day = opened_at.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, CLOSES_AT, zone)


def plan(review: Timing, now: datetime) -> Plan:
    """Decide what is due; after a standstill it is one thing, never all that was missed."""
    match review.state:
        case ReviewState.ASKED:
            return _asked(review, now)
        case ReviewState.ANSWERED:
            return _each(Move.ASK_FOR_CHANGE, review.said_at + CHANGED_YET, CHANGED_YET, now)
        case ReviewState.TESTING if review.changed_at is not None:
            first = review.changed_at + LOOK_AGAIN
            return _each(Move.COMPARE, max(first, review.said_at + LOOK_AGAIN), LOOK_AGAIN, now)
        case _:
            return Plan(None, None)


def _asked(review: Timing, now: datetime) -> Plan:
    if now >= review.answer_by:
        told = review.escalated_at
        return _each(Move.ESCALATE, review.answer_by if told is None else told + AGAIN, AGAIN, now)
    times = _reminders(review)
    due = any(review.said_at < at <= now for at in times)
    return Plan(Move.REMIND if due else None, min(at for at in (*times, review.answer_by) if at > now))


def _reminders(review: Timing) -> list[datetime]:
    term = review.answer_by - review.opened_at
    half = [review.opened_at + term / 2] if term >= LONG else []
    return [*half, review.answer_by - LAST_CALL] if term > LAST_CALL else half


def _each(move: Move, at: datetime, every: timedelta, now: datetime) -> Plan:
    return Plan(move, now + every) if at <= now else Plan(None, at)
