"""When to nag whom: pure, in order, at growing distances, over nights and clock changes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.directory.shifts import read_shifts
from bot.incidents.decisions.cadence import AWAKE, Nag, Promise, Quiet, Stage, lead, nag_due

T = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NEVER = Quiet((), ZoneInfo("UTC"))
OFFICE = Quiet(read_shifts("mon-fri 8-18"), ZoneInfo("Europe/Dublin"))
CADENCES = {1: 20, 2: 30, 3: 60, 4: 240}
ZONES = [
    "Africa/Cairo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "America/Anchorage",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Chicago",
    "America/Denver",
    "America/Halifax",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Pacific/Auckland",
    "Pacific/Chatham",
]


def promise(severity: int = 1, minutes: float = 20, **how: object) -> Promise:
    values: dict[str, object] = {"made_at": T, "at": T + timedelta(minutes=minutes)} | how
    return Promise(severity=severity, cadence=timedelta(minutes=CADENCES[severity]), **values)  # type: ignore[arg-type]


def play(given_: Promise, quiet: Quiet = NEVER, *, end: datetime | None = None) -> list[tuple[Stage, datetime, bool]]:
    """Let time pass from one due moment to the next, and note what is said."""
    said, now = [], given_.made_at
    while end is None or now <= end:
        nag = nag_due(given_, quiet, now)
        if nag.say is not None:
            said.append((nag.say, now, nag.late))
            given_ = replace(given_, stage=nag.say, said_at=now, resume_at=None)
        if end is None and nag.say is Stage.SUPERVISOR:
            break
        assert nag.next_due_at > now
        now = nag.next_due_at
    return said


@pytest.mark.parametrize(
    ("severity", "minutes", "moments"),
    [
        (1, 20, [16, 20, 22, 26, 34, 40]),
        (2, 30, [24, 30, 33, 39, 51, 60]),
        (3, 60, [48, 60, 66, 78, 102, 120]),
        (4, 240, [192, 240, 264, 312, 408, 480]),
        (1, 4, [2, 4, 6, 10, 18, 24]),
        (1, 1, [0.5, 1, 3, 7, 15, 21]),
        (1, 40, [36, 40, 42, 46, 54, 60]),
    ],
)
def test_the_nags_of_one_promise(severity: int, minutes: int, moments: list[float]) -> None:
    """A warning, the due time, three times more at growing distance, and the supervisor one cadence late."""
    said = play(promise(severity, minutes))

    assert [stage for stage, _at, _late in said] == list(Stage)[1:]
    assert [(at - T) / MINUTE for _stage, at, _late in said] == pytest.approx(moments)
    assert not any(late for _stage, _at, late in said)


@pytest.mark.parametrize(("severity", "minutes"), [(1, 20), (2, 30)])
def test_supervisors_are_called_again_each_cadence_while_much_fails(severity: int, minutes: int) -> None:
    """Whatever hurts many customers is never silent for good: its supervisors hear of it again and again."""
    called = T + 2 * minutes * MINUTE
    said = play(promise(severity, minutes), end=called + 3 * minutes * MINUTE)

    assert [(stage, at) for stage, at, _late in said][5:] == [
        (Stage.SUPERVISOR, called + times * minutes * MINUTE) for times in range(4)
    ]


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [(NEVER, ["Fri 12:00", "Sat 12:00", "Sun 12:00", "Mon 12:00"]), (OFFICE, ["Fri 12:00", "Mon 08:00", "Tue 08:00"])],
)
def test_supervisors_are_called_once_a_working_day_for_what_disturbs_a_little(
    quiet: Quiet, expected: list[str]
) -> None:
    """Nobody is called every hour of a night for a small thing, and it is never forgotten."""
    friday = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    begun = promise(3, made_at=friday, at=friday + 60 * MINUTE)
    said = play(begun, quiet, end=friday + timedelta(days=4) - MINUTE)

    assert [f"{at:%a %H:%M}" for stage, at, _late in said if stage is Stage.SUPERVISOR] == expected


def test_a_snooze_delays_what_comes_next_and_changes_no_distance() -> None:
    """After half an hour of silence the next nag comes, and those after it keep their distance."""
    due = promise(stage=Stage.DUE, said_at=T + 20 * MINUTE, resume_at=T + 50 * MINUTE)
    said = play(due)

    assert [(stage, (at - T) / MINUTE) for stage, at, _late in said] == [
        (Stage.OVERDUE_1, 50),
        (Stage.OVERDUE_2, 54),
        (Stage.OVERDUE_3, 62),
        (Stage.SUPERVISOR, 68),
    ]


@pytest.mark.parametrize(
    ("severity", "stage", "said", "wakes", "expected", "skips"),
    [
        (1, Stage.QUIET, 0, 180, Stage.SUPERVISOR, True),
        (1, Stage.QUIET, 0, 600, Stage.SUPERVISOR, True),
        (2, Stage.QUIET, 0, 110, Stage.SUPERVISOR, True),  # opened, and down from ten minutes later on
        (2, Stage.WARNED, 24, 30, Stage.DUE, False),
        (2, Stage.WARNED, 24, 45, Stage.OVERDUE_2, True),
        (2, Stage.WARNED, 24, 55, Stage.OVERDUE_3, True),
        (2, Stage.DUE, 30, 59, Stage.OVERDUE_3, True),
        (2, Stage.OVERDUE_3, 51, 600, Stage.SUPERVISOR, False),
        (1, Stage.SUPERVISOR, 40, 640, Stage.SUPERVISOR, False),
        (3, Stage.QUIET, 0, 119, Stage.OVERDUE_3, True),
        (3, Stage.QUIET, 0, 121, Stage.SUPERVISOR, True),
        (4, Stage.QUIET, 0, 200, Stage.WARNED, False),
    ],
)
def test_after_downtime_rungs_whose_time_has_passed_are_skipped(
    severity: int, stage: Stage, said: int, wakes: int, expected: Stage, *, skips: bool
) -> None:
    """Whoever would be asked by now is asked at once: nobody waits again for what was missed."""
    said_at = T + said * MINUTE if stage > Stage.QUIET else None
    nag = nag_due(promise(severity, CADENCES[severity], stage=stage, said_at=said_at), NEVER, T + wakes * MINUTE)

    assert (nag.say, nag.skips) == (expected, skips)


def test_after_downtime_one_nag_comes_late() -> None:
    """Three hours of our own absence bring one nag, marked late, never a burst."""
    now = T + timedelta(hours=3)
    nag = nag_due(promise(), NEVER, now)
    assert nag == Nag(say=Stage.SUPERVISOR, late=True, skips=True, next_due_at=now + 20 * MINUTE)


def test_what_we_missed_ourselves_wakes_nobody_at_night() -> None:
    """A program that comes back at ten in the evening says in the morning what was due before it closed."""
    due = promise(3, at=T + timedelta(hours=7))  # five in the afternoon
    nag = nag_due(due, OFFICE, T + timedelta(hours=12))
    assert nag == Nag(say=None, next_due_at=T + timedelta(hours=22))

    late = nag_due(due, OFFICE, T + timedelta(hours=22))
    assert (late.say, late.late) == (Stage.SUPERVISOR, True)


@pytest.mark.parametrize(
    ("severity", "made", "minutes", "expected"),
    [
        (3, datetime(2026, 11, 24, 17, 30, tzinfo=UTC), 60, "Wed 08:00"),  # due at half past six in the evening
        (3, datetime(2026, 11, 27, 17, 30, tzinfo=UTC), 60, "Mon 08:00"),  # on a Friday
        (1, datetime(2026, 11, 24, 17, 30, tzinfo=UTC), 60, "Tue 18:30"),  # nobody sleeps through a sev1
        (2, datetime(2026, 11, 28, 2, 0, tzinfo=UTC), 60, "Sat 03:00"),
        (4, datetime(2026, 11, 24, 10, 0, tzinfo=UTC), 60, "Tue 11:00"),
        (3, datetime(2026, 11, 24, 17, 0, tzinfo=UTC), 60, "Tue 18:00"),  # by the end of the day, and that is now
        (3, datetime(2026, 11, 24, 17, 0, tzinfo=UTC), 61, "Wed 08:00"),
    ],
)
def test_small_incidents_wait_for_working_hours(severity: int, made: datetime, minutes: int, expected: str) -> None:
    """Sev3 and sev4 are held back to the next working time, escalations included; sev1 and sev2 never."""
    said = play(promise(severity, made_at=made, at=made + minutes * MINUTE), OFFICE)
    due = dict((stage, at) for stage, at, _late in said)[Stage.DUE]  # noqa: C402  reads as what it is

    assert f"{due.astimezone(OFFICE.zone):%a %H:%M}" == expected
    if severity > 2:
        assert not any(OFFICE.is_quiet(at) for stage, at, _late in said if stage is not Stage.WARNED)


def test_a_made_promise_always_warns_its_owner() -> None:
    """Whoever promised something for the night is warned at night, whatever the severity."""
    made = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    said = play(promise(4, made_at=made, at=made + 60 * MINUTE), OFFICE)

    assert said[0][:2] == (Stage.WARNED, made + 30 * MINUTE)


@given(st.integers(1, 4), st.integers(60, 14 * 24 * 3600))
def test_the_warning_comes_between_the_promise_and_its_time(severity: int, seconds: int) -> None:
    """Never in the past, never after, and at least a minute ahead where there are two."""
    left = timedelta(seconds=seconds)
    ahead = lead(timedelta(minutes=CADENCES[severity]), left)

    assert timedelta(0) < ahead <= left / 2
    assert ahead >= MINUTE or left < 2 * MINUTE


made_at = st.integers(0, 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * MINUTE)
quiets = st.builds(
    lambda zone, hours: Quiet(read_shifts(hours), ZoneInfo(zone)),
    st.sampled_from(ZONES),
    st.sampled_from(
        ["mon-fri 8-18", "daily 22:00-06:00", "mon,wed 9-12; sat 01:00-03:00", "mon-fri 0-24", "sun 02:00-03:00"]
    ),
)


@given(made_at, quiets, st.integers(1, 4), st.integers(1, 2000), st.integers(0, 300))
def test_nags_are_ordered_and_never_in_the_past(
    made: datetime, quiet: Quiet, severity: int, minutes: int, snooze: int
) -> None:
    """Over a year, thirty zones and both clock changes: each step once, later and later, held back where it should."""
    given_ = promise(severity, made_at=made, at=made + minutes * MINUTE, resume_at=made + snooze * MINUTE)
    said = play(given_, quiet)
    stages = [stage for stage, _at, _late in said]

    assert stages == sorted(set(stages))
    assert stages[-5:] == list(Stage)[2:]
    for (_one, before, _l), (_two, after, _m) in itertools.pairwise(said):
        assert after - before >= timedelta(seconds=30)
    for stage, at, _late in said:
        assert at >= made + snooze * MINUTE
        assert stage < Stage.DUE or at >= given_.at
        assert stage < Stage.DUE or severity < 3 or not quiet.is_quiet(at)


@given(made_at, quiets, st.integers(1, 4), st.integers(1, 600), st.lists(st.integers(0, 5000), min_size=1, max_size=8))
def test_however_irregularly_one_looks_there_is_one_nag_at_a_time(
    made: datetime, quiet: Quiet, severity: int, minutes: int, looks: list[int]
) -> None:
    """Looking rarely, as after downtime, says one thing a look, and the promise stays watched until all is said."""
    given_, now = promise(severity, made_at=made, at=made + minutes * MINUTE), made
    for gap in looks:
        now += gap * MINUTE
        nag = nag_due(given_, quiet, now)
        if nag.say is not None:
            assert nag.say > given_.stage or given_.stage is Stage.SUPERVISOR
            given_ = replace(given_, stage=nag.say, said_at=now)
        assert nag.next_due_at > now


@given(made_at, quiets, st.integers(1, 4), st.integers(1, 600), st.integers(0, 3000), st.integers(0, 5000))
def test_a_standstill_delays_nobody_beyond_its_end(  # noqa: PLR0917  as hypothesis calls it
    made: datetime, quiet: Quiet, severity: int, minutes: int, stops: int, lasts: int
) -> None:
    """Whatever would have been said by now, had we not stood still, is said as soon as somebody may be disturbed."""
    begun = promise(severity, made_at=made, at=made + minutes * MINUTE)
    stop, wake = made + stops * MINUTE, made + (stops + lasts) * MINUTE
    said = [(stage, at) for stage, at, _late in play(begun, quiet, end=stop) if at <= stop]
    reached, at = said[-1] if said else (Stage.QUIET, None)
    would = [stage for stage, at, _late in play(begun, quiet, end=wake) if at <= wake]
    nag = nag_due(replace(begun, stage=reached, said_at=at), quiet, wake)

    if nag.say is None and severity not in AWAKE and quiet.is_quiet(wake):
        wake = nag.next_due_at  # nobody is woken for what we missed ourselves
        nag = nag_due(replace(begun, stage=reached, said_at=at), quiet, wake)
        would = [stage for stage, at, _late in play(begun, quiet, end=wake) if at <= wake]
    assert (nag.say or reached) == (would[-1] if would else Stage.QUIET)
