"""Words that begin a search, which a whole channel hears of, only where they were meant so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_help_behind_recuse_is_help(cast: Cast) -> None:
    """Whoever looks how it is typed calls nobody."""
    answer = await cast.ana.types("/recuse help")

    assert "/recuse callback" in answer.text
    assert not any("is handing over a case" in text for text in await cast.ben.sees())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/recuse cancle", "/recuse cancel"),
        ("/recuse calback", "/recuse callback"),
        ("/recuse doen", "/recuse done"),
        ("/recuse bakc", "/recuse back"),
    ],
)
async def test_a_slip_behind_recuse_calls_nobody(cast: Cast, typed: str, meant: str) -> None:
    """It offers what was nearly typed, and to step out all the same."""
    answer = await cast.ana.types(typed)

    assert "othing was changed" in answer.text
    assert [one.label for one in answer.buttons] == [meant, "Step out of the case"]
    assert not any("is handing over a case" in text for text in await cast.ben.sees())


async def test_whoever_meant_their_word_steps_out_with_one_press(cast: Cast) -> None:
    """The word is the note, as if it had been read so at once."""
    await cast.ana.types("/recuse cancle")
    await cast.ana.presses("Step out of the case")

    assert any("is handing over a case" in text for text in await cast.ben.sees())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/recuse done, she has her refund", "/recuse done"),
        ("/recuse cancel, I'm fine now", "/recuse cancel"),
        ("/recuse never mind", "/recuse cancel"),
    ],
)
async def test_another_command_in_other_words_calls_nobody(cast: Cast, typed: str, meant: str) -> None:
    """What ends something is no note of a new search; one press does what was meant."""
    answer = await cast.ana.types(typed)

    assert [one.label for one in answer.buttons] == [meant, "Step out of the case"]
    assert not any("is handing over a case" in text for text in await cast.ben.sees())


async def test_a_search_is_not_begun_for_later(cast: Cast) -> None:
    """Nobody is called before they are wanted; one press begins at once."""
    answer = await cast.ana.types("/recuse in 10 minutes")

    assert answer.text.startswith("I can't begin later")
    assert [one.label for one in answer.buttons] == ["Step out of the case"]


async def test_whoever_is_not_to_be_asked_is_not_asked_first(cast: Cast) -> None:
    """What cannot be kept is said before anybody is called."""
    answer = await cast.ana.types("/recuse not @ben CASE-42")

    assert answer.text.startswith("I can't leave Ben out.")
    assert await cast.ben.privately.sees() == []


async def test_words_behind_the_time_of_a_call_go_to_the_note(cast: Cast) -> None:
    """They begin no second search."""
    await cast.ana.types("/recuse CASE-50 heated: charged twice")
    answer = await cast.ana.types("/recuse callback 16:30 she wants a manager")

    assert "It's due by 16:30" in answer.text
    assert any("she wants a manager" in text for text in await cast.sofia.privately.sees())


async def test_a_break_typed_behind_recuse_calls_nobody(cast: Cast) -> None:
    """What is meant is one press, and so is a search with these words as its note."""
    answer = await cast.ana.types("/recuse away 30m")

    assert answer.text.startswith("Did you mean “/zanshin away 30m”?")
    assert [one.label for one in answer.buttons] == ["/zanshin away 30m", "/recuse away 30m"]
    assert not any("is handing over a case" in text for text in await cast.ben.sees())
