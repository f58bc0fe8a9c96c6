"""Handoffs and holds: what this domain brings to the program."""

from __future__ import annotations

from functools import partial

from bot.handoffs import commands
from bot.handoffs.access import hinders
from bot.handoffs.due import AGAIN_AFTER, act_on_due
from bot.handoffs.facts import PlaybooksUsed
from bot.handoffs.holding import HOLD_OUTCOME, hear_of_cards, hold_customer, tell_about_holds
from bot.handoffs.kept import kept
from bot.handoffs.model import OPEN, Handoff, Hold
from bot.handoffs.recusing import recuse
from bot.handoffs.search.hearing import LAST_OUTCOME, hear_of_calls, hear_of_last_calls, hear_of_offers
from bot.handoffs.search.searching import CALL_OUTCOME, OFFER_OUTCOME
from bot.handoffs.showing import handoffs_on_board, handoffs_on_home, holds_on_board, occupied
from bot.handoffs.takeover.asking import questions
from bot.handoffs.takeover.departing import hear_of_given, look_after_cases
from bot.handoffs.takeover.taking import GIVEN_OUTCOME
from bot.handoffs.typed import PHRASES
from bot.work.collecting import eraser_of, use_cases_of
from bot.work.domain import ClockTask, Domain
from bot.work.retention import Retention

IS_OPEN, RUNS = Handoff.state.in_(OPEN), Hold.ended_at.is_(None)


def domain(playbooks_used: PlaybooksUsed, retention: Retention) -> Domain:
    """Bring handoffs and holds to the program."""
    return Domain(
        hinders=hinders,
        use_cases=use_cases_of(
            __name__,
            {
                commands.StartHold: hold_customer,
                commands.Recuse: partial(recuse, playbooks_used=playbooks_used),
            },
        ),
        private=True,
        urgent=True,
        phrases=PHRASES,
        clock=(
            ClockTask(
                name="handoffs",
                model=Handoff,
                act=act_on_due,
                has_next=IS_OPEN,
                again_after=AGAIN_AFTER,
            ),
            ClockTask(
                name="holds",
                model=Hold,
                act=tell_about_holds,
                has_next=RUNS,
                again_after=AGAIN_AFTER,
            ),
        ),
        outcomes={
            HOLD_OUTCOME: hear_of_cards,
            OFFER_OUTCOME: hear_of_offers,
            CALL_OUTCOME: hear_of_calls,
            LAST_OUTCOME: hear_of_last_calls,
            GIVEN_OUTCOME: hear_of_given,
        },
        board=(handoffs_on_board, holds_on_board),
        home=(handoffs_on_home,),
        home_rank=10,
        occupied=occupied,
        questions=questions,
        team_changed=look_after_cases,
        erase_old=eraser_of(__name__, retention),
        kept=partial(kept, retention=retention),
    )
