"""Scenes of a working day that need several people, and what each of them reads in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dialogues.test_incidents import opened
from tests.dialogues.test_noise import heard, public
from tests.stage import Cast, FakeStage

if TYPE_CHECKING:
    from tests.stage import Seen

AS_IT_CAME = (
    "We are aware of a degraded service. Our vendor Acme broke it and the DB replication lag is being escalated per "
    "our procedure, we guarantee it never happens again. Next update in 30m"
)


async def test_two_handoffs_with_one_no_are_told_to_those_they_concern(stage: FakeStage) -> None:
    """A line for each in the channel, one card for whoever steps out, one for each who is asked."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: he shouts")
    await cast.later(seconds=5)
    await cast.ben.privately.presses("Not now")
    await cast.later(seconds=5)
    await cast.omar.privately.presses("I take it")
    await cast.later(minutes=31)
    await cast.ben.types("/recuse CASE-43 heated: she insults me")
    await cast.later(seconds=5)
    taker = cast.ana if any("CASE-43" in text for text in await cast.ana.privately.sees()) else cast.omar
    await taker.privately.presses("I take it")
    lines = await public(cast.sofia)

    assert len(lines) == 2
    assert all("took over a case from" in line for line in lines)
    assert max([await heard(one) for one in (cast.ana, cast.ben, cast.omar)]) <= 3
    assert await heard(cast.sofia) == 0


async def test_words_that_say_too_much_are_pointed_at_one_by_one(stage: FakeStage) -> None:
    """The vendor, our own terms and a guarantee: each is named before customers read it."""
    omar = await opened(Cast(stage))
    answer: Seen = await omar.types(f"/incident update 1 {AS_IT_CAME}")

    remarks = answer.text.split("Before customers read it, look at this again:")[1].split("[")[0]

    assert all(f"“{word}”" in remarks for word in ("escalated", "Acme"))
    assert "guarantee" in remarks
