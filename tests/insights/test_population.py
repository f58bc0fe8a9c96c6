"""Which teams are told of: none that tells of a few people, nor would if one total were taken from another."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.insights.figures.population import FEWEST, broken_down


def people(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1))


EVERYBODY = people(1, 30)

TEAMS = [
    pytest.param({"billing": people(1, 10)}, ["billing"], id="large, and so is the rest"),
    pytest.param({"billing": people(1, 4)}, [], id="too small"),
    pytest.param({"german": people(1, 27)}, [], id="all but three"),
    pytest.param({"german": EVERYBODY}, ["german"], id="everybody"),
    pytest.param({"billing": people(1, 12), "refunds": people(1, 9)}, ["billing"], id="all of a team but three"),
    pytest.param({"billing": people(1, 12), "refunds": people(9, 20)}, ["billing", "refunds"], id="overlapping"),
    pytest.param({"a": people(1, 14), "b": people(15, 27)}, ["a"], id="two that leave three"),
    pytest.param({"a": people(1, 10), "b": people(11, 20), "c": people(21, 27)}, ["a", "b"], id="three leave three"),
    pytest.param({"a": people(1, 12), "A b": people(1, 12)}, ["A b", "a"], id="the same people"),
]


@pytest.mark.parametrize(("teams", "told"), TEAMS)
def test_of_whom_is_told(teams: dict[str, frozenset[int]], told: list[str]) -> None:
    """The largest first; whoever is refused is so whatever was asked before."""
    assert broken_down(EVERYBODY, teams) == told


@given(st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.integers(1, 30), min_size=1)))
def test_no_two_totals_tell_of_a_few(teams: dict[str, frozenset[int]]) -> None:
    """Whatever teams there are, one within another never leaves fewer than five people."""
    shown = [EVERYBODY, *(teams[name] for name in broken_down(EVERYBODY, teams))]

    assert all(len(one) >= FEWEST for one in shown)
    assert not [1 for one, other in combinations(shown, 2) if one > other and len(one - other) < FEWEST]
