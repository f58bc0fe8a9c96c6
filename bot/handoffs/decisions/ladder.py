"""Whom to ask next, and until when: pure. Ask one, ask all, call the supervisors, say loudly that nobody is left.

Every search always has a next moment: silence is the one thing an agent under attack must not get.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.handoffs.decisions.candidate import Candidate, ranked
from bot.handoffs.decisions.rungs import RUNGS, Rung, Times

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ASKED_AT_ONCE = 10  # more would only make everybody look at everybody else
NO_TIME = timedelta(0)
NO_HOLDS = 3  # loud calls, where somebody else can still be asked; where nobody can, one is enough


@dataclass(frozen=True, kw_only=True)
class Search:
    """Where a search stands."""

    rung: Rung | None = None  # None: nobody was asked yet
    asked_at: datetime  # when this rung last asked
    delivered_at: datetime | None = None  # when the first offer of this rung arrived
    rounds: int = 0  # how often this rung asked
    supervisors_by: datetime  # from then on nothing comes before the supervisors
    wish: int | None = None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """What to do now, and when to look again."""

    rung: Rung
    ask: tuple[int, ...]  # people, best first
    begins: bool  # this rung begins, or asks once more
    rounds: int
    next_due_at: datetime


def next_step(search: Search, candidates: Sequence[Candidate], times: Times, now: datetime) -> Step:
    """Decide what a search needs now."""
    look = _Look(search, candidates, times, now)
    if search.rung is not None:
        due = look.due(search)
        if now < due and look.somebody_may_answer():
            return look.stay(due)
        if search.rung is Rung.NOBODY:
            return look.begin(Rung.NOBODY, look.anybody(), rounds=search.rounds + 1)
        if search.rung is Rung.SUPERVISORS and search.rounds <= times.supervisors_again and look.reached():
            return look.begin(Rung.SUPERVISORS, (*look.supervisors(), *look.colleagues()), rounds=search.rounds + 1)
    return look.climb()


@dataclass(frozen=True)
class _Look:
    """One look at one search."""

    search: Search
    candidates: Sequence[Candidate]
    times: Times
    now: datetime

    def supervisors(self) -> tuple[int, ...]:
        """Everybody who can be called as a supervisor."""
        found = (one for one in self.candidates if one.is_supervisor and one.not_asked(self.now) is None)
        return _ids(ranked(found))

    def reached(self) -> bool:
        """Say whether a supervisor can be called whom the last call did not fail to reach."""
        called = set(self.supervisors())
        return any(one.person_id in called and not one.undelivered for one in self.candidates)

    def colleagues(self) -> tuple[int, ...]:
        """Everybody who can be asked as a colleague and was not yet."""
        found = (one for one in self.candidates if one.unasked and one.not_as_colleague(self.now) is None)
        return _ids(ranked(found))

    def anybody(self) -> tuple[int, ...]:
        """Everybody who can be asked at all, those first who were not yet; a no ends once it was said long ago."""
        asked = (one for one in self.candidates if one.not_as_colleague(self.now) is None)
        found = _unique((*self.supervisors(), *self.colleagues(), *_ids(ranked(asked))))
        return _unique((*found, *self._who_said_no(self.times.nobody * (NO_HOLDS if found else 1))))

    def _who_said_no(self, holds: timedelta) -> tuple[int, ...]:
        """Everybody who can be asked once more, since what they said no to was asked so long ago."""
        return _ids(
            ranked(
                one
                for one in map(_without_no, self.candidates)
                if _is_over(one, holds, self.now) and one.is_free(self.now)
            )
        )

    def somebody_may_answer(self) -> bool:
        """Say whether there is a point in waiting on this rung; a supervisor called in parallel is not waited for."""
        rung = self.search.rung
        return rung is Rung.NOBODY or any(
            one.asked_on is rung
            and not one.undelivered
            and (one.is_supervisor if rung is Rung.SUPERVISORS else not one.as_supervisor)
            and one.not_asked(self.now) is None
            for one in self.candidates
        )

    def stay(self, due: datetime) -> Step:
        """Wait on; whoever has become free since joins in."""
        search = self.search
        assert search.rung is not None  # noqa: S101  somebody was asked
        joining = self._unasked(self._wish())  # named while others were asked already
        if search.rung not in (Rung.WISH, Rung.BEST):
            joining = (*joining, *self.colleagues())
        if search.rung in (Rung.SUPERVISORS, Rung.NOBODY) or search.urgent:
            joining = (*self._new_supervisors(), *joining)
        return Step(rung=search.rung, ask=_unique(joining), begins=False, rounds=search.rounds, next_due_at=due)

    def _new_supervisors(self) -> tuple[int, ...]:
        return self._unasked(self.supervisors())

    def _unasked(self, people: Iterable[int]) -> tuple[int, ...]:
        unasked = {one.person_id for one in self.candidates if one.unasked}
        return tuple(person_id for person_id in people if person_id in unasked)

    def climb(self) -> Step:
        """Go up to the next rung on which somebody can be asked in the time there is."""
        times, left = self.times, self.search.supervisors_by - self.now
        fresh, supervisors = self.colleagues(), self.supervisors()
        called = (*self._unasked(self._wish()), *(self._new_supervisors() if self.search.urgent else ()))
        for rung in self._above():
            # A rung that would have less than half its time before the supervisors' turn is left out.
            if rung is Rung.WISH and left > NO_TIME and (wish := self._wish()):
                return self.begin(rung, (*wish, *called))
            if rung is Rung.BEST and fresh and left >= times.one + times.everybody / 2:
                return self.begin(rung, (fresh[0], *called))
            if rung is Rung.EVERYBODY and fresh and (left >= times.everybody / 2 or not supervisors):
                return self.begin(rung, (*fresh, *called))
            if rung is Rung.SUPERVISORS and supervisors:
                return self.begin(rung, (*supervisors, *fresh))
        return self.begin(Rung.NOBODY, self.anybody())

    def _above(self) -> tuple[Rung, ...]:
        return RUNGS if self.search.rung is None else RUNGS[RUNGS.index(self.search.rung) + 1 :]

    def _wish(self) -> tuple[int, ...]:
        return tuple(
            one.person_id
            for one in self.candidates
            if one.person_id == self.search.wish and one.not_asked(self.now) is None
        )

    def begin(self, rung: Rung, ask: Iterable[int], rounds: int = 1) -> Step:
        """Begin a rung, or ask on it once more."""
        begun = replace(self.search, rung=rung, asked_at=self.now, delivered_at=None, rounds=rounds)
        return Step(rung=rung, ask=_unique(ask), begins=True, rounds=rounds, next_due_at=self.due(begun))

    def due(self, search: Search) -> datetime:
        """Say when a rung ends: its time runs from delivery; what was not delivered in seconds is not waited for."""
        if search.rung is Rung.SUPERVISORS:
            return search.asked_at + self.times.supervisors
        if search.rung is Rung.NOBODY:
            return search.asked_at + self.times.nobody_after(search.rounds, urgent=search.urgent)
        if search.delivered_at is None:
            due = search.asked_at + self.times.delivery
        else:
            due = search.delivered_at + (self.times.everybody if search.rung is Rung.EVERYBODY else self.times.one)
        return due if search.asked_at >= search.supervisors_by else min(due, search.supervisors_by)


def asks_again_at(step: Step, candidates: Iterable[Candidate], times: Times, now: datetime) -> datetime | None:
    """Say when the next loud call asks somebody; None where, as things stand, nobody can be asked then."""
    if step.rung is not Rung.NOBODY:
        return None
    free = [one for one in candidates if _without_no(one).is_free(now)]
    if any(not one.declined or _is_over(one, times.nobody, step.next_due_at) for one in free):
        return step.next_due_at
    return None


def _without_no(candidate: Candidate) -> Candidate:
    return replace(candidate, declined=False) if candidate.declined else candidate


def _is_over(candidate: Candidate, holds: timedelta, now: datetime) -> bool:
    """Say whether what somebody was asked is so long ago that a no to it is over."""
    return candidate.asked_at is not None and candidate.asked_at + holds <= now


def _ids(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    return tuple(one.person_id for one in candidates)[:ASKED_AT_ONCE]


def _unique(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))[:ASKED_AT_ONCE]
