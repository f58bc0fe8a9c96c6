"""When reports come by themselves: every Monday and every first of a month, also when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insights.planned.rhythm import Rhythm, next_time, period_told
from tests.examples import tried

ZURICH, SYDNEY, NEW_YORK = map(ZoneInfo, ("Europe/Zurich", "Australia/Sydney", "America/New_York"))


@pytest.mark.parametrize(
    ("rhythm", "now", "zone", "local"),
    [
        pytest.param(Rhythm.WEEK, "2026-11-24T14:30", ZURICH, "2026-11-30T08:00+01:00", id="on a Tuesday"),
        pytest.param(Rhythm.WEEK, "2026-11-30T06:59:59", ZURICH, "2026-11-30T08:00+01:00", id="a second before"),
        pytest.param(Rhythm.WEEK, "2026-11-30T07:00", ZURICH, "2026-12-07T08:00+01:00", id="on the moment"),
        pytest.param(Rhythm.MONDAY, "2026-10-19T06:00", ZURICH, "2026-10-26T08:00+01:00", id="over the autumn change"),
        pytest.param(Rhythm.MONDAY, "2026-03-23T07:00", ZURICH, "2026-03-30T08:00+02:00", id="over the spring change"),
        pytest.param(Rhythm.WEEK, "2026-10-04T22:00", SYDNEY, "2026-10-12T08:00+11:00", id="their spring is October"),
        pytest.param(Rhythm.WEEK, "2026-11-01T23:00", NEW_YORK, "2026-11-02T08:00-05:00", id="a day after the change"),
        pytest.param(Rhythm.MONTH, "2026-11-24T14:30", ZURICH, "2026-12-01T08:00+01:00", id="next month"),
        pytest.param(Rhythm.MONTH, "2026-12-31T23:30", ZURICH, "2027-01-01T08:00+01:00", id="it is January there"),
        pytest.param(Rhythm.MONTH, "2027-01-01T07:00", ZURICH, "2027-02-01T08:00+01:00", id="February"),
    ],
)
def test_a_report_comes_at_eight_where_the_organisation_works(
    rhythm: Rhythm, now: str, zone: ZoneInfo, local: str
) -> None:
    """On the next Monday, or the next first; never now again."""
    due = next_time(rhythm, datetime.fromisoformat(now).replace(tzinfo=UTC), zone)

    assert due.astimezone(zone) == datetime.fromisoformat(local)
    assert due.astimezone(zone).utcoffset() == datetime.fromisoformat(local).utcoffset()


@pytest.mark.parametrize(
    ("rhythm", "now", "zone", "told"),
    [
        pytest.param(Rhythm.WEEK, "2026-11-30T07:00", ZURICH, ("2026-11-23", "2026-11-29"), id="the week before"),
        pytest.param(Rhythm.WEEK, "2026-12-02T07:00", ZURICH, ("2026-11-23", "2026-11-29"), id="two days late"),
        pytest.param(Rhythm.MONDAY, "2026-10-26T07:00", ZURICH, ("2026-10-19", "2026-10-25"), id="of 169 hours"),
        pytest.param(Rhythm.MONDAY, "2026-03-30T06:00", ZURICH, ("2026-03-23", "2026-03-29"), id="of 167 hours"),
        pytest.param(Rhythm.MONTH, "2026-03-01T07:00", ZURICH, ("2026-02-01", "2026-02-28"), id="February"),
        pytest.param(Rhythm.MONTH, "2027-01-01T07:00", ZURICH, ("2026-12-01", "2026-12-31"), id="December"),
    ],
)
def test_a_report_tells_of_what_is_over(rhythm: Rhythm, now: str, zone: ZoneInfo, told: tuple[str, str]) -> None:
    """The last whole week or month, however late it is."""
    period = period_told(rhythm, datetime.fromisoformat(now).replace(tzinfo=UTC), zone)

    assert (period.first.isoformat(), period.last.isoformat()) == told


@tried(60)
@given(
    st.sampled_from(Rhythm),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001  hypothesis adds the zone
    st.sampled_from([ZURICH, SYDNEY, NEW_YORK, ZoneInfo("Asia/Kathmandu")]),
)
def test_every_period_is_told_once(rhythm: Rhythm, now: datetime, zone: ZoneInfo) -> None:
    """From one time to the next, each report begins where the one before ended."""
    first = next_time(rhythm, now.replace(tzinfo=UTC), zone)
    second = next_time(rhythm, first, zone)

    assert first > now.replace(tzinfo=UTC)
    assert second - first >= timedelta(days=6, hours=23)
    assert period_told(rhythm, second, zone).begins == period_told(rhythm, first, zone).ends
