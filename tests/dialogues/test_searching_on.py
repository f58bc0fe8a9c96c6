"""What is typed while somebody is looked for, and what is said of it, holds at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_one_colleague import is_asked
from tests.dialogues.test_promised_calls import plainly, promised
from tests.dialogues.test_recuse import card, last

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_words_of_a_running_search_are_said_to_be_noted(cast: Cast) -> None:
    """They are quoted, so that whoever meant something else sees it; no search is said to have begun."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    answer = await cast.ana.types("/recuse she is VIP")
    again = await cast.ana.types("/recuse")

    assert "Added to the note: “she is VIP”" in answer.text
    assert "I'm still looking for a colleague" in again.text
    assert "I have begun" not in answer.text + again.text


async def test_a_second_case_in_one_line_is_offered_at_once(cast: Cast) -> None:
    """The first is searched for with its reason, and one press hands over the second, too."""
    answer = await cast.ana.types("/recuse CASE-42, CASE-43 both heated: she shouts")

    assert "For CASE-43 I've asked nobody yet." in answer.text
    assert "I'm still finding" not in answer.text
    await cast.ana.presses("Also hand over CASE-43")
    await cast.ben.privately.presses("I take it")
    bens = await card(cast.ben, "You took over from Ana")
    assert "CASE-42" in bens
    assert "Reason: It's too heated" in bens
    assert "CASE-43" not in bens
    assert "Case: CASE-43" in await last(cast.omar)


async def test_a_case_is_not_taken_for_one_without_a_number(cast: Cast) -> None:
    """A search whose note tells of something may be for another: it is asked, and both ways are one press."""
    await cast.ana.types("/recuse she keeps shouting")
    answer = await cast.ana.types("/recuse CASE-42: charged twice")
    before = await last(cast.ben)
    await cast.ana.presses("Yes, it's CASE-42")

    assert answer.text.startswith("Is it the same case?")
    assert "CASE-42" not in before
    assert "CASE-42" in await last(cast.ben)


async def test_a_case_completes_a_search_that_tells_of_nothing_yet(cast: Cast) -> None:
    """One press first, and the details after: nothing is asked."""
    await cast.ana.types("/recuse")
    await cast.ana.types("/recuse CASE-42: charged twice")

    assert "CASE-42" in await last(cast.ben)


@pytest.mark.parametrize("typed", ["supervisor", "get me a supervisor, CASE-42", "Teamleitung bitte"])
async def test_a_supervisor_is_called_at_once_for_whoever_asks(cast: Cast, typed: str) -> None:
    """No colleague is said to have left it."""
    for voice in (cast.ben, cast.omar):
        await voice.types("/zanshin away until 18:00")
    await cast.ana.types(f"/recuse {typed}")
    offer = await last(cast.sofia)

    assert offer.startswith("Can you take over a case from Ana?")
    assert "you're a supervisor on duty" in offer
    assert "no colleague has taken it" not in offer
    assert "No colleague has taken it" not in "\n".join(await cast.ana.privately.sees())


async def test_a_supervisor_is_called_while_a_colleague_is_asked(cast: Cast) -> None:
    """The search that goes on turns to them."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.later(seconds=1)
    await cast.ana.types("/recuse supervisor please")

    assert "no colleague has taken it, and you're a supervisor on duty" in await last(cast.sofia)


async def test_a_late_call_is_no_case_that_colleagues_left(cast: Cast) -> None:
    """Whoever was asked before the call was promised has not left it."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ana.types("/recuse callback 10:30")
    await cast.later(minutes=46)

    assert "You, because you're a supervisor on duty." in await last(cast.sofia)


async def test_who_has_left_is_not_said_to_be_silent(cast: Cast) -> None:
    """Whoever was asked and is on the team no more answers nothing."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.sofia.types("/zanshin team remove @ben")
    await cast.later(seconds=30)

    assert "Ben" not in await card(cast.ana, "I'm finding somebody for you")


@pytest.mark.parametrize(
    ("typed", "title"),
    [("cancel", "You go on with it"), ("callback 11:30", "The customer is to be called back")],
)
async def test_a_card_stands_once_where_its_word_was_typed(cast: Cast, typed: str, title: str) -> None:
    """In the direct chat the card itself moves to the end: there are no two with live buttons."""
    await cast.ana.privately.types("/recuse CASE-42: charged twice")
    await cast.ana.privately.types(f"/recuse {typed}")
    seen = await cast.ana.privately.sees()

    assert [text for text in seen if text.startswith(("I'm finding", title))] == [seen[-1]]
    assert seen[-1].startswith(title)


async def test_a_taker_who_is_done_reads_it_once(cast: Cast) -> None:
    """Typed in the direct chat, the card moves to its end."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.types("/recuse done")
    seen = await cast.ben.privately.sees()

    assert len([text for text in seen if "You're done with it" in text]) == 1
    assert "You're done with it" in seen[-1]


async def test_another_time_leaves_one_card(cast: Cast) -> None:
    """No card goes on to tell of the time before."""
    await promised(cast, "/recuse callback 11:00")
    await cast.ana.privately.types("/recuse callback 12:00")
    seen = [plainly(text) for text in await cast.ana.privately.sees()]

    assert not any("11:00" in text for text in seen)
    assert len([text for text in seen if text.startswith("The customer is to be called back")]) == 1
    assert not is_asked(seen)


@pytest.mark.parametrize("typed", ["not ben", "cancle", "in 10 minutes"])
async def test_no_search_that_goes_on_is_said_not_to_have_begun(cast: Cast, typed: str) -> None:
    """What is asked about changed nothing; it does not say that nobody is looked for."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    answer = await cast.ana.types(f"/recuse {typed}")

    assert "othing was changed" in answer.text
    assert "begun" not in answer.text


@pytest.mark.parametrize("typed", ["supervisor", "get me a supervisor", "Vorgesetzten bitte"])
async def test_a_supervisor_is_called_at_once_for_a_search_that_goes_on(cast: Cast, typed: str) -> None:
    """Also in the moment in which a colleague was asked."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    await cast.ana.types(f"/recuse {typed}")

    assert is_asked(await cast.sofia.privately.sees())
    assert "No colleague has taken it yet." in await card(cast.ana, "I'm calling Sofia")


async def test_nobody_is_said_to_have_been_asked_in_vain_who_was_not(cast: Cast) -> None:
    """Supervisors come first where they are asked for."""
    await cast.ana.types("/recuse supervisor")

    assert "No colleague has taken it yet." not in await card(cast.ana, "I'm calling Sofia")


async def test_the_word_note_behind_a_case_is_no_part_of_it(cast: Cast) -> None:
    """It says what follows."""
    await cast.ana.types("/recuse CASE-42: charged twice")
    answer = await cast.ana.types("/recuse CASE-42 note she is VIP")

    assert "Added to the note: “she is VIP”" in answer.text


@pytest.mark.parametrize(
    "typed", ["sorry, it's CASE-78, not CASE-77", "CASE-78", "CASE-78 statt CASE-77, Entschuldigung"]
)
async def test_a_mistyped_number_is_put_right_by_one_press(cast: Cast, typed: str) -> None:
    """Whoever is asked, and takes it, reads the right one; no second search begins."""
    await cast.ana.types("/recuse CASE-77 heated: refund denied twice")
    answer = await cast.ana.types(f"/recuse {typed}")
    await cast.ana.presses("It's CASE-78, not CASE-77", answer)
    asked = await last(cast.ben)
    await cast.ben.privately.presses("I take it")

    assert "Case: CASE-78" in asked
    assert "CASE-77" not in asked
    assert "Case: CASE-78" in await card(cast.ben, "You took over from Ana")
    assert not any("[I take it]" in one for one in await cast.omar.privately.sees())
