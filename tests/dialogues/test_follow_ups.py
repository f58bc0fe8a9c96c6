"""What somebody does after an incident is written down with a day, and reminded of like a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ConversationGone
from bot.say.messages import plain
from tests.dialogues.test_incidents import channel, last, opened
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def written(cast: Cast) -> None:
    """Omar has an incident behind him, and Ana rotates the keys by Thursday: today is Tuesday, at ten."""
    omar = await opened(cast, "sev3 Search is slow")
    await omar.tells("/incident resolve 1 Search is fast again.")
    await omar.types("/incident followup 1 @ana thursday: rotate the keys")


async def test_one_line_writes_it_down_and_tells_who_does_it(cast: Cast) -> None:
    """It stands on the list, and on the Home of whoever does it, until a press ends it."""
    await written(cast)
    told = await last(cast.ana)
    listed = await cast.ana.privately.types("/incident followups")
    home = await cast.ana.opens_home()
    done = await cast.ana.privately.presses("Done: rotate the keys", listed)
    after = await cast.ana.privately.types("/incident followups")

    assert "Follow-up of #1 Search is slow\nrotate the keys" in told
    assert "Omar wrote this down for you, by" in told
    assert "Yours:\nrotate the keys (#1): by" in listed.text
    assert "rotate the keys" in home
    assert "Done. Thank you." in done.text
    assert after.text.startswith("No follow-ups")


async def test_typed_again_for_another_day_it_is_moved(cast: Cast) -> None:
    """The day that was said last counts, and there is one of it."""
    await written(cast)
    await cast.omar.in_("incidents").types("/incident followup 1 @ana monday: rotate the keys")
    told = await last(cast.ana)
    listed = await cast.ana.privately.types("/incident followups")
    await cast.later(hours=47)  # Thursday, nine
    quiet = await last(cast.ana)

    assert "Omar wrote this down for you, by" in told
    assert listed.text.count("rotate the keys (#1)") == 1
    assert quiet.startswith("Follow-ups")


async def test_who_does_not_answer_is_reminded_then_the_owner_then_the_supervisors(cast: Cast) -> None:
    """In working hours, a working day apart; one press of anybody who was asked ends it for all."""
    await written(cast)
    await cast.later(hours=47)  # Thursday, nine
    warned = await last(cast.ana)
    await cast.later(hours=8)
    due = await last(cast.ana)
    await cast.later(hours=16)  # Friday, nine
    await cast.later(hours=72)  # Monday, nine
    owner = await last(cast.omar)
    board = (await cast.sofia.privately.types("/zanshin status")).text
    await cast.later(hours=24)
    supervisor = await last(cast.sofia)
    await cast.sofia.privately.presses("Drop it")
    await cast.sofia.privately.presses("Yes, drop it")
    await cast.later(hours=24 * 8)

    assert "It's due by" in warned
    assert "Is it done?" in due
    assert "Ana wanted to do this by" in owner
    assert "rotate the keys" in board
    assert "What becomes of it?" in supervisor
    for person in (cast.ana, cast.omar, cast.sofia):
        assert any("Dropped: nobody is reminded" in text for text in await person.privately.sees())
        assert not any("What becomes of it?" in text for text in await person.privately.sees())


async def test_moved_it_begins_anew(cast: Cast) -> None:
    """Whoever it goes to hears of it; before its day nobody is reminded."""
    await written(cast)
    await cast.ana.privately.presses("Move …")
    await cast.ana.privately.fills(by="in 7 days")
    moved = await last(cast.ana)
    await cast.later(hours=24 * 5)
    listed = (await cast.omar.types("/incident followups")).text

    assert "Ana does it by" in moved
    assert "Ana, by" in listed
    assert not any("It's due by" in text for text in await cast.ana.privately.sees())


async def test_what_somebody_leaves_behind_goes_to_a_supervisor_at_once(cast: Cast) -> None:
    """Taken off the team, they leave nothing that nobody minds; a press takes it."""
    await written(cast)
    await cast.sofia.types("/zanshin team remove @ana")
    asked = [text for text in await cast.sofia.privately.sees() if "Whose is it now?" in text]
    taken = await cast.sofia.privately.presses("I'll do it")

    assert len(asked) == 1
    assert "Ana, who wanted to do this by" in asked[0]
    assert "Sofia does it by" in taken.text


async def test_what_is_missing_is_asked_for(cast: Cast) -> None:
    """A line without a day opens the form with the rest filled in; nonsense is asked back beside its question."""
    omar = await opened(cast, "sev3 Search is slow")
    await omar.types("/incident followup 1 rotate the keys")
    filled = {one.name: one.value for one in omar.form.inputs}
    await omar.fills(by="soon", who="<@omar>")
    wrong = omar.errors
    await omar.types("/incident followup 1 @ben friday: call the vendor")

    assert filled == {"what": "rotate the keys", "who": "", "by": ""}
    assert "by" in wrong
    assert "call the vendor" in (await omar.types("/incident followups")).text


async def test_the_retrospective_makes_one_and_lists_it(cast: Cast) -> None:
    """Its form asks for a first one; the thread says who does what by when."""
    omar = await opened(cast, "sev3 Search is slow")
    await omar.tells("/incident resolve 1 Search is fast again.")
    await cast.omar.privately.presses("Edit and post …")
    await cast.omar.privately.fills(what="rotate the keys", by="friday")
    missing = cast.omar.errors
    await cast.omar.privately.fills(what="rotate the keys", who="<@omar>", by="friday")
    [post] = [text for text in await channel(cast) if "looks back on it" in text]

    assert missing == {"who": "Who does it?"}
    assert "rotate the keys (Omar, by Fri 27 Nov 17:00 UTC)" in post


async def test_who_cannot_be_reached_is_no_end_of_it(stage: FakeStage) -> None:
    """A reminder that nobody could receive goes to the owner of the incident the same minute."""
    cast = Cast(stage)
    await written(cast)
    stage.messenger.fail_in("@ana", ConversationGone(), ConversationGone())
    await cast.later(hours=47)
    await cast.later(seconds=1)

    assert "Ana wanted to do this by" in await last(cast.omar)


async def test_whoever_does_it_hears_who_dropped_it_and_takes_it_up_again(cast: Cast) -> None:
    """One press of somebody else ends it, and one press of theirs undoes that."""
    await written(cast)
    for hours in (47, 8, 16, 72, 24):  # as long as it takes until the supervisors are told
        await cast.later(hours=hours)
    asked = await cast.sofia.privately.presses("Drop it")
    listed_still = await cast.ana.privately.types("/incident followups")
    await cast.sofia.privately.presses("Yes, drop it")
    told = (await cast.ana.privately.sees())[-1]
    again = await cast.ana.privately.presses("Take it up again")
    listed = await cast.ana.privately.types("/incident followups")

    assert "If you drop it, nobody is reminded of it, and I tell Ana." in asked.text
    assert "rotate the keys" in listed_still.text
    assert "Sofia dropped this" in told
    assert "Ana does it by" in again.text
    assert "rotate the keys" in listed.text


async def test_an_unknown_name_is_chosen_in_the_form(cast: Cast) -> None:
    """Nothing that was typed is lost."""
    omar = await opened(cast, "sev3 Search is slow")
    await omar.types("/incident followup 1 @nobody friday: rotate the keys")
    filled = {one.name: one.value for one in omar.form.inputs}

    assert filled["what"] == "rotate the keys"
    assert filled["by"] == "friday"


async def test_an_unknown_name_and_a_day_that_is_past_are_both_said(cast: Cast) -> None:
    """Neither goes without a word, and what is proposed is a day, as the question asks for one."""
    omar = await opened(cast, "sev3 Search is slow")
    await omar.types("/incident followup 1 @nobody yesterday: rotate")
    said = plain(omar.form.intro)

    assert "nobody" in said
    assert "Choose who does it. That lies in the past. A day is enough, such as tomorrow or friday." in said


async def test_a_slip_in_a_name_gets_the_nearest_one(stage: FakeStage) -> None:
    """The form says whom it could mean, and takes nobody for granted; two of one name are told apart."""
    cast = Cast(stage)
    omar = await opened(cast, "sev3 Search is slow")
    await omar.types("/incident followup 1 @zoe-alvares friday: rotate the keys")
    slip = plain(omar.form.intro)
    await omar.types("/incident followup 1 @sofja friday: rotate the keys")
    other = plain(omar.form.intro)

    assert "Did you mean Zoë Álvarez? Choose who does it." in slip
    assert "Did you mean Sofia? Choose who does it." in other


async def test_where_there_is_no_supervisor_none_is_said_to_be_told(cast: Cast) -> None:
    """Whoever does it is asked again, and reads only what is so."""
    await cast.sofia.types("/zanshin team remove @sofia supervisor")
    await cast.sofia.presses("Remove them anyway")
    omar = await opened(cast, "sev3 Search is slow")
    await omar.tells("/incident resolve 1 Search is fast again.")
    await omar.types("/incident followup 1 @omar thursday: rotate the keys")
    for hours in (55, 16, 72, 24, 24):
        await cast.later(hours=hours)
    said = "\n".join(await cast.omar.privately.sees())

    assert "Is it done, or does it need another day?" in said or "I'm telling the supervisors too" in said


async def test_what_somebody_left_behind_is_asked_about_again_when_it_is_due(cast: Cast) -> None:
    """A supervisor and the owner of the incident read that its time has come; nobody waits for a week."""
    await written(cast)
    await cast.sofia.types("/zanshin team remove @ana")
    await cast.later(hours=48)
    before = await last(cast.sofia)
    await cast.later(hours=7)
    asked = "and Ana, who wanted to do it, is no longer on the team. Whose is it now?"

    assert asked not in before
    assert asked in await last(cast.sofia)
    assert asked in await last(cast.omar)
