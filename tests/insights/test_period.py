"""Which days a report is of: read from what people type, and compared with the days before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.insights.period import Period, period_of, read_period
from bot.insights.values import Complaint, Share

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 28)  # a Saturday

READ = {
    "": "2026-11-16 2026-11-22 16–22 Nov 2026",
    "week": "2026-11-16 2026-11-22 16–22 Nov 2026",
    "last week": "2026-11-16 2026-11-22 16–22 Nov 2026",
    "This week": "2026-11-23 2026-11-28 23–28 Nov 2026",
    "month": "2026-10-01 2026-10-31 October 2026",
    "the last month": "2026-10-01 2026-10-31 October 2026",
    "this month": "2026-11-01 2026-11-28 1–28 Nov 2026",
    "quarter": "2026-07-01 2026-09-30 Q3 2026",
    "Q3": "2026-07-01 2026-09-30 Q3 2026",
    "q4": "2026-10-01 2026-11-28 1 Oct – 28 Nov 2026",
    "2025-Q4": "2025-10-01 2025-12-31 Q4 2025",
    "Q4 2025": "2025-10-01 2025-12-31 Q4 2025",
    "last year": "2025-01-01 2025-12-31 1 Jan – 31 Dec 2025",
    "November": "2026-11-01 2026-11-28 1–28 Nov 2026",
    "december": "2025-12-01 2025-12-31 December 2025",
    "2026-02": "2026-02-01 2026-02-28 February 2026",
    "last 30 days": "2026-10-29 2026-11-27 29 Oct – 27 Nov 2026",
    "7 days": "2026-11-21 2026-11-27 21–27 Nov 2026",
    "yesterday": "2026-11-27 2026-11-27 27 Nov 2026",
    "today": "2026-11-28 2026-11-28 28 Nov 2026",
    "monday": "2026-11-23 2026-11-23 23 Nov 2026",
    "2026-11-03": "2026-11-03 2026-11-03 3 Nov 2026",
    "from 2026-11-01 to 2026-11-20": "2026-11-01 2026-11-20 1–20 Nov 2026",
    "2026-11-01 2026-11-20": "2026-11-01 2026-11-20 1–20 Nov 2026",
    "2026-11-01..2026-11-20": "2026-11-01 2026-11-20 1–20 Nov 2026",
    "1 Nov to 20 Nov": "2026-11-01 2026-11-20 1–20 Nov 2026",
    "1.11.-20.11.": "2026-11-01 2026-11-20 1–20 Nov 2026",
    "since monday": "2026-11-23 2026-11-28 23–28 Nov 2026",
    "since 1 Nov": "2026-11-01 2026-11-28 1–28 Nov 2026",
    "week 46": "2026-11-09 2026-11-15 9–15 Nov 2026",
    "CW 48": "2026-11-23 2026-11-28 23–28 Nov 2026",
    "KW 50": "2025-12-08 2025-12-14 8–14 Dec 2025",
    "ytd": "2026-01-01 2026-11-28 1 Jan – 28 Nov 2026",
    "1 Nov - today": "2026-11-01 2026-11-28 1–28 Nov 2026",
    "between 1.11. and 20.11.": "2026-11-01 2026-11-20 1–20 Nov 2026",
    "15 Dec to 10 Jan": "2025-12-15 2026-01-10 15 Dec 2025 – 10 Jan 2026",
    "1 Dec – 24 Dec": "2025-12-01 2025-12-24 1–24 Dec 2025",
}
GERMAN = {
    "Woche": "week",
    "letzte Woche": "week",
    "diese Woche": "this week",
    "Monat": "month",
    "letzter Monat": "last month",
    "im letzten Monat": "last month",
    "des vorigen Monats": "last month",
    "letztes Quartal": "quarter",
    "3. Quartal 2026": "Q3 2026",
    "letztes Jahr": "last year",
    "Oktober": "october",
    "im Oktober 2026": "october 2026",
    "März": "march",
    "Maerz 2026": "march 2026",
    "die letzten 30 Tage": "last 30 days",
    "gestern": "yesterday",
    "heute": "today",
    "Montag": "monday",
    "letzten Montag": "monday",
    "1.10.2026 bis 31.10.2026": "2026-10-01 to 2026-10-31",
    "vom 1.10. bis zum 31.10.": "2026-10-01 to 2026-10-31",
    "1. Oktober bis heute": "1 oct to today",
}
NEARLY = {
    "monthh": "Did you mean `/zanshin report month`?",
    "qarter billing": "Did you mean `/zanshin report quarter billing`?",
    "Wochee": "Did you mean `/zanshin report woche`?",
    "ocotber": "Did you mean `/zanshin report october`?",
    "2026-10-01 to": "Write it like this: ",
}
COMPLAINED = {
    "2026-10-01 to": "Until which day? Behind “2026-10-01 to” there is none.",
    "from 1 Oct until": "Until which day? Behind “from 1 Oct until” there is none.",
    "1.10.2026 bis": "Until which day? Behind “1.10.2026 bis” there is none.",
    "2026-11-20 to 2026-11-01": "That ends before it begins.",
    "2026-11-20 to 2026-12-05": "5 Dec 2026 hasn't come yet.",
    "tomorrow": "29 Nov 2026 hasn't come yet.",
    "2027-01": "31 Jan 2027 hasn't come yet.",
    "2020-01-01 to 2026-01-01": "That is more than a year.",
    "1999-01-01 to 1999-02-01": "Nothing is kept from so long ago.",
    "2026-02-30": "There is no such day as “2026-02-30”.",
    "2026-13": "I can't read “2026-13” as a period.",
    "0 days": "I can't read “0 days” as a period.",
    "3/5 to today": "“3/5” may mean more than one day.",
    "fortnight": "I can't read “fortnight” as a period.",
}
BEFORE = {
    "october 2026": "2026-09-01 2026-09-30",
    "january 2026": "2025-12-01 2025-12-31",
    "Q1 2026": "2025-10-01 2025-12-31",
    "2026-02-01 to 2026-02-28": "2026-01-01 2026-01-31",
    "week": "2026-11-09 2026-11-15",
    "this month": "2026-10-04 2026-10-31",
    "2026-10-20 to 2026-10-30": "2026-10-09 2026-10-19",
}


def read(words: str) -> Period:
    found = read_period(words, TODAY, BERLIN)
    assert isinstance(found, Period), found
    return found


@pytest.mark.parametrize(("words", "expected"), READ.items())
def test_reads_the_days_meant(words: str, expected: str) -> None:
    """A period is what people call it, and has a name to be read by."""
    period = read(words)

    assert f"{period.first} {period.last} {period.name}".replace("\u2009", " ") == expected


@pytest.mark.parametrize(("words", "english"), GERMAN.items())
def test_reads_german_alike(words: str, english: str) -> None:
    """What is typed in German is what it is in English."""
    assert read(words) == read(english)


@pytest.mark.parametrize(("words", "hint"), NEARLY.items())
def test_offers_what_was_nearly_typed(words: str, hint: str) -> None:
    """A slip is offered as it was meant."""
    found = read_period(words, TODAY, BERLIN)

    assert isinstance(found, Complaint)
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(("words", "what"), COMPLAINED.items())
def test_says_why_it_cannot_be(words: str, what: str) -> None:
    """What is no period, or none yet, is answered with why, and with what to type instead."""
    found = read_period(words, TODAY, BERLIN)

    assert isinstance(found, Complaint), found
    assert found.what == what
    assert found.why
    assert found.hint


@pytest.mark.parametrize(("words", "expected"), BEFORE.items())
def test_compares_with_the_period_just_before(words: str, expected: str) -> None:
    """A whole month or quarter is compared with the one before it, anything else with as many days."""
    before = read(words).before

    assert f"{before.first} {before.last}" == expected
    assert before.ends == read(words).begins


def test_days_are_those_of_the_zone() -> None:
    """A day begins and ends at midnight where the organisation works, though two a year have another length."""
    spring = period_of(date(2026, 3, 29), date(2026, 3, 29), BERLIN)
    autumn = period_of(date(2026, 10, 25), date(2026, 10, 25), BERLIN)

    assert (spring.begins, spring.ends) == (
        datetime(2026, 3, 28, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    )
    assert (autumn.ends - autumn.begins).total_seconds() == 25 * 3600
    assert (spring.days, autumn.days) == (1, 1)


@pytest.mark.parametrize(
    ("share", "bounds"),
    [
        (Share(0, 0), (None, None, None)),
        (Share(0, 10), (0.0, 0.0, 0.278)),
        (Share(10, 10), (0.722, 1.0, 1.0)),
        (Share(1, 1), (0.207, 1.0, 1.0)),
        (Share(50, 100), (0.404, 0.5, 0.596)),
    ],
)
def test_few_say_little_of_a_share(share: Share, bounds: tuple[float | None, ...]) -> None:
    """The bounds around a share are those of Wilson, and none are around nothing."""
    found = (share.low, share.value, share.high)

    assert [one if one is None else round(one, 3) for one in found] == list(bounds)
