"""One customer, one colleague: a case that somebody has is searched for no second time, and comes back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_promised_calls import plainly, promised
from tests.dialogues.test_recuse import card, last

if TYPE_CHECKING:
    from tests.stage import Cast


async def taken(cast: Cast, typed: str = "/recuse CASE-42: charged twice") -> None:
    """Ana hands her case over, and Ben takes it."""
    await cast.ana.types(typed)
    await cast.ben.privately.presses("I take it")


def is_asked(seen: list[str]) -> bool:
    """Say whether somebody's chat asks them to take a case over."""
    return any(text.startswith("Can you take over a case") for text in seen)


@pytest.mark.parametrize("case", ["CASE-42", "#42", "case 42"])
async def test_a_case_that_somebody_took_is_not_searched_for_again(cast: Cast, case: str) -> None:
    """Whoever stepped out of it reads who has it, and one press puts their words into that note."""
    await taken(cast)
    answer = await cast.ana.types(f"/recuse {case} she is VIP")
    asked = await cast.omar.privately.sees()
    saved = await cast.ana.presses("Add it to the note")

    assert answer.text.startswith("Ben looks after")
    assert "Speak with Ben" in answer.text
    assert not is_asked(asked)
    assert saved.text.startswith("Your note is saved")
    assert "she is VIP" in await card(cast.ben, "You took over from Ana")
    assert "charged twice" in await card(cast.ben, "You took over from Ana")


async def test_somebody_else_reads_who_has_the_case(cast: Cast) -> None:
    """Their words are not for Ben's note; with another case of that number they go on."""
    await taken(cast)
    answer = await cast.omar.types("/recuse CASE-42: she rings me as well")

    assert answer.text.startswith("Ben looks after CASE-42")
    assert [button.label for button in answer.buttons] == ["It's another case: go on"]
    await cast.omar.presses("It's another case: go on")
    assert await card(cast.omar, "I'm finding somebody for you")


async def test_nobody_in_danger_waits_because_somebody_has_the_case(cast: Cast) -> None:
    """A threat calls a supervisor, whoever looks after the case."""
    await taken(cast)
    await cast.omar.types("/recuse CASE-42 he says he'll kill me")

    assert is_asked(await cast.sofia.privately.sees())


async def test_a_promised_call_is_given_on_and_not_searched_for_beside_it(cast: Cast) -> None:
    """One handoff asks for one colleague: the next knows of the call, the first card owes nothing any more."""
    await promised(cast, "/recuse callback 11:30")
    for voice in (cast.ben, cast.omar):
        await voice.types("/zanshin back")
    await cast.ana.types("/recuse CASE-50 heated: he rang again")
    offer = plainly(await last(cast.ben))
    await cast.ben.privately.presses("I take it")
    bens = plainly(await card(cast.ben, "You took over from Ana"))
    anas = "\n".join(await cast.ana.privately.sees())

    assert "The customer was promised a call by 11:30." in offer
    assert "charged twice" in bens
    assert "he rang again" in bens
    assert "You asked for somebody after all." in anas
    assert "was called back" not in anas + "\n".join(await cast.sofia.sees())


async def test_a_taker_who_steps_out_by_the_number_keeps_the_first_note(cast: Cast) -> None:
    """The next reads what both have written."""
    await taken(cast)
    await cast.ben.types("/recuse CASE-42 heated: shouts at me as well")
    await cast.omar.privately.presses("I take it")
    omars = await card(cast.omar, "You took over from Ben")

    assert "charged twice" in omars
    assert "shouts at me as well" in omars


@pytest.mark.parametrize("how", ["I go on alone", "/recuse cancel"])
async def test_a_case_comes_back_to_whoever_goes_on_alone(cast: Cast, how: str) -> None:
    """Ben has it as before he handed it on, on his card and on Ana's; he is done with it by the same words."""
    await taken(cast, "/recuse charged twice")
    await cast.ben.types("/recuse back CASE-42 she wants the boss")
    await (cast.ben.types(how) if how.startswith("/") else cast.ben.privately.presses(how))
    bens = await card(cast.ben, "You took over from Ana")
    anas = await card(cast.ana, "Ben takes over")
    told = await last(cast.ana)
    done = await cast.ben.types("/recuse done")

    assert "CASE-42" in bens
    assert "Ben has had the case since" in anas
    assert told.startswith("Ben goes on with your case")
    assert "It's yours as it was" in await card(cast.ben, "You go on with it")
    assert "You're done with it" in done.text


async def test_a_promise_stands_for_whoever_goes_on_alone(cast: Cast) -> None:
    """Finding somebody after all and then not: the call is still owed, and minded."""
    await promised(cast, "/recuse callback 11:30")
    await cast.ana.privately.presses("Find somebody after all")
    await cast.ana.privately.presses("I go on alone")
    await cast.later(hours=1, minutes=30)

    assert "You promised them a call by 11:30." in plainly(await card(cast.ana, "Time to call the customer"))


async def test_supervisors_hear_at_once_of_a_call_whose_owner_has_left(cast: Cast) -> None:
    """Nobody is reminded who is gone: somebody else is found before the call is late."""
    await promised(cast, "/recuse callback 11:30")
    await cast.sofia.types("/zanshin team remove @ana")
    sofias = plainly(await last(cast.sofia))

    assert sofias.startswith("Can you take over a case from Ana?")
    assert "The customer was promised a call by 11:30." in sofias


async def test_a_promise_says_nothing_untrue_to_supervisors(cast: Cast) -> None:
    """Somebody was asked, and could have taken it: the search ended because a call was promised."""
    await cast.ana.types("/recuse CASE-50 heated: charged twice")
    await cast.ana.types("/recuse callback 11:30")
    sofias = await card(cast.sofia, "Ana promised a customer a call")

    assert "Nobody is looked for any more: Ana still has the case." in sofias


async def test_a_search_of_two_is_the_one_that_is_named(cast: Cast) -> None:
    """What is typed for the first of two is added to the first."""
    await cast.ana.types("/recuse CASE-1: charged twice")
    await cast.ana.types("/recuse CASE-2: wants the manager")
    await cast.ana.presses("Also hand over CASE-2")
    await cast.ana.types("/recuse CASE-1 she is VIP")
    await cast.ben.privately.presses("I take it")

    assert "she is VIP" in await card(cast.ben, "You took over from Ana")


async def test_a_case_is_handed_on_once_however_its_number_is_typed(cast: Cast) -> None:
    """Typed once more, and shorter, it is the search that is going on."""
    await taken(cast)
    await cast.ben.types("/recuse back @omar CASE-42")
    answer = await cast.ben.types("/recuse back @omar case 42")

    assert "I've asked nobody yet" not in answer.text
    assert "Also hand over 42" not in [button.label for button in answer.buttons]


@pytest.mark.parametrize("typed", ["done with CASE-42", "Done ✅", "done with it 🎉", "done CASE-42"])
async def test_done_in_other_words_hands_nothing_on(cast: Cast, typed: str) -> None:
    """Whoever is done is done, whatever stands around the word."""
    await taken(cast)
    await cast.ben.types(f"/recuse {typed}")

    assert "Ben is done with it." in "\n".join(await cast.ana.privately.sees())
    assert not is_asked(await cast.omar.privately.sees())


async def test_being_done_with_another_case_is_asked_about(cast: Cast) -> None:
    """Nothing ends before it is said which one."""
    await taken(cast)
    answer = await cast.ben.types("/recuse done with CASE-43")
    await cast.ben.presses("Done with CASE-42")

    assert "What you look after: CASE-42. Nothing was ended." in answer.text
    assert "Ben is done with it." in "\n".join(await cast.ana.privately.sees())


@pytest.mark.parametrize(
    "typed",
    ["give @omar CASE-42", "hand on @omar", "give to omar", "pass it on to omar, she shouts", "give it to omar"],
)
async def test_a_taker_gives_the_case_on(cast: Cast, typed: str) -> None:
    """It is the case and the note that are handed on, to the one who is named."""
    await taken(cast)
    await cast.ben.types(f"/recuse {typed}")
    offer = await last(cast.omar)
    await cast.omar.privately.presses("I take it")

    assert "they asked for you" in offer
    assert "charged twice" in await card(cast.omar, "You took over from Ben")
    assert (await cast.ben.types("/recuse done")).text.startswith("You're not looking after a colleague's case.")


async def test_giving_a_case_of_ones_own_steps_out_of_it(cast: Cast) -> None:
    """With nothing taken over it means what it says, and nobody is asked what they meant."""
    await cast.ana.types("/recuse give CASE-42 to @omar: she shouts")

    assert "they asked for you" in await last(cast.omar)
    await cast.omar.privately.presses("I take it")
    assert "she shouts" in await card(cast.omar, "You took over from Ana")


@pytest.mark.parametrize("typed", ["Cancel 🙏", "please cancel", "go on alone", "cancel CASE-42"])
async def test_whoever_wants_no_search_any_more_is_heard(cast: Cast, typed: str) -> None:
    """The words do not go to the note while colleagues go on being asked."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ana.types(f"/recuse {typed}")

    assert await card(cast.ana, "You go on with it")
    assert "Ana goes on alone." in await last(cast.ben)


async def test_no_search_is_ended_for_another_case(cast: Cast) -> None:
    """The one that goes on is for a case that was not named."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    answer = await cast.ana.types("/recuse cancel CASE-43")

    assert "I'm not finding anybody for CASE-43." in answer.text
    assert is_asked(await cast.ben.privately.sees())


async def test_asked_to_hold_is_said_with_one_press(cast: Cast) -> None:
    """The clock of the hold starts, and the taker reads no "hold" in the note."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ana.types("/recuse hold")
    await cast.ana.presses("I asked them to hold")
    await cast.ben.privately.presses("I take it")

    assert any("hold" in text for text in await cast.ana.privately.sees())
    assert "What happened: charged twice" in await card(cast.ben, "You took over from Ana")


@pytest.mark.parametrize("typed", ["note: she is VIP", "note she is VIP", "Notiz: she is VIP"])
async def test_more_for_the_note_reaches_whoever_took_the_case(cast: Cast, typed: str) -> None:
    """It begins no search, and stands in the note without our word for it."""
    await taken(cast)
    answer = await cast.ana.types(f"/recuse {typed}")
    bens = await card(cast.ben, "You took over from Ana")

    assert answer.text.startswith("Your note is saved")
    assert "she is VIP" in bens
    assert "note:" not in bens.lower()
    assert "notiz" not in bens.lower()
    assert not is_asked(await cast.omar.privately.sees())


async def test_a_note_of_no_case_is_asked_back(cast: Cast) -> None:
    """Nobody hears of it."""
    answer = await cast.ana.types("/recuse note she is VIP")

    assert answer.text.startswith("There's no note to write in.")
    assert not is_asked(await cast.ben.privately.sees())
