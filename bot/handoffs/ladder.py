"""Whom to ask next, and until when: pure. Ask one, ask all, call the supervisors, say loudly that nobody is left.

Every search always has a next moment: silence is the one thing an agent under attack must not get.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.directory.availability import AvailabilityState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

ASKED_AT_ONCE = 10  # more would only make everybody look at everybody else
NO_TIME = timedelta(0)


class Rung(enum.StrEnum):
    """How far a search has come."""

    WISH = "wish"  # the colleague the requester named
    BEST = "best"  # the best one, alone
    EVERYBODY = "everybody"  # everybody who can be asked, at once
    SUPERVISORS = "supervisors"  # the supervisors on duty, again and again
    NOBODY = "nobody"  # said loudly, again and again, until it ends


RUNGS = tuple(Rung)


class Exclusion(enum.StrEnum):
    """Why somebody is not asked."""

    HAD_CASE = "had_case"  # asked for help with it, or had it before
    RECUSED = "recused"  # stepped away from this customer today
    COOLING = "cooling"  # stepped away from somebody less than half an hour ago
    DECLINED = "declined"
    AWAY = "away"
    OFF_SHIFT = "off_shift"
    AT_CAPACITY = "at_capacity"
    NO_ROLE = "no_role"  # neither agent nor supervisor


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
class Times:
    """How long each rung waits; set by the organisation."""

    one: timedelta = timedelta(seconds=20)  # for one colleague, from delivery
    everybody: timedelta = timedelta(seconds=20)  # for all of them, from the first delivery
    delivery: timedelta = timedelta(seconds=5)  # for the platform to take an offer
    supervisors: timedelta = timedelta(seconds=60)  # between two calls of the supervisors
    supervisors_again: int = 3  # times they are called once more
    nobody: timedelta = timedelta(minutes=5)  # between two loud calls
    cooling: timedelta = timedelta(minutes=30)  # after stepping away, nobody is asked

    @property
    def to_supervisors(self) -> timedelta:
        """How long a search may take at most to reach the supervisors, when nobody is on hold."""
        return 2 * self.one + self.everybody


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One person of the team, as far as this handoff is concerned."""

    person_id: int
    is_agent: bool = True
    is_supervisor: bool = False
    state: AvailabilityState = AvailabilityState.AVAILABLE
    load: int = 0  # handoffs accepted and not completed
    capacity: int = 1
    has_skill: bool = True
    heated_today: int = 0  # accepted today
    last_heated_at: datetime | None = None
    asked_elsewhere: int = 0  # offers of other cases that are theirs alone to answer just now
    had_case: bool = False
    recused: bool = False
    cooling_until: datetime | None = None
    asked_on: Rung | None = None  # where they were last asked about this handoff
    asked_at: datetime | None = None
    as_supervisor: bool = False  # how they were last asked
    declined: bool = False
    undelivered: bool = False  # the last offer did not reach them
    quiet: bool = False  # their platform thinks that they are not there: a hint, which only lowers the rank
    free_since: datetime | None = None  # when they last became free; None: as long as anybody remembers

    def must_not(self, now: datetime) -> Exclusion | None:
        """Say why they must not have this case, whoever wants it; None if they may."""
        if self.had_case:
            return Exclusion.HAD_CASE
        if self.recused:
            return Exclusion.RECUSED
        if self.cooling_until is not None and now < self.cooling_until:
            return Exclusion.COOLING
        return None

    def not_asked(self, now: datetime) -> Exclusion | None:
        """Say why they are not asked at all."""
        if found := self.must_not(now):
            return found
        if not (self.is_agent or self.is_supervisor):
            return Exclusion.NO_ROLE
        if self.declined:
            return Exclusion.DECLINED
        if self.state is AvailabilityState.AWAY:
            return Exclusion.AWAY
        return Exclusion.OFF_SHIFT if self.state is AvailabilityState.OFF_SHIFT else None

    def not_as_colleague(self, now: datetime) -> Exclusion | None:
        """Say why they are not asked as a colleague; supervisors are called also when they have enough to do."""
        if found := self.not_asked(now):
            return found
        if not self.is_agent:
            return Exclusion.NO_ROLE
        return Exclusion.AT_CAPACITY if self.load >= self.capacity else None

    @property
    def unasked(self) -> bool:
        """Say whether they were not asked since they became free."""
        return self.asked_at is None or (self.free_since is not None and self.free_since > self.asked_at)


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


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Put the best first.

    Who has the skill, seems to be there, is not busy with another offer, had the fewest heated cases today, and the
    longest time since one.
    """
    return sorted(
        candidates,
        key=lambda one: (
            not one.has_skill,
            one.quiet,
            one.asked_elsewhere,
            one.heated_today,
            one.last_heated_at.timestamp() if one.last_heated_at else 0.0,
            one.person_id,
        ),
    )


def next_step(search: Search, candidates: Sequence[Candidate], times: Times, now: datetime) -> Step:
    """Decide what a search needs now."""
    look = _Look(search, candidates, times, now)
    if search.rung is not None:
        due = look.due(search)
        if now < due and look.somebody_may_answer():
            return look.stay(due)
        if search.rung is Rung.NOBODY:
            return look.begin(Rung.NOBODY, look.anybody(), rounds=search.rounds + 1)
        if search.rung is Rung.SUPERVISORS and search.rounds <= times.supervisors_again and look.supervisors():
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

    def colleagues(self) -> tuple[int, ...]:
        """Everybody who can be asked as a colleague and was not yet."""
        found = (one for one in self.candidates if one.unasked and one.not_as_colleague(self.now) is None)
        return _ids(ranked(found))

    def anybody(self) -> tuple[int, ...]:
        """Everybody who can be asked at all, those first who were not yet."""
        asked = (one for one in self.candidates if one.not_as_colleague(self.now) is None)
        return _unique((*self.supervisors(), *self.colleagues(), *_ids(ranked(asked))))

    def somebody_may_answer(self) -> bool:
        """Say whether there is a point in waiting on this rung; a supervisor called in parallel is not waited for."""
        rung = self.search.rung
        return rung is Rung.NOBODY or any(
            one.asked_on is rung
            and not one.undelivered
            and (rung is Rung.SUPERVISORS or not one.as_supervisor)
            and one.not_asked(self.now) is None
            for one in self.candidates
        )

    def stay(self, due: datetime) -> Step:
        """Wait on; whoever has become free since joins in."""
        search = self.search
        assert search.rung is not None  # noqa: S101  somebody was asked
        joining: tuple[int, ...] = ()
        if search.rung not in (Rung.WISH, Rung.BEST):
            joining = self.colleagues()
        if search.rung in (Rung.SUPERVISORS, Rung.NOBODY) or search.urgent:
            joining = (*self._new_supervisors(), *joining)
        return Step(rung=search.rung, ask=_unique(joining), begins=False, rounds=search.rounds, next_due_at=due)

    def _new_supervisors(self) -> tuple[int, ...]:
        unasked = {one.person_id for one in self.candidates if one.unasked}
        return tuple(person_id for person_id in self.supervisors() if person_id in unasked)

    def climb(self) -> Step:
        """Go up to the next rung on which somebody can be asked in the time there is."""
        times, left = self.times, self.search.supervisors_by - self.now
        fresh, supervisors = self.colleagues(), self.supervisors()
        called = self._new_supervisors() if self.search.urgent else ()
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
        begun = Search(rung=rung, asked_at=self.now, supervisors_by=self.search.supervisors_by)
        return Step(rung=rung, ask=_unique(ask), begins=True, rounds=rounds, next_due_at=self.due(begun))

    def due(self, search: Search) -> datetime:
        """Say when a rung ends: its time runs from delivery; what was not delivered in seconds is not waited for."""
        if search.rung is Rung.SUPERVISORS:
            return search.asked_at + self.times.supervisors
        if search.rung is Rung.NOBODY:
            return search.asked_at + self.times.nobody
        if search.delivered_at is None:
            due = search.asked_at + self.times.delivery
        else:
            due = search.delivered_at + (self.times.everybody if search.rung is Rung.EVERYBODY else self.times.one)
        return due if search.asked_at >= search.supervisors_by else min(due, search.supervisors_by)


def _ids(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    return tuple(one.person_id for one in candidates)[:ASKED_AT_ONCE]


def _unique(ids: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ids))[:ASKED_AT_ONCE]


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
    if candidate.person_id == search.wish and step.rung is Rung.WISH:
        return (Because.WISHED,)
    others = [one for one in candidates if one.person_id != candidate.person_id and one.is_agent]
    knows = candidate.has_skill and not all(one.has_skill for one in others)
    skill = (Because.SKILL,) if knows else ()
    if step.rung is not Rung.BEST:
        return (*skill, Because.FREE)
    same = any(one.has_skill == candidate.has_skill and one.heated_today <= candidate.heated_today for one in others)
    return (*skill, Because.LONGEST_SINCE if same else Because.FEWEST_TODAY)
