"""An agent names a group, a channel or everybody to step out: whoever is free is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_everyone_is_whoever_is_free(cast: Cast) -> None:
    """On every stage the search begins, and the answer says what became of the name."""
    answer = await cast.ana.types("/recuse @everyone CASE-43")

    assert "@everyone is more than one person: I ask whoever is free instead." in answer.text
    assert any("Can you take over a case from Ana?" in text for text in await cast.ben.privately.sees())


@pytest.mark.parametrize(
    ("who", "said"),
    [("@here", "@here"), ("<&S1|support>", "@support"), ("<#C9|random>", "#random")],
)
async def test_many_are_not_waited_for(stage: FakeStage, who: str, said: str) -> None:
    """A group and a channel are said to be such, also in the direct chat, and stop nobody."""
    cast = Cast(stage)
    for voice in (cast.ana, cast.ben.privately):
        answer = await voice.types(f"/recuse {who} CASE-{voice.account}-4")
        assert answer is not None
        assert f"{said} is more than one person: I ask whoever is free instead." in "\n".join(await voice.sees())
