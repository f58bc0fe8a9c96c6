"""A month in the life of a team: heated cases come at random, and somebody takes each."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.handoffs.decisions.candidate import Candidate, ranked

if TYPE_CHECKING:
    import random

    from bot.handoffs.decisions.rungs import Times

TEAM = tuple(range(1, 11))
DAYS = 30
OPENING, CLOSING = timedelta(hours=8), timedelta(hours=18)
SAYS_NO = 0.2  # the share of offers that are declined
START = datetime(2026, 11, 1, tzinfo=UTC)


def play_month(way: str, dice: random.Random, times: Times) -> Counter[int]:
    """Count the cases each person took; everybody works the same hours, and half a team is away at lunch."""
    taken: Counter[int] = Counter(dict.fromkeys(TEAM, 0))
    last: dict[int, datetime] = {}
    rests: dict[int, datetime] = {}
    busy: dict[int, datetime] = {}
    turns = itertools.cycle(TEAM)
    for day in range(DAYS):
        today: Counter[int] = Counter()
        now = START + timedelta(days=day) + OPENING
        while (now := now + timedelta(minutes=dice.expovariate(1 / 12))) < START + timedelta(days=day) + CLOSING:
            lunch = TEAM[:5] if now.hour == 12 else TEAM[5:] if now.hour == 13 else ()
            requester = dice.choice(TEAM)
            rests[requester] = now + times.cooling
            able = [
                one
                for one in TEAM
                if one not in (*lunch, requester) and rests.get(one, now) <= now and busy.get(one, now) <= now
            ]
            willing = [one for one in able if dice.random() > SAYS_NO]
            taker = _choose(way, willing, dice, today=today, last=last, turns=turns)
            if taker is None:
                continue
            taken[taker] += 1
            today[taker] += 1
            last[taker] = now
            busy[taker] = now + timedelta(minutes=dice.uniform(10, 60))
    return taken


def _choose(  # what one needs to know differs from way to way
    way: str,
    willing: list[int],
    dice: random.Random,
    *,
    today: Counter[int],
    last: dict[int, datetime],
    turns: itertools.cycle[int],
) -> int | None:
    if not willing:
        return None
    if way == "random":
        return dice.choice(willing)
    if way == "round robin":
        return next(one for one in turns if one in willing)
    candidates = [Candidate(person_id=one, heated_today=today[one], last_heated_at=last.get(one)) for one in willing]
    return ranked(candidates)[0].person_id
