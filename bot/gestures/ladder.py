"""Whom to ask about a gesture, in which order: the ladder of handoffs, walked by supervisors alone. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.handoffs.decisions.ladder import Search, Step, next_step
from bot.handoffs.decisions.rungs import Rung, Times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.handoffs.decisions.candidate import Candidate

CALLED_AGAIN = 1  # times all of them are called once more: a gesture is less urgent than a case
ROUNDS = 2  # of the last rung, before the requester is told that nobody answers


def next_ask(search: Search, supervisors: Sequence[Candidate], times: Times, now: datetime) -> Step | None:
    """Decide whom to ask now: the best, then all of them, then all again; None: nobody answers any more."""
    step = next_step(search, supervisors, replace(times, supervisors_again=CALLED_AGAIN), now)
    if step.rung is not Rung.NOBODY or not step.begins:
        return step
    nobody_left = all(one.declined or one.had_case for one in supervisors)
    return None if nobody_left or step.rounds > ROUNDS else step
