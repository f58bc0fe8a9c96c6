"""Moments with their day, and days, months and quarters, written as the reader's language writes them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date, format_interval, format_skeleton

from bot.say.language import PUBLIC, _, manners, reader
from bot.say.messages import Section, TimeRef, moment, text

if TYPE_CHECKING:
    from datetime import date, datetime

    from babel.core import Locale


NEAR = timedelta(hours=12)  # within them a time alone is understood


def dated(at: datetime, now: datetime) -> TimeRef:
    """Point at a moment, with its day unless it is near."""
    return moment(at, "time" if abs(at - now) < NEAR else "date")


def as_of(now: datetime) -> Section:
    """Say how old a list is that nobody can change once it is read."""
    return Section(text=text(_("As of {time}."), time=moment(now)), tone="quiet")


def written_days(first: date, last: date) -> str:
    """Write from which day to which, both included, for example "16–22 Nov 2026"."""
    if first == last:
        return format_skeleton("yMMMd", first, locale=_locale())
    return format_interval(first, last, "yMMMd", locale=_locale())


def written_weekday(day: date) -> str:
    """Write a day that is near, for example "Fri 27 Nov"."""
    if reader() == PUBLIC:
        return str(format_date(day, "EEE d MMM", locale=PUBLIC))
    return format_skeleton("MMMEd", day, locale=_locale())


def written_month(day: date) -> str:
    """Write the month of a day, for example "November 2026"."""
    return format_skeleton("yMMMM", day, locale=_locale())


def written_quarter(day: date) -> str:
    """Write the quarter of a day, for example "Q4 2026"."""
    return format_skeleton("yQQQ", day, locale=_locale())


def _locale() -> Locale:
    """Know that English without a country puts the day before the month here, as all our sentences do."""
    return manners("en_GB" if reader() == "en" else reader())
