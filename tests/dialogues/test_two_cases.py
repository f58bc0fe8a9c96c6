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


@pytest.mark.parametrize(
    "typed",
    ["/recuse callback 4pm", "/recuse cancel", "/recuse supervisor please", "/recuse he sued us", "/recuse @omar"],
)
async def test_of_two_searches_none_is_chosen_unasked(cast: Cast, typed: str) -> None:
    """Both are named; one press carries it out for the one that is meant."""
    await cast.ana.types("/recuse CASE-511 heated: boiler")
    answer = await cast.ana.types("/recuse CASE-512 heated: parcel")
    await cast.ana.presses("Also hand over CASE-512", answer)
    await cast.later(seconds=1)
    answer = await cast.ana.types(typed)
    before = [one for one in await cast.ana.privately.sees() if one.startswith("I'm finding")]
    done = await cast.ana.presses("For CASE-511", answer)

    assert [button.label for button in answer.buttons] == ["For CASE-512", "For CASE-511"]
    assert len(before) == 2
    assert "more than one" not in done.text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("/recuse done 92", "You're done with it."),
        ("/recuse done 93", "You haven't taken over 93."),
        ("/recuse cancel 92", "There's nothing to cancel."),
        ("/recuse called them 7", "You haven't taken over 7."),
    ],
)
async def test_a_short_number_behind_a_command_is_its_case(cast: Cast, typed: str, says: str) -> None:
    """Nobody is looked for, and nothing is noted."""
    await cast.ana.types("/recuse CASE-92 heated: x")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.types(typed)
    bens = await cast.ben.privately.sees()

    assert any(says in one for one in bens)
    assert not any("Ben is handing over a case" in one for one in await cast.omar.sees())


@pytest.mark.parametrize(
    "typed", ["/recuse cancel CASE-64", "/recuse cancel", "/recuse called them CASE-64", "/recuse done 64"]
)
async def test_who_has_the_case_is_said_to_whoever_had_it(cast: Cast, typed: str) -> None:
    """Nothing is ended by it."""
    await cast.ana.types("/recuse CASE-64 heated: he wants compensation")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ana.types(typed)

    assert "Ben looks after CASE-64" in answer.text


@pytest.mark.parametrize("typed", ["note CASE-311 he is deaf on one ear", "note he is deaf on one ear"])
async def test_a_late_note_reaches_whoever_has_the_case_now(cast: Cast, typed: str) -> None:
    """Ana, then Ben, then Omar: what Ana still knows is on Omar's card."""
    await cast.ana.types("/recuse CASE-311 heated: he wants the manager")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse back")
    await cast.omar.privately.presses("I take it")
    answer = await cast.ana.types(f"/recuse {typed}")

    assert "Omar reads it on the card of the case." in answer.text
    assert "deaf" in await card(cast.omar, "You took over from Ben")


@pytest.mark.parametrize(
    ("who", "says"), [("ben", "No case of yours is being handed over."), ("omar", "No case of yours")]
)
async def test_words_that_nobody_reads_any_more_come_back(cast: Cast, who: str, says: str) -> None:
    """To be copied to where they are read."""
    await cast.ana.types("/recuse CASE-64 heated: he wants compensation")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Done with it")
    answer = await cast.voice(who).types("/recuse note CASE-64 paid 20 EUR")

    assert says in answer.text
    assert "Your words, to copy: “CASE-64 paid 20 EUR”" in answer.text


async def test_a_note_for_a_case_of_others_says_who_has_it(cast: Cast) -> None:
    """Nobody writes into what they never had; the words come back."""
    await cast.ana.types("/recuse CASE-64 heated: he wants compensation")
    await cast.ben.privately.presses("I take it")
    answer = await cast.omar.types("/recuse note CASE-64 paid 20 EUR")

    assert "Ben looks after CASE-64." in answer.text
    assert "paid 20 EUR" in answer.text


async def test_whoever_has_the_case_does_not_read_that_they_read_it(cast: Cast) -> None:
    """Their own note stands on its card."""
    await cast.ana.types("/recuse CASE-77 heated: x")
    await cast.ben.privately.presses("I take it")
    answer = await cast.ben.privately.types("/recuse note promised an answer by 3pm")

    assert "It stands on the card of the case" in answer.text
    assert "Ben reads it" not in answer.text
