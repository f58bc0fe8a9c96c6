"""What is said first where words tell of no clear danger: to whoever can't go on, and of an animal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.playbooks.catalogue import load_catalogue
from bot.playbooks.first_words import for_anybody
from bot.store.content import SHIPPED_PLAYBOOKS

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


@pytest.mark.parametrize(
    "typed",
    [
        "I am so tired of this job",
        "do i have to keep taking this abuse",
        "I wanna quit",
        "i dont get paid enough for this",
        "i am very much stressed, hands shaking",
        "muss ich mir das gefallen lassen",
        "ich bin so müde von diesem job",
    ],
)
async def test_a_cry_of_ones_own_gets_a_way_out_and_no_words_for_a_customer(cast: Cast, typed: str) -> None:
    """Nobody waits for a sentence: what is offered is for whoever writes."""
    card = await cast.ana.privately.types(f"/calm {typed}")
    now = [one.now.say for one in load_catalogue(SHIPPED_PLAYBOOKS).playbooks.values() if one.now and one.now.say]

    assert [button.label for button in card.buttons][:2] == ["Get me out of this case", "Send a supervisor to me"]
    assert card.text.startswith(("Keep calm", "Recuse", "Not personal"))
    assert [say for say in (*now, for_anybody().say) if say in card.text] == []


async def test_beside_a_limit_stands_what_is_for_whoever_was_insulted(cast: Cast) -> None:
    """A playbook for a customer's feelings is none for theirs."""
    card = await cast.ana.privately.types("/calm he's drunk and keeps flirting with me")

    assert card.text.startswith(("Not personal", "Recuse", "Keep calm"))
    assert "If this goes on, I'll end it here." in card.text
