"""Gestures: what this domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.gestures.due import AGAIN_AFTER, act_on_due
from bot.gestures.kept import kept
from bot.gestures.model import Grant, GrantState
from bot.gestures.searching import ASK_OUTCOME, hear_of_asks
from bot.gestures.typed import PHRASES
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import ClockTask, Domain

if TYPE_CHECKING:
    from bot.work.retention import Retention


IS_ASKED = Grant.state == GrantState.ASKED


def domain(retention: Retention) -> Domain:
    """Bring gestures to the program."""
    return Domain(
        use_cases=use_cases_of(__name__),
        phrases=PHRASES,
        clock=(
            ClockTask(
                name="grants",
                model=Grant,
                act=act_on_due,
                has_next=IS_ASKED,
                again_after=AGAIN_AFTER,
            ),
        ),
        outcomes={ASK_OUTCOME: hear_of_asks},
        erase_old=eraser_of(__name__, retention),
        kept=partial(kept, retention=retention),
    )
