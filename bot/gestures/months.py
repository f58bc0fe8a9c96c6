"""A month, as people type it, and its list as data: pure."""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.typing.times.back import looking_back

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

_NAMES = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}
_NUMBERS = re.compile(r"(?P<year>\d{4})[-/. ](?P<month>\d{1,2})|(?P<month_>\d{1,2})[-/. ](?P<year_>\d{4})")
_NAMED = re.compile(r"(?P<name>[a-z]+)\.?(?: (?P<year>\d{4}))?")
EXPORT = "zanshin gestures export --month {month}"
# What a table takes for the beginning of a formula; after a mark of quotation it is text.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


class MonthNotUnderstood(ValueError):
    """What was typed is no month."""


@dataclass(frozen=True, order=True)
class Month:
    """One month."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def before(self) -> Month:
        """The month before this one."""
        return Month(self.year, self.month - 1) if self.month > 1 else Month(self.year - 1, 12)

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Say when it begins and when the next one does, where somebody works."""
        after = Month(self.year, self.month + 1) if self.month < 12 else Month(self.year + 1, 1)  # noqa: PLR2004
        begins, ends = (
            datetime.combine(date(one.year, one.month, 1), time(), zone).astimezone(UTC) for one in (self, after)
        )
        return begins, ends


def months_named() -> tuple[str, ...]:
    """List the months by their names, the long ones."""
    return tuple(name for name in _NAMES if len(name) > len("june"))


def _lowered(words: str) -> str:
    return looking_back(words).strip(" .")


def is_month(words: str) -> bool:
    """Say whether words are meant as a month, be it one or not."""
    lowered = _lowered(words)
    named = _NAMED.fullmatch(lowered)
    return bool(
        _NUMBERS.fullmatch(lowered) or lowered in ("this month", "last month") or (named and named["name"] in _NAMES)
    )


def read_month(words: str, today: date) -> Month:
    """Read "2026-11", "11/2026", "November" or "last month"; a name alone is the latest of its name."""
    lowered, this = _lowered(words), Month(today.year, today.month)
    if lowered in ("", "this month"):
        return this
    if lowered == "last month":
        return this.before
    if found := _NUMBERS.fullmatch(lowered):
        read = Month(int(found["year"] or found["year_"]), int(found["month"] or found["month_"]))
    elif (found := _NAMED.fullmatch(lowered)) and found["name"] in _NAMES:
        number = _NAMES[found["name"]]
        read = Month(int(found["year"]) if found["year"] else today.year - (number > today.month), number)
    else:
        raise MonthNotUnderstood(words)
    if not (1 <= read.month <= 12 and 2000 <= read.year <= 2999):  # noqa: PLR2004
        raise MonthNotUnderstood(words)
    return read


@dataclass(frozen=True, kw_only=True)
class Line:
    """One gesture that was granted, as a list has it."""

    organisation: str
    granted: str  # as 2026-11-28 14:30, where they work
    state: str  # granted, or cancelled since
    kind: str
    gesture: str
    amount: str
    currency: str
    case: str
    customer: str
    given_by: str
    decided_by: str  # empty: within limits
    reason: str


def as_csv(lines: Iterable[Line]) -> str:
    """Write a list as a table that no program takes for formulas."""
    written = io.StringIO()
    table = csv.writer(written)
    names = [one.name for one in fields(Line)]
    table.writerow(names)
    table.writerows([harmless(getattr(line, name)) for name in names] for line in lines)
    return written.getvalue()


def harmless(words: str) -> str:
    """Write words so that no table takes them for a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def totals(lines: Iterable[Line]) -> dict[str, Decimal]:
    """Add up what was granted and not taken back, by currency."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.state == "granted":
            found[line.currency] += Decimal(line.amount)
    return dict(found)
