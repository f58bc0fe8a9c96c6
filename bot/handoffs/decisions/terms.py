"""How everybody is asked whom a step of the ladder asks, and why they are: pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.handoffs.decisions.candidate import Candidate
from bot.handoffs.decisions.ladder import Search, Step
from bot.handoffs.decisions.rungs import Rung

if TYPE_CHECKING:
    from collections.abc import Sequence


class Because(enum.StrEnum):
    """Why somebody is asked."""

    WISHED = "wished"  # the requester named them
    SKILL = "skill"  # knows what the case is about
    FEWEST_TODAY = "fewest_today"  # had the fewest heated cases today
    LONGEST_SINCE = "longest_since"  # had none for the longest time
    FREE = "free"  # everybody free is asked
    SUPERVISOR = "supervisor"
    URGENT = "urgent"  # supervisors are called at once when somebody is threatened


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How one person is asked."""

    person_id: int
    rung: Rung
    because: tuple[Because, ...]
    as_supervisor: bool


def terms_of(step: Step, search: Search, candidates: Sequence[Candidate]) -> list[Terms]:
    """Say how everybody is asked whom a step asks."""
    by_id = {one.person_id: one for one in candidates}
    return [_terms(by_id[person_id], step, search, candidates) for person_id in step.ask]


def _terms(candidate: Candidate, step: Step, search: Search, candidates: Sequence[Candidate]) -> Terms:
    called = step.rung in (Rung.SUPERVISORS, Rung.NOBODY) or search.urgent or not candidate.is_agent
    as_supervisor = candidate.is_supervisor and called and candidate.person_id != search.wish
    because = _called(step, search) if as_supervisor else _asked(candidate, step, search, candidates)
    return Terms(person_id=candidate.person_id, rung=step.rung, because=because, as_supervisor=as_supervisor)


def _called(step: Step, search: Search) -> tuple[Because, ...]:
    return (
        (Because.URGENT,)
        if search.urgent and step.rung not in (Rung.SUPERVISORS, Rung.NOBODY)
        else (Because.SUPERVISOR,)
    )


def _asked(candidate: Candidate, step: Step, search: Search, candidates: Sequence[Candidate]) -> tuple[Because, ...]:
    if candidate.person_id == search.wish:
        return (Because.WISHED,)
    others = [one for one in candidates if one.person_id != candidate.person_id and one.is_agent]
    knows = candidate.has_skill and not all(one.has_skill for one in others)
    skill = (Because.SKILL,) if knows else ()
    if step.rung is not Rung.BEST:
        return (*skill, Because.FREE)
    same = any(one.has_skill == candidate.has_skill and one.heated_today <= candidate.heated_today for one in others)
    return (*skill, Because.LONGEST_SINCE if same else Because.FEWEST_TODAY)
