"""Where scripts are played with every change."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.platforms import contract_tests, phrases, shown
from tests.rota import ALWAYS, IN_TURN, REAL, pair_of, pairs_of, proofs

SCRIPT = "tests/dialogues/test_any.py"


@pytest.mark.parametrize("number", range(20))
def test_a_script_is_played_here_and_on_one_more_stage(number: int) -> None:
    """It is always the same one: what failed fails again."""
    first, again = (pairs_of(SCRIPT, f"test_{number}", {"typed": 0}) for _ in range(2))

    assert ALWAYS in first
    assert len(first) == 2
    assert first == again


def test_each_other_row_of_a_table_is_played_somewhere() -> None:
    """Each in one place, always the same, and all of them everywhere."""
    rows = [pairs_of(SCRIPT, "test_any", {"typed": row}) for row in range(1, 60)]

    assert all(len(row) == 1 for row in rows)
    assert rows == [pairs_of(SCRIPT, "test_any", {"typed": row}) for row in range(1, 60)]
    assert frozenset[tuple[str, str]]().union(*rows) == {ALWAYS, *IN_TURN}


def test_no_stage_is_left_out() -> None:
    """Of many scripts, each stage gets its share."""
    played = Counter(pair for number in range(400) for pair in pairs_of(SCRIPT, f"test_{number}", {}))

    assert played[ALWAYS] == 400
    assert all(played[pair] > 60 for pair in IN_TURN)


def test_while_somebody_writes_each_is_played_in_one_of_its_places() -> None:
    """Always in the same one, and of many scripts none of the places is left out."""
    scripts = [*((SCRIPT, f"test_{number}") for number in range(400)), *proofs()]
    played = [pair_of(path, name, {}) for path, name in scripts]

    assert all(pair in pairs_of(*script, {}) for pair, script in zip(played, scripts, strict=True))
    assert played == [pair_of(path, name, {}) for path, name in scripts]
    assert min(Counter(played)[pair] for pair in (ALWAYS, *IN_TURN)) > 30


def test_what_proves_a_command_is_played_on_every_stage() -> None:
    """The page says so of each script it leads to."""
    everything = [phrase.starts for phrase in phrases()]
    proving = {shown(starts, everything) for starts in everything} & set(contract_tests())

    assert {test.name for test in proving if test is not None} == {name for _path, name in proofs()}
    assert all(pairs_of(path, name, {}) == {ALWAYS, *REAL} for path, name in proofs())
