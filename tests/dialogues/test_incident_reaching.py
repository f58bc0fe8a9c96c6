"""A promise reaches a human: whoever and whatever cannot be reached is not waited for, and is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ConversationGone
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Voice


async def opened(cast: Cast, words: str) -> Voice:
    """Omar opens an incident in its channel."""
    omar = cast.omar.in_("incidents")
    await omar.types(f"/incident open {words}")
    return omar


async def passes(cast: Cast, minutes: int) -> None:
    """Let time pass minute by minute."""
    for _minute in range(minutes):
        await cast.later(minutes=1)
        await cast.later(seconds=1)


def having(said: list[str], words: str) -> list[str]:
    """Pick what has these words."""
    return [text for text in said if words in text]


async def test_the_only_supervisor_cannot_be_reached(stage: FakeStage) -> None:
    """The channel is asked instead, and the owner reads who could not be reached."""
    cast = Cast(stage)
    await opened(cast, "sev2 Cards fail")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await passes(cast, 63)

    told = await cast.omar.privately.sees()
    assert len(having(told, "I couldn't reach Sofia. I'm asking in the channel instead.")) == 1
    assert having(await cast.ben.in_("incidents").sees(), "Omar hasn't posted any.\nI couldn't reach Sofia.")


@pytest.mark.parametrize("role", ["supervisor", "admin"])
async def test_whoever_decides_beside_a_supervisor_who_cannot_be_reached(stage: FakeStage, role: str) -> None:
    """Another supervisor, or else an admin, is called within seconds; from then on without the detour."""
    cast = Cast(stage)
    await cast.sofia.types(f"/zanshin team add @ben {role}")
    await opened(cast, "sev2 Cards fail")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await passes(cast, 63)
    first = having(await cast.ben.privately.sees(), "Customers have waited for news since 10:30")
    await passes(cast, 30)
    again = having(await cast.ben.privately.sees(), "Omar hasn't posted any.")

    assert len(first) == 1
    assert len(again) == 1
    assert len(having(await cast.omar.privately.sees(), "I couldn't reach Sofia.")) <= 1


async def test_a_channel_that_is_gone(stage: FakeStage) -> None:
    """The owner is reminded in the direct chat when it is due; supervisors read once which channel is gone."""
    cast = Cast(stage)
    await opened(cast, "sev2 Cards fail")
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 90)
    await passes(cast, 31)
    due = await cast.omar.privately.sees()
    early = await cast.sofia.privately.sees()
    await passes(cast, 60)
    told = await cast.sofia.privately.sees()

    assert "@Omar, news for customers is due by 10:30" in due[-1]
    assert "I couldn't reach #incidents." in due[-1]
    assert len(having(told, "I can't post in #incidents.")) == 1
    assert not having(early, "Omar hasn't posted any.")
    assert not having(told, "late")
    assert having(told, "Customers have waited for news since 10:30")


async def test_a_channel_and_an_owner_who_are_gone(stage: FakeStage) -> None:
    """Nobody else could be reminded: the supervisors are called at once."""
    cast = Cast(stage)
    await opened(cast, "sev2 Cards fail")
    await cast.omar.types("/zanshin away 3h")
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 90)
    await passes(cast, 32)

    assert having(await cast.sofia.privately.sees(), "Customers have waited for news since 10:30")


async def test_supervisors_who_are_all_away_are_called_all_the_same(cast: Cast) -> None:
    """Better than nobody, and said so."""
    await opened(cast, "sev1 Cards fail")
    await cast.sofia.types("/zanshin away 3h")
    await passes(cast, 41)
    [called] = having(await cast.sofia.privately.sees(), "Customers have waited for news since 10:20")

    assert "Nobody who decides is on duty just now: I'm asking all of them." in called


async def test_admins_are_called_when_supervisors_were_twice_in_vain(cast: Cast) -> None:
    """A bad incident climbs on: the third call goes to the admins too."""
    await cast.sofia.types("/zanshin team add @ben admin")
    await opened(cast, "sev1 Cards fail")
    await passes(cast, 66)
    before = having(await cast.ben.privately.sees(), "hasn't posted any")
    await passes(cast, 20)

    assert before == []
    assert len(having(await cast.ben.privately.sees(), "Customers have waited for news since 10:20")) == 1


async def test_the_opener_hears_at_once_that_the_channel_takes_nothing(stage: FakeStage) -> None:
    """With the name of the channel, and where they are reminded instead."""
    cast = Cast(stage)
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 9)
    await opened(cast, "sev2 Cards fail")
    await cast.later(seconds=1)

    told = await cast.omar.privately.sees()
    assert "I can't post in #incidents, so nobody there sees this incident. I'll remind you here" in told[-1]


async def test_the_opener_chooses_where_a_silent_channels_incident_is_shown(stage: FakeStage) -> None:
    """One press shows it in the support channel, where its reminders are read from then on."""
    cast = Cast(stage)
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 9)
    await opened(cast, "sev2 Cards fail")
    await cast.later(seconds=1)
    answer = await cast.omar.privately.presses("Show it in #support")
    shown = await cast.ben.sees()
    await passes(cast, 31)
    due = await cast.ben.sees()

    assert "#support shows it from now on" in answer.text
    assert having(shown, "Owner: Omar")
    assert having(due, "news for customers is due by 10:30")
    assert having([(await cast.omar.types("/incident history 1")).text], "Shown in #support from now on; #incidents")


async def test_the_opener_leaves_it_to_direct_chats(stage: FakeStage) -> None:
    """Nothing is posted in any channel; the owner is reminded in their own chat."""
    cast = Cast(stage)
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 90)
    await opened(cast, "sev2 Cards fail")
    await cast.later(seconds=1)
    answer = await cast.omar.privately.presses("Only direct chats")
    await passes(cast, 31)

    assert "No channel shows it." in answer.text
    assert not having(await cast.ben.sees(), "Cards fail")
    assert having(await cast.omar.privately.sees(), "news for customers is due by 10:30")


@pytest.mark.parametrize("shift", ["", "mon-fri 9-18", "mon-fri 1-2"])
async def test_the_incident_of_somebody_who_has_left_goes_to_a_supervisor(cast: Cast, shift: str) -> None:
    """That minute, whatever their hours were."""
    if shift:
        await cast.omar.types(f"/zanshin shifts {shift}")
    await opened(cast, "sev2 Cards fail")
    await cast.sofia.types("/zanshin team remove @omar")
    await cast.later(seconds=1)

    assert "Omar, who owns it, is no longer on the team." in (await cast.sofia.privately.sees())[-1]


async def test_what_cannot_follow_says_since_when_it_holds_and_what_does(cast: Cast) -> None:
    """An incident that is looked at stands as of then; a supervisor who is called looks at it with a press."""
    await opened(cast, "sev1 Cards fail")
    looked = await cast.ben.types("/incident show 1")
    await passes(cast, 41)
    called = await cast.sofia.privately.presses("Look at it")

    assert "Its card in #incidents follows what happens." in looked.text
    assert "As of 10:00" in looked.text
    assert "Its card in #incidents follows what happens." in called.text


async def test_whoever_was_asked_to_own_it_and_cannot_be_reached(stage: FakeStage) -> None:
    """Whoever asked hears it at once, and nobody waits for an answer."""
    cast = Cast(stage)
    await opened(cast, "sev2 Cards fail")
    stage.messenger.fail_in("@ben", *[ConversationGone()] * 9)
    answer = await cast.sofia.in_("incidents").types("/incident owner 1 @ben")
    await cast.later(seconds=1)
    [told] = having(await cast.sofia.privately.sees(), "I couldn't reach Ben")
    taken = await cast.ben.in_("incidents").types("/incident owner 1 @ben")

    assert "I'm asking Ben. Until they accept, Omar owns it." in answer.text
    assert "I couldn't reach Ben: Omar still owns it." in told
    assert "Ben owns it." in taken.text


async def test_nobody_who_has_left_is_asked_for_news(cast: Cast) -> None:
    """The channel reads that the owner is gone, and whoever reads it can own it with one press."""
    await cast.omar.in_("incidents").types("/incident open sev1 Cards fail in São Paulo")
    await cast.sofia.types("/zanshin team remove @omar")
    await cast.later(minutes=30)
    said = (await cast.ana.in_("incidents").sees())[-1]
    owned = await cast.ana.in_("incidents").presses("I own it")

    assert "Omar, who owned it, is no longer on the team." in said
    assert "@Omar" not in said
    assert owned is not None
    assert "Owner: Ana" in (await cast.ana.in_("incidents").sees())[0]
