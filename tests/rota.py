"""Which stages a script is played on with every change; `make test-long` plays it on all the others.

Every script is played on our own stage, and on one more in turn by its name. Those that show in docs/platforms.md that
a command works on Slack and in Teams are played on both with every change, and so is what only a platform can do
(tests/adapters). Of a table that a script is played with, the first row goes there, each other row to one in turn.
While somebody writes, `make test` plays each of them in one of these places, again in turn.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]  # a stage and a database

PAGE = Path(__file__).parents[1] / "docs" / "platforms.md"
ALWAYS: Pair = ("fake", "sqlite")
# Both databases are met on our own platform, PostgreSQL on a real one too.
REAL: tuple[Pair, ...] = (("web", "sqlite"), ("slack", "postgres"), ("teams", "sqlite"))
IN_TURN: tuple[Pair, ...] = (("fake", "postgres"), *REAL)


def pairs_of(path: str, name: str, case: Mapping[str, int]) -> frozenset[Pair]:
    """Say where a case of a script is played with every change."""
    turn = _turn(path, name, case)
    if any(case.values()):
        places = (ALWAYS, *IN_TURN)
        return frozenset({places[turn % len(places)]})
    if (path, name) in proofs():
        return frozenset({ALWAYS, *REAL})
    return frozenset({ALWAYS, IN_TURN[turn % len(IN_TURN)]})


def pair_of(path: str, name: str, case: Mapping[str, int]) -> Pair:
    """Say which of these places is enough while somebody writes."""
    places = sorted(pairs_of(path, name, case))
    return places[_turn(path, name, case) // len(IN_TURN) % len(places)]


def _turn(path: str, name: str, case: Mapping[str, int]) -> int:
    return crc32(f"{path} {name} {sorted(case.items())}".encode())


@cache
def proofs() -> frozenset[tuple[str, str]]:
    """Name the scripts that docs/platforms.md leads to: file and function."""
    return frozenset(re.findall(r"\(\.\./(tests/dialogues/\S+) '(\w+)'\)", PAGE.read_text()))
