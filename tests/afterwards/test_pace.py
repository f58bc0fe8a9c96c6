"""When whom is reminded of a follow-up: in working hours, one thing at a time, over weekends and changes of clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.afterwards.decisions.one_line import split_line
from bot.afterwards.decisions.pace import OFFICE, Kept, Stage, morning_after, next_nag
from bot.directory.shifts import read_shifts
from bot.incidents.decisions.cadence import Quiet

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE_THERE = Quiet(OFFICE, BERLIN)


def berlin(day: str, clock: str) -> datetime:
    """Read a time on the wall in Berlin; 23 November 2026 is a Monday."""
    return datetime.fromisoformat(f"2026-{day} {clock}").replace(tzinfo=BERLIN).astimezone(UTC)


def said(kept: Kept, quiet: Quiet, until: datetime) -> list[tuple[Stage, str]]:
    """Play the clock: look whenever something is due, and list what is said, and when."""
    found: list[tuple[Stage, str]] = []
    now = kept.made_at
    while (nag := next_nag(kept, quiet, now)).next_due_at <= until or nag.say is not None:
        if nag.say is None:
            now = nag.next_due_at
            continue
        kept = replace(kept, stage=nag.say, said_at=now)
        found.append((nag.say, f"{now.astimezone(quiet.zone):%a %d %H:%M}"))
    return found


def test_it_climbs_a_working_day_at_a_time() -> None:
    """Nobody is disturbed on a weekend; the supervisors hear of it each week again."""
    friday = Kept(made_at=berlin("11-24", "11:00"), due_at=berlin("11-27", "17:00"))

    assert said(friday, OFFICE_THERE, berlin("12-10", "23:00")) == [
        (Stage.WARNED, "Fri 27 09:00"),
        (Stage.DUE, "Fri 27 17:00"),
        (Stage.AGAIN, "Mon 30 09:00"),
        (Stage.OWNER, "Tue 01 09:00"),
        (Stage.SUPERVISORS, "Wed 02 09:00"),
        (Stage.SUPERVISORS, "Wed 09 09:00"),
    ]


@pytest.mark.parametrize(
    ("made", "due", "first"),
    [
        (
            ("11-24", "11:00"),
            ("11-24", "17:00"),
            (Stage.WARNED, "Tue 24 14:00"),
        ),  # made on its day: half of what is left
        (("11-24", "18:00"), ("11-24", "22:00"), (Stage.DUE, "Wed 25 09:00")),  # nobody works at its time
        (("11-27", "12:00"), ("11-29", "17:00"), (Stage.DUE, "Mon 30 09:00")),  # a Sunday has no morning of work
        (("10-23", "12:00"), ("10-26", "09:30"), (Stage.WARNED, "Mon 26 09:00")),  # the clocks went back on the 25th
    ],
)
def test_the_first_word_comes_in_working_hours(
    made: tuple[str, str], due: tuple[str, str], first: tuple[Stage, str]
) -> None:
    """In the morning of its day, or else as near as somebody works."""
    kept = Kept(made_at=berlin(*made), due_at=berlin(*due))

    assert said(kept, OFFICE_THERE, berlin("11-30", "12:00"))[0] == first


def test_after_a_standstill_one_thing_is_said() -> None:
    """Nobody gets what was missed in a row, and nobody gets it at night."""
    kept = Kept(made_at=berlin("11-16", "11:00"), due_at=berlin("11-18", "17:00"))
    by_night = next_nag(kept, OFFICE_THERE, berlin("11-24", "03:00"))
    by_day = next_nag(kept, OFFICE_THERE, berlin("11-24", "10:00"))

    assert (by_night.say, by_night.next_due_at) == (None, berlin("11-24", "09:00"))
    assert (by_day.say, by_day.next_due_at) == (Stage.DUE, berlin("11-25", "09:00"))


@pytest.mark.parametrize(
    ("hours", "at", "morning"),
    [
        ("mon-fri 9-12, 13-17", ("11-24", "11:00"), ("11-25", "09:00")),  # an afternoon is no morning
        ("mon-fri 22:00-06:00", ("11-24", "23:00"), ("11-25", "22:00")),
        ("sat 10-14", ("11-24", "11:00"), ("11-28", "10:00")),
    ],
)
def test_a_morning_is_when_work_begins_on_another_day(
    hours: str, at: tuple[str, str], morning: tuple[str, str]
) -> None:
    """By the hours of whoever does it."""
    assert morning_after(berlin(*at), Quiet(read_shifts(hours), BERLIN)) == berlin(*morning)


@pytest.mark.parametrize(
    ("line", "who", "by", "what"),
    [
        ("<@U1|Ana> friday: rotate the keys", "<@U1|Ana>", "friday", "rotate the keys"),
        ("@ana by friday 15:00: tell them: it is mended", "@ana", "friday 15:00", "tell them: it is mended"),
        ("friday: rotate the keys", "", "friday", "rotate the keys"),
        ("@ana rotate the keys", "@ana", "", "rotate the keys"),
        ("rotate the keys", "", "", "rotate the keys"),
        ("friday <@U1|Ana>: rotate the keys", "<@U1|Ana>", "friday", "rotate the keys"),
        ("me tomorrow: rotate the keys", "me", "tomorrow", "rotate the keys"),
        ("@ana by EOD fri - rotate the keys", "@ana", "EOD fri", "rotate the keys"),
        ("@ana by hand: rotate - and test - the keys", "@ana", "hand", "rotate - and test - the keys"),
        ("@ana rotate - and test - the keys", "@ana", "", "rotate - and test - the keys"),
        ("@ana bis Freitag: Schlüssel tauschen", "@ana", "Freitag", "Schlüssel tauschen"),
    ],
)
def test_one_line_says_who_by_when_and_what(line: str, who: str, by: str, what: str) -> None:
    """What is not said is asked for."""
    found = split_line(line)

    assert (found.who, found.by, found.what) == (who, by, what)
