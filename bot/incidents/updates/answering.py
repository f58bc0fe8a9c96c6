"""Answering customers who ask when: with the last word of the incident that is open, and its promise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.incidents.cards import answer
from bot.incidents.facts import facts_of
from bot.incidents.model import Incident, IncidentState
from bot.understanding.outcome import asks_when, is_filler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.say.messages import Part
    from bot.work.work import Work

MOST = 20  # open incidents that are looked at
_WORD = re.compile(r"[^\W\d_]{2,}")
_STEM = 5  # letters: "payments" and "paying" are alike


def news_for(words: str, work: Work) -> tuple[Part, ...]:
    """Find what can be answered to words that ask when; nothing for other words, or while nothing is open."""
    if not work.actor.on_team or not asks_when(words):
        return ()
    live = work.session.scalars(
        select(Incident)
        .where(Incident.organisation_id == work.actor.organisation_id, Incident.state == IncidentState.OPEN)
        .order_by(Incident.promise_at)
        .limit(MOST)
    ).all()
    meant = facts_of(work, _meant(words, live))
    if len(meant) > 1:
        return answer.which(meant)
    return answer.last_word(meant[0]) if meant else ()


def _meant(words: str, live: Sequence[Incident]) -> Sequence[Incident]:
    """Choose those whose titles share most with the words; where none shares any, all of them may be meant."""
    asked = _stems(words)
    shared = {one.id: len(asked & _stems(one.title)) for one in live}
    most = max(shared.values(), default=0)
    return [one for one in live if shared[one.id] == most]


def _stems(words: str) -> frozenset[str]:
    found = (one[0].lower() for one in _WORD.finditer(words))
    return frozenset(one[:_STEM].removesuffix("s") for one in found if not is_filler(one))
