"""Months as people type them, and their list as a table that nothing takes for formulas."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gestures.months import Line, Month, MonthNotUnderstood, as_csv, is_month, read_month, totals

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-11", "2026-11"),
        ("2026-3", "2026-03"),
        ("2026/03", "2026-03"),
        ("11/2026", "2026-11"),
        ("11.2026", "2026-11"),
        ("november", "2026-11"),
        ("Nov", "2026-11"),
        ("Sept.", None),
        ("December", "2025-12"),
        ("dec 2024", "2024-12"),
        ("this month", "2026-11"),
        ("last month", "2026-10"),
        ("2026-13", None),
        ("2026-00", None),
        ("0001-01", None),
        ("sometime", None),
    ],
)
def test_months_are_read_as_people_type_them(typed: str, month: str | None) -> None:
    """Numbers in either order, and names; a name alone is the latest of its name."""
    if month is None:
        with pytest.raises(MonthNotUnderstood):
            read_month(typed, TODAY)
        return

    assert str(read_month(typed, TODAY)) == month
    assert is_month(typed)


def test_words_about_a_customer_are_no_month() -> None:
    """They are looked up as what is happening."""
    assert not any(map(is_month, ("of goodwill", "she shouts", "", "for the late delivery in may be")))


def test_a_month_is_as_long_as_it_is_where_people_work() -> None:
    """It begins at midnight there, also over a change of the clock and of the year."""
    assert Month(2026, 12).bounds(ZoneInfo("Europe/Berlin")) == (
        datetime(2026, 11, 30, 23, tzinfo=UTC),
        datetime(2026, 12, 31, 23, tzinfo=UTC),
    )
    assert Month(2026, 3).bounds(ZoneInfo("Europe/Berlin"))[1] == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert (Month(2026, 1).before, Month(2026, 2).before) == (Month(2025, 12), Month(2026, 1))


def line(**changes: str) -> Line:
    return Line(
        **{
            "organisation": "Lumen",
            "granted": "2026-11-28 14:30",
            "state": "granted",
            "kind": "credit",
            "gesture": "Sorry",
            "amount": "20.00",
            "currency": "EUR",
            "case": "CASE-1",
            "customer": "Zoë Ó Briain",
            "given_by": "Ana",
            "decided_by": "",
            "reason": "",
        }
        | changes
    )


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(typed: str) -> None:
    """What a customer is called runs nothing on the machine of whoever opens the list."""
    [_head, cells] = list(csv.reader(io.StringIO(as_csv([line(customer=typed, case=typed)]))))

    assert cells[7] == cells[8] == f"'{typed}"


@given(st.text(max_size=30), st.text(max_size=30))
def test_every_cell_comes_back_whole(customer: str, reason: str) -> None:
    """Marks of quotation, commas and line breaks stay in their cell."""
    [_head, cells] = list(csv.reader(io.StringIO(as_csv([line(customer=customer, reason=reason)]), newline="")))

    assert [one.removeprefix("'") for one in (cells[8], cells[11])] == [
        one.removeprefix("'") for one in (customer, reason)
    ]


def test_what_was_taken_back_is_not_added_up() -> None:
    """It stands in the list all the same."""
    lines = [line(), line(amount="5.50"), line(state="cancelled"), line(currency="GBP")]

    assert totals(lines) == {"EUR": Decimal("25.50"), "GBP": Decimal("20.00")}
    assert as_csv(lines).count("\r\n") == 5
