"""How much is said: messages are counted, for each who reads them, over scripted times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dialogues.test_incidents import channel, opened

if TYPE_CHECKING:
    from tests.stage import Cast

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
    ends = [(await one.privately.sees())[-1] for one in (cast.omar, cast.sofia)]

    assert max(counts) <= TO_A_PERSON
    assert in_channel <= IN_CHANNEL
    assert all("It is resolved. Nothing more to remind of." in end for end in ends)
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
