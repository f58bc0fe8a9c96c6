"""When what is planned begins, taken off either end of the line it is typed in, or asked with nothing lost."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.typing.times.moments import WorkingDay, read_moment, split_moment
from bot.typing.times.starts import split_start, why_not
from tests.fakes.clock import START

DUBLIN = ZoneInfo("Europe/Dublin")
READ = partial(read_moment, now=START, zone=DUBLIN, day=WorkingDay())
SPLIT = partial(split_moment, now=START, zone=DUBLIN, day=WorkingDay())


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("tomorrow 18:00 The shop closes", "25 Nov 18:00"),
        ("tomorrow 18:00: The shop closes", "25 Nov 18:00"),
        ("The shop closes tomorrow at 6pm", "25 Nov 18:00"),
        ("The shop closes, tomorrow 18:00", "25 Nov 18:00"),
        ("tomorrow 18:00 to 20:00 The shop closes", "25 Nov 18:00"),
        ("The shop closes in 30 minutes", "24 Nov 10:30"),
    ],
)
def test_a_clear_time_is_taken_from_either_end(typed: str, begins: str) -> None:
    """Of a range its beginning counts: customers notice it from then on."""
    _words, title, found = split_start(typed, READ, SPLIT)

    assert title == "The shop closes"
    assert found is not None
    assert f"{(found.earliest or found.at).astimezone(DUBLIN):%d %b %H:%M}" == begins


@pytest.mark.parametrize(
    ("typed", "title", "starts", "said"),
    [
        ("yesterday 06:00 The shop closes", "The shop closes", "yesterday 06:00", "doesn't lie ahead"),
        ("today 06:00 The shop closes", "The shop closes", "today 06:00", "doesn't lie ahead"),
        ("2 hours ago The shop closes", "The shop closes", "2 hours ago", "doesn't lie ahead"),
        ("soon The shop closes", "The shop closes", "soon", "no time I can keep watch over"),
        ("The shop closes tomorrow at 6", "The shop closes", "tomorrow at 6", "which time of day"),
        ("The shop closes on Friday at 18:00", "The shop closes", "on Friday at 18:00", "Does it begin then?"),
        ("The shop is closed until 18:00", "The shop is closed until 18:00", "", "When does it begin?"),
        ("The shop closes", "The shop closes", "", "When does it begin?"),
    ],
)
def test_a_time_that_is_not_clear_is_said_to_be_so(typed: str, title: str, starts: str, said: str) -> None:
    """What may be the time is kept as typed, and why it is not taken can be read."""
    words, rest, found = split_start(typed, READ, SPLIT)

    assert (words, rest, found) == (starts, title, None)
    assert said in why_not(words, READ)


def test_a_time_alone_leaves_no_title() -> None:
    """There is nothing to say of the time; what will happen is missing."""
    words, rest, found = split_start("tomorrow 18:00", READ, SPLIT)

    assert (words, rest) == ("tomorrow 18:00", "")
    assert found is not None


@pytest.mark.parametrize("typed", ["tomorrow 25:00 upgrade", "25:00 upgrade"])
def test_a_time_that_is_none_is_no_part_of_the_title(typed: str) -> None:
    """It was meant as the time, and is asked about."""
    words, rest, found = split_start(typed, READ, SPLIT)

    assert (f"{words} {rest}", rest, found) == (typed, "upgrade", None)
    assert why_not(words, READ).startswith("There's no such time.")
