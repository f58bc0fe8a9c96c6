"""Whoever is asked something may answer in words, right below the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_recuse import card, last

if TYPE_CHECKING:
    from tests.stage import Cast


@pytest.mark.parametrize("typed", ["yes I take it", "I take it", "ok I can take it", "ok", "ja", "mach ich"])
async def test_whoever_is_asked_may_say_yes_in_words(cast: Cast, typed: str) -> None:
    """They have the case, and its card stands at the end of the direct chat."""
    await cast.ana.types("/recuse CASE-310 she screams")
    await cast.ben.privately.types(typed)

    assert (await last(cast.ben)).startswith("You took over from Ana")
    assert (await card(cast.ana, "Ben takes over")).startswith("Ben takes over")


@pytest.mark.parametrize("typed", ["no", "not now", "busy", "not now, in a call", "nein", "gerade nicht"])
async def test_whoever_is_asked_may_say_no_in_words(cast: Cast, typed: str) -> None:
    """A no is fine, too: the next one is asked at once."""
    await cast.ana.types("/recuse CASE-310 she screams")
    await cast.ben.privately.types(typed)

    assert "You said not now." in await card(cast.ben, "A case from Ana")
    assert "[I take it]" in await last(cast.omar)


async def test_words_between_yes_and_no_are_asked_about(cast: Cast) -> None:
    """Both buttons stand below it, and what the words would be without a question."""
    await cast.ana.types("/recuse CASE-310 she screams")
    answer = await cast.ben.privately.types("yes but only in ten minutes")
    await cast.ben.privately.presses("Not now", answer)

    assert [button.label for button in answer.buttons][:2] == ["I take it", "Not now"]
    assert "CASE-310" in answer.text
    assert "[I take it]" in await last(cast.omar)


async def test_of_two_questions_it_is_asked_which_is_meant(cast: Cast) -> None:
    """Nobody takes the wrong case."""
    await cast.omar.types("/zanshin away 2h")
    await cast.ana.types("/recuse CASE-310 she screams")
    answer = await cast.ana.types("/recuse CASE-311 he shouts")
    await cast.ana.presses("Also hand over CASE-311", answer)
    await cast.later(seconds=25)
    answer = await cast.ben.privately.types("yes")

    assert "CASE-310" in answer.text
    assert "CASE-311" in answer.text
    assert "[I take it]" in answer.text


async def test_what_happens_to_somebody_is_no_answer(cast: Cast) -> None:
    """Also right below a question."""
    await cast.ana.types("/recuse CASE-310 she screams")
    answer = await cast.ben.privately.types("no, he keeps shouting at me")

    assert "Keep calm" in answer.text
    assert "[I take it]" in await card(cast.ben, "Can you take over a case from Ana?")


async def test_an_ok_that_nobody_asked_for_stays_what_it_is(cast: Cast) -> None:
    """No question waits: it is taken as ever."""
    answer = await cast.ben.privately.types("ok")

    assert "Which one do you mean?" not in answer.text
    assert "What do you mean?" not in answer.text


@pytest.mark.parametrize(
    ("typed", "reads"), [("yes", "The customer was called back."), ("not yet", "All right, I ask again in two hours")]
)
async def test_whether_the_customer_was_called_is_answered_in_words(cast: Cast, typed: str, reads: str) -> None:
    """Once it was asked."""
    await cast.ana.types("/recuse CASE-310 she screams")
    await cast.ana.types("/recuse callback")
    await cast.later(hours=2, seconds=1)
    await cast.ana.privately.types(typed)

    assert any(reads in one for one in await cast.ana.privately.sees())
