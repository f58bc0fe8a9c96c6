"""An agent names a colleague while somebody is looked for already: they are asked, or it is said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_recuse import card, last

if TYPE_CHECKING:
    from tests.stage import Cast


@pytest.mark.parametrize("typed", ["/recuse @omar", "/recuse @omar CASE-7", "/recuse CASE-7 @omar heated: shouts"])
async def test_whoever_is_named_later_is_asked_at_once(cast: Cast, typed: str) -> None:
    """A name that follows waits for nobody's turn, and is asked as the one who was wished for."""
    await cast.ana.types("/recuse")
    said = await cast.ana.types(typed)

    assert "I'm asking Omar now, too." in said.text
    assert "You, because they asked for you." in await last(cast.omar)
    assert "Asking Ben and Omar …" in await card(cast.ana, "I'm finding somebody for you")


async def test_in_the_direct_chat_it_is_said_as_well(cast: Cast) -> None:
    """Where the card stands, too."""
    await cast.ana.types("/recuse")
    await cast.ana.privately.types("/recuse @omar")

    assert "I'm asking Omar now, too." in await last(cast.ana)


async def test_whoever_is_asked_already_is_not_asked_twice(cast: Cast) -> None:
    """Named again, nobody gets a second card; the answer says what is so."""
    await cast.ana.types("/recuse @omar")
    before = len(await cast.omar.privately.sees())
    said = await cast.ana.types("/recuse @omar CASE-7")

    assert "I'm asking Omar already; there's no answer yet." in said.text
    assert len(await cast.omar.privately.sees()) == before


async def test_whoever_said_no_is_not_asked_again(cast: Cast) -> None:
    """A no is a no, and whoever names them reads it."""
    await cast.ana.types("/recuse @omar")
    await cast.omar.privately.presses("Not now")
    said = await cast.ana.types("/recuse @omar CASE-7")

    assert "Omar said that they can't, so I go on with the others." in said.text


async def test_whoever_cannot_be_asked_is_said_to_be_skipped(cast: Cast) -> None:
    """Somebody who is away is not asked, and that is said."""
    await cast.ana.types("/recuse")
    await cast.omar.types("/zanshin away 30m")
    said = await cast.ana.types("/recuse @omar")

    assert "Omar can't be asked just now, so I ask the others." in said.text


async def test_for_another_case_nobody_is_asked_before_the_press(cast: Cast) -> None:
    """With another number the question says that nobody was asked, and the press asks whom was named."""
    await cast.ana.types("/recuse CASE-1")
    question = await cast.ana.types("/recuse @omar CASE-7")
    assert "For CASE-7 I've asked nobody yet." in question.text
    await cast.ana.presses("Also hand over CASE-7", question)

    assert "You, because they asked for you." in await last(cast.omar)
    assert "Case: CASE-7" in await last(cast.omar)


async def test_a_name_and_a_case_alone_are_asked_about(cast: Cast) -> None:
    """In the direct chat they are no words for a playbook: the press asks whom was named."""
    await cast.ana.types("/recuse")
    await cast.ana.privately.types("@omar CASE-7")
    question = await last(cast.ana)
    await cast.ana.privately.presses("/recuse @Omar CASE-7")

    assert question.startswith("I don't know “@Omar CASE-7”.")
    assert "Case: CASE-7" in await last(cast.omar)
