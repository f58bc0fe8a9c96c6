"""Who is free: Home, the board, the ladder, and what supervisors may choose from say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Cast, Voice


async def _asks_to_hold(voice: Voice) -> None:
    """Begin to keep calm, and have the customer hold."""
    await voice.types("/calm keep-calm")
    await voice.presses("No, I can ask them to hold")
    await voice.presses("I asked them to hold")


async def test_whoever_owes_an_overdue_update_is_asked_for_nothing_else(cast: Cast) -> None:
    """Ben owns an incident that is overdue: colleagues are asked before him, wherever one looks it says why."""
    await cast.ben.in_("incidents").types("/incident open sev1 Cards fail")
    await cast.later(minutes=20)
    await cast.ana.types("/recuse CASE-42 heated: she shouts")
    await cast.later(seconds=40)

    assert not any("CASE-42" in one for one in await cast.ben.privately.sees())
    assert any("CASE-42" in one or "heated" in one for one in await cast.omar.privately.sees())
    assert "You: Owes an update" in await cast.ben.opens_home()
    await cast.sofia.types("/zanshin status")
    assert "Owes an update (1): Ben" in (await cast.sofia.privately.sees())[-1]
    await cast.sofia.privately.presses("Case from Ana")
    asked = await cast.sofia.privately.presses("Who was asked?")
    assert "Ben: not asked, owes an update" in asked.text


async def test_an_update_sets_its_owner_free(cast: Cast) -> None:
    """Once customers have news, or the reminders rest, the owner can be asked again."""
    ben = cast.ben.in_("incidents")
    await ben.types("/incident open sev1 Cards fail")
    await cast.later(minutes=20)
    before = await cast.ben.opens_home()
    await ben.types("/incident snooze 1 20m because the vendor works on it")
    await cast.later(seconds=15)  # Slack lets nobody draw faster
    rests = await cast.ben.opens_home()
    await ben.tells("/incident update 1 Cards fail. We work on it. Next update in 30m")
    await cast.later(seconds=15)
    after = await cast.ben.opens_home()

    assert "You: Owes an update" in before
    assert "You: Available" in rests
    assert "You: Available" in after


async def test_a_case_is_given_only_to_somebody_who_is_free(cast: Cast) -> None:
    """Whoever is away, has enough or owes an update is not offered to a supervisor; with nobody left that is said."""
    await cast.omar.types("/zanshin away 2h")
    await cast.ben.in_("incidents").types("/incident open sev1 Cards fail")
    await cast.later(minutes=20)
    await cast.ana.types("/recuse CASE-42 heated: she shouts")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    view = next(one for one in await cast.sofia.privately.posts() if "[Give it to …]" in one.text)
    await cast.sofia.types("/zanshin away 2h")
    nobody = await cast.sofia.privately.presses("Give it to …", view)
    await cast.sofia.types("/zanshin back")
    await cast.sofia.privately.presses("Give it to …", view)
    given = await cast.sofia.privately.fills(who="<@sofia>")

    assert "There's nobody to give it to just now." in nobody.text
    assert given.text.startswith("Sofia has it now")


async def test_whoever_has_a_customer_on_hold_is_not_free(cast: Cast) -> None:
    """Ben's customer is on hold: the case goes to a colleague, and Home, board and supervisors read why."""
    await _asks_to_hold(cast.ben)
    await cast.ana.types("/recuse CASE-42 heated: she shouts")
    asked = [text for text in await cast.ben.privately.sees() if "Ana needs" in text]
    home = await cast.ben.opens_home()
    await cast.sofia.types("/zanshin status")
    board = (await cast.sofia.privately.sees())[-1]
    await cast.sofia.privately.presses("Case from Ana")
    why = await cast.sofia.privately.presses("Who was asked?")

    assert asked == []
    assert "You: Has a customer on hold" in home
    assert "Has a customer on hold (1): Ben" in board
    assert "Ben: not asked, has a customer on hold" in why.text


async def test_whoever_is_back_with_their_customer_can_be_asked(cast: Cast) -> None:
    """The hold has ended while somebody is still looked for: whoever is back joins those who are asked."""
    await _asks_to_hold(cast.ben)
    for away in (cast.omar, cast.sofia):
        await away.types("/zanshin away 2h")
    await cast.ana.types("/recuse CASE-42 heated: she shouts")
    before = [text for text in await cast.ben.privately.sees() if "CASE-42" in text]
    await cast.ben.privately.presses("I'm back")
    await cast.later(seconds=2)
    after = [text for text in await cast.ben.privately.sees() if "[I take it" in text]

    assert before == []
    assert len(after) == 1


async def test_lists_that_cannot_follow_say_how_old_they_are(cast: Cast) -> None:
    """What only its reader sees is never changed: it says of when it is."""
    await cast.ben.in_("incidents").types("/incident open sev1 Cards fail")
    await cast.later(minutes=5)
    answers = [await cast.ben.types(command) for command in ("/zanshin team", "/incident list")]

    assert all("As of 10:05" in answer.text for answer in answers)
