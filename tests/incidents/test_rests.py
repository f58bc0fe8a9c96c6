"""Of which incident the reminders rest, until when and why, as people type it in one line."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incidents.typed.rests import split_rest
from bot.typing.times.moments import AskBack, Moment, Why, WorkingDay, read_moment
from tests.incidents.rests import RESTS, RESTS_ASKED

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
READ = partial(read_moment, now=NOW, zone=ZoneInfo("Europe/Dublin"), day=WorkingDay())
LIVE = {1, 2, 30}
PIECES = sorted({word for line, *_rest in (*RESTS, *RESTS_ASKED) for word in line.split()})


@pytest.mark.parametrize(("line", "number", "until", "why"), RESTS)
def test_a_rest_is_told_apart(line: str, number: int | None, until: str, why: str) -> None:
    """The number, the end and the reason are found wherever the language puts them."""
    found, said = split_rest(line, READ, LIVE.__contains__)

    assert isinstance(said.at, Moment), said
    assert (found, f"{said.at.at:%d %b %H:%M}", said.why) == (number, until, why)


@pytest.mark.parametrize(("line", "number", "asked", "words", "why"), RESTS_ASKED)
def test_a_rest_without_a_clear_end_is_asked_back(
    line: str, number: int | None, asked: Why | None, words: str, why: str
) -> None:
    """No reminder rests until a moment that nobody meant, and the reason is kept."""
    found, said = split_rest(line, READ, LIVE.__contains__)

    assert not isinstance(said.at, Moment)
    assert (found, said.at.why if said.at else None, said.words, said.why) == (number, asked, words, why)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=60))
def test_any_rest_is_read_or_asked_back(line: str) -> None:
    """No line fails, and every end lies ahead."""
    _number, said = split_rest(line, READ, LIVE.__contains__)

    assert said.at is None or isinstance(said.at, AskBack) or said.at.at > NOW
