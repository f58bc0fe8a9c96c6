"""What stands above the cards of an incident."""

from __future__ import annotations

from bot.incidents.model import Incident
from bot.say.directions import isolated


def test_a_heading_keeps_its_number_in_front_of_a_title_from_right_to_left() -> None:
    """Also what is formatted by hand is isolated, and once only."""
    heading = Incident(number=7, title="الدفع لا يعمل").heading

    assert heading == "#7 \u2068الدفع لا يعمل\u2069"
    assert isolated(isolated("الدفع")) == "\u2068الدفع\u2069"
    assert Incident(number=7, title="Card payments fail").heading == "#7 Card payments fail"
