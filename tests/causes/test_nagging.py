"""When a department is reminded, and when whoever opened the review hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.causes.decisions.nagging import Move, Plan, Timing, answer_by, plan
from bot.causes.model import ReviewState

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ASKED = Timing(ReviewState.ASKED, BEGAN, BEGAN + 8 * DAY, BEGAN, None, None)

TABLE = [
    # what it looks like, days since it was opened, what is done, days until it is looked at again
    (ASKED, 1, None, 3),
    (ASKED, 4, Move.REMIND, 3),
    (replace(ASKED, said_at=BEGAN + 4 * DAY), 5, None, 2),
    (replace(ASKED, said_at=BEGAN + 4 * DAY), 7, Move.REMIND, 1),
    (replace(ASKED, said_at=BEGAN + 7 * DAY), 8, Move.ESCALATE, 7),
    (ASKED, 30, Move.ESCALATE, 7),
    (replace(ASKED, escalated_at=BEGAN + 8 * DAY), 9, None, 6),
    (replace(ASKED, escalated_at=BEGAN + 8 * DAY), 15, Move.ESCALATE, 7),
    (replace(ASKED, answer_by=BEGAN + 2 * DAY), 1, Move.REMIND, 1),
    (replace(ASKED, answer_by=BEGAN + DAY / 2), 0, None, 0.5),
    (replace(ASKED, state=ReviewState.ANSWERED), 13, None, 1),
    (replace(ASKED, state=ReviewState.ANSWERED), 14, Move.ASK_FOR_CHANGE, 14),
    (replace(ASKED, state=ReviewState.TESTING, changed_at=BEGAN - 3 * DAY), 1, None, 27),
    (replace(ASKED, state=ReviewState.TESTING, changed_at=BEGAN + 7 * DAY), 28, None, 7),
    (replace(ASKED, state=ReviewState.TESTING, changed_at=BEGAN + 7 * DAY), 35, Move.COMPARE, 28),
    (replace(ASKED, state=ReviewState.CLOSED), 100, None, None),
]


@pytest.mark.parametrize(("review", "days", "move", "again"), TABLE)
def test_what_is_due(review: Timing, days: float, move: Move | None, again: float | None) -> None:
    """Each time once, and after a standstill one thing only; it is never left without a next look while it goes on."""
    now = BEGAN + days * DAY

    assert plan(review, now) == Plan(move, now + again * DAY if again is not None else None)


def test_an_answer_is_wanted_until_the_end_of_a_working_day_there() -> None:
    """Also where the clock changes in between."""
    new_york = ZoneInfo("America/New_York")
    by = answer_by(datetime(2026, 10, 30, 12, tzinfo=UTC), 3, new_york)

    assert by == datetime(2026, 11, 2, 17, tzinfo=new_york)
    assert by.astimezone(UTC).hour == 22
