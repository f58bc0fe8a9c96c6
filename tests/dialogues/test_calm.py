"""An agent under attack asks for a playbook and walks through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_words_find_the_playbook_that_fits_for_their_eyes_only(cast: Cast) -> None:
    """The fitting playbook comes at once, says why, shows its first step, and nobody else sees it."""
    answer = await cast.ana.types("/calm she keeps shouting at me")

    assert answer.text.startswith("Keep calm")
    assert "It fits because you wrote" in answer.text
    assert "shouting" in answer.text
    assert [button.label for button in answer.buttons] == ["Start: Keep calm", "Be heard", "Restrain"]
    assert answer.private
    assert await cast.ben.sees() == []


async def test_a_run_shows_one_step_at_a_time(cast: Cast) -> None:
    """Next, Back and Done walk through a playbook, one step on the card."""
    await cast.ana.types("/calm be-heard")
    second = await cast.ana.presses("Next")
    first = await cast.ana.presses("Back")
    await cast.ana.presses("Next")
    over = await cast.ana.presses("Done")

    assert second.text.startswith("Say back what you heard")
    assert first.text.startswith("Stop solving for a moment")
    assert over.text.startswith("Well done")
    assert len(await cast.ana.sees()) == 1
