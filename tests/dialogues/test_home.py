"""Home shows one person what is theirs, and keeps itself up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from bot.directory.model import Conversation
from bot.work.views import Home
from tests.handoffs.crowd import rows
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_home_switches_ones_own_availability(cast: Cast) -> None:
    """Away with one press, and back with another; the page shows it."""
    here = await cast.ana.opens_home()
    said = await cast.ana.at_home.presses("Away for an hour")
    await cast.later(seconds=10)
    away = await cast.ana.home()
    await cast.ana.at_home.presses("I'm back")
    await cast.later(seconds=10)
    back = await cast.ana.home()

    assert here.startswith("Hello Ana")
    assert "You: Available" in here
    assert said.text.startswith("Enjoy your break")
    assert away.startswith("Enjoy your break, Ana")
    assert "You: Away until 11:00" in away
    assert "You: Available" in back


async def test_home_shows_who_waits_for_me_and_takes_it(cast: Cast) -> None:
    """An offer stands on Home with its buttons; once taken it is a case of mine, until I am done with it."""
    await cast.ben.opens_home()
    await cast.ana.types("/recuse @ben CASE-42 heated: she shouts")
    await cast.later(seconds=10)
    asked = await cast.ben.home()
    await cast.ben.at_home.presses("I take it")
    await cast.later(seconds=10)
    taken = await cast.ben.home()
    await cast.ben.at_home.presses("Done with it")
    await cast.later(seconds=10)
    done = await cast.ben.home()

    assert "Can you take over a case from Ana?" in asked
    assert "[I take it]" in asked
    assert "she shouts" not in asked
    assert "Can you take over" not in taken
    assert "[Done with it]" in taken
    assert "Done with it" not in done


async def test_home_shows_my_incidents_with_the_next_promise(cast: Cast) -> None:
    """The promise stands there with the button that keeps it, and goes when the incident is over."""
    await cast.omar.opens_home()
    await cast.omar.in_("incidents").types("/incident open sev2 Card payments fail")
    await cast.later(seconds=10)
    shown = await cast.omar.home()
    await cast.omar.at_home.presses("Update")
    form = cast.omar.form
    await cast.omar.at_home.fills(notice="Cards fail.", doing="We look.", by="10:40", sent="yes")
    await cast.later(seconds=10)
    updated = await cast.omar.home()

    assert "Card payments fail" in shown
    assert "update by 10:30" in shown
    assert form is not None
    assert "update by 10:40" in updated
    assert "Card payments fail" not in await cast.ana.opens_home()


async def test_home_offers_the_playbooks_used_last(cast: Cast) -> None:
    """A run that is open can be gone on with, and the last ones started again."""
    first = await cast.ana.opens_home()
    await cast.ana.types("/calm restrain")
    await cast.ana.presses("Stop here")
    await cast.ana.types("/calm keep-calm")
    await cast.later(seconds=10)
    shown = await cast.ana.opens_home()
    gone_on = await cast.ana.at_home.presses("Go on at step 1")

    assert "A customer who is hard to bear?" in first
    assert "Playbooks you used last:" in shown
    assert "[Keep calm] [Restrain]" in shown
    assert gone_on.text.startswith("May I ask them to hold?")


async def test_what_runs_from_home_is_not_drawn_over(cast: Cast) -> None:
    """A playbook found on Home has its own place: Home goes on drawing itself, and the playbook goes on."""
    await cast.ben.opens_home()
    await cast.ben.at_home.presses("Find a playbook")
    await cast.ben.at_home.presses("Keep calm")
    running = await cast.ben.at_home.presses("No, I can ask them to hold")
    await cast.ana.types("/recuse @ben")
    await cast.later(seconds=10)
    home, *beside = await cast.ben.at_home.sees()
    going_on = await cast.ben.at_home.presses("Next")

    assert "Can you take over a case from Ana?" in home
    assert running.text in beside
    assert "One breath" in going_on.text


async def test_a_form_opened_from_home_is_answered_apart_from_it(cast: Cast) -> None:
    """What is missing in it and what came of it are said where the form is, and Home stays what it is."""
    await cast.omar.opens_home()
    await cast.omar.in_("incidents").types("/incident open sev2 Card payments fail")
    await cast.later(seconds=10)
    await cast.omar.at_home.presses("Update")
    await cast.omar.at_home.fills(notice="Cards fail.", doing="We look.", by="yesterday", sent="yes")
    complaint = cast.omar.errors
    half_filled_in = await cast.omar.home()
    await cast.omar.at_home.fills(notice="Cards fail.", doing="We look.", by="10:40", sent="yes")
    await cast.later(seconds=10)

    assert list(complaint) == ["by"]
    assert half_filled_in.startswith("Hello Omar")
    assert (await cast.omar.home()).startswith("Hello Omar")


async def test_supervisors_see_their_team(cast: Cast) -> None:
    """Who waits, what is promised, who is here; agents see their own things only."""
    await cast.sofia.opens_home()
    await cast.omar.in_("incidents").types("/incident open sev1 Nobody can log in")
    await cast.ben.types("/zanshin away 30m")
    await cast.later(seconds=10)
    board = await cast.sofia.home()

    assert "Your team right now" in board
    assert "Nobody can log in" in board
    assert "Away (1): Ben until 10:30" in board
    assert "Your team right now" not in await cast.ana.opens_home()


async def test_what_is_not_set_up_stands_on_the_home_of_admins_alone(stage: FakeStage) -> None:
    """Each line goes when it is done; afterwards none of it is left."""
    cast = Cast(stage)
    await stage.database.write(lambda session: session.execute(update(Conversation).values(is_support=False)))
    fresh = await cast.sofia.opens_home()
    await cast.sofia.in_("support").types("/zanshin here")
    await cast.later(seconds=10)
    with_channel = await cast.sofia.home()
    await cast.sofia.at_home.presses("Settings")
    await cast.sofia.at_home.fills(time_zone="UTC", emergency="Call 5555.")
    await cast.later(seconds=10)

    assert "Still missing" in fresh
    assert "/zanshin here" in fresh
    assert "A supervisor" not in fresh
    assert "/zanshin here" not in with_channel
    assert "Your time zone" in with_channel
    assert "Still missing" not in await cast.sofia.home()
    assert "Still missing" not in await cast.ana.opens_home()


async def test_home_is_drawn_again_no_more_than_every_ten_seconds(stage: FakeStage) -> None:
    """However much happens, the platform is asked once, and shows the latest."""
    cast = Cast(stage)
    await cast.ana.opens_home()
    for _time in range(5):
        await cast.ana.types("/zanshin away 30m")
        await cast.later(seconds=1)
        await cast.ana.types("/zanshin back")
        await cast.later(seconds=1)
    home = next(post for post in stage.messenger.posts if post.conversation == "home:ana")

    assert len(home.versions) == 1


async def test_a_home_nobody_has_looked_at_for_a_week_is_let_go(stage: FakeStage) -> None:
    """It is drawn again when somebody opens it."""
    cast = Cast(stage)
    await cast.ana.opens_home()
    await cast.later(days=7, minutes=1)
    await cast.ana.types("/zanshin away 30m")
    await cast.later(seconds=10)
    old = await cast.ana.home()

    assert old.startswith("Hello Ana")
    assert [home.next_due_at for home in await rows(stage, Home)] == [None]
    assert (await cast.ana.opens_home()).startswith("Enjoy your break")
