"""What is counted of heat: a case once, in somebody's own day, and of a team a spread that names nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.afterwards.decisions.care import (
    Heated,
    Spread,
    after_recuse,
    after_words,
    day_of,
    is_much,
    spared_until,
    spread,
    week_of,
)
from bot.directory.shifts import read_shifts

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def before(minutes: int) -> datetime:
    return NOON - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("heated", "recused", "count"),
    [
        (Heated(), [], 1),
        (Heated(1, before(29)), [], 1),  # the same case, looked up again
        (Heated(1, before(30)), [], 2),
        (Heated(), [before(10)], 0),  # they have just stepped out of it
        (Heated(), [before(90), before(40)], 1),
    ],
)
def test_words_about_the_same_case_count_once(heated: Heated, recused: list[datetime], count: int) -> None:
    """Half an hour is taken for one case."""
    assert after_words(heated, recused, NOON).count == count


@pytest.mark.parametrize(
    ("heated", "left"),
    [
        (Heated(), Heated()),
        (Heated(2, before(5)), Heated(1)),  # typed about, then stepped out of: one case
        (Heated(2, before(45)), Heated(2, before(45))),
        (Heated(1), Heated(1)),
    ],
)
def test_stepping_out_counts_by_itself(heated: Heated, left: Heated) -> None:
    """The words about it a moment before are no second case."""
    assert after_recuse(heated, NOON) == left


@pytest.mark.parametrize(("count", "recused", "much"), [(2, 0, False), (3, 0, True), (0, 3, True), (1, 2, True)])
def test_three_in_a_day_are_much(count: int, recused: int, *, much: bool) -> None:
    """However they were met."""
    assert is_much(Heated(count), recused) is much


def test_days_and_weeks_are_somebodys_own() -> None:
    """Where the clocks have just gone back, and where it is tomorrow already."""
    berlin, auckland = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")

    assert day_of(NOON, auckland) == datetime(2026, 11, 24, 11, tzinfo=UTC)
    assert day_of(datetime(2026, 10, 25, 12, tzinfo=UTC), berlin) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert week_of(NOON, berlin) == datetime(2026, 11, 22, 23, tzinfo=UTC)


def test_somebody_is_spared_until_their_shift_ends() -> None:
    """Without hours, or outside of them, for eight hours."""
    office = read_shifts("mon-fri 9-17")

    assert spared_until(office, ZoneInfo("Europe/Berlin"), NOON) == datetime(2026, 11, 24, 16, tzinfo=UTC)
    assert spared_until((), ZoneInfo("UTC"), NOON) == NOON + timedelta(hours=8)
    assert spared_until(office, ZoneInfo("Pacific/Auckland"), NOON) == NOON + timedelta(hours=8)


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ([0, 0, 9, 9], None),
        ([0, 0, 0, 0, 0], Spread(5, 0, 0)),
        ([0, 0, 0, 0, 0, 7], Spread(None, 0, None)),
        ([0] * 9 + [1] * 2 + [7] * 6, Spread(9, None, None)),
        ([0, 1, 2, 3, 4], Spread(None, None, None)),
        ([1] * 6 + [5] * 5, Spread(0, 6, 5)),
    ],
)
def test_a_small_group_is_not_broken_down(counts: list[int], found: Spread | None) -> None:
    """Neither a small team, nor a share of fewer than five people, nor one that the others leave over."""
    assert spread(counts) == found
