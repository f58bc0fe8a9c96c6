"""Offers that do not arrive: the ladder goes on and keeps the offer open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import ConversationGone, OutcomeUnknown, PlatformDown, RateLimited
from bot.handoffs.model import Handoff, Offer
from tests.handoffs.crowd import rows
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.errors import DeliveryError
    from tests.stage import FakeStage


async def offered(cast: Cast) -> list[str]:
    """Say who reads an offer."""
    return [
        account
        for account in ("ben", "omar", "sofia")
        if any("take over a case" in text for text in await cast.voice(account).privately.sees())
    ]


@pytest.mark.parametrize(
    ("failures", "seconds", "reached"),
    [
        ([ConversationGone()], 1, ["omar"]),
        ([OutcomeUnknown()] * 4, 5, ["omar"]),
        ([RateLimited(timedelta(seconds=60))], 5, ["omar"]),
        ([PlatformDown()] * 4, 5, ["omar"]),
    ],
)
async def test_an_offer_that_does_not_arrive_is_not_waited_for(
    stage: FakeStage, failures: list[DeliveryError], seconds: int, reached: list[str]
) -> None:
    """Dead at once, refused or unknown for a while after five seconds: the next is asked."""
    cast = Cast(stage)
    stage.messenger.fail_in("@ben", *failures)
    await cast.ana.types("/recuse")
    for _second in range(seconds):
        await cast.later(seconds=1)

    assert await offered(cast) == reached
    assert "@ben" not in reached


async def test_an_offer_that_was_late_can_still_be_taken(stage: FakeStage) -> None:
    """What was refused for a minute arrives in the end, and whoever takes it first has it."""
    cast = Cast(stage)
    stage.messenger.fail_in("@ben", RateLimited(timedelta(seconds=30)))
    await cast.ana.types("/recuse")
    await cast.later(seconds=5)
    await cast.later(seconds=35)
    taken = await cast.ben.privately.presses("I take it")

    assert taken.text.startswith("You took over from Ana")


async def test_an_offer_that_is_over_before_it_arrives_is_never_seen(stage: FakeStage) -> None:
    """Nobody is asked for a case that somebody has already."""
    cast = Cast(stage)
    stage.messenger.fail_in("@ben", RateLimited(timedelta(seconds=60)))
    await cast.ana.types("/recuse")
    await cast.later(seconds=5)
    await cast.omar.privately.presses("I take it")
    await cast.later(minutes=5)

    assert await cast.ben.privately.sees() == []


async def test_time_runs_from_the_moment_an_offer_arrives(stage: FakeStage) -> None:
    """Three seconds late means three seconds more to answer."""
    cast = Cast(stage)
    stage.messenger.fail_in("@ben", PlatformDown())  # tried again within 1.5 s
    await cast.ana.types("/recuse")
    for _second in range(4):
        await cast.later(seconds=1)
    [handoff] = await rows(stage, Handoff)
    delivered = handoff.delivered_at
    assert delivered is not None
    assert delivered > handoff.asked_at
    stage.clock.move_to(delivered + timedelta(seconds=19))
    await stage.settle()
    assert await offered(cast) == ["ben"]
    stage.clock.move_to(delivered + timedelta(seconds=20))
    await stage.settle()

    assert await offered(cast) == ["ben", "omar"]


async def test_a_requester_who_cannot_be_reached_still_gets_a_colleague(stage: FakeStage) -> None:
    """The search does not depend on the requester's chat."""
    cast = Cast(stage)
    stage.messenger.fail_in("@ana", *[ConversationGone()] * 20)
    await cast.ana.types("/recuse")
    taken = await cast.ben.privately.presses("I take it")

    assert taken.text.startswith("You took over from Ana")


async def test_a_search_survives_a_restart(stage: FakeStage) -> None:
    """Rows are the truth: another process goes on where the first one died."""
    cast = Cast(stage)
    await cast.ana.types("/recuse")
    again = type(stage)(stage.database, stage.playbooks_dir, stage.clock)
    again.messenger = stage.messenger
    after = Cast(again)
    again.clock.move(timedelta(seconds=25))
    await again.settle()

    assert len(await rows(stage, Offer)) == 2
    assert after is not cast


async def test_what_was_written_is_erased_a_day_after_its_end(stage: FakeStage) -> None:
    """Notes and references go; that there was a handoff, and who had it, stays."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: a secret")
    await cast.ben.privately.presses("Not now")
    await cast.ben.privately.presses("Say why")
    await cast.ben.privately.fills(why="on a call")
    await cast.omar.privately.presses("I take it")
    await cast.omar.privately.presses("Done with it")
    await cast.later(hours=25)
    await stage.program.ticker.tidy_up()
    [handoff] = await rows(stage, Handoff)

    assert (handoff.note_text, handoff.case, handoff.customer) == (None, None, None)
    assert handoff.case_hash is not None
    assert handoff.taker_id is not None
    assert [offer.why_text for offer in await rows(stage, Offer)] == [None, None]
