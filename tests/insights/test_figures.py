"""Figures say what counting by hand says: over random histories, both clock changes, nothing and one event."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.handoffs.decisions.rungs import RUNGS
from bot.insights.counting import count, known
from bot.insights.figures import handed, kept, met
from bot.insights.figures.population import Population
from bot.insights.figures.running import Ran
from bot.insights.figures.spread import SLOT_S, count_changed, hours_of_week, percentile, share_changed
from bot.insights.period import period_of
from bot.insights.values import Share
from bot.playbooks.suggest import CRISIS
from bot.work.retention import Retention
from tests.examples import tried
from tests.insights.happened import Asked, Happened, Promise, Used, ms, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from bot.insights.counting import Counted
    from bot.insights.period import Period
    from bot.store.database import Database

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
# Around both changes of the clock, and around the ends of the periods.
MOMENTS = st.one_of(
    *(
        st.datetimes(middle - timedelta(days=2), middle + timedelta(days=2), timezones=st.just(UTC))
        for middle in (datetime(2026, 3, 29, 1), datetime(2026, 10, 25, 1))  # noqa: DTZ001  hypothesis adds the zone
    )
).map(lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000))
LENGTHS = st.one_of(st.none(), st.sampled_from([0, 1, 59_999, 60_000, 60_001, 3_600_000]), st.integers(0, 200_000))
HANDOFFS = st.builds(
    Asked,
    at=MOMENTS,
    taken_after_ms=LENGTHS,
    rung=st.sampled_from([None, *RUNGS]),
    state=st.sampled_from(["taken", "cancelled", "callback", "completed"]),
    heated=st.booleans(),
)
PROMISES = st.builds(
    Promise, at=MOMENTS, late_ms=st.one_of(st.none(), st.integers(-100_000, 100_000)), said=st.booleans()
)
RUNS = st.builds(Used, at=MOMENTS, playbook=st.sampled_from(["keep-calm", "restrain", CRISIS, "own-1"]))
HISTORIES = st.builds(
    Happened, st.lists(HANDOFFS, max_size=12), st.lists(PROMISES, max_size=8), st.lists(RUNS, max_size=12)
)
PERIODS = st.sampled_from([(date(2026, 3, 29), date(2026, 3, 29)), (date(2026, 10, 1), date(2026, 10, 31))])


def counted(database: Database, happened: Happened, period: Period, zone: ZoneInfo) -> Counted:
    def act(session: Session) -> Counted:
        organisation = write(session, happened, str(zone))
        return count(Population(session, organisation.id), period, NOW)

    return database.write_now(act)


def nearest_rank(values: Sequence[int], part: float) -> int | None:
    return sorted(values)[max(1, ceil(part * len(values))) - 1] if values else None


def begun(milliseconds: int) -> int:
    return ceil(milliseconds / 1000)


@settings(tried(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=HISTORIES, days=PERIODS, zone=st.sampled_from([BERLIN, KOLKATA]))
def test_every_figure_is_what_counting_by_hand_says(
    database: Database, happened: Happened, days: tuple[date, date], zone: ZoneInfo
) -> None:
    """On both databases, whatever happened, figures agree with a slow and obvious reference."""
    period = period_of(*days, zone)
    found = counted(database, happened, period, zone)
    inside = [one for one in happened.handoffs if days[0] <= one.at.astimezone(zone).date() <= days[1]]
    asked = [one for one in inside if one.state != "cancelled" or one.taken_after_ms is not None]
    soon = [one for one in asked if one.taken_after_ms is not None and one.taken_after_ms <= 60_000]
    taken = [begun(one.taken_after_ms) for one in inside if one.taken_after_ms is not None]

    assert handed.handoffs(found.waits) == len(inside)
    assert handed.taken_at_once(found.waits) == Share(len(soon), len(asked))
    assert handed.heated_handoffs(found.waits) == Share(sum(one.heated for one in inside), len(inside))
    for part in (0.5, 0.9):
        expected = nearest_rank(taken, part)
        assert handed.time_to_accept(found.waits, part) == (None if expected is None else timedelta(seconds=expected))
    rungs = Counter(one.rung for one in inside if one.rung is not None)
    assert handed.rungs_reached(found.waits) == {rung: Share(rungs[rung], rungs.total()) for rung in RUNGS}
    hours: dict[tuple[int, int], list[bool]] = {}
    for one in inside:
        local = one.at.astimezone(zone)
        hours.setdefault((local.weekday(), local.hour), []).append(one.rung == "nobody")
    assert handed.hours_without_anybody(found.hours, zone) == {
        hour: Share(sum(nobody), len(nobody)) for hour, nobody in hours.items()
    }


@settings(tried(12), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=HISTORIES, days=PERIODS)
def test_promises_and_situations_too(database: Database, happened: Happened, days: tuple[date, date]) -> None:
    """Kept, missed and by how much, and which playbooks: as counted by hand."""
    period = period_of(*days, BERLIN)
    found = counted(database, happened, period, BERLIN)
    promised = [one for one in happened.promises if period.begins <= one.at < period.ends]
    late = [begun(one.late_ms) for one in promised if one.late_ms is not None and one.late_ms > 0]
    never = [int(-((one.at - NOW) // timedelta(seconds=1))) for one in promised if one.late_ms is None]
    half = nearest_rank(late + never, 0.5)
    used = Counter(
        one.playbook for one in happened.runs if period.begins <= one.at < period.ends and one.playbook != CRISIS
    )

    assert kept.promises_kept(found.answered, found.waiting) == Share(
        len(promised) - len(late) - len(never), len(promised)
    )
    missed = kept.missed_by(found.answered, found.waiting, 0.5)
    assert missed == (None if half is None else timedelta(seconds=half))
    seen = [one for one in happened.promises if one.at - timedelta(hours=1) < period.ends]  # opened an hour before
    assert found.ran == Ran(
        opened=sum(one.at - timedelta(hours=1) >= period.begins for one in seen),
        open=len(seen),
        overdue=sum(one.late_ms is None and one.at < period.ends for one in seen),
    )
    assert met.situations_met(found.runs) == {name: Share(n, used.total()) for name, n in used.items()}


def test_a_promise_over_a_silent_end_is_measured_by_when_customers_were_told(database: Database) -> None:
    """Opening it again tells customers nothing: until somebody does, it counts as late so far, as the record says."""
    at = datetime(2026, 10, 5, 9, tzinfo=UTC)
    period = period_of(date(2026, 10, 1), date(2026, 10, 31), BERLIN)

    def late(told: timedelta | None) -> timedelta | None:
        late_ms = None if told is None else int(told.total_seconds() * 1000)
        found = counted(database, Happened(promises=[Promise(at, late_ms, reopened=True)]), period, BERLIN)
        return kept.missed_by(found.answered, found.waiting, 0.5)

    assert late(timedelta(minutes=15)) == timedelta(minutes=15)
    assert late(None) == NOW - at


def test_another_organisation_is_another_world(database: Database) -> None:
    """What happens elsewhere is in nobody else's figures; with no rows there are no numbers, and one is one."""
    at = datetime(2026, 10, 5, 9, tzinfo=UTC)
    period = period_of(date(2026, 10, 1), date(2026, 10, 31), BERLIN)
    busy = counted(database, Happened([Asked(at, 1)], [Promise(at, 1)], [Used(at, "restrain")]), period, BERLIN)
    nothing = counted(database, Happened(), period, BERLIN)

    assert nothing.is_empty
    assert handed.taken_at_once(nothing.waits).value is None
    assert handed.time_to_accept(nothing.waits, 0.5) is None
    assert (handed.handoffs(busy.waits), handed.time_to_accept(busy.waits, 0.9)) == (1, ms(1000))
    assert kept.promises_kept(busy.answered, busy.waiting) == Share(0, 1)


@given(values=st.lists(st.integers(0, 50), max_size=40), part=st.sampled_from([0.1, 0.5, 0.9, 1.0]))
@settings(tried(30))
def test_a_percentile_is_the_value_so_many_do_not_exceed(values: list[int], part: float) -> None:
    """Counting equal values together changes nothing."""
    assert percentile(Counter(values), part) == nearest_rank(values, part)


@pytest.mark.parametrize(
    ("first", "hours"), [(datetime(2026, 3, 28, 23, tzinfo=UTC), 23), (datetime(2026, 10, 24, 22, tzinfo=UTC), 25)]
)
def test_the_day_the_clock_changes_has_another_length(first: datetime, hours: int) -> None:
    """In spring no handoff falls into the hour that is left out; in autumn the one that comes twice counts twice."""
    slot = int(first.timestamp()) // SLOT_S
    found = hours_of_week(((slot + 4 * hour, 1) for hour in range(hours)), BERLIN)

    assert {day for day, _hour in found} == {6}
    assert found[6, 2] == (0 if hours == 23 else 2)
    assert found.total() == hours


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        (Share(90, 100), Share(50, 100), 1),
        (Share(50, 100), Share(90, 100), -1),
        (Share(52, 100), Share(50, 100), 0),
        (Share(2, 2), Share(1, 2), 0),
        (Share(0, 0), Share(9, 9), 0),
    ],
)
def test_a_share_has_changed_when_chance_does_not_explain_it(now: Share, before: Share, change: int) -> None:
    """Few cases never prove a change."""
    assert share_changed(now, before) == change


@pytest.mark.parametrize(
    ("now", "before", "days", "change"),
    [(60, 30, 30, 1), (30, 60, 30, -1), (33, 30, 30, 0), (3, 1, 30, 0), (0, 0, 30, 0), (60, 30, 60, 0)],
)
def test_a_count_is_compared_day_by_day(now: int, before: int, days: int, change: int) -> None:
    """Twice as many in twice as many days is no change."""
    assert count_changed(now, before, days, 30) == change


def test_of_a_team_only_is_told_what_is_still_known() -> None:
    """Longer ago no row tells who handed a case over: nothing is told of that, rather than something wrong."""
    kept_for = Retention(reasons=timedelta(days=30))
    told = {}
    for days_ago, people in ((40, frozenset({1})), (25, frozenset({1})), (5, frozenset({1})), (40, None)):
        first = NOW.date() - timedelta(days=days_ago)
        period = period_of(first, first + timedelta(days=4), BERLIN)
        told[days_ago, people is None] = known(period, NOW, kept_for, everybody=people is None)

    assert told == {
        (40, False): (False, False),
        (25, False): (True, False),
        (5, False): (True, True),
        (40, True): (True, True),
    }
