"""Random people, clicks, clock steps, restarts and delivery outcomes never break a handoff."""

from __future__ import annotations

import pytest

from tests.handoffs.history import Histories
from tests.histories import play


def test_a_few_histories(request: pytest.FixtureRequest) -> None:
    """At most one taker, no silence, no offer to the excluded, everybody told: over a few histories."""
    play(Histories, request, "sqlite", examples=6, steps=25)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_many_histories(request: pytest.FixtureRequest, kind: str) -> None:
    """The same over many and longer ones, on both databases."""
    play(Histories, request, kind, examples=60, steps=40)
