"""What is planned begins: who owns it hears so, customers are told at last, and a promise made for later stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.dialogues.test_incidents import channel, last
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Voice

BEFORE = datetime.fromisoformat("2026-11-24T12:50:00+00:00")


async def planned(cast: Cast, *, told: bool = False) -> Voice:
    """Plan one for one o'clock, and let ten minutes be left."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev2 13:00-14:00 Payment provider switch")
    if told:
        words = "From 13:00 to 14:00 UTC cards can't be used. Pay by invoice meanwhile. Next update 14:00"
        await omar.types(f"/incident update 1 {words}")
        await omar.fills(confirm="yes", sent="yes")
    cast.stage.clock.move_to(BEFORE)
    await cast.later(seconds=1)
    return omar


async def test_who_should_tell_customers_is_asked_when_it_begins(cast: Cast) -> None:
    """Nobody was told: its owner and its channel are asked in that minute, and again until they know."""
    omar = await planned(cast)
    await cast.later(minutes=10)
    asked = "Omar, it has begun, and customers haven't been told: please tell them now."
    private, public = await last(cast.omar), await channel(cast)
    await cast.later(minutes=4)
    again = await channel(cast)
    await omar.tells("/incident update Cards can't be used. We switch over, pay by invoice. Next update by 13:30")

    assert asked in private
    assert any(asked in one for one in public)
    assert any("customers have waited for news since" in one for one in again)
    assert not any("please tell them now" in one for one in await channel(cast))
    assert "it began; news had been due since" in (await omar.types("/incident history 1")).text


async def test_its_owner_and_channel_hear_that_it_has_begun(cast: Cast) -> None:
    """Customers know of it, and hear more when they were promised to, not sooner."""
    await planned(cast, told=True)
    await cast.later(minutes=10)
    said = "It has begun, as customers were told. The next update is promised by 14:00"

    assert said in await last(cast.omar)
    assert any(said in one for one in await channel(cast))


async def test_what_began_as_planned_has_not_changed_its_severity(cast: Cast) -> None:
    """Told till two, begun at one: nobody is asked for news at half past, and no severity is said to be new."""
    await planned(cast, told=True)
    for _minutes in range(9):
        await cast.later(minutes=5)
    seen = [one for who in (cast.omar, cast.sofia) for one in await who.privately.sees()]

    assert "Next update by: 14:00" in (await channel(cast))[0]
    assert not any("sev2 now" in one or "Wanted by" in one for one in (*seen, *await channel(cast)))


@pytest.mark.parametrize("title", ["Payment provider switch", "Login is down", "Wir ziehen um"])
async def test_prepared_words_of_what_is_planned_do_not_say_that_it_is_so(stage: FakeStage, title: str) -> None:
    """Whatever its title is about, what can be copied speaks of what is to come."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types(f"/incident plan sev3 tomorrow 14:00-15:00 {title}")
    await omar.types("/incident update 1 Tomorrow from 14:00 to 15:00 UTC card payments pause. Pay by invoice.")
    hints = [str(getattr(one, "hint", "")) for one in omar.form.inputs]

    assert "From Wed 25 Nov 14:00 UTC you won't be able to use it for a while." in hints[0]
    assert not any("Since Wed 25 Nov" in one or "again" in one for one in hints[:2])


async def test_what_is_called_off_is_not_said_to_be_mended(stage: FakeStage) -> None:
    """Nothing was broken: the words that are offered say that it doesn't take place."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev3 tomorrow 14:00-15:00 Payment provider switch")
    await omar.presses("Call it off")
    [hint] = [str(one.hint) for one in omar.form.inputs if one.name == "words"]
    answer = await omar.fills()

    off = "What was planned for Wed 25 Nov 14:00 UTC is called off. Everything works as usual."
    assert off in hint
    assert off in answer.text
