"""Whoever has two cases: each word is for the one that is named, and where none is, it is asked which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_recuse import card

if TYPE_CHECKING:
    from tests.stage import Cast


async def two_promised(cast: Cast) -> None:
    """Ana promises two customers a call."""
    for number, time in ((42, "15:00"), (43, "16:00")):
        await cast.ana.types(f"/recuse CASE-{number} heated: x")
        await cast.ana.types(f"/recuse callback {time}")


async def two_taken(cast: Cast) -> None:
    """Ben and Omar have a case of Ana's each."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    await cast.ben.privately.presses("I take it")
    await cast.ana.types("/recuse CASE-43 heated: y")
    await cast.omar.privately.presses("I take it")


@pytest.mark.parametrize("typed", ["called them", "zurückgerufen"])
async def test_whoever_owes_two_calls_is_asked_which_was_made(cast: Cast, typed: str) -> None:
    """None ends before they have said it; the card that ends, and the promise, name their case."""
    await two_promised(cast)
    answer = await cast.ana.types(f"/recuse {typed}")
    asked = [button.label for button in answer.buttons]
    ended = await cast.ana.presses("They were called: CASE-42")
    other = await cast.ana.types("/recuse done")

    assert answer.text.startswith("You've promised more than one customer a call.")
    assert asked == ["They were called: CASE-43", "They were called: CASE-42"]
    assert "The customer was called back." in ended.text
    assert "CASE-42" in ended.text
    assert "The promise stands" in other.text
    assert "CASE-43" in other.text


async def test_whoever_has_two_cases_is_asked_which_is_done(cast: Cast) -> None:
    """A supervisor has taken both over."""
    for number in (42, 43):
        await cast.ana.types(f"/recuse CASE-{number} safety")
        await cast.sofia.privately.presses("I take it")
    answer = await cast.sofia.types("/recuse done")
    done = await cast.sofia.presses("Done with CASE-42")

    assert answer.text.startswith("You look after more than one case.")
    assert "You're done with it" in done.text
    assert "CASE-42" in done.text


@pytest.mark.parametrize(
    "typed",
    ["note CASE-42 she paid", "note 42 she paid", "note for CASE-42: she paid", "Notiz für CASE-42: she paid"],
)
async def test_a_note_reaches_whoever_has_the_case_that_is_named(cast: Cast, typed: str) -> None:
    """Nothing of it is read by the colleague of another customer, and the number is no part of it."""
    await two_taken(cast)
    answer = await cast.ana.types(f"/recuse {typed}")
    bens = await card(cast.ben, "You took over from Ana")

    assert "Ben reads it" in answer.text
    assert "she paid" in bens
    assert bens.count("42") == 1
    assert "she paid" not in await card(cast.omar, "You took over from Ana")


async def test_a_note_for_one_of_two_is_asked_about(cast: Cast) -> None:
    """One press says for whom it is."""
    await two_taken(cast)
    answer = await cast.ana.types("/recuse note 3 days she waits")
    buttons = [button.label for button in answer.buttons]
    saved = await cast.ana.presses("For CASE-42")

    assert answer.text.startswith("You have more than one case under way.")
    assert buttons == ["For CASE-43", "For CASE-42"]
    assert "Ben reads it" in saved.text
    assert "3 days she waits" in await card(cast.ben, "You took over from Ana")


async def test_a_note_for_a_case_of_nobody_here_is_asked_about(cast: Cast) -> None:
    """It may be one more number for the note, and stays in it then."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ana.types("/recuse note CASE-41 is hers, too")
    await cast.ana.presses("For CASE-42")

    assert answer.text.startswith("You're not handing over CASE-41.")
    assert "CASE-41 is hers, too" in await card(cast.ben, "You took over from Ana")


async def test_no_call_is_promised_for_the_case_of_a_colleague(cast: Cast) -> None:
    """Whoever names it reads who has it."""
    await two_taken(cast)
    answer = await cast.ana.types("/recuse callback CASE-42 at 12:00")

    assert answer.text.startswith("Ben looks after CASE-42")
    assert "Speak with Ben" in answer.text


@pytest.mark.parametrize("typed", ["I'm done", "I am done 🎉", "bin fertig"])
async def test_a_taker_says_that_they_are_done(cast: Cast, typed: str) -> None:
    """It ends the case, and begins no search."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ben.types(f"/recuse {typed}")

    assert "You're done with it" in answer.text


async def test_whoever_has_nothing_to_be_done_with_may_step_out(cast: Cast) -> None:
    """Whoever means that they can't go on is one press away from somebody else."""
    answer = await cast.ana.types("/recuse I'm done")

    assert [button.label for button in answer.buttons] == ["Step out of the case"]
