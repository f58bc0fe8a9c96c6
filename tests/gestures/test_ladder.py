"""Whom a gesture is brought before, in which order, and when nobody is asked any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.directory.availability import AvailabilityState
from bot.gestures.ladder import next_ask
from bot.handoffs.decisions.candidate import Candidate
from bot.handoffs.decisions.ladder import Search
from bot.handoffs.decisions.rungs import Rung, Times

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TIMES = Times()


def supervisor(number: int, **more: object) -> Candidate:
    return Candidate(person_id=number, is_supervisor=True, **more)  # type: ignore[arg-type]


def search(rung: Rung | None, ago: float = 0, rounds: int = 1) -> Search:
    asked = NOW - timedelta(seconds=ago)
    begun = {None: 0, Rung.BEST: 0, Rung.EVERYBODY: 20, Rung.SUPERVISORS: 40, Rung.NOBODY: 200}[rung]
    by = asked - timedelta(seconds=begun) + TIMES.to_supervisors
    return Search(rung=rung, asked_at=asked, delivered_at=asked, rounds=rounds, supervisors_by=by)


def test_one_is_asked_then_all_then_all_again_then_the_last_rung() -> None:
    """Each is waited for as long as handoffs wait."""
    both = [supervisor(1), supervisor(2, quiet=True)]
    asked = [supervisor(1, asked_on=Rung.BEST, asked_at=NOW - timedelta(seconds=21)), supervisor(2)]
    first, second = next_ask(search(None), both, TIMES, NOW), next_ask(search(Rung.BEST, 21), asked, TIMES, NOW)
    all_asked = [supervisor(one, asked_on=Rung.EVERYBODY, asked_at=NOW - timedelta(seconds=21)) for one in (1, 2)]
    third = next_ask(search(Rung.EVERYBODY, 21), all_asked, TIMES, NOW)
    called = [supervisor(one, asked_on=Rung.SUPERVISORS, asked_at=NOW - timedelta(seconds=61)) for one in (1, 2)]
    again, last = (next_ask(search(Rung.SUPERVISORS, 61, rounds), called, TIMES, NOW) for rounds in (1, 2))

    assert first is not None
    assert (first.rung, first.ask) == (Rung.BEST, (1,))
    assert second is not None
    assert (second.rung, second.ask) == (Rung.EVERYBODY, (2,))
    assert third is not None
    assert (third.rung, third.ask) == (Rung.SUPERVISORS, (1, 2))
    assert again is not None
    assert (again.rung, again.rounds) == (Rung.SUPERVISORS, 2)
    assert last is not None
    assert (last.rung, last.rounds) == (Rung.NOBODY, 1)


def test_after_the_last_rung_it_ends() -> None:
    """It is brought up twice more, five minutes apart, and then whoever asked hears that it is over."""
    asked = [supervisor(1, asked_on=Rung.NOBODY, asked_at=NOW - timedelta(minutes=6))]
    once_more = next_ask(search(Rung.NOBODY, 301, rounds=1), asked, TIMES, NOW)

    assert once_more is not None
    assert once_more.ask == (1,)
    assert next_ask(search(Rung.NOBODY, 301, rounds=2), asked, TIMES, NOW) is None


def test_when_everybody_has_left_it_to_others_it_ends_at_once() -> None:
    """There is nobody to wait for."""
    assert next_ask(search(Rung.BEST, 1), [supervisor(1, declined=True)], TIMES, NOW) is None


def test_whoever_is_away_is_waited_for_a_while() -> None:
    """Nobody is asked, and it does not end either: they may come back."""
    step = next_ask(search(None), [supervisor(1, state=AvailabilityState.AWAY)], TIMES, NOW)

    assert step is not None
    assert (step.rung, step.ask) == (Rung.NOBODY, ())
