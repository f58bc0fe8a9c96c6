"""What customers read of an update in which a time was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast


@pytest.mark.parametrize(
    "promise",
    [
        "We promise another update in 2 hours",
        "There will be another update by 12:00. Thank you for your patience",
        "Wir geben bis 12 Uhr Bescheid",
    ],
)
async def test_no_stump_of_a_promise_is_left_for_customers(cast: Cast, promise: str) -> None:
    """The sentence goes wholly, and the one promise stands in ours."""
    await cast.omar.types("/incident open sev3 Cards fail")
    await cast.omar.privately.types(f"/incident update 1 Cards fail. We are on it. {promise}")
    await cast.later(seconds=1)
    said = "\n".join([*await cast.omar.sees(), *await cast.omar.privately.sees()])

    assert "Cards fail. We are on it." in said
    assert "12:00" in said
    for stump in ("We promise", "There will be", "Bescheid"):
        assert stump not in said
