"""Every figure says what it means, and the page says the same."""

from __future__ import annotations

import pytest

from bot.insights.figures.definitions import FIGURES, Figure
from tests import figures


def test_the_page_is_up_to_date() -> None:
    """What people read of a figure is what stands in the code that counts it."""
    assert figures.PAGE.read_text() == figures.written(), "docs/figures.md is out of date: `make generated` writes it."


@pytest.mark.parametrize("one", FIGURES.values(), ids=lambda one: one.key)
def test_a_figure_says_of_whom_when_where_and_what_is_left_out(one: Figure) -> None:
    """A number without its population, clock, zone and gaps is no number."""
    assert one.means.partition("\n")[0].endswith(".")
    assert [word for word in ("opulation", "lock", "one", "eft out") if word in one.means] == [
        "opulation",
        "lock",
        "one",
        "eft out",
    ]
