"""Weekly hours as people type them, in every zone, over both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.availability import AvailabilityState, availability
from bot.directory.shifts import (
    ShiftNotUnderstood,
    in_words_of,
    on_shift,
    read_shifts,
    shift_change,
    shift_end,
    write_shifts,
)

DUBLIN, KOLKATA = ZoneInfo("Europe/Dublin"), ZoneInfo("Asia/Kolkata")
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("UTC", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")]
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001  aware at once
WEEKS = st.sampled_from(
    ["mon-fri 9-17", "sat-sun 22-6", "daily 0-24", "mon 9-9", "mon,wed 8-12; wed 12-16", "fri 01-03"]
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("mon-fri 9-17", "mon-fri 09:00-17:00"),
        ("M-F 9 to 5", "mon-fri 09:00-17:00"),
        ("mon,wed,fri 0900-1730", "mon,wed,fri 09:00-17:30"),
        ("Mon to Fri 0900h - 1730h", "mon-fri 09:00-17:30"),
        ("tues thurs 10-6", "tue,thu 10:00-18:00"),
        ("weekends only 10-4", "sat,sun 10:00-16:00"),
        ("24/7", "mon-sun 00:00-00:00"),
        ("Mo, Mi und Fr von 9 bis 17 Uhr", "mon,wed,fri 09:00-17:00"),
        ("Mon-Fri 9am-5pm", "mon-fri 09:00-17:00"),
        ("weekdays 8:30 to 16.45", "mon-fri 08:30-16:45"),
        ("weekend 12am-12pm", "sat,sun 00:00-12:00"),
        ("fri-mon 9-17", "mon,fri,sat,sun 09:00-17:00"),
        ("mon, wed 10-14; thursdays 12-20", "mon,wed 10:00-14:00; thu 12:00-20:00"),
        ("daily 22-6", "mon-sun 22:00-06:00"),
        ("sat 0-24", "sat 00:00-00:00"),
        ("mon-fri 9-5", "mon-fri 09:00-17:00"),
        ("mon – fri 9 – 5", "mon-fri 09:00-17:00"),
        ("mon to fri 9 to 5", "mon-fri 09:00-17:00"),
        ("Mo-Fr 9 to 5", "mon-fri 09:00-17:00"),
        ("Mo.–Fr. 8:30 bis 17 Uhr, Sa 9-13 Uhr", "mon-fri 08:30-17:00; sat 09:00-13:00"),
        ("montags und donnerstags 10-14", "mon,thu 10:00-14:00"),
        ("Tu, Weds 12-20", "tue,wed 12:00-20:00"),
        ("werktags 9-17", "mon-fri 09:00-17:00"),
        ("weekdays 9:30-5:30", "mon-fri 09:30-17:30"),
        ("mon-fri 8-4", "mon-fri 08:00-16:00"),
        ("mon-fri 12-8", "mon-fri 12:00-20:00"),
        ("mon-fri 9am-5", "mon-fri 09:00-17:00"),
        ("mon-fri 9-5pm", "mon-fri 09:00-17:00"),
        ("sat 1-5pm", "sat 13:00-17:00"),
        ("sat 10pm-6", "sat 22:00-06:00"),
        ("sat 10 p.m. - 6 a.m.", "sat 22:00-06:00"),
        ("sat 22-6", "sat 22:00-06:00"),
        ("mon 9-12, 1pm-5pm", "mon 09:00-12:00; mon 13:00-17:00"),
        ("mon, wed 8:30-12, 13-17", "mon,wed 08:30-12:00; mon,wed 13:00-17:00"),
        ("mon 9-12, wed 13-17", "mon 09:00-12:00; wed 13:00-17:00"),
        ("mon and wed 9-17 and fri 9-12", "mon,wed 09:00-17:00; fri 09:00-12:00"),
        ("mon: 9-17", "mon 09:00-17:00"),
        ("mon 9h-17h30", "mon 09:00-17:30"),
        ("mon-fri 9 until noon", "mon-fri 09:00-12:00"),
        ("sat noon-midnight", "sat 12:00-00:00"),
        ("mon 12:00-11:00", "mon 12:00-11:00"),
        ("every day 9-17", "mon-sun 09:00-17:00"),
    ],
)
def test_hours_are_read_and_written_back(typed: str, written: str) -> None:
    """Hours come back in one form, which reads the same."""
    shifts = read_shifts(typed)

    assert write_shifts(shifts) == written
    assert read_shifts(written) == shifts


def test_hours_in_german_are_read_as_they_are_shown() -> None:
    """Whoever copies what they see has the same hours."""
    hours = "mon-fri 09:00-17:00; sat,sun 10:00-12:00"
    german = in_words_of(hours, "de-DE")

    assert german == "Mo-Fr 09:00-17:00; Sa,So 10:00-12:00"
    assert write_shifts(read_shifts(german)) == hours == in_words_of(hours, "en")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ";",
        "9-17",
        "mon",
        "mon 9",
        "mon 25-26",
        "m 9-17",
        "mon 9-17 x",
        "mon 13pm-2pm",
        "fri 1-5",
        "mon 9-12, 13",
        "mon 123-4",
    ],
)
def test_what_are_no_hours_is_said(typed: str) -> None:
    """Anything unclear is refused rather than guessed."""
    with pytest.raises(ShiftNotUnderstood):
        read_shifts(typed)


@given(st.text(max_size=60))
def test_reading_hours_fails_in_one_way_only(typed: str) -> None:
    """Any text at all is hours or is said to be none."""
    try:
        shifts = read_shifts(typed)
    except ShiftNotUnderstood:
        return
    assert read_shifts(write_shifts(shifts)) == shifts


@pytest.mark.parametrize(
    ("at", "zone", "working"),
    [
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), DUBLIN, True),
        (datetime(2026, 11, 24, 8, 59, tzinfo=UTC), DUBLIN, False),
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), DUBLIN, False),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), DUBLIN, True),
        (datetime(2026, 11, 24, 3, 30, tzinfo=UTC), KOLKATA, True),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), DUBLIN, False),
    ],
)
def test_hours_are_those_of_the_wall_clock(at: datetime, zone: ZoneInfo, working: bool) -> None:
    """Nine o'clock is nine where the team works, in summer and in winter."""
    assert on_shift(read_shifts("mon-fri 9-17"), zone, at) is working


@pytest.mark.parametrize(
    ("day", "hours"),
    [((2026, 3, 28), 7), ((2026, 10, 24), 9), ((2026, 11, 24), 8)],
)
def test_a_night_is_as_long_as_the_clock_makes_it(day: tuple[int, int, int], hours: int) -> None:
    """The night of the change is an hour shorter in spring and longer in autumn."""
    start = datetime(*day, 22, tzinfo=DUBLIN).astimezone(UTC)

    assert shift_end(read_shifts("daily 22-6"), DUBLIN, start) == start + timedelta(hours=hours)


@given(WEEKS, ZONES, MOMENTS)
def test_nothing_changes_before_the_next_change(week: str, zone: ZoneInfo, now: datetime) -> None:
    """The moment named as the next change is the next one, and is one."""
    shifts = read_shifts(week)
    change = shift_change(shifts, zone, now)
    working = on_shift(shifts, zone, now)
    if change is None:
        assert all(on_shift(shifts, zone, now + timedelta(hours=step)) == working for step in range(0, 240, 3))
    else:
        assert change > now
        assert on_shift(shifts, zone, change) is not working
        for part in range(1, 8):
            assert on_shift(shifts, zone, now + (change - now) * part / 8) is working


@given(WEEKS, ZONES, MOMENTS, st.none() | st.integers(-600, 600), st.none() | st.integers(-600, 600))
def test_somebody_is_in_one_state_until_it_changes(
    week: str, zone: ZoneInfo, now: datetime, since: int | None, until: int | None
) -> None:
    """Away counts before hours do, and ends by itself when its time is over."""
    away_since = now + timedelta(minutes=since) if since is not None else None
    away_until = now + timedelta(minutes=until) if until is not None else None
    found = availability(away_since=away_since, away_until=away_until, shifts=read_shifts(week), zone=zone, now=now)
    away = away_since is not None and (away_until is None or away_until > now)

    assert (found.state is AvailabilityState.AWAY) is away
    assert found.until is None or found.until > now
    if not away:
        assert (found.state is AvailabilityState.AVAILABLE) is on_shift(read_shifts(week), zone, now)
