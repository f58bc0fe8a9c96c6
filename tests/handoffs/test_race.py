"""Many people at once: exactly one takes the case."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from tests.handoffs.crowd import join, rows
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage

CROWD = [f"agent{number}" for number in range(50)]


async def test_fifty_accept_at_once_and_one_has_it(stage: FakeStage) -> None:
    """One winner, forty-nine who are told who it is, and no button left that does nothing."""
    cast = Cast(stage)
    await join(stage, CROWD)
    for account in ("ben", "omar", "sofia"):
        await cast.voice(account).types("/zanshin away until 18:00")
    await cast.ana.types("/recuse")
    await cast.later(seconds=20)
    await cast.later(minutes=10)
    press = stage.program.dispatch.press
    fields = {"handoff": "1"}

    replies = await asyncio.gather(
        *(press("accept-handoff", fields, stage.origin(who, f"@{who}", f"race-{who}")) for who in CROWD)
    )
    await stage.settle()

    titles = [reply.message.title for reply in replies]
    lines = [str(reply.message.parts) for reply in replies]
    assert titles.count("You took over from Ana") == 1
    winner = CROWD[titles.index("You took over from Ana")].title()
    assert sum(f"{winner}" in line and "took it over at" in line for line in lines) == 49
    assert [handoff.state for handoff in await rows(stage, Handoff)] == [HandoffState.TAKEN]
    assert [offer.state for offer in await rows(stage, Offer)].count(OfferState.TOOK) == 1
    for who in [*CROWD, "support"]:
        place = who if who == "support" else f"@{who}"
        labels = {button.label for post in await stage.seen(who, place) for button in post.buttons}
        assert "I take it" not in labels


async def test_two_presses_of_recuse_at_once_begin_one_search(stage: FakeStage) -> None:
    """Somebody under stress presses twice; one colleague is asked once."""
    say = stage.program.dispatch.say

    await asyncio.gather(*(say("/recuse", stage.origin("ana", "support", f"twice-{n}")) for n in range(8)))
    await stage.settle()

    assert len(await rows(stage, Handoff)) == 1
    assert len(await rows(stage, Offer)) == 1


async def test_two_colleagues_who_recuse_from_one_case_at_once_begin_one_search(stage: FakeStage) -> None:
    """The second is told that somebody is looked for already."""
    say = stage.program.dispatch.say

    replies = await asyncio.gather(
        *(say("/recuse CASE-42", stage.origin(who, "support", f"same-{who}")) for who in ("ana", "ben"))
    )

    titles = sorted(reply.message.title for reply in replies)
    assert titles == ["Look into our direct chat", "Somebody is already looked for to take CASE-42 over."]
    assert len(await rows(stage, Handoff)) == 1
