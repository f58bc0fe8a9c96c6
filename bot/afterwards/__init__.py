"""What comes after an incident: what this domain brings to the program."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.afterwards.caring import care_on_home
from bot.afterwards.chasing import AGAIN_AFTER, NAG_OUTCOME, hear_of_reminders, look_after_follow_ups, mind_follow_ups
from bot.afterwards.kept import kept
from bot.afterwards.listing import follow_ups_on_board, follow_ups_on_home
from bot.afterwards.model import FollowUp
from bot.afterwards.typed import PHRASES
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import ClockTask, Domain

if TYPE_CHECKING:
    from bot.work.retention import Retention


def domain(retention: Retention) -> Domain:
    """Bring what comes after to the program."""
    return Domain(
        use_cases=use_cases_of(__name__),
        phrases=PHRASES,
        clock=(ClockTask(name="follow-ups", model=FollowUp, act=mind_follow_ups, again_after=AGAIN_AFTER),),
        outcomes={NAG_OUTCOME: hear_of_reminders},
        board=(follow_ups_on_board,),
        home=(care_on_home, follow_ups_on_home),
        home_rank=25,
        team_changed=look_after_follow_ups,
        erase_old=eraser_of(__name__, retention),
        kept=partial(kept, retention=retention),
    )
