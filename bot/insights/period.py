"""From when to when a report looks, as people type it, and the period it is compared with: pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.gestures.months import MonthNotUnderstood, is_month, months_named, read_month
from bot.insights.values import Complaint
from bot.say.dates import written_days, written_month, written_quarter
from bot.say.language import _, quoted
from bot.typing.times.back import days_that_were, looking_back
from bot.typing.times.days import find_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
QUARTER = 3  # months
LONGEST = 366  # days
EARLIEST = date(2000, 1, 1)
NAMES = (
    "week",
    "month",
    "quarter",
    "year",
    "yesterday",
    "today",
    "woche",
    "monat",
    "quartal",
    "jahr",
    "gestern",
    "heute",
)
NEAR = 0.8  # of a name is as it should be: a slip, and no other word
_WEEK = timedelta(days=7)
_LATELY = re.compile(r"(?:(?:the )?(?:last|past) )?(?P<count>\d{1,3}) days")
_QUARTER = re.compile(
    r"(?P<year>20\d\d)[-/ ]?q(?P<number>[1-4])|q(?P<number_>[1-4])(?:[-/ ]?(?P<year_>20\d\d))?", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s+(?:to|until|till|through|and)\s+|\s*(?:\.\.\.?|–|—|→)\s*|\s+-\s+|(?<=\d\.)-(?=\d)")
_SINCE = re.compile(r"since (?P<day>.+)")
_WEEK_OF_YEAR = re.compile(
    r"(?:kw|cw|wk|(?:calendar )?week|kalenderwoche) ?(?P<number>\d{1,2})(?:[ /-](?P<year>20\d\d))?", re.IGNORECASE
)
_HALF = re.compile(r"(?:from |between )?(?P<first>.+?)(?:\s+(?:to|until|till|through|and)|\s*(?:\.\.\.?|–|—|→|-))")
_AROUND = re.compile(r"^(?:from|between|since|for|of|in|the) ")
_OF_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days where the organisation works: from the beginning of the first up to, and without, the end."""

    begins: datetime
    ends: datetime
    zone: ZoneInfo
    name: str

    @property
    def first(self) -> date:
        """The first day of it."""
        return self.begins.astimezone(self.zone).date()

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.ends.astimezone(self.zone).date() - DAY

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """The period just before: as many days, or the month or quarter before a whole one."""
        months = _whole_months(self.first, self.last)
        first = months_later(self.first, -months) if months else self.first - self.days * DAY
        return period_of(first, self.first - DAY, self.zone)


def period_of(first: date, last: date, zone: ZoneInfo) -> Period:
    """Make a period of its first and its last day, where somebody works."""
    begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + DAY))
    return Period(begins, ends, zone, _named(first, last))


def months_later(first: date, count: int) -> date:
    """Find the first day of the month so many months after the one that begins on this day."""
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def quarter_of(day: date) -> date:
    """Find the first day of the quarter a day is in."""
    return date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)


def _whole_months(first: date, last: date) -> int:
    """Say whether two days bound a whole quarter (3), a whole month (1) or neither (0)."""
    if first.day != 1:
        return 0
    if quarter_of(first) == first and last + DAY == months_later(first, QUARTER):
        return QUARTER
    return int(last + DAY == months_later(first, 1))


def _named(first: date, last: date) -> str:
    months = _whole_months(first, last)
    if months:
        return written_quarter(first) if months == QUARTER else written_month(first)
    return written_days(first, last)


def read_period(words: str, today: date, zone: ZoneInfo) -> Period | Complaint:
    """Read which days are meant, where somebody works; without words the last whole week."""
    said = looking_back(re.sub(r"\s+", " ", words).strip(" ,:;"))
    found = _called(said.rstrip("."), today) or _week(said, today) or _since(said, today)
    found = found or _days(_AROUND.sub("", said), today)
    return _checked(found, today, zone) if isinstance(found, tuple) else found or _unread(words, said, today)


def _since(said: str, today: date) -> tuple[date, date] | Complaint | None:
    """Find the days from one on to today: "since monday"."""
    since = _SINCE.fullmatch(said)
    day = _day(since["day"], today) if since else None
    return (_in_the_past((day, day), said, today)[0], today) if isinstance(day, date) else day


def _week(said: str, today: date) -> tuple[date, date] | Complaint | None:
    """Find a week by its number; without a year the last one that has begun."""
    if (found := _WEEK_OF_YEAR.fullmatch(said)) is None:
        return None
    number, year = int(found["number"]), found["year"]
    try:
        monday = date.fromisocalendar(int(year or today.year), number, 1)
        if year is None and monday > today:
            monday = date.fromisocalendar(today.year - 1, number, 1)
    except ValueError:
        return Complaint(
            _("There is no such week as {words}.").format(words=quoted(said[:40])),
            _("A year has 52 weeks, or 53."),
            _way(today),
        )
    return _begun(monday, monday + _WEEK - DAY, today)


def _unread(words: str, said: str, today: date) -> Complaint:
    half = _HALF.fullmatch(said)
    if half is None or not isinstance(_days(half["first"], today), tuple):
        return unreadable(words, today)
    return Complaint(
        _("Until which day? Behind {words} there is none.").format(words=quoted(words.strip()[:40])),
        _("A report that begins with one day ends with another."),
        _way(today),
    )


def _called(said: str, today: date) -> tuple[date, date] | Complaint | None:
    """Find what has a name: a week, a month, a quarter, the last so many days."""
    monday, month, quarter = today - timedelta(days=today.weekday()), today.replace(day=1), quarter_of(today)
    last: dict[str, tuple[date, date]] = {
        "week": (monday - _WEEK, monday),
        "month": (months_later(month, -1), month),
        "quarter": (months_later(quarter, -QUARTER), quarter),
        "year": (date(today.year - 1, 1, 1), date(today.year, 1, 1)),
    }
    name = said.removeprefix("the ").removeprefix("last ").removeprefix("previous ") or "week"
    if name in last:
        return last[name][0], last[name][1] - DAY
    this = said.removeprefix("the ").removeprefix("this ").removeprefix("current ")
    if (this := "year" if this in ("ytd", "year to date") else this) in last:
        return last[this][1], today
    if lately := _LATELY.fullmatch(said):
        return (today - timedelta(days=int(lately["count"])), today - DAY) if int(lately["count"]) else None
    if found := _QUARTER.fullmatch(said):
        return _quarter(int(found["number"] or found["number_"]), found["year"] or found["year_"], today)
    return _month(said, today) if is_month(said) else None


def _quarter(number: int, year: str | None, today: date) -> tuple[date, date]:
    first = date(int(year or today.year), number * QUARTER - 2, 1)
    if year is None and first > today:
        first = first.replace(year=today.year - 1)
    return _begun(first, months_later(first, QUARTER) - DAY, today)


def _month(said: str, today: date) -> tuple[date, date] | None:
    try:
        month = read_month(said, today)
    except MonthNotUnderstood:
        return None
    first = date(month.year, month.month, 1)
    return _begun(first, months_later(first, 1) - DAY, today)


def _begun(first: date, last: date, today: date) -> tuple[date, date]:
    """Let what has begun and is not over end today."""
    return first, (min(last, today) if first <= today else last)


def _days(said: str, today: date) -> tuple[date, date] | Complaint | None:
    """Find a day, or the first and the last of several."""
    alone = _day(said, today)
    if alone is not None:
        return alone if isinstance(alone, Complaint) else _in_the_past((alone, alone), said, today)
    for first, last in _halves(said, today):
        begins, ends = _day(first, today), _day(last, today)
        for one in (begins, ends):
            if isinstance(one, Complaint):
                return one
        if isinstance(begins, date) and isinstance(ends, date):
            return _in_the_past((begins, ends), said, today)
    return None


def _halves(said: str, today: date) -> Iterator[tuple[str, str]]:
    for between in _BETWEEN.finditer(said):
        yield said[: between.start()], said[between.end() :]
    for day in find_days(said, today):
        rest = day.rest.strip(" ,-")
        if rest and said.endswith(rest):
            yield said.removesuffix(rest).strip(" ,-"), rest


def _day(said: str, today: date) -> date | Complaint | None:
    dates = days_that_were(said, today)
    if dates is None:
        return None
    if len(dates) == 1:
        return dates[0]
    if not dates:
        return Complaint(
            _("There is no such day as {words}.").format(words=quoted(said[:40])),
            _("I looked it up in the calendar."),
            _way(today),
        )
    return Complaint(
        _("{words} may mean more than one day.").format(words=quoted(said[:40])),
        _("Some write the month first, others the day."),
        _way(today),
    )


def _in_the_past(days: tuple[date, date], said: str, today: date) -> tuple[date, date]:
    """Take days without a year, if none of them has come yet, for those of the year before."""
    if min(days) <= today or _OF_YEAR.search(said) or "tomorrow" in said:
        return days
    first, last = (months_later(day.replace(day=1), -12) + (day.day - 1) * DAY for day in days)
    return first, last


def _checked(days: tuple[date, date], today: date, zone: ZoneInfo) -> Period | Complaint:
    first, last = days
    if first > last:
        return Complaint(
            _("That ends before it begins."),
            _("{first} comes after {last}.").format(first=written_days(first, first), last=written_days(last, last)),
            _("Turn the two days around: `/zanshin report {last} to {first}`.").format(first=first, last=last),
        )
    if last > today:
        return Complaint(
            _("{day} hasn't come yet.").format(day=written_days(last, last)),
            _("A report tells what has happened."),
            _("Ask for days up to today: `/zanshin report this month`, for example."),
        )
    if (last - first).days >= LONGEST:
        return Complaint(
            _("That is more than a year."),
            _("So much has changed since then that one number for all of it would mislead."),
            _("Ask for a year at most, such as `/zanshin report {year}-01-01 to {year}-12-31`.").format(
                year=today.year - 1
            ),
        )
    if first < EARLIEST:
        return Complaint(_("Nothing is kept from so long ago."), _("I wasn't there yet."), _way(today))
    return period_of(first, last, zone)


def unreadable(words: str, today: date) -> Complaint:
    """Say that words are no period at all."""
    return Complaint(
        _("I can't read {words} as a period.").format(words=quoted(words[:40])),
        _("A report is of a week, a month, a quarter, or from one day to another."),
        did_you_mean(words) or _way(today),
    )


def did_you_mean(words: str) -> str:
    """Offer the period whose name words nearly begin with; nothing where none is near."""
    first, _space, rest = words.lower().partition(" ")
    near = get_close_matches(first, (*NAMES, *months_named()), 1, NEAR)
    if not near or near == [first]:
        return ""
    return _("Did you mean `/zanshin report {period}`?").format(period=f"{near[0]} {rest}".strip()[:60])


def _way(today: date) -> str:
    return _("Write it like this: `/zanshin report month`, or `/zanshin report {first} to {last}`.").format(
        first=today - timedelta(days=14), last=today - DAY
    )
