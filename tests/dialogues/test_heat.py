"""Heat in what a customer wrote: named as signals in the text, seen coming, and known to whoever takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_signals_go_with_the_case_and_the_words_do_not(cast: Cast) -> None:
    """Who takes over reads which signals there were; the words behind the command are kept nowhere."""
    answer = await cast.ana.privately.types("/calm you useless idiot, answer me or I call my lawyer")
    await cast.ana.privately.presses("Find somebody to take over", answer)
    await cast.later(seconds=1)
    await cast.ben.privately.presses("I take it")
    seen = (await cast.ben.privately.sees())[-1]

    assert "Heat in the words: insults" in answer.text
    assert "Heat in the words: insults" in seen
    assert "lawyers or the press" in seen
    assert "useless" not in seen


async def test_the_attack_is_seen_coming(cast: Cast) -> None:
    """Messages pasted one below the other that become more heated: the way out is offered before it is abuse."""
    messages = "Hi, where is my parcel? It was due on Monday, still nothing. THIS IS A DISGRACE!!! You are thieves."
    answer = await cast.ana.privately.types(f"/calm {messages}")

    assert "The words get more heated towards the end." in answer.text
    assert answer.buttons[0].label == "Find somebody to take over"


async def test_abuse_of_a_person_is_answered_with_a_limit(cast: Cast) -> None:
    """Whoever is stalked or called a slur reads how to draw the line, and no sentence that promises to help."""
    answer = await cast.ana.privately.types("/calm he asks where I live and says he wants to see me naked")
    insulted = await cast.ana.privately.types("/calm he calls me a useless idiot because the refund is late")

    assert "If this goes on, I'll end it here." in answer.text
    assert "get this sorted" not in answer.text
    assert "I'll end it here" not in insulted.text
