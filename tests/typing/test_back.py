"""Days that were, as people type them who look back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.typing.times.back import days_that_were

MONDAY = date(2026, 11, 30)

DAYS = {
    "monday": (30,),
    "Montag": (30,),
    "since monday": (30,),
    "seit Montag": (30,),
    "this monday": (30,),
    "last monday": (23,),
    "letzten Montag": (23,),
    "friday": (27,),
    "Freitag": (27,),
    "last fri": (27,),
    "today": (30,),
    "heute": (30,),
    "yesterday": (29,),
    "gestern": (29,),
    "vorgestern": (28,),
    "2026-11-03": (3,),
    "3. November": (3,),
    "3.11.": (3,),
    "2026-02-30": (),
}


@pytest.mark.parametrize(("words", "days"), DAYS.items())
def test_a_day_that_was(words: str, days: tuple[int, ...]) -> None:
    """A weekday is the one that was, today included, in English and in German."""
    assert days_that_were(words, MONDAY) == tuple(date(2026, 11, day) for day in days)


@pytest.mark.parametrize("words", ["", "soon", "the day I was born", "letzte Woche", "morning"])
def test_no_day(words: str) -> None:
    """What names no day is none."""
    assert days_that_were(words, MONDAY) is None


def test_a_day_may_lie_ahead() -> None:
    """Whoever says so plainly means one that comes."""
    assert days_that_were("next friday", MONDAY) == (date(2026, 12, 4), date(2026, 12, 11))
    assert days_that_were("2026-12-04", MONDAY) == (date(2026, 12, 4),)
    assert days_that_were("morgen", MONDAY) == (date(2026, 12, 1),)
