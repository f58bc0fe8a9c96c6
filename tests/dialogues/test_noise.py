"""How much is said: messages are counted, for each who reads them, over scripted times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_incidents import channel, opened
from tests.stage import name_of

if TYPE_CHECKING:
    from tests.stage import Cast, Voice

NIGHT = (16, 4, 2, 4, 8, 6, *(20 for _call in range(20)))  # minutes: every rung, and calls until the morning
IN_CHANNEL = 2  # messages of one incident: its card, and one living nag
TO_A_PERSON = 1  # living nag


async def test_a_night_of_one_incident_is_one_living_nag_for_each(cast: Cast) -> None:
    """However often somebody is called, one message of it stands there, and it says at last what came of it."""
    omar = await opened(cast)
    for minutes in NIGHT:
        await cast.later(minutes=minutes)
    counts = [len(await one.privately.sees()) for one in (cast.omar, cast.sofia)]
    in_channel = len(await channel(cast))
    await omar.types("/incident resolve")
    await omar.fills()
    ends = ["\n".join(await one.privately.sees()) for one in (cast.omar, cast.sofia)]

    assert max(counts) <= TO_A_PERSON
    assert in_channel <= IN_CHANNEL
    assert all("It's resolved. Customers weren't told that it's over." in end for end in ends)
    assert not any("Still no update" in text for text in await channel(cast))


async def test_half_an_hour_of_three_incidents(cast: Cast) -> None:
    """Each has its card and one nag in the channel, and one nag in the chat with its owner."""
    for words in ("sev1 Card payments fail", "sev1 Search is slow", "sev1 The shop is closed"):
        await opened(cast, words)
    for minutes in (16, 4, 2, 4):
        await cast.later(minutes=minutes)

    assert len(await channel(cast)) <= 3 * IN_CHANNEL
    assert len(await cast.omar.privately.sees()) <= 3 * TO_A_PERSON
    assert await cast.sofia.privately.sees() == []


async def heard(voice: Voice) -> int:
    """Count what stands in somebody's direct chat."""
    return len(await voice.privately.sees())


async def public(voice: Voice) -> list[str]:
    """List what a channel reads, whoever reads it."""
    return [post.text for post in await voice.posts() if not post.private]


async def test_a_case_taken_at_the_first_rung_is_told_to_those_it_concerns(cast: Cast) -> None:
    """One line in the channel, one card for whoever steps out, which moves on aloud, one for whoever takes over."""
    await cast.ana.types("/recuse CASE-42 heated: he shouts")
    [before] = await cast.ana.privately.posts()
    await cast.later(seconds=10)
    await cast.ben.privately.presses("I take it")
    await cast.later(minutes=10)
    [after] = await cast.ana.privately.posts()
    await cast.ben.privately.presses("Done with it")

    assert name_of(after) != name_of(before)
    assert await public(cast.omar) == ["Ben took over a case from Ana."]
    assert [await heard(one) for one in (cast.ana, cast.ben, cast.omar, cast.sofia)] == [1, 1, 0, 0]


@pytest.mark.parametrize("hours", [1, 3])
async def test_hours_in_which_nobody_takes_a_case(cast: Cast, hours: int) -> None:
    """However often somebody is asked, each has one message of it; so has the channel, from the call to the end."""
    await cast.ana.types("/recuse CASE-42 heated: he shouts")
    for _call in range(5):
        await cast.later(seconds=60)
    for _call in range(hours * 11):
        await cast.later(minutes=5)
    [called] = await public(cast.omar)
    counts = [await heard(one) for one in (cast.ana, cast.ben, cast.omar, cast.sofia)]
    await cast.omar.privately.presses("I take it")

    assert called.startswith("Nobody is left to take over a case from Ana")
    assert counts == [4, 1, 1, 1]
    assert await public(cast.ben) == ["Omar took over a case from Ana. Thank you all."]
    assert [await heard(one) for one in (cast.ana, cast.ben, cast.omar, cast.sofia)] == counts


async def test_going_away_with_six_incidents_is_one_message_to_each(cast: Cast) -> None:
    """It names those whose news is due before the break is over, and follows what becomes of them."""
    for severity, what in enumerate(("Cards fail", "Search is slow", "Mail waits", "Maps are gone"), start=1):
        await opened(cast, f"sev{severity} {what}")
    await cast.omar.types("/zanshin away 45m")
    await cast.later(seconds=5)
    [mine], [asked] = await cast.omar.privately.sees(), await cast.sofia.privately.sees()
    await cast.sofia.in_("incidents").types("/incident owner 1 @sofia")
    [left] = await cast.sofia.privately.sees()
    await cast.omar.types("/zanshin back")
    await cast.later(seconds=5)

    assert mine.startswith("You're away and own 2 incidents")
    assert asked.startswith("2 incidents need an owner")
    assert all("#1 Cards fail" in text and "#2 Search is slow" in text for text in (mine, asked))
    assert not any("#3" in text or "#4" in text for text in (mine, asked))
    assert "#2 Search is slow" in left
    assert "Omar, who owns it, isn't here." in left
    assert "#1" not in left
    [over] = await cast.sofia.privately.sees()
    assert over == "Omar is here again."


async def test_an_end_and_a_new_beginning_are_said_once_in_the_channel(cast: Cast) -> None:
    """Both stand below the card, in the one message that is said afresh; nobody else reads of it twice."""
    omar = await opened(cast)
    await cast.later(minutes=25)
    await omar.types("/incident resolve")
    await omar.fills()
    resolved = await channel(cast)
    await omar.types("/incident reopen 1")
    reopened = await channel(cast)
    chats = [await one.privately.sees() for one in (cast.omar, cast.sofia)]

    assert ["It's resolved. Customers weren't told that it's over." in text for text in resolved] == [False, True]
    assert ["It's open again." in text for text in reopened] == [False, True]
    assert not any("overdue" in text or "Still no update" in text for text in (*resolved, *reopened))
    assert not any("It's resolved" in text for chat in chats for text in chat)
