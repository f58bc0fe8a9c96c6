"""Causes: what this domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.causes.due import AGAIN_AFTER, act_on_due, hear_of_reviews
from bot.causes.kept import kept
from bot.causes.model import Review
from bot.causes.review.telling import REVIEW_OUTCOME
from bot.causes.typed import PHRASES
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import ClockTask, Domain

if TYPE_CHECKING:
    from bot.work.retention import Retention


def domain(retention: Retention) -> Domain:
    """Bring causes to the program."""
    return Domain(
        use_cases=use_cases_of(__name__),
        phrases=PHRASES,
        clock=(ClockTask(name="reviews", model=Review, act=act_on_due, again_after=AGAIN_AFTER),),
        outcomes={REVIEW_OUTCOME: hear_of_reviews},
        erase_old=eraser_of(__name__, retention),
        kept=partial(kept, retention=retention),
    )
