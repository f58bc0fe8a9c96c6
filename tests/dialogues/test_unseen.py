"""What looks empty is empty, in every form and on every platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast

UNSEEN = ["\u200b", "\u2060\ufeff", "\u200d", "\u3164", "\u2800", " \u200e \u200f"]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
async def test_an_update_of_nothing_is_not_written(cast: Cast, unseen: str) -> None:
    """Each question that was left out is named, and the other answer is kept."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev2 Card payments fail")
    await omar.presses("Update")
    await omar.fills(notice="Some cards fail.", doing=unseen, by="in 30m")

    assert list(omar.errors) == ["doing"]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
async def test_an_incident_needs_a_title_that_is_seen(cast: Cast, unseen: str) -> None:
    """Nobody opens one that has no name."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open")
    await omar.fills(title=unseen, severity="2")

    assert list(omar.errors) == ["title"]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
async def test_a_note_of_nothing_is_asked_for(cast: Cast, unseen: str) -> None:
    """Typed, it is as if nothing stood behind the command."""
    await cast.omar.types("/incident open sev2 Card payments fail")
    answer = await cast.omar.types(f"/incident note 1 {unseen}")

    assert answer is None or "Noted" not in answer.text
