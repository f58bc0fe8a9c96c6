"""The page that puts Slack and Teams side by side is true."""

from __future__ import annotations

from tests.platforms import PAGE, phrases, shown, written

KNOWN_GAPS = {"/zanshin team sync"}  # user groups are Slack's; its own tests show it


def test_the_page_is_up_to_date() -> None:
    """`python -m tests.platforms` writes it anew."""
    assert PAGE.read_text() == written()


def test_every_command_is_typed_in_a_contract_test() -> None:
    """Whatever can be typed is tried on every platform."""
    everything = [phrase.starts for phrase in phrases()]

    assert {starts for starts in everything if shown(starts, everything) is None} == KNOWN_GAPS
