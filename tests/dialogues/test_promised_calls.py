"""A call that was promised has a time: given, shown, due on the clock, and somebody else's when it is late."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.dialogues import test_recuse

if TYPE_CHECKING:
    from tests.stage import Cast, Voice


def plainly(text: str) -> str:
    """Leave out the zone and the seconds that some places show."""
    return re.sub(r"(\d\d:\d\d)(?::\d\d)?(?: UTC)?", r"\1", text)


async def last(who: Voice) -> str:
    return plainly(await test_recuse.last(who))


async def card(who: Voice, begins: str) -> str:
    return plainly(await test_recuse.card(who, begins))


async def channel(who: Voice) -> str:
    return plainly("\n".join(await who.sees()))


async def promised(cast: Cast, typed: str = "") -> None:
    """Ana finds nobody, and promises her customer a call."""
    for voice in (cast.ben, cast.omar):
        await voice.types("/zanshin away until 18:00")
    await cast.ana.types("/recuse CASE-50 heated: charged twice")
    await cast.later(seconds=30)
    if typed:
        await cast.ana.privately.types(typed)
    else:
        await cast.ana.privately.presses("We call them back")


async def test_a_call_is_never_promised_by_the_clock_of_an_unknown_place(cast: Cast) -> None:
    """A word alone behind the time may be where the customer is; a reason is none."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    await cast.ana.types("/recuse callback 16:00 Nowhereville")
    asked = cast.ana.form
    kept = await cast.ana.types("/recuse callback 16:00 her son answers")

    assert asked is not None
    assert "16:00" in kept.text


async def test_whoever_promised_a_call_says_by_when_and_is_reminded(cast: Cast) -> None:
    """The form reads the time; card, board and channel show it, and at that time the clock says to call."""
    await promised(cast)
    await cast.ana.privately.presses("Say by when")
    answer = await cast.ana.privately.fills(by="11:30")
    await cast.later(seconds=1)
    public = await channel(cast.sofia)
    await cast.sofia.types("/zanshin status")
    board = await last(cast.sofia)
    await cast.later(hours=1, minutes=30)
    told = await card(cast.ana, "Time to call the customer")
    called = await cast.ana.privately.presses("They were called")

    assert "The customer was promised a call by 11:30." in plainly(answer.text)
    assert "Ana's customer will be called back by 11:30." in public
    assert "promised to a customer by 11:30" in board
    assert told.startswith("Time to call the customer\n")
    assert "You promised them a call by 11:30." in told
    assert "The customer was called back." in called.text


async def test_a_call_is_promised_as_typed(cast: Cast) -> None:
    """One line ends the search, names the time, and tells supervisors."""
    await promised(cast, "/recuse callback in 2 hours")
    await cast.later(seconds=1)

    assert "It's due by 12:00." in await card(cast.ana, "The customer is to be called back")
    assert "It's due by 12:00." in await last(cast.sofia)


async def test_another_time_is_said_as_the_first_one(cast: Cast) -> None:
    """A time that is moved moves the reminder, and nothing is late at the first one."""
    await promised(cast, "/recuse callback 11:00")
    await cast.ana.privately.types("/recuse callback 12:30")
    await cast.later(hours=1, minutes=30)
    before = await cast.ana.privately.sees()
    await cast.later(hours=1)

    assert not any(text.startswith("Time to call") for text in before)
    assert "You promised them a call by 12:30." in await last(cast.ana)


async def test_a_time_in_doubt_is_asked_back_in_the_form(cast: Cast) -> None:
    """Nothing is promised by a time that cannot be read, and what was typed stays."""
    await promised(cast)
    await cast.ana.privately.presses("Say by when")
    await cast.ana.privately.fills(by="when I can")
    wrong = cast.ana.privately.errors
    right = await cast.ana.privately.fills(by="13:00")

    assert "no time" in wrong["by"]
    assert "The customer was promised a call by 13:00." in plainly(right.text)


async def test_a_late_call_is_somebody_elses_and_says_since_when(cast: Cast) -> None:
    """A quarter of an hour later supervisors are called for it, and whoever takes it reads since when it is late."""
    await promised(cast, "/recuse callback 11:30")
    await cast.later(hours=1, minutes=30)
    await cast.later(minutes=15)
    anas, public, offer = await last(cast.ana), await channel(cast.omar), await last(cast.sofia)
    await cast.sofia.privately.presses("I take it")
    await cast.later(seconds=1)

    late = "The customer was promised a call by 11:30, and it's late since then."
    assert anas.startswith("The call you promised is late\n")
    assert "It was due by 11:30." in anas
    assert "The call that Ana promised a customer by 11:30 is late. I'm finding somebody." in public
    assert offer.startswith("Can you take over a case from Ana?")
    assert late in offer
    assert late in await card(cast.sofia, "You took over from Ana")


async def test_whoever_called_after_all_ends_the_search(cast: Cast) -> None:
    """The word that was missing ends it everywhere."""
    await promised(cast, "/recuse callback 11:30")
    await cast.later(hours=1, minutes=46)
    await cast.ana.privately.presses("They were called")
    await cast.later(seconds=1)

    assert "Ana's customer was called back." in await channel(cast.omar)
    assert "[I take it]" not in "\n".join(await cast.sofia.privately.sees())


async def test_not_yet_holds_it_for_a_quarter_of_an_hour(cast: Cast) -> None:
    """A sign of life is waited for, and the answer says how long."""
    await promised(cast, "/recuse callback 11:30")
    await cast.later(hours=1, minutes=40)
    answer = await cast.ana.privately.presses("Not yet")
    await cast.later(minutes=14)
    before = await channel(cast.omar)
    await cast.later(minutes=2)

    assert "At 11:55 I find somebody else, unless they were called." in plainly(answer.text)
    assert "is late" not in before
    assert "is late" in await channel(cast.omar)


async def test_whoever_is_away_when_it_is_due_is_not_waited_for(cast: Cast) -> None:
    """A call that falls into a break, or after the shift, goes on at its time."""
    await promised(cast, "/recuse callback 11:30")
    await cast.ana.types("/zanshin away 3h")
    await cast.later(hours=1, minutes=31)

    assert "The call that Ana promised" in await channel(cast.omar)


async def test_a_call_promised_for_tomorrow_outlives_the_shift(cast: Cast) -> None:
    """Nothing is closed at the end of the shift while the customer waits for the time they were told."""
    await cast.ana.types("/zanshin shift daily 9-17")
    await promised(cast, "/recuse callback tomorrow 9:30")
    await cast.later(hours=23, minutes=29)
    before = "\n".join(await cast.ana.privately.sees())
    await cast.later(minutes=2)

    assert "I closed your case" not in before
    assert (await last(cast.ana)).startswith("Time to call the customer")


async def test_a_time_goes_on_with_the_case(cast: Cast) -> None:
    """Whoever takes it before the time is reminded then, and supervisors hear when nobody says that it was made."""
    await promised(cast, "/recuse callback 12:00")
    await cast.ben.types("/zanshin back")
    await cast.ana.privately.presses("Find somebody after all")
    await cast.later(seconds=1)
    await cast.ben.privately.presses("I take it")
    taken = await card(cast.ben, "You took over from Ana")
    await cast.later(hours=2)
    told = await last(cast.ben)
    await cast.later(minutes=15)

    assert "The customer was promised a call by 12:00." in taken
    assert told.startswith("Time to call the customer")
    assert (await last(cast.sofia)).startswith("A customer still waits for a call from Ben")


async def test_callback_and_more_words_begin_no_search(cast: Cast) -> None:
    """Nobody is said to be called back who is not; whoever meant a search has it with one press, words and all."""
    answer = await cast.ana.types("/recuse callback promised twice and she is shouting now")
    asked = await cast.ben.privately.sees()
    await cast.ana.presses("Step out of the case")
    await cast.ben.privately.presses("I take it")

    assert answer.text.startswith("There's nobody to call back.")
    assert asked == []
    assert "callback promised twice and she is shouting now" in await card(cast.ben, "You took over from Ana")


@pytest.mark.parametrize("typed", ["3 pee em", "by the time it rains", "— whenever"])
async def test_a_time_that_is_not_read_is_asked_in_the_form(cast: Cast, typed: str) -> None:
    """No search begins, and nothing is noted in place of the promise."""
    await cast.ana.types("/recuse CASE-50 heated: charged twice")
    await cast.ana.types(f"/recuse callback {typed}")

    assert cast.ana.form.title == "By when do you call?"
    await cast.ana.fills(by="11:30")
    assert "by 11:30" in plainly(await card(cast.sofia, "Ana promised a customer a call"))


@pytest.mark.parametrize(
    "typed", ["callback CASE-50 11:30", "CASE-50 callback 11:30", "callback 11:30 CASE-50 by phone"]
)
async def test_a_call_is_promised_for_the_case_that_is_named(cast: Cast, typed: str) -> None:
    """It may be another than the latest."""
    await cast.ana.types("/recuse CASE-50 heated: charged twice")
    await cast.ana.types("/recuse CASE-51: wants the manager")
    await cast.ana.presses("Also hand over CASE-51")
    await cast.ana.types(f"/recuse {typed}")

    assert "CASE-50" in plainly(await card(cast.sofia, "Ana promised a customer a call"))


async def test_words_of_a_call_that_nobody_is_owed_are_kept(cast: Cast) -> None:
    """With nothing under way nothing is promised, and a search begins with one press and these words."""
    answer = await cast.ana.types("/recuse callback 11:00 CASE-77 invoice question")
    await cast.ana.presses("Step out of the case")
    await cast.ben.privately.presses("I take it")
    bens = await card(cast.ben, "You took over from Ana")

    assert "You're not handing over CASE-77." in answer.text
    assert "callback 11:00 invoice question" in bens
    assert "CASE-77" in bens


@pytest.mark.parametrize("typed", ["called them", "They were called ✅", "zurückgerufen"])
async def test_whoever_called_says_so_in_words(cast: Cast, typed: str) -> None:
    """The promise is kept, and nobody else is looked for."""
    await promised(cast, "/recuse callback 11:30")
    await cast.ana.types(f"/recuse {typed}")

    assert "Ana's customer was called back." in await channel(cast.sofia)


@pytest.mark.parametrize("typed", ["cancel", "done", "callback cancel", "done CASE-50", "cancel CASE-50"])
async def test_a_promise_stands_until_it_is_said_to_be_kept(cast: Cast, typed: str) -> None:
    """Neither word says that the customer was called."""
    await promised(cast, "/recuse callback 11:30")
    answer = await cast.ana.types(f"/recuse {typed}")

    assert "The promise stands until you say that they were called." in answer.text
    assert "They were called" in [button.label for button in answer.buttons]


async def test_a_promised_call_ends_the_hold(cast: Cast) -> None:
    """Whoever promises a call has told the customer: no clock goes on, and nobody is sent back to the line."""
    await cast.ana.types("/calm keep-calm")
    await cast.ana.presses("No, I can ask them to hold")
    await cast.ana.presses("I asked them to hold")
    await promised(cast, "/recuse callback 11:30")
    await cast.later(minutes=2)
    mine = await cast.ana.privately.sees()
    await cast.sofia.types("/zanshin status")

    assert "On hold" not in "\n".join(mine) + await last(cast.sofia)
    assert not any("go back now" in text for text in mine)
    assert any(text.startswith("You're back") for text in mine)


async def test_whoever_cancels_a_promised_call_sees_it(cast: Cast) -> None:
    """Nobody is looked for, and a customer waits all the same: what has become of them is one press away."""
    await promised(cast, "/recuse callback 11:30")
    answer = await cast.ana.types("/recuse cancel")

    assert answer.text.startswith("The customer is to be called back")
    assert [one.label for one in answer.buttons][:2] == ["They were called", "Another time"]


async def test_no_card_tells_of_a_call_twice(cast: Cast) -> None:
    """Once is enough on every card, promised, late or made; a call that was made is late no more."""
    told = re.compile(r"\bcall(?:ed)?\b", re.IGNORECASE)
    buttons = re.compile(r"\[.*?\]")
    await promised(cast, "/recuse callback 11:30")
    await cast.later(seconds=1)
    await cast.sofia.privately.presses("Look at it")
    begun = [await card(cast.ana, "The customer is to be called back"), await last(cast.sofia)]
    await cast.later(hours=1, minutes=45)
    late = await last(cast.ana)
    await cast.ana.privately.presses("They were called")
    await cast.later(seconds=1)
    view = (await cast.sofia.privately.presses("Look at it")).text

    for text in begun:
        assert len(told.findall(buttons.sub("", text))) == 1, text
        assert "It's due by 11:30." in text
    assert late.count("late") == 1
    assert "late" not in view
    assert "11:30" not in view
