"""People who talk to us in the direct chat as they talk to anybody, on every platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast


@pytest.mark.parametrize(
    "words", ["she keeps shouting at me", "Help me with somebody who shouts", "they shout, what now?"]
)
async def test_free_words_find_the_playbook(cast: Cast, words: str) -> None:
    """Whatever is no command is what happens to somebody."""
    answer = await cast.ben.privately.types(words)

    assert answer is not None
    assert "Keep calm" in answer.text
    assert "one of my commands" not in answer.text


@pytest.mark.parametrize("words", ["hello", "Hi there!", "Good morning"])
async def test_whoever_greets_is_greeted(cast: Cast, words: str) -> None:
    """With what can be done next."""
    answer = await cast.ben.privately.types(words)

    assert answer is not None
    assert answer.text.startswith("Hello")
    assert [button.label for button in answer.buttons] == ["Find a playbook", "What I can do"]


@pytest.mark.parametrize("words", ["thanks!", "ok, thank you so much", "👍"])
async def test_thanks_are_taken(cast: Cast, words: str) -> None:
    """Nobody who thanks is told that they typed something wrong."""
    answer = await cast.ben.privately.types(words)

    assert answer is not None
    assert answer.text.startswith("Gladly")


@pytest.mark.parametrize("words", ["status", "board", "Status!"])
async def test_the_board_opens_by_one_word(cast: Cast, words: str) -> None:
    """Whichever word somebody has for it."""
    answer = await cast.ben.privately.types(words)
    seen = "\n".join([*await cast.ben.privately.sees(), await cast.ben.opens_home()])

    assert answer is not None or seen
    assert "I don't know" not in seen
    assert "Available" in seen or "available" in seen


async def test_commands_need_no_first_word_in_private(cast: Cast) -> None:
    """A break and its end, and the settings, said as to somebody who listens."""
    ben = cast.ben.privately
    away = await ben.types("away 30m lunch")
    back = await ben.types("back")
    await cast.sofia.privately.types("settings")
    seen = "\n".join(await cast.sofia.privately.sees())

    assert away is not None
    assert away.text.startswith("Enjoy your break")
    assert back is not None
    assert back.text.startswith("Welcome back")
    assert cast.sofia.form is not None or "Settings" in seen


async def test_a_slip_is_shown_with_what_was_meant(cast: Cast) -> None:
    """Nobody's slip becomes a story about a customer."""
    answer = await cast.ben.privately.types("recues")

    assert answer is not None
    assert answer.text.startswith("I don't know “recues”.")
    assert answer.buttons[0].label == "/recuse"


@pytest.mark.parametrize(
    ("words", "title", "told", "button"),
    [
        ("does my boss see what i write here", "Nobody else reads it", "kept nowhere", "What is kept about me"),
        ("who reads this?", "Nobody else reads it", "you hand them yourself", "What is kept about me"),
        ("can you see what i typed to customer?", "Only what you type to me", "only what you type", "Find a playbook"),
        ("are you an ai", "No person, a program", "written beforehand", "A customer asked me that"),
        ("who made you", "This is Zanshin", "A program for support teams", "Find a playbook"),
        ("what can you do", "What I can do for you", "Type one of these", "Team and settings"),
        ("hi how are you", "Hello", "in your own words", "Find a playbook"),
        ("thx that helped", "Gladly", "when you need me again", None),
        ("lol", "A laugh does good", "", None),
    ],
)
async def test_whoever_asks_about_us_gets_a_plain_answer(
    cast: Cast, words: str, title: str, told: str, button: str | None
) -> None:
    """In the direct chat and behind /calm, where nothing of a customer was typed."""
    for answer in (await cast.ben.privately.types(words), await cast.ben.types(f"/calm {words}")):
        assert answer is not None
        assert answer.text.startswith(title)
        assert told in answer.text
        assert button is None or button in [one.label for one in answer.buttons]
        assert "not sure" not in answer.text


async def test_a_customer_who_asks_for_a_person_is_told_of_one(cast: Cast) -> None:
    """From the answer about ourselves it is one press to the words for the customer."""
    await cast.ben.types("/calm are you a bot?")
    answer = await cast.ben.presses("A customer asked me that")

    assert answer is not None
    assert "I'm a real person" in answer.text
