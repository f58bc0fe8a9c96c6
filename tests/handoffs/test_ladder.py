"""The ladder is pure: whom to ask next, until when, and never silence."""

from __future__ import annotations

import random
import statistics
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.availability import AvailabilityState
from bot.handoffs.decisions.candidate import Candidate, Exclusion, ranked
from bot.handoffs.decisions.ladder import ASKED_AT_ONCE, Search, Step, asks_again_at, next_step
from bot.handoffs.decisions.rungs import Rung, Times
from bot.handoffs.decisions.terms import Because, terms_of
from tests.handoffs.month import play_month

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
TIMES = Times()
SECOND = timedelta(seconds=1)


def search(**how: object) -> Search:
    values: dict[str, object] = {"asked_at": NOW, "supervisors_by": NOW + TIMES.to_supervisors} | how
    return Search(**values)  # type: ignore[arg-type]


def agent(person_id: int, **how: object) -> Candidate:
    return Candidate(person_id=person_id, **how)  # type: ignore[arg-type]


def supervisor(person_id: int, **how: object) -> Candidate:
    return Candidate(person_id=person_id, is_agent=False, is_supervisor=True, **how)  # type: ignore[arg-type]


DECLINED = agent(1, asked_on=Rung.BEST, asked_at=NOW, declined=True)
UNREACHED = agent(1, asked_on=Rung.BEST, asked_at=NOW, undelivered=True)
AGO = [NOW - timedelta(minutes=minutes) for minutes in range(16)]
SAID_NO = [agent(1, asked_on=Rung.NOBODY, asked_at=at, declined=True) for at in AGO]
TEAM = (agent(1), agent(2), agent(3), supervisor(9))


@pytest.mark.parametrize(
    ("at", "team", "rung", "asked"),
    [
        (search(), TEAM, Rung.BEST, (1,)),
        (search(wish=3), TEAM, Rung.WISH, (3,)),
        (search(wish=3), (agent(1), agent(3, state=AvailabilityState.AWAY)), Rung.BEST, (1,)),
        (search(wish=3), (agent(1), agent(3, load=1)), Rung.WISH, (3,)),
        (search(urgent=True), TEAM, Rung.BEST, (1, 9)),
        (search(), (supervisor(9),), Rung.SUPERVISORS, (9,)),
        (search(), (), Rung.NOBODY, ()),
        (search(supervisors_by=NOW + 20 * SECOND), TEAM, Rung.EVERYBODY, (1, 2, 3)),
        (search(supervisors_by=NOW + 9 * SECOND), TEAM, Rung.SUPERVISORS, (9, 1, 2, 3)),
        (search(supervisors_by=NOW + 9 * SECOND), TEAM[:3], Rung.EVERYBODY, (1, 2, 3)),
        (search(supervisors_by=NOW - SECOND, wish=3), TEAM, Rung.SUPERVISORS, (9, 1, 2, 3)),
        (search(rung=Rung.BEST), (DECLINED, agent(2), agent(3)), Rung.EVERYBODY, (2, 3)),
        (search(rung=Rung.BEST), (UNREACHED, agent(2)), Rung.EVERYBODY, (2,)),
        (
            search(rung=Rung.SUPERVISORS, rounds=1),
            (supervisor(9, asked_on=Rung.SUPERVISORS, asked_at=NOW, declined=True),),
            Rung.NOBODY,
            (),
        ),
        (search(rung=Rung.NOBODY, rounds=1, asked_at=AGO[5]), (SAID_NO[5],), Rung.NOBODY, (1,)),
        (search(rung=Rung.NOBODY, rounds=1, asked_at=AGO[5]), (SAID_NO[4],), Rung.NOBODY, ()),
        (search(rung=Rung.NOBODY, rounds=1, asked_at=AGO[5]), (SAID_NO[14], agent(2)), Rung.NOBODY, (2,)),
        (search(rung=Rung.NOBODY, rounds=3, asked_at=AGO[5]), (SAID_NO[15], agent(2)), Rung.NOBODY, (2, 1)),
        (search(rung=Rung.NOBODY, rounds=3, asked_at=AGO[5]), (replace(SAID_NO[15], load=1),), Rung.NOBODY, ()),
    ],
)  # fmt: skip
def test_the_next_rung(at: Search, team: tuple[Candidate, ...], rung: Rung, asked: tuple[int, ...]) -> None:
    """Each rung is entered when it can help, and left out when there is no time or nobody for it."""
    step = next_step(at, team, TIMES, NOW)

    assert (step.rung, step.ask, step.begins) == (rung, asked, True)


@pytest.mark.parametrize(
    ("team", "is_said"),
    [
        ((), False),
        ((agent(1, state=AvailabilityState.AWAY),), False),
        ((agent(1),), True),
        ((SAID_NO[0],), True),
        ((replace(SAID_NO[0], had_case=True),), False),
        ((replace(SAID_NO[0], state=AvailabilityState.AWAY),), False),
        ((supervisor(9, load=5),), True),
    ],
)
def test_nobody_is_said_to_be_asked_again_where_nobody_can_be(team: tuple[Candidate, ...], *, is_said: bool) -> None:
    """The time of the next call is promised only where it will ask somebody."""
    step = next_step(search(rung=Rung.NOBODY, rounds=1, asked_at=AGO[5]), team, TIMES, NOW)

    assert asks_again_at(step, team, TIMES, NOW) == (NOW + TIMES.nobody if is_said else None)


@pytest.mark.parametrize(
    ("who", "excluded"),
    [
        ({"had_case": True}, Exclusion.HAD_CASE),
        ({"recused": True}, Exclusion.RECUSED),
        ({"cooling_until": NOW + SECOND}, Exclusion.COOLING),
        ({"cooling_until": NOW}, None),
        ({"declined": True}, Exclusion.DECLINED),
        ({"state": AvailabilityState.AWAY}, Exclusion.AWAY),
        ({"state": AvailabilityState.OFF_SHIFT}, Exclusion.OFF_SHIFT),
        ({"load": 1}, Exclusion.AT_CAPACITY),
        ({"load": 1, "capacity": 2}, None),
        ({"is_agent": False}, Exclusion.NO_ROLE),
        ({}, None),
    ],
)
def test_who_is_not_asked(who: dict[str, object], excluded: Exclusion | None) -> None:
    """Everybody who is left out is left out for a reason that can be told."""
    assert agent(1, **who).not_as_colleague(NOW) is excluded


def test_supervisors_are_called_also_when_they_have_enough_to_do() -> None:
    """Capacity is for colleagues; a supervisor is the last resort."""
    assert next_step(search(), (supervisor(9, load=5),), TIMES, NOW).ask == (9,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"has_skill": True, "heated_today": 3}, {"has_skill": False}),
        ({"heated_today": 0}, {"heated_today": 1}),
        ({"asked_elsewhere": 0, "heated_today": 2}, {"asked_elsewhere": 1}),
        ({"last_heated_at": None}, {"last_heated_at": NOW}),
        ({"last_heated_at": NOW - SECOND}, {"last_heated_at": NOW}),
    ],
)
def test_the_best_comes_first(one: dict[str, object], other: dict[str, object]) -> None:
    """Skill, then fewest heated cases today, then the longest time since the last."""
    assert [who.person_id for who in ranked([agent(1, **other), agent(2, **one)])] == [2, 1]


def test_time_runs_from_delivery() -> None:
    """An offer that takes four seconds to arrive still leaves twenty to answer; one that does not arrive is passed."""
    waiting = (agent(1, asked_on=Rung.BEST, asked_at=NOW), agent(2), supervisor(9))
    arrived = search(rung=Rung.BEST, delivered_at=NOW + 4 * SECOND)

    assert next_step(search(rung=Rung.BEST), waiting, TIMES, NOW).next_due_at == NOW + 5 * SECOND
    assert next_step(search(rung=Rung.BEST), waiting, TIMES, NOW + 5 * SECOND).rung is Rung.EVERYBODY
    assert next_step(arrived, waiting, TIMES, NOW + 23 * SECOND).begins is False
    assert next_step(arrived, waiting, TIMES, NOW + 24 * SECOND).rung is Rung.EVERYBODY


def test_supervisors_are_called_once_and_three_times_again() -> None:
    """Four calls a minute apart, then it is said aloud that nobody is left."""
    at, calls, now = search(rung=Rung.SUPERVISORS, rounds=1), 1, NOW
    while True:
        now += TIMES.supervisors
        step = next_step(at, (supervisor(9, asked_on=Rung.SUPERVISORS, asked_at=at.asked_at),), TIMES, now)
        if step.rung is Rung.NOBODY:
            break
        calls += 1
        at = replace(at, rounds=step.rounds, asked_at=now)

    assert calls == 4
    assert now == NOW + 4 * TIMES.supervisors


def test_whoever_becomes_free_joins_at_once() -> None:
    """On every rung that asks several, somebody who has become free since is asked beside the others."""
    for rung in (Rung.EVERYBODY, Rung.SUPERVISORS, Rung.NOBODY):
        at = search(rung=rung, rounds=1, delivered_at=NOW)
        team = (agent(1, asked_on=rung, asked_at=NOW), agent(2), supervisor(9, asked_on=rung, asked_at=NOW))
        step = next_step(at, team, TIMES, NOW + SECOND)
        assert (step.ask, step.begins) == ((2,), False)
        back = (replace(team[0], free_since=NOW + SECOND), team[2])
        assert next_step(at, back, TIMES, NOW + 2 * SECOND).ask == (1,)


def test_everybody_asked_is_told_why() -> None:
    """The reasons fit the person and the rung."""
    team = (agent(1, heated_today=1), agent(2), agent(3, has_skill=False), supervisor(9))

    def because(at: Search, step: Step) -> dict[int, tuple[Because, ...]]:
        return {terms.person_id: terms.because for terms in terms_of(step, at, team)}

    at = search(urgent=True)
    assert because(at, next_step(at, team, TIMES, NOW)) == {
        2: (Because.SKILL, Because.FEWEST_TODAY),
        9: (Because.URGENT,),
    }
    at = search(supervisors_by=NOW)
    assert because(at, next_step(at, team, TIMES, NOW))[9] == (Because.SUPERVISOR,)
    at = search(wish=3)
    assert because(at, next_step(at, team, TIMES, NOW)) == {3: (Because.WISHED,)}


# --- properties ----------------------------------------------------------------------------------

moments = st.one_of(st.none(), st.integers(-4000, 600).map(lambda seconds: NOW + timedelta(seconds=seconds)))
passed = moments.filter(lambda at: at is None or at <= NOW)  # what has happened


@st.composite
def candidates(draw: st.DrawFn, person_id: int) -> Candidate:
    asked = draw(st.booleans())
    return Candidate(
        person_id=person_id,
        is_agent=draw(st.booleans()),
        is_supervisor=draw(st.booleans()),
        state=draw(st.sampled_from(AvailabilityState)),
        load=draw(st.integers(0, 2)),
        capacity=draw(st.integers(0, 2)),
        has_skill=draw(st.booleans()),
        heated_today=draw(st.integers(0, 3)),
        last_heated_at=draw(moments),
        asked_elsewhere=draw(st.integers(0, 2)),
        had_case=draw(st.booleans()),
        recused=draw(st.booleans()),
        cooling_until=draw(moments),
        asked_on=draw(st.sampled_from(Rung)) if asked else None,
        asked_at=draw(passed.filter(lambda at: at is not None)) if asked else None,
        as_supervisor=draw(st.booleans()),
        declined=asked and draw(st.booleans()),
        undelivered=asked and draw(st.booleans()),
        free_since=draw(passed),
    )


teams = st.integers(0, 14).flatmap(lambda size: st.tuples(*(candidates(number) for number in range(1, size + 1))))
searches = st.builds(
    Search,
    rung=st.one_of(st.none(), st.sampled_from(Rung)),
    asked_at=st.integers(-400, 0).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    delivered_at=st.one_of(st.none(), st.integers(-400, 0).map(lambda seconds: NOW + timedelta(seconds=seconds))),
    rounds=st.integers(1, 6),
    supervisors_by=st.integers(-60, 60).map(lambda seconds: NOW + timedelta(seconds=seconds)),
    wish=st.one_of(st.none(), st.integers(1, 14)),
    urgent=st.booleans(),
)


@given(searches, teams)
def test_nobody_is_asked_who_must_not_be(at: Search, team: tuple[Candidate, ...]) -> None:
    """Whatever the state, offers go to people who may have the case and can answer, at most ten at once."""
    step = next_step(at, team, TIMES, NOW)
    asked = [next(one for one in team if one.person_id == person_id) for person_id in step.ask]

    assert len(set(step.ask)) == len(step.ask) <= ASKED_AT_ONCE
    for one in asked:
        assert one.not_asked(NOW) is None
        wished = step.rung is Rung.WISH and one.person_id == at.wish
        assert one.is_supervisor or wished or one.not_as_colleague(NOW) is None


@given(searches, teams)
def test_there_is_always_a_next_moment(at: Search, team: tuple[Candidate, ...]) -> None:
    """Every step names a time in the future to look again, so no search can fall silent."""
    step = next_step(at, team, TIMES, NOW)

    assert step.next_due_at > NOW
    assert step.next_due_at <= NOW + timedelta(hours=1)
    assert step.begins or step.rung is at.rung
    assert not step.begins or step.rung is Rung.NOBODY or step.ask


@pytest.mark.parametrize(
    ("urgent", "calls", "apart", "loud"),
    [
        (False, 24, 5, [0, 45, 90]),
        (False, 25, 10, [0, 45, 90]),
        (False, 26, 20, [0, 45, 90]),
        (False, 27, 40, [0, 45, 90, 150]),
        (False, 28, 60, [0, 45, 90, 150, 190]),
        (False, 40, 60, [0, 45, 90, *range(150, 171, 40), 190, *range(250, 911, 60)]),
        (True, 40, 5, [0, 45, 90, 135, 180]),
    ],
)
def test_a_search_nobody_answers_slows_down(*, urgent: bool, calls: int, apart: int, loud: list[int]) -> None:
    """For two hours as was set, then at growing distance, up to an hour and never silent; danger does not slow it."""
    at, now, heard = search(rung=Rung.NOBODY, rounds=1, urgent=urgent, supervisors_by=NOW), NOW, []
    for call in range(1, calls + 1):
        if TIMES.loud_on(call, urgent=urgent):
            heard.append((now - NOW) // timedelta(minutes=1))
        step = next_step(at, TEAM[:3], TIMES, at.asked_at)
        before, now = now, step.next_due_at
        again = next_step(at, TEAM[:3], TIMES, now)
        at = replace(at, asked_at=now, rounds=again.rounds)

        assert (again.rung, again.begins, again.rounds) == (Rung.NOBODY, True, call + 1)
        assert again.ask
    assert now - before == timedelta(minutes=apart)
    assert heard == loud


@given(st.integers(1, 120), st.integers(1, 500), st.booleans())
def test_no_pace_is_slower_than_set_or_an_hour(pace: int, calls: int, urgent: bool) -> None:
    """Whatever was set: each distance is as long as the one before or longer, and an hour or what was set at most."""
    times = Times(nobody=timedelta(minutes=pace))
    one, next_one = (times.nobody_after(calls + more, urgent=urgent) for more in (0, 1))

    assert times.nobody <= one <= next_one <= max(times.nobody, timedelta(hours=1))


@given(teams, st.integers(1, 60), st.integers(0, 5), st.booleans())
def test_supervisors_are_reached_in_time(team: tuple[Candidate, ...], left: int, slow: int, urgent: bool) -> None:
    """However slowly offers are delivered, a supervisor on duty is asked by the time that was set."""
    team = (*(replace(one, asked_on=None, asked_at=None, declined=False) for one in team), supervisor(99))
    deadline = NOW + timedelta(seconds=left)
    at, now = search(supervisors_by=deadline, urgent=urgent), NOW
    for _step in range(20):
        step = next_step(at, team, TIMES, now)
        if 99 in step.ask:
            break
        called = {terms.person_id: terms.as_supervisor for terms in terms_of(step, at, team)}
        team = tuple(
            replace(one, asked_on=step.rung, asked_at=now, as_supervisor=called[one.person_id])
            if one.person_id in called
            else one
            for one in team
        )
        if step.begins:
            delivered = now + timedelta(seconds=slow)
            at = replace(at, rung=step.rung, asked_at=now, delivered_at=delivered, rounds=step.rounds)
        elif not step.ask:
            now = step.next_due_at
    else:
        raise AssertionError("No supervisor was ever asked.")
    assert now <= deadline


def test_a_month_of_heated_cases_falls_evenly() -> None:
    """Over a month nobody carries much more than anybody else: less uneven than taking turns or drawing lots."""

    def spread(way: str) -> float:
        return statistics.mean(
            statistics.pstdev(play_month(way, random.Random(seed), TIMES).values())  # noqa: S311  a simulation
            for seed in range(5)
        )

    ladder, turns, lots = spread("ladder"), spread("round robin"), spread("random")
    assert ladder <= turns
    assert ladder < lots / 2
