"""A customer whom somebody was found for, or not yet, is left waiting by nobody unnoticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.directory.following import Said
from tests.dialogues.test_recuse import card, last
from tests.stage import FakeStage

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_whoever_said_no_is_asked_again_once_nobody_else_is_left(cast: Cast) -> None:
    """What is promised is done: five minutes later the question comes again, with its sound."""
    for one in (cast.ben, cast.omar):
        await one.types("/zanshin away 5h")
    await cast.ana.types("/recuse CASE-66 heated: x")
    await cast.sofia.privately.presses("Not now")
    promised = await card(cast.ana, "I'm finding somebody")
    for _ in range(6):
        await cast.later(minutes=1)

    assert "I ask again at 10:05" in promised
    assert "[I take it]" in await last(cast.sofia)


async def test_nobody_is_said_to_be_asked_where_nobody_can_be(cast: Cast) -> None:
    """It is asked as soon as somebody is free, and no time is named."""
    for one in (cast.ben, cast.omar, cast.sofia):
        await one.types("/zanshin away 5h")
    await cast.ana.types("/recuse CASE-66 heated: x")
    await cast.later(seconds=1)
    alone = await card(cast.ana, "I'm finding somebody")
    await cast.ben.types("/zanshin back")
    await cast.later(seconds=1)

    assert "Nobody has taken it yet, and nobody is free." in alone
    assert "I ask again at" not in alone
    assert "I ask again at" in await card(cast.ana, "I'm finding somebody")
    assert "[I take it]" in await last(cast.ben)


async def test_whoever_goes_on_a_break_with_a_case_is_asked_what_becomes_of_it(cast: Cast) -> None:
    """At once; and five minutes later supervisors hear of it, who can give it to somebody."""
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.later(minutes=1)
    await cast.ben.types("/zanshin away 2h doctor")
    await cast.later(seconds=1)
    asked, before = await last(cast.ben), await cast.sofia.privately.sees()
    await cast.later(minutes=6)
    told = (await cast.sofia.privately.sees())[len(before) :]
    await cast.later(minutes=20)

    assert asked.startswith("Who looks after the case from Ana while you're away?")
    assert "CASE-62" in asked
    assert "Supervisors hear at 10:06" in asked
    assert [one.partition("\n")[0] for one in told] == ["Ben went away with a case from Ana"]
    assert (await cast.sofia.privately.sees())[len(before) :] == told


@pytest.mark.parametrize("pressed", ["I keep it", "Hand it on", "Done with it"])
async def test_supervisors_hear_nothing_where_it_is_said_how_it_goes_on(cast: Cast, pressed: str) -> None:
    """One press is enough."""
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/zanshin away 2h doctor")
    await cast.later(seconds=1)
    await cast.ben.privately.presses(pressed)
    await cast.later(minutes=6)

    assert not any("went away" in one for one in await cast.sofia.privately.sees())
    assert any(one.startswith("I'm finding") for one in await cast.ben.privately.sees()) is (pressed == "Hand it on")


async def test_a_short_break_is_nobody_elses_matter(cast: Cast) -> None:
    """A coffee: they are asked themselves, and nobody else hears of it."""
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.later(minutes=1)
    await cast.ben.types("/zanshin away 10m")
    await cast.later(minutes=1)
    await cast.later(minutes=8)

    assert (await last(cast.ben)).startswith("Who looks after the case from Ana")
    assert not any("went away" in one for one in await cast.sofia.privately.sees())


async def test_whoever_has_a_case_is_asked_before_their_shift_ends(cast: Cast) -> None:
    """A quarter of an hour before it is closed."""
    await cast.ben.types("/zanshin shift mon-fri 9-11")
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.later(minutes=46)

    assert (await last(cast.ben)).startswith("Your shift ends soon: who goes on with the case from Ana?")


async def test_whoever_steps_out_and_is_taken_off_the_team_leaves_a_customer_alone(cast: Cast) -> None:
    """Supervisors are called at once and read it, as whoever is asked and takes it; the card presses nothing more."""
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.sofia.types("/zanshin team remove @ana")
    await cast.later(seconds=1)
    called, alone = await last(cast.sofia), await card(cast.ana, "The case you stepped out of")
    await cast.sofia.types("/zanshin team remove @omar")
    await cast.later(seconds=1)
    await cast.ben.privately.presses("I take it")

    said = "Ana is no longer on the team: nobody is with the customer."
    assert said in called
    assert "[I take it]" in called
    assert "I go on finding somebody" in alone
    assert "[" not in alone
    assert said in await last(cast.ben)
    assert [one for one in await cast.sofia.privately.sees() if said in one] == []  # asked once, and closed


async def test_whoever_leaves_the_workspace_leaves_no_customer_alone(cast: Cast) -> None:
    """An account that is switched off is as one that was taken off the team."""
    stage = cast.stage
    if not isinstance(stage, FakeStage):
        pytest.skip("what the platform says is tested with it")
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.later(seconds=1)
    await stage.program.follow(Said(platform="web", workspace="playground", account="ana", left=True))
    await cast.later(seconds=1)

    assert "Ana is no longer on the team: nobody is with the customer." in await last(cast.sofia)


async def test_whoever_is_asked_and_taken_off_the_team_has_nothing_to_press(cast: Cast) -> None:
    """Their card says so; the next one is asked."""
    await cast.ana.types("/recuse CASE-62 heated: charged twice")
    await cast.sofia.types("/zanshin team remove @ben")
    await cast.later(seconds=1)

    bens = await card(cast.ben, "A case from Ana")
    assert "You're no longer on the support team." in bens
    assert "[I take it]" not in bens


async def test_the_only_supervisor_is_not_told_to_turn_to_herself(cast: Cast) -> None:
    """The channel is called without her name."""
    await cast.sofia.types("/recuse CASE-90 heated: he screams")
    for _ in range(8):
        await cast.later(seconds=30)
    called = [one for one in await cast.ana.sees() if one.startswith("Nobody is left to take over a case from Sofia")]

    assert called
    assert "Supervisors: Sofia" not in called[-1]
