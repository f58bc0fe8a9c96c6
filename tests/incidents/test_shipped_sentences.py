"""What we offer people to say passes the check that we make of what they write."""

from __future__ import annotations

import pytest

from bot.incidents.decisions.checking import check_draft
from bot.playbooks.offered import offered_sentences, said_in_openings


@pytest.mark.parametrize("sentence", offered_sentences())
def test_what_we_offer_passes_our_own_check(sentence: str) -> None:
    """No process talk, no blame, no jargon, no promise that cannot be kept; new ones are learned with `make train`."""
    assert check_draft(sentence).unneeded == ()


@pytest.mark.slow
def test_what_openings_say_passes_it_too() -> None:
    """The first words for a matter tell of no process, no blame, and promise nothing."""
    assert [one for one in said_in_openings() if check_draft(one).unneeded] == []
