"""Where a case stands decides what is said first, whatever it is about."""

from __future__ import annotations

import pytest

from bot.playbooks.openings import shipped_openings
from bot.playbooks.shelves.matching import match
from bot.understanding.matters import NONE
from bot.understanding.stages import likeliest
from bot.understanding.understood import Understood


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"manager-not-here": 0.5, "log-says-sent": 0.3, NONE: 0.2}, "manager-not-here"),
        ({"manager-not-here": 0.39, NONE: 0.2}, None),
        ({"manager-not-here": 0.45, NONE: 0.55}, None),
        ({}, None),
    ],
)
def test_a_stage_is_told_where_it_is_likely_and_likelier_than_none(shares: dict[str, float], told: str | None) -> None:
    """Whoever has no numpy has no shares, and no stage."""
    assert likeliest(shares, 0.4) == told


@pytest.mark.parametrize(
    ("typed", "opening"),
    [
        ("he wants the manager this second, ours is off sick till wednesday", "manager-not-here"),
        ("late cancel fee for appt, she says the reminder never came. our log says delivered 9:02", "log-says-sent"),
        ("two sets of photos, his and the removers', both before the dent", "both-have-pictures"),
        ("finance released the money on the 3rd, her bank sees nothing", "approved-not-arrived"),
        ("he goes 'fine, do whatever you like' and I don't buy it", "fine-whatever"),
        ("the manager is in a meeting, customer insists", "manager-not-here"),
        ("promised, nothing noted", "promised-no-note"),
        ("colleague told her we'd waive it, not a word in the notes", "promised-no-note"),
    ],
)
def test_the_stage_is_answered_and_not_the_matter(typed: str, opening: str) -> None:
    """Whoever typed what limits them hears how to say just that, also where what happened is disputed."""
    found = match(shipped_openings()["en"], "en", Understood(typed), None)
    assert found is not None
    assert found.id == opening
    assert found.stage


@pytest.mark.parametrize(
    "typed",
    ["she sent 14 emails today", "she emailed us 9 times and got no answer", "he's been on hold 50 minutes"],
)
def test_what_a_customer_did_is_no_limit_of_ours(typed: str) -> None:
    """Nobody is told of a record, or of a supplier, that nobody spoke of."""
    found = match(shipped_openings()["en"], "en", Understood(typed), None)
    assert found is None or not found.stage


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_stage_can_be_written_too(language: str) -> None:
    """They hold in any trade and place: each has words for an e-mail, and none is said otherwise elsewhere."""
    stages = [one for one in shipped_openings()[language].by_id.values() if one.stage]
    assert len(stages) > 60
    assert [one.id for one in stages if one.differs_by_place] == []
    assert [one.id for one in stages if not one.email] == []
