"""What is said first where words tell of no clear danger: to whoever can't go on, and of an animal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast


@pytest.mark.parametrize("words", ["I can't do this any more", "ich kann nicht mehr"])
async def test_whoever_cannot_go_on_gets_out_with_one_press(cast: Cast, words: str) -> None:
    """A line above every playbook, a way out of the case, and somebody who comes."""
    answer = await cast.ana.privately.types(f"/calm {words}")
    labels = [button.label for button in answer.buttons]
    await cast.ana.privately.presses("Get me out of this case", answer)

    assert "If it's you who can't go on: you needn't." in answer.text
    assert labels[:2] == ["Get me out of this case", "Send a supervisor to me"]
    assert any(text.startswith("Can you take over a case from Ana?") for text in await cast.ben.privately.sees())


async def test_an_animal_in_danger_is_urgent_and_no_crisis(cast: Cast) -> None:
    """Who is with it can help; nobody is called for a person in danger."""
    answer = await cast.ana.privately.types("/calm a dog is locked in a hot car outside our shop")

    assert "whoever is with it calls the fire brigade, the police or a vet" in answer.text
    assert "Call a supervisor now" not in [button.label for button in answer.buttons]
