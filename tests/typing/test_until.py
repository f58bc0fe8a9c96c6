"""Until when and why, as people type it in one line: read, asked back, and never an end that nobody meant."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.typing.times.moments import LONGEST_BREAK, AskBack, Moment, Why, WorkingDay, read_moment
from bot.typing.times.until import Until, read_until, split_until
from tests.typing.breaks import BACK, ENDS, ON_THE_WALL, OPEN

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DUBLIN = ZoneInfo("Europe/Dublin")
LINES = [line for line, *_rest in (*ENDS, *BACK)] + list(OPEN)


def split(line: str, now: datetime = NOW, zone: ZoneInfo = DUBLIN) -> Until:
    return split_until(line, partial(read_moment, now=now, zone=zone, day=WorkingDay(), furthest=LONGEST_BREAK))


def shown(found: Moment | AskBack | None) -> str:
    assert isinstance(found, Moment), found
    return f"{found.at.day} {found.at:%b %H:%M}"


@pytest.mark.parametrize(("line", "meant", "why"), ENDS)
def test_an_end_is_found_wherever_it_stands(line: str, meant: str, why: str) -> None:
    """A length or a time may come first, last or in the middle; the rest is the reason."""
    said = split(line)

    assert (shown(said.at), said.why) == (meant, why)


@pytest.mark.parametrize(
    "line", ["yesterday", "until yesterday", "last week", "last monday", "gestern", "bis gestern Abend"]
)
def test_a_day_gone_by_is_no_reason(line: str) -> None:
    """Nobody is away without an end because of a day that has passed."""
    assert split(line).at == AskBack(Why.NOT_AHEAD)


@pytest.mark.parametrize("line", OPEN)
def test_words_without_a_time_are_a_reason(line: str) -> None:
    """Whoever names no time at all is away until they say that they are back."""
    assert split(line) == Until(None, why=line)


@pytest.mark.parametrize(("line", "asked", "why", "options"), BACK)
def test_an_end_in_doubt_is_asked_back(line: str, asked: Why, why: str, options: tuple[str, ...]) -> None:
    """What looks like a time and cannot be taken is asked, with the reason kept."""
    said = split(line)

    assert isinstance(said.at, AskBack)
    assert (said.at.why, said.why, said.at.options) == (asked, why, options)


@pytest.mark.parametrize(("zone", "now", "line", "meant"), ON_THE_WALL)
def test_an_end_is_on_the_typists_wall(zone: str, now: str, line: str, meant: str) -> None:
    """A break ends by the clock of whoever takes it, through both of its changes."""
    assert shown(split(line, datetime.fromisoformat(now).replace(tzinfo=UTC), ZoneInfo(zone)).at) == meant


def test_an_end_in_the_skipped_hour_is_asked_back() -> None:
    """On the night the clocks go forward, a time that does not exist ends no break."""
    said = split("until 01:30", datetime(2027, 3, 28, 0, 15, tzinfo=UTC))

    assert isinstance(said.at, AskBack)
    assert said.at.why is Why.SKIPPED


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(LINES)
    | st.lists(st.sampled_from([word for line in LINES for word in line.split()]), max_size=9).map(" ".join)
    | st.text(max_size=60)
)
@example("\r")
@example("in hour")
def test_any_line_is_read_or_asked_back(line: str) -> None:
    """No line fails, every end lies ahead and within a month, and every offer is understood."""
    said = split(line)
    read = partial(read_moment, now=NOW, zone=DUBLIN, day=WorkingDay(), furthest=LONGEST_BREAK)

    if isinstance(said.at, Moment):
        assert NOW < said.at.at <= NOW + LONGEST_BREAK
    elif isinstance(said.at, AskBack):
        assert said.at.options
        assert all(isinstance(read_until(option, read), Moment) for option in said.at.options)


@pytest.mark.parametrize("piece", ["a ", "1 ", "until ", "back at ", "30m ", "half ", "monday ", "- "])
def test_long_lines_are_read_at_once(piece: str) -> None:
    """No line of 2,000 characters makes us think long."""
    started = process_time()
    split((piece * 2000)[:2000])

    assert process_time() - started < 1


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("until 14 h 30", "14:30"),
        ("½ hour dentist", "10:30"),
        ("1 1/2 h", "11:30"),
        ("anderthalb Stunden", "11:30"),
        ("eine halbe Std", "10:30"),
        ("zwei Stündchen", "12:00"),
        ("ein halbes Stuendchen", "10:30"),
        ("bis 15 Uhr 30", "15:30"),
        ("bis 15:30h weil Zahnarzt", "15:30"),
        ("“30m” lunch", "10:30"),
        ("30min – lunch", "10:30"),
        ("30m Lunch time", "10:30"),
        ("until 1530hrs", "15:30"),
        ("until 14:30 GMT+1", "13:30"),
        ("until quarter past 2 — dentist", Why.HALF_OF_DAY),
        ("bis dreiviertel drei", Why.HALF_OF_DAY),
        ("until 9-5", Why.TIME_OR_LENGTH),
        ("until 2pm Berlin time", "13:00"),
        ("bis 14 Uhr Londoner Zeit", "14:00"),
        ("2pm berlin time", "13:00"),
        ("lunch until 2pm Berlin time", "13:00"),
        ("9am Berlin time", Why.NOT_AHEAD),
        ("until 9:30 Europe/Berlin", Why.NOT_AHEAD),
        ("until 9am New York time, dentist", "14:00"),
        ("bis 9 Uhr Berliner Zeit", Why.HALF_OF_DAY),
        ("kurz weg", Why.VAGUE),
        ("bin kurz raus", Why.VAGUE),
        ("until 25:00", Why.NO_SUCH_TIME),
    ],
)
def test_an_end_is_read_or_asked_back_and_never_left_out(line: str, meant: str | Why) -> None:
    """Whoever says when they are back is never away without an end."""
    at = split(line, zone=ZoneInfo("UTC")).at

    assert at is not None
    assert (f"{at.at:%H:%M}" if isinstance(at, Moment) else at.why) == meant
