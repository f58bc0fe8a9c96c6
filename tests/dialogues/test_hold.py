"""A customer on hold: one clock, a word at 45 and at 60 seconds, and the way back."""

from __future__ import annotations

import pytest

from bot.errors import ConversationGone
from tests.stage import Cast, FakeStage, Seen


async def on_hold(cast: Cast) -> Seen:
    """Start to keep calm, and ask the customer to hold."""
    await cast.ana.types("/calm keep-calm")
    await cast.ana.presses("No, I can ask them to hold")
    return await cast.ana.presses("I asked them to hold")


async def test_a_customer_upset_about_holding_is_not_put_on_hold(cast: Cast) -> None:
    """Where holding is the trouble, the steps go on with the customer on the line."""
    await cast.ana.types("/calm keep-calm")
    answer = await cast.ana.presses("Yes, no hold")
    breath = await cast.ana.presses("Next")

    assert answer.text.startswith("Stay with them")
    assert "On hold" not in breath.text


async def test_the_steps_are_breath_count_breath_not_personal_breath(cast: Cast) -> None:
    """The sequence of the seed article is walked in its order, and every card says since when the customer waits."""
    cards = [await on_hold(cast)]
    cards += [await cast.ana.presses("Next") for _step in range(5)]

    assert [card.text.splitlines()[0] for card in cards] == [
        "One breath",
        "Count to ten",
        "Another breath",
        "Say it to yourself",
        "One last breath",
        "How is it now?",
    ]
    assert all("You asked the customer to hold at" in card.text for card in cards)


async def test_the_clock_runs_in_one_place_that_follows(cast: Cast) -> None:
    """Nobody can change what only Ana sees in a channel: no clock runs there; the one in her direct chat moves on."""
    card = await on_hold(cast)
    [clock] = await cast.ana.privately.sees()
    await cast.later(seconds=45)
    [warned] = await cast.ana.privately.sees()
    await cast.ana.presses("I'm back", card)
    [over] = await cast.ana.privately.sees()

    assert clock.startswith("I watch the clock\nOn hold: the customer has been waiting")
    assert warned.startswith("45 seconds on hold")
    assert over.startswith("You're back")
    assert not any("has been waiting" in text for text in await cast.ana.sees())


async def test_the_clock_of_whoever_stepped_out_says_whose_it_is_now(cast: Cast) -> None:
    """A colleague takes the case during the hold: nobody who has stepped out of it reads that they are waited for."""
    await on_hold(cast)
    await cast.ana.types("/recuse CASE-42")
    await cast.ben.privately.presses("I take it")
    await cast.later(seconds=60)
    mine, theirs = await cast.ana.privately.sees(), await cast.ben.privately.sees()

    assert any(text.startswith("The hold is no longer yours\nBen has the case") for text in mine)
    assert not any("go back now" in text or "I watch the clock" in text for text in mine)
    assert any(text.startswith("60 seconds on hold: go back now") for text in theirs)


async def test_a_word_comes_at_45_seconds_and_another_at_60(cast: Cast) -> None:
    """The agent's direct chat warns before the minute is over, and again when it is."""
    await on_hold(cast)
    await cast.later(seconds=44)
    before = await cast.ana.privately.sees()
    await cast.later(seconds=1)
    first = await cast.ana.privately.sees()
    await cast.later(seconds=15)
    second = await cast.ana.privately.posts()

    assert [text.splitlines()[0] for text in before] == ["I watch the clock"]
    assert [text.splitlines()[0] for text in first] == ["45 seconds on hold"]
    assert second[-1].text.startswith("60 seconds on hold: go back now")
    assert "Thank you for holding, [customer's name]." in second[-1].text
    assert await cast.ben.sees() == []


async def test_i_am_back_on_the_notice_ends_the_hold(cast: Cast) -> None:
    """One press in the direct chat stops the clock, and nothing more is said."""
    await on_hold(cast)
    await cast.later(seconds=45)
    back = await cast.ana.privately.presses("I'm back")
    await cast.later(seconds=60)

    assert back.text.startswith("You're back")
    assert len(await cast.ana.privately.sees()) == 1


async def test_a_late_press_on_a_card_that_did_not_follow_changes_nothing(cast: Cast) -> None:
    """A hold that ended elsewhere is over everywhere: the old card says since when, and its clock is gone."""
    await on_hold(cast)
    await cast.ana.presses("Stop here")
    old = (await cast.ana.posts())[-1]
    await cast.later(seconds=45)
    await cast.ana.privately.presses("I'm back")
    await cast.later(seconds=60)
    late = await cast.ana.presses("I'm back", old)

    assert late.text.startswith("The hold is over\nIt ended at ")
    assert "after 00:45. Nothing was changed." in late.text
    assert len(await cast.ana.privately.sees()) == 1


async def test_i_am_back_beside_what_was_found_leaves_it_there(cast: Cast) -> None:
    """What /calm found, and the way to another playbook, are still there after the hold, and after a second press."""
    await on_hold(cast)
    closed = await cast.ana.presses("Stop here")
    found = await cast.ana.types("/calm she keeps shouting")
    back = await cast.ana.presses("I'm back", found)
    late = [await cast.ana.presses("I'm back", card) for card in (found, closed)]
    seen = await cast.ana.sees()

    assert back.text.startswith("You're back")
    assert all(one.text.startswith("The hold is over\nIt ended at ") for one in late)
    assert found.text in seen
    assert closed.text in seen


async def test_i_am_back_on_the_card_ends_the_hold(cast: Cast) -> None:
    """One press on the card stops the clock; the run stays where it is."""
    await on_hold(cast)
    card = await cast.ana.presses("I'm back")
    await cast.later(minutes=2)

    [over] = await cast.ana.privately.sees()
    assert card.text.startswith("One breath")
    assert "asked the customer to hold" not in card.text
    assert over.startswith("You're back")


async def test_the_hold_goes_on_when_the_run_is_done(cast: Cast) -> None:
    """Closing the card does not bring the customer back: the clock runs until "I am back"."""
    await on_hold(cast)
    await cast.ana.presses("Stop here")
    await cast.later(seconds=60)

    assert (await cast.ana.privately.sees())[-1].startswith("60 seconds on hold")


async def test_still_tense_leads_to_somebody_else_and_from_there_back_to_the_breaths(cast: Cast) -> None:
    """If nobody can take over, the steps start again."""
    await on_hold(cast)
    for _step in range(5):
        await cast.ana.presses("Next")
    over = await cast.ana.presses("Still tense")
    once_more = await cast.ana.presses("Nobody can take over")
    breath = await cast.ana.presses("Next")

    assert over.text.startswith("Let somebody else take it")
    assert once_more.text.startswith("Go back, then breathe again")
    assert breath.text.startswith("One breath")


async def test_a_forgotten_hold_is_stopped_and_its_owner_told(cast: Cast) -> None:
    """After six minutes the clock stops, aloud."""
    await on_hold(cast)
    for _minute in range(7):
        await cast.later(minutes=1)
    said = await cast.ana.privately.sees()
    await cast.later(hours=1)

    assert said[-1].startswith("I stopped the clock of your hold")
    assert await cast.ana.privately.sees() == said


async def test_after_a_long_pause_only_the_latest_word_is_said(cast: Cast) -> None:
    """A program that slept through both moments does not say both at once."""
    await on_hold(cast)
    await cast.later(seconds=90)

    assert [text.splitlines()[0] for text in await cast.ana.privately.sees()] == ["90 seconds on hold: go back now"]


async def test_nobody_ends_the_hold_of_somebody_else(cast: Cast) -> None:
    """A press by another person is refused, and the clock runs on."""
    await on_hold(cast)
    await cast.later(seconds=45)
    notice = (await cast.ana.privately.posts())[-1]
    answer = await cast.ben.presses("I'm back", notice)
    await cast.later(seconds=15)

    assert "Only they can say that they're back." in answer.text
    assert (await cast.ana.privately.sees())[-1].startswith("60 seconds on hold")


async def test_a_notice_that_cannot_arrive_is_said_on_the_card(stage: FakeStage) -> None:
    """An agent who cannot be reached in the direct chat reads it where they look next."""
    cast = Cast(stage)
    await on_hold(cast)
    stage.messenger.fail_in("@ana", *[ConversationGone()] * 9)
    await cast.later(seconds=45)
    await cast.later(seconds=1)
    card = await cast.ana.presses("Next")

    assert "I couldn't reach you in our direct chat" in card.text


async def test_the_clock_says_at_last_that_it_has_stopped(cast: Cast) -> None:
    """The one card says that the hold is over and how long it was; it has no button any more."""
    await on_hold(cast)
    await cast.later(seconds=45)
    await cast.later(seconds=15)
    await cast.later(seconds=5)
    await cast.ana.privately.presses("I'm back")
    posts = await cast.ana.privately.posts()

    assert [post.text.splitlines()[0] for post in posts] == ["You're back"]
    assert [post.buttons for post in posts] == [()]


async def test_the_way_back_is_on_every_card_while_a_customer_waits(cast: Cast) -> None:
    """Closing a playbook, looking for another, or an old card: since when they wait and "I am back" are there."""
    card = await on_hold(cast)
    closed = await cast.ana.presses("Stop here")
    looked = await cast.ana.types("/calm")
    old = await cast.ana.presses("Next", card)

    for post in (closed, looked, old):
        assert "You asked the customer to hold at" in post.text
        assert "I'm back" in [button.label for button in post.buttons]
    assert closed.text.startswith("Go back to the customer first")


async def test_the_notices_name_the_time_that_was_set(cast: Cast) -> None:
    """A team with other limits reads its own."""
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(hold_warning="90", hold_limit="120")
    await on_hold(cast)
    await cast.later(seconds=90)
    warned = await cast.ana.privately.sees()
    await cast.later(seconds=30)
    over = await cast.ana.privately.sees()

    assert [text.splitlines()[0] for text in warned] == ["90 seconds on hold"]
    assert [text.splitlines()[0] for text in over] == ["2 minutes on hold: go back now"]


@pytest.mark.parametrize(
    ("words", "title", "said"),
    [
        ("he has a gun and is coming to the office", "60 seconds on hold\n", "You don't have to stay in this talk"),
        ("she wants to die", "60 seconds on hold: go back now\n", "They shouldn't wait alone now."),
    ],
)
async def test_a_hold_begun_before_danger_was_told_of_says_what_the_danger_card_says(
    cast: Cast, words: str, title: str, said: str
) -> None:
    """Nobody is sent back to a threat, and nothing is said of patience to somebody who needs help."""
    await on_hold(cast)
    await cast.ana.types(f"/recuse {words}")
    await cast.later(seconds=60)
    [told] = [text for text in await cast.ana.privately.sees() if text.startswith("60 seconds on hold")]

    assert told.startswith(title)
    assert said in told
    assert "Emergency" in told
    assert "patience" not in told
    assert "holding" not in told


async def test_whoever_gave_the_hold_away_is_not_said_to_be_back(cast: Cast) -> None:
    """Its clock is stopped late, for whoever took the case."""
    await cast.ana.types("/recuse CASE-5 he is furious")
    await cast.ana.privately.presses("I asked them to hold")
    for _ in range(5):
        await cast.later(seconds=10)
    await cast.ben.privately.presses("I take it")
    for _ in range(30):
        await cast.later(seconds=15)

    assert not any(one.startswith("You're back") for one in await cast.ana.privately.sees())
