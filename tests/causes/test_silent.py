"""How many more met the same and said nothing: a range under an assumption."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.causes.decisions.silent import Assumption, Silent, silent_behind

TABLE = [
    # complaints, of a thousand at least and at most so many say so, silent
    (0, (40, 500), None),
    (1, (40, 500), Silent(1, 24)),
    (12, (40, 500), Silent(12, 290)),
    (137, (40, 500), Silent(130, 3300)),
    (10, (1000, 1000), Silent(0, 0)),
    (3, (10, 750), Silent(1, 300)),
    (2, (1, 1), Silent(1900, 2000)),
]


@pytest.mark.parametrize(("complaints", "assumed", "silent"), TABLE)
def test_complaints_stand_for_more(complaints: int, assumed: tuple[int, int], silent: Silent | None) -> None:
    """Both ends are rounded outwards to two digits; nothing is said of none."""
    assert silent_behind(complaints, Assumption(*assumed)) == silent


@given(st.integers(1, 10_000), st.integers(1, 1000), st.integers(1, 1000))
def test_the_range_holds_what_either_share_means(complaints: int, one: int, other: int) -> None:
    """Whatever is assumed, the exact numbers lie within, and more complaints never stand for fewer."""
    assumed = Assumption(min(one, other), max(one, other))
    found, more = silent_behind(complaints, assumed), silent_behind(complaints + 1, assumed)

    assert found is not None
    assert more is not None
    exact = [complaints * 1000 / share - complaints for share in (assumed.most, assumed.fewest)]
    assert found.low <= exact[0] + 1e-3
    assert found.high >= exact[1] - 1e-3
    assert found.high <= more.high
