"""What becomes of a case that somebody has: pure.

It is asked about after two hours, and closed at the end of the shift. A call that was promised for a time is asked
about then, and is somebody else's a little later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

ASK_AFTER = timedelta(hours=2)
LATE_AFTER = timedelta(minutes=15)  # a call that was promised goes on to somebody else
CLOSE_AFTER = timedelta(hours=12)  # without a word, where no shift ends
BEFORE_THE_END = timedelta(minutes=15)  # of a shift: then whoever has a case is asked to hand it on
LEFT_AFTER = timedelta(minutes=5)  # of a break, supervisors hear of a case that nobody looks after meanwhile
SHORT_BREAK = timedelta(minutes=15)  # one that is over by then is nobody else's matter


@dataclass(frozen=True, kw_only=True)
class Care:
    """What to do about it now, and when to look again."""

    deed: Literal["wait", "ask", "close", "late", "leaves", "left"]
    next_due_at: datetime | None  # None once it is closed
    shift_over: bool = False  # why it is closed, if not for silence


def care_for(*, answered_at: datetime, asked_at: datetime | None, ends_at: datetime | None, now: datetime) -> Care:
    """Decide about a case somebody has, from their last sign of life, our last question and the end of their shift."""
    in_shift = ends_at is not None and ends_at > answered_at
    end = ends_at if ends_at is not None and in_shift else answered_at + CLOSE_AFTER
    if now >= end:
        return Care(deed="close", next_due_at=None, shift_over=in_shift)
    leaves_at = end - BEFORE_THE_END
    if in_shift and max(answered_at, asked_at or answered_at) < leaves_at:
        if now >= leaves_at:
            return Care(deed="leaves", next_due_at=end, shift_over=True)
        end = leaves_at
    ask_at = max(answered_at, asked_at or answered_at) + ASK_AFTER
    if now >= ask_at:
        return Care(deed="ask", next_due_at=min(end, now + ASK_AFTER))
    return Care(deed="wait", next_due_at=min(end, ask_at))


def call_for(
    *, call_at: datetime, answered_at: datetime, asked_at: datetime | None, there: bool, now: datetime
) -> Care | None:
    """Decide about a call that was promised; None once its time is over and whoever decides knows of it."""
    if now < call_at:
        return Care(deed="wait", next_due_at=call_at)
    late_at = max(call_at, answered_at) + LATE_AFTER if there else call_at
    if asked_at is not None and asked_at >= late_at:
        return None
    if now >= late_at:
        return Care(deed="late", next_due_at=None)
    asked = answered_at >= call_at or (asked_at is not None and asked_at >= call_at)
    return Care(deed="wait" if asked else "ask", next_due_at=late_at)


def break_for(
    *, since: datetime, until: datetime | None, answered_at: datetime, asked_at: datetime | None, now: datetime
) -> Care | None:
    """Decide about a case whose holder is on a break; None once they keep it, or whoever decides knows of it."""
    left_at = since + LEFT_AFTER
    if answered_at > since or (asked_at is not None and asked_at >= left_at):
        return None
    if asked_at is None or asked_at < since:
        return Care(deed="leaves", next_due_at=max(left_at, now))
    if is_short(since, until):
        return None
    return Care(deed="left", next_due_at=None) if now >= left_at else Care(deed="wait", next_due_at=left_at)


def is_short(since: datetime, until: datetime | None) -> bool:
    """Say whether a break is over before anybody else has to look after a case."""
    return until is not None and until <= since + SHORT_BREAK
