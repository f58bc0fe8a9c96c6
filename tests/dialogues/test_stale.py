"""Cards and forms stay on the screen while others go on: a late press undoes nobody's work unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.afterwards.model import FollowUp
from bot.playbooks.commands import DidNotFit, StartRun
from bot.playbooks.model import Misfit, Run
from bot.say.aloud import plain_message
from tests.dialogues.test_gestures import given, in_the_catalogue
from tests.dialogues.test_incidents import opened
from tests.dialogues.test_own_playbooks import saved
from tests.dialogues.test_reviews import named_twice
from tests.handoffs.crowd import rows
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def two_leads(cast: Cast) -> None:
    """Have Omar lead beside Sofia."""
    await cast.sofia.types("/zanshin team add @omar supervisor")


# --- settings ------------------------------------------------------------------------------------


async def test_two_who_change_different_settings_at_once_both_have_theirs(cast: Cast) -> None:
    """A form that was open meanwhile leaves alone what nobody changed in it."""
    await cast.sofia.types("/zanshin team add @omar admin")
    await cast.omar.types("/zanshin settings")
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(emergency="Call security: 5555")
    await cast.omar.fills(hold_limit="90")
    await cast.sofia.types("/zanshin settings")
    form = {one.name: one.value for one in cast.sofia.form.inputs}

    assert form["emergency"] == "Call security: 5555"
    assert form["hold_limit"] == "90"


async def test_two_who_change_the_same_setting_are_asked_which_one_holds(cast: Cast) -> None:
    """The second reads what the first wrote, keeps their own words, and decides."""
    await cast.sofia.types("/zanshin team add @omar admin")
    await cast.omar.types("/zanshin settings")
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(emergency="Call security: 5555")
    await cast.omar.fills(emergency="Call the desk: 6666")
    asked = cast.omar.form
    mine = {one.name: one.value for one in asked.inputs}["emergency"]
    await cast.omar.fills()
    await cast.sofia.types("/zanshin settings")
    holds = {one.name: one.value for one in cast.sofia.form.inputs}["emergency"]

    assert "It is now: Call security: 5555" in str(asked.intro)
    assert mine == holds == "Call the desk: 6666"


async def test_two_who_edit_a_person_at_once_both_have_theirs(cast: Cast) -> None:
    """Skills that one writes do not go because another sets the hours."""
    await two_leads(cast)
    for voice in (cast.omar, cast.sofia):
        await voice.types("/zanshin team")
        await voice.presses("Edit Ana")
    await cast.sofia.fills(skills="refunds")
    await cast.omar.fills(shifts="mon-fri 9-17")
    listed = await cast.sofia.types("/zanshin team")
    shift = await cast.ana.types("/zanshin shift")

    assert "knows refunds" in listed.text
    assert "mon-fri" in shift.text


# --- incidents -----------------------------------------------------------------------------------


async def test_ownership_is_taken_from_nobody_who_was_not_seen(cast: Cast) -> None:
    """“I own it”, drawn while Omar owned it, asks once Ben owns it."""
    omar = await opened(cast)
    refused = await cast.ana.types("/incident owner 1")
    await omar.types("/incident owner 1 @ben")
    await cast.ben.privately.presses("I own it")
    asked = await cast.ana.presses("I own it", refused)
    shown = await cast.ana.types("/incident show 1")
    taken = await cast.ana.presses("I own it", asked)

    assert "Ben owns #1 since you saw this." in asked.text
    assert "Owner: Ben" in shown.text
    assert "Ana owns it" in taken.text


async def test_an_old_reopen_asks_once_it_has_ended_anew(cast: Cast) -> None:
    """What was opened again and resolved since is not opened by the card of the first end."""
    omar = await opened(cast)
    first = await omar.tells("/incident resolve 1 All cards work again.")
    await cast.later(minutes=1)
    await omar.types("/incident reopen 1")
    await cast.later(minutes=1)
    await omar.tells("/incident resolve 1 All cards work again, and nothing was charged twice.")
    asked = await omar.presses("Reopen", first)
    shown = await omar.types("/incident show 1")
    again = await omar.presses("Reopen", asked)

    assert "#1 was open again since you saw this, and has ended anew." in asked.text
    assert "Resolved:" in shown.text
    assert "It's open again." in again.text


async def test_a_form_that_ends_it_asks_once_it_was_opened_again(cast: Cast) -> None:
    """The form of the first end does not end what was opened again, and keeps what was written."""
    omar, sofia = await opened(cast), cast.sofia.in_("incidents")
    await sofia.types("/incident resolve 1")
    await omar.tells("/incident resolve 1 All cards work again.")
    await omar.types("/incident reopen 1")
    await sofia.fills(words="It is over, and nothing was charged twice.")
    asked = sofia.form
    shown = await omar.types("/incident show 1")
    await sofia.fills()

    assert "it was resolved, and opened again" in str(asked.intro)
    assert "It is over" in asked.inputs[0].value
    assert "Resolved:" not in shown.text
    assert "Resolved:" in (await omar.types("/incident show 1")).text


async def test_an_old_resume_ends_no_rest_it_does_not_know(cast: Cast) -> None:
    """A pause that somebody else set since goes on."""
    omar, sofia = await opened(cast), cast.sofia.in_("incidents")
    rests = await omar.types("/incident snooze 1 10m because the vendor answers soon")
    await omar.types("/incident resume 1")
    await sofia.types("/incident pause 1 until in 50m because the fix rolls out")
    refused = await omar.presses("Resume", rests)

    assert "put to rest for another time" in refused.text
    assert "Resume" in [button.label for button in (await omar.types("/incident show 1")).buttons]


async def test_an_old_snooze_shortens_no_rest_it_does_not_know(cast: Cast) -> None:
    """A form that was opened before somebody paused it asks once more."""
    omar, sofia = await opened(cast), cast.sofia.in_("incidents")
    await omar.types("/incident snooze 1")
    await sofia.types("/incident pause 1 until in 50m because the fix rolls out")
    await omar.fills(until="10m", why="the vendor answers")

    assert "put to rest for another time" in str(omar.form.intro)
    assert omar.form.inputs[0].value == "10m"


async def test_a_follow_up_is_taken_from_nobody_who_was_not_seen(stage: FakeStage) -> None:
    """“I'll do it”, drawn while Ana did it, asks once it is Ben's."""
    cast = Cast(stage)
    omar = await opened(cast)
    await omar.tells("/incident resolve 1 All cards work again.")
    await omar.types("/incident followup 1 @ana friday: rotate the keys")
    anas, late = (await rows(stage, FollowUp))[0].person_id, stage.origin("sofia", "@sofia", "late")
    await cast.ana.privately.presses("Move …")
    await cast.ana.privately.fills(by="thursday", who="<@ben>")
    reply = await stage.program.dispatch.press("take-follow-up", {"follow_up": "1", "holder": str(anas)}, late)

    assert "Since you saw this it was moved: Ben does it" in plain_message(reply.message)
    assert [one.person_id == anas for one in await rows(stage, FollowUp)] == [False]


async def test_a_form_sent_twice_writes_one_update(cast: Cast) -> None:
    """The same words of the same person wait once to be told, and stand once in the channel."""
    omar = await opened(cast)
    for _time in range(2):
        await omar.types("/incident update 1 Some cards are declined. We switch to the other provider. In 20 minutes")
    waits = [text for text in await omar.sees() if "Prepared by Omar" in text]

    assert len(waits) == 1


async def test_whoever_is_asked_twice_to_own_it_is_asked_once(cast: Cast) -> None:
    """The record says it once, and so does the chat."""
    omar = await opened(cast)
    for _time in range(2):
        await omar.types("/incident owner 1 @ben")
    record = await omar.types("/incident history 1")
    asked = [text for text in await cast.ben.privately.sees() if text.startswith("Will you own #1?")]

    assert record.text.count("asked Ben") == 1
    assert len(asked) == 1


async def test_a_follow_up_sent_twice_is_written_once(cast: Cast) -> None:
    """A form pressed twice asks for one thing."""
    omar = await opened(cast)
    for _time in range(2):
        await omar.types("/incident followup 1 @ana friday: rotate the keys")
    listed = await cast.ana.types("/incident followups")

    assert listed.text.count("rotate the keys (#1)") == 1


async def test_two_answers_of_a_department_are_both_seen(cast: Cast) -> None:
    """The second reads the first, and decides; an old question asks nobody once it was answered."""
    await named_twice(cast)
    await cast.sofia.types("/zanshin causes")
    await cast.sofia.presses("Review Wrong bill or charge")
    shown = await cast.sofia.fills(days="3")
    await two_leads(cast)
    for voice in (cast.sofia, cast.omar):
        listed = await voice.types("/zanshin causes")
        look = next(button.label for button in listed.buttons if "Wrong bill" in button.label)
        await voice.presses("Write down their answer …", await voice.presses(look, listed))
    await cast.sofia.fills(answer="We print them twice.")
    await cast.omar.fills(answer="The clerk is new.")

    assert shown is not None
    assert "It is now: We print them twice." in str(cast.omar.form.intro)
    assert cast.omar.form.inputs[0].value == "The clerk is new."


# --- cases ---------------------------------------------------------------------------------------


async def test_a_second_press_says_what_already_is(cast: Cast) -> None:
    """Handed on twice, done twice, still at it after the end: each reads how it stands."""
    await cast.ana.types("/recuse CASE-42 heated: he shouts")
    await cast.later(seconds=5)
    card = await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Hand it on", card)
    again = await cast.ben.privately.presses("Hand it on", card)
    done = await cast.ben.privately.presses("Done with it", card)

    assert "You handed it on." in again.text
    assert "You handed it on." in done.text


async def test_whoever_had_it_reads_who_took_it_over(cast: Cast) -> None:
    """The card of somebody from whom a supervisor took it does nothing, and says who has it."""
    await cast.ana.types("/recuse CASE-42 heated: he shouts")
    await cast.later(seconds=5)
    card = await cast.ben.privately.presses("I take it")
    await cast.sofia.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    await cast.sofia.privately.presses("Take it from Ben")
    late = await cast.ben.privately.presses("Done with it", card)

    assert "Sofia took it over from you." in late.text


async def test_an_old_card_starts_no_hold_for_a_customer_a_colleague_has(cast: Cast) -> None:
    """Whoever stepped out reads who has the case, and is not sent back to the customer."""
    await cast.ana.privately.types("/recuse CASE-42 heated: he shouts")
    await cast.later(seconds=5)
    old = next(
        one
        for one in await cast.ana.privately.posts()
        if any(button.label == "I asked them to hold" for button in one.buttons)
    )
    await cast.ben.privately.presses("I take it")
    await cast.ana.privately.presses("I asked them to hold", old)
    await cast.sofia.types("/zanshin status")

    assert any("Ben took over" in text for text in await cast.sofia.privately.sees())
    assert not any("On hold with Ana" in text for text in await cast.sofia.privately.sees())


# --- gestures ------------------------------------------------------------------------------------


async def test_what_was_taken_back_is_taken_back_once(cast: Cast) -> None:
    """Whoever asked is told once, however often it is pressed."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="35")
    granted = await cast.sofia.privately.presses("Grant €35.00")
    await cast.sofia.privately.presses("Take it back", granted)
    told = await cast.ana.privately.sees()
    again = await cast.sofia.privately.presses("Take it back", granted)

    assert "It was taken back." in again.text
    assert await cast.ana.privately.sees() == told


async def test_what_somebody_else_granted_is_taken_back_only_when_said_twice(cast: Cast) -> None:
    """A supervisor who neither asked nor granted is asked first."""
    await two_leads(cast)
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="35")
    await cast.later(minutes=4)
    await cast.sofia.privately.presses("Grant €35.00")
    asked = await cast.omar.privately.presses("Take it back")
    taken = await cast.omar.privately.presses("Take it back", asked)

    assert "Sofia granted it, and Ana may have told the customer." in asked.text
    assert "It was taken back." in taken.text


# --- playbooks -----------------------------------------------------------------------------------


async def test_a_draft_that_was_published_since_is_not_removed_unseen(cast: Cast) -> None:
    """The question was about a draft: of what the team reads it is asked anew."""
    await saved(cast.sofia)
    await cast.sofia.types("/calm own")
    asked = await cast.sofia.presses("Remove")
    await cast.ben.privately.presses("Publish")
    anew = await cast.sofia.presses("Remove it", asked)
    listed = await cast.sofia.types("/calm own")
    gone = await cast.sofia.presses("Remove it", anew)

    assert "Your whole team finds it just now." in anew.text
    assert "Refund after the deadline" in listed.text
    assert "is gone" in gone.text


async def test_a_change_that_waits_brings_back_nothing_that_was_retired(cast: Cast) -> None:
    """Published after somebody retired it, it says so instead."""
    await two_leads(cast)
    await saved(cast.sofia)
    await cast.omar.privately.presses("Publish")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Change")
    await cast.sofia.fills(situation="They want their money after the deadline.")
    await cast.later(minutes=1)
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Retire")
    refused = await cast.omar.privately.presses("Publish")
    found = await cast.ana.types("/calm own")

    assert "was retired since this version was written" in refused.text
    assert "None yet" in found.text or "Retired" in found.text


async def test_an_earlier_version_is_proposed_once(cast: Cast) -> None:
    """Pressed twice, “Back to this one” shows what waits already, and asks nobody again."""
    await two_leads(cast)
    await saved(cast.sofia)
    await cast.omar.privately.presses("Send back …")
    await cast.omar.privately.fills(answer="Shorter, please.")
    await cast.sofia.types("/calm own")
    listed = await cast.sofia.presses("Versions")
    first = await cast.sofia.presses("Back to this one", listed)
    asked = await cast.omar.privately.sees()
    second = await cast.sofia.presses("Back to this one", listed)

    assert "Somebody else publishes it" in first.text
    assert "waits" in second.text
    assert await cast.omar.privately.sees() == asked


async def test_whoever_is_written_over_reads_by_whom(cast: Cast) -> None:
    """Another change takes the place of the one that waited: its author hears of it."""
    await two_leads(cast)
    await saved(cast.sofia)
    await cast.omar.types("/calm own")
    await cast.omar.presses("Change")
    await cast.omar.fills(situation="It is too late for a refund.")

    assert any("Omar wrote a newer version while yours waited." in one for one in await cast.sofia.privately.sees())


async def test_what_did_not_fit_is_counted_once(stage: FakeStage) -> None:
    """A second press of the same button says nothing twice."""
    ana = Cast(stage).ana
    found = await ana.types("/calm she keeps shouting at me about the refund")
    for key in ("first", "second"):
        await ana.stage.press("ana", "support", found, DidNotFit(playbook="be-heard").button("Didn't fit"), key)

    assert [one.count for one in await rows(stage, Misfit)] == [1]


async def test_a_playbook_started_twice_is_one_run(stage: FakeStage) -> None:
    """Whoever presses twice under stress is at the first step of one run."""
    ana = Cast(stage).ana
    found = await ana.types("/calm keep-calm")
    await ana.stage.press("ana", "support", found, StartRun(playbook="keep-calm").button("Again"), "again")

    assert len(await rows(stage, Run)) == 1


async def test_an_answer_that_is_sent_twice_is_told_once(cast: Cast) -> None:
    """Whoever asked reads it, and is not told again of what they know."""
    await named_twice(cast)
    await cast.sofia.types("/zanshin causes")
    await cast.sofia.presses("Review Wrong bill or charge")
    await cast.sofia.fills(days="3")
    await two_leads(cast)
    listed = await cast.omar.types("/zanshin causes")
    look = next(button.label for button in listed.buttons if "Wrong bill" in button.label)
    review = await cast.omar.presses(look, listed)
    await cast.omar.presses("Write down their answer …", review)
    await cast.omar.fills(answer="We print them twice.")
    await cast.sofia.privately.types("/zanshin shift")
    before = await cast.sofia.privately.sees()
    await cast.omar.presses("Write down their answer …", review)
    await cast.omar.fills(answer="We print them twice.")

    assert "We print them twice." in "\n".join(before)
    assert await cast.sofia.privately.sees() == before
