"""A case is handed on by words behind `/recuse back`: to whom, which one and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_recuse import card, last

if TYPE_CHECKING:
    from tests.stage import Cast


@pytest.mark.parametrize("why", ["", " she now wants the boss"])
async def test_a_case_is_handed_on_to_somebody_named(cast: Cast, why: str) -> None:
    """Whoever is named is asked first, and is no reason why."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types(f"/recuse back @sofia{why}")
    await cast.sofia.privately.presses("I take it")
    sofias = await card(cast.sofia, "You took over from Ben")

    assert "charged twice" in sofias
    assert "@" not in sofias
    assert sofias.count("she now wants the boss") == bool(why)


@pytest.mark.parametrize(
    "typed",
    [
        "back to @sofia and @omar she now wants the boss",
        "back @sofia @omar she now wants the boss",
        "back CASE-42 to @sofia, @omar: she now wants the boss",
        "zurück an @sofia und @omar, she now wants the boss",
        "back CASE-42 not 43, to @sofia or @omar she now wants the boss",
    ],
)
async def test_people_and_case_behind_back_are_no_reason(cast: Cast, typed: str) -> None:
    """Everybody who is named is asked; whoever takes it reads the reason without their names."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types(f"/recuse {typed}")
    bens = await card(cast.ben, "I'm finding somebody for you")
    await cast.omar.privately.presses("I take it")
    omars = await card(cast.omar, "You took over from Ben")

    assert "Asking Sofia and Omar" in bens
    assert "charged twice" in omars
    assert "she now wants the boss" in omars
    assert not any(word in omars for word in ("Sofia", "back", "zurück", "43"))


async def test_another_case_behind_back_is_asked_about(cast: Cast) -> None:
    """Ben holds CASE-42: for CASE-43 nothing is handed on before he says which one he meant."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ben.types("/recuse back CASE-43 not 42")

    assert answer.text.startswith("You haven't taken over CASE-43.")
    assert "What you look after: CASE-42." in answer.text
    assert not any("handing over a case" in text or "Can you take over" in text for text in await cast.omar.sees())
    await cast.ben.presses("Hand on CASE-42")
    assert "Can you take over a case from Ben?" in await last(cast.omar)


async def test_a_second_name_that_is_nobodys_is_asked_about(cast: Cast) -> None:
    """Nothing is begun; one press asks the first."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ben.types("/recuse back to @sofia and @ghost she now wants the boss")
    await cast.ben.presses("Ask Sofia", answer)
    await cast.sofia.privately.presses("I take it")

    assert answer.text.startswith("I found nobody called “ghost”.")
    assert "she now wants the boss" in await card(cast.sofia, "You took over from Ben")


async def test_the_case_that_is_named_behind_back_is_handed_on(cast: Cast) -> None:
    """Of two it need not be the one that was taken over last."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.omar.types("/recuse @ben CASE-43: wants the manager")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse back CASE-42 to @sofia")

    assert "Case: CASE-42" in await last(cast.sofia)


async def test_a_number_behind_back_is_that_of_the_one_case_there_is(cast: Cast) -> None:
    """Nobody had written it down before."""
    await cast.ana.types("/recuse charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse back CASE-42 to @omar")

    assert "Case: CASE-42" in await last(cast.omar)


@pytest.mark.parametrize("typed", ["back @ana", "back to @ana she asks for Ana"])
async def test_nobody_is_said_to_be_asked_later_who_had_the_case(cast: Cast, typed: str) -> None:
    """It never comes to that: whoever stepped out of a case does not get it again."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types(f"/recuse {typed}")
    bens = await card(cast.ben, "I'm finding somebody for you")
    again = await cast.ben.types("/recuse @ana")

    assert "Ana had this case before, so I ask somebody new." in bens
    assert "just now" not in bens
    assert "Ana had this case before" in again.text


@pytest.mark.parametrize("typed", ["back, she now wants the boss", "zurück she now wants the boss"])
async def test_a_case_is_handed_on_with_why(cast: Cast, typed: str) -> None:
    """Words behind the one for back are the reason: no second search begins while Ben still has the case."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types(f"/recuse {typed}")
    await cast.omar.privately.presses("I take it")
    omars = await card(cast.omar, "You took over from Ben")

    assert "CASE-42" in omars
    assert "charged twice" in omars
    assert "she now wants the boss" in omars
    assert "zurück" not in omars
    assert "back, she" not in omars
    assert (await cast.ben.types("/recuse done")).text.startswith("You're not looking after a colleague's case.")


@pytest.mark.parametrize("typed", ["back, she now wants the boss", "zurück Kunde will jetzt Chefin"])
async def test_back_with_nothing_held_is_asked_about(cast: Cast, typed: str) -> None:
    """Nobody hears of a search that may not have been meant; one press begins it."""
    answer = await cast.ana.types(f"/recuse {typed}")

    assert answer.text.startswith("You're not looking after a colleague's case.")
    assert "I haven't begun to look for anybody" in answer.text
    assert not any("is handing over a case" in text for text in await cast.ben.sees())
    await cast.ana.presses("Step out of the case")
    await cast.ben.privately.presses("I take it")
    assert typed in await card(cast.ben, "You took over from Ana")


async def test_danger_behind_back_is_never_asked_about(cast: Cast) -> None:
    """Whoever tells of a threat gets a supervisor, whatever stands before it."""
    await cast.ana.types("/recuse back, he says he'll kill me")

    assert any("handing over a case" in text for text in await cast.ben.sees())
