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

    assert "I haven't begun to look for anybody" in answer.text
    assert [one.label for one in answer.buttons] == [meant, "Step out of the case"]
    assert not any("is handing over a case" in text for text in await cast.ben.sees())


async def test_whoever_meant_their_word_steps_out_with_one_press(cast: Cast) -> None:
    """The word is the note, as if it had been read so at once."""
    await cast.ana.types("/recuse cancle")
    await cast.ana.presses("Step out of the case")

    assert any("is handing over a case" in text for text in await cast.ben.sees())
