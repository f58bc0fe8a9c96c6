"""Words typed into a form that comes too late are given back, on every stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Cast

NOTE = "he was charged twice and wants the manager"


async def test_a_note_for_a_handoff_that_is_over_is_given_back(cast: Cast) -> None:
    """Whoever wrote while somebody else ended it can copy what they wrote."""
    await cast.ana.types("/recuse CASE-42")
    await cast.ana.presses("Write the note for them")
    await cast.ana.types("/recuse cancel")
    answer = await cast.ana.fills(happened=NOTE)

    assert answer.text.startswith("The note is closed.")
    assert f"Your words, so that nothing is lost: “{NOTE}”" in answer.text


async def test_an_update_for_an_incident_resolved_meanwhile_is_given_back(cast: Cast) -> None:
    """The words for customers are not typed twice."""
    await cast.omar.types("/incident open sev2 Card payments fail")
    await cast.ben.types("/incident update 1")
    assert cast.ben.form is not None
    await cast.omar.types("/incident resolve 1 A server was restarted.")
    answer = await cast.ben.fills(notice="Some cards are declined.", doing="We restart a server.", by="23:30", sent="")

    assert answer.text.startswith("#1 is resolved.")
    for words in ("Some cards are declined.", "We restart a server."):
        assert words in answer.text.partition("Your words, so that nothing is lost: “")[2]
