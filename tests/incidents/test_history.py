"""Random people, clicks, clock steps, restarts, downtime and delivery outcomes never lose a promise."""

from __future__ import annotations

import pytest

from tests.histories import play
from tests.incidents.history import IncidentHistories


def test_a_few_histories(request: pytest.FixtureRequest) -> None:
    """Every promise is kept, nagged about, snoozed or paused, among handoffs: over a few histories."""
    play(IncidentHistories, request, "sqlite", examples=10, steps=25)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_many_histories(request: pytest.FixtureRequest, kind: str) -> None:
    """The same over many and longer ones, on both databases."""
    play(IncidentHistories, request, kind, examples=60, steps=40)
