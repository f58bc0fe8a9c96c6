"""Care, not surveillance: heated cases are somebody's own business, and after three they are asked how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from bot.afterwards.model import HeatedDay
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage

ABUSE = "/calm he calls me a stupid cow and keeps swearing at me"
ASKED = "Shall I skip you until"


def line_of(name: str, card: str) -> str:
    """Find what a card says of somebody."""
    return next(line for line in card.splitlines() if line.startswith(name))


async def three(cast: Cast) -> None:
    """Ana meets three heated cases in a morning: she looks up words for two, and steps out of one."""
    for _case in range(2):
        await cast.ana.types(ABUSE)
        await cast.ana.types(ABUSE)  # the same case
        await cast.later(minutes=40)
    await cast.ana.types("/recuse CASE-42 heated")
    await cast.ben.privately.presses("I take it")


async def test_after_three_a_gentle_word_offers_to_skip_somebody(cast: Cast) -> None:
    """Once a day, to them alone; one press, and others only read that they have enough."""
    await three(cast)
    said = [text for text in await cast.ana.privately.sees() if ASKED in text]
    await cast.later(minutes=40)
    await cast.ana.types(ABUSE)
    again = [text for text in await cast.ana.privately.sees() if ASKED in text]
    spared = await cast.ana.privately.presses("Skip me for the rest of my shift")
    board = (await cast.sofia.privately.types("/zanshin status")).text
    back = await cast.ana.privately.presses("Ask me again")

    assert len(said) == len(again) == 1
    assert "That's 3 heated cases today" in said[0]
    assert "I'll skip you until" in spared.text
    assert "Has enough" in board
    assert "heated" not in board.replace("CASE-42 heated", "")
    assert "You can be asked for cases again." in back.text


async def test_home_says_that_one_is_skipped_until_it_ends_by_itself(cast: Cast) -> None:
    """To whoever is skipped, with the way out; after their shift it is gone, though nobody pressed anything."""
    await three(cast)
    await cast.ana.opens_home()
    await cast.ana.privately.presses("Skip me for the rest of my shift")
    await cast.later(seconds=11)
    skipped = await cast.ana.home()
    await cast.later(hours=9)
    over = await cast.ana.home()

    assert "I skip you until" in skipped
    assert "[Ask me again]" in skipped
    assert "I skip you until" not in over


async def test_whoever_is_skipped_is_not_asked(cast: Cast) -> None:
    """The ladder goes on to the next, as if they had enough, until it ends by itself."""
    await three(cast)
    await cast.ana.privately.presses("Skip me for the rest of my shift")
    await cast.later(minutes=40)
    await cast.omar.types("/recuse CASE-43 exhausted")
    asked = [text for text in await cast.ana.privately.sees() if "CASE-43" in text]

    assert asked == []


async def test_abuse_in_german_is_heard(cast: Cast) -> None:
    """Who is called names in German reads the same, and it counts."""
    abused = await cast.ana.types("/calm er nennt mich Arschloch und Schlampe und brüllt")
    week = (await cast.ana.privately.types("/calm week")).text

    assert "Your safety comes first" in abused.text
    assert "1 heated case this week." in week


async def test_coming_back_ends_being_skipped(cast: Cast) -> None:
    """Back is back, whatever one asked for before; and the team reads of them what the board says."""
    await three(cast)
    await cast.ana.privately.presses("Skip me for the rest of my shift")
    await cast.later(minutes=40)  # nobody cools off any more
    skipped = (await cast.sofia.privately.types("/zanshin team")).text
    await cast.ana.types("/zanshin back")
    back = (await cast.sofia.privately.types("/zanshin team")).text

    assert "agent · Has enough" in line_of("Ana", skipped)
    assert "agent · available" in line_of("Ana", back)


async def test_a_week_is_ones_own(cast: Cast) -> None:
    """Somebody sees their own; a supervisor sees a spread, and of a small team nothing."""
    await three(cast)
    mine = (await cast.ana.privately.types("/calm week")).text
    theirs = (await cast.sofia.privately.types("/calm week")).text

    assert "3 heated cases this week." in mine
    assert "Only you see this." in mine
    assert "The team's week" not in mine
    assert "No heated case this week." in theirs
    assert "The team's week" in theirs
    assert "Ana" not in theirs


async def test_abuse_is_answered_with_safety_and_the_way_out(cast: Cast) -> None:
    """What fits comes below it; words that are merely cross get no such beginning."""
    abused = await cast.ana.types(ABUSE)
    cross = await cast.ana.types("/calm she is cross about the late parcel")

    assert "Your safety comes first" in abused.text
    assert abused.buttons[0].label == "Find somebody to take over"
    assert "Your safety comes first" not in cross.text


async def test_switched_off_nothing_is_counted(cast: Cast) -> None:
    """An admin decides it for everybody; then nobody is told that it was much."""
    await cast.sofia.types("/zanshin settings care")
    await cast.sofia.fills(counted="")
    await three(cast)

    assert not any(ASKED in text for text in await cast.ana.privately.sees())
    assert "an admin has switched that off" in (await cast.ana.privately.types("/calm week")).text


async def test_switched_off_what_was_counted_goes(stage: FakeStage) -> None:
    """And nothing is stored from then on."""
    cast = Cast(stage)
    rows, counts = select(func.count(HeatedDay.id)), []
    await cast.ana.types(ABUSE)
    counts.append(await stage.database.read(lambda session: session.scalar(rows)))
    await cast.sofia.types("/zanshin settings care")
    await cast.sofia.fills(counted="")
    await cast.ben.types(ABUSE)
    counts.append(await stage.database.read(lambda session: session.scalar(rows)))

    assert counts == [1, 0]


async def test_what_was_counted_goes_after_a_week(stage: FakeStage) -> None:
    """Until then it can be shown; nobody needs it after."""
    cast = Cast(stage)
    await cast.ana.types(ABUSE)
    counts = []
    for days in (7, 3):
        await cast.later(hours=24 * days)
        await stage.program.ticker.tidy_up()
        counts.append(await stage.database.read(lambda session: session.scalar(select(func.count(HeatedDay.id)))))

    assert counts == [1, 0]
