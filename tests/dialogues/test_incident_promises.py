"""A promise stays what customers were told: pressed twice, written by two, planned, paused, or left by its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ConversationGone
from bot.say.messages import plain
from tests.dialogues.test_incidents import LINE, channel, last, opened
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def labels(cast: Cast) -> list[str]:
    """Name the buttons of the card in the channel."""
    return [button.label for button in (await cast.ben.in_("incidents").posts())[0].buttons]


async def test_it_is_another_one_opens_one_however_often_it_is_pressed(cast: Cast) -> None:
    """An impatient second press changes nothing."""
    await opened(cast)
    asked = await cast.ben.types("/incident open sev1 Card payments fail")
    await cast.ben.presses("It's another one: open it", asked)
    await cast.ben.presses("It's another one: open it", asked)
    listed = await cast.ben.types("/incident list")

    assert listed.text.startswith("2 incidents")


async def test_two_people_who_write_at_once_hear_of_each_other(cast: Cast) -> None:
    """The second one sees what the first one told customers before theirs goes out."""
    omar = await opened(cast)
    ben = cast.ben.in_("incidents")
    await ben.presses("No change")
    await omar.types("/incident update")
    await omar.fills(notice="Cards fail.", doing="We switch.", by="10:30", sent="yes")
    await ben.fills(sent="yes")
    asked = plain(ben.form.intro)
    before = (await channel(cast))[0]
    await ben.fills(by="10:25")

    assert asked == "Meanwhile customers were told: “Cards fail. We switch.” Is yours still right? Then post it."
    assert "Next update by: 10:30" in before
    assert "Next update by: 10:25" in (await channel(cast))[0]


async def test_one_line_typed_right_after_somebody_elses_is_asked_about(cast: Cast) -> None:
    """Whoever types a line a minute after another update may not have seen it."""
    omar = await opened(cast)
    await cast.ben.in_("incidents").tells("/incident update Cards fail. We look. Next update in 20m")
    await omar.tells("/incident update Cards fail. We switch. Next update in 15m")
    asked = plain(omar.form.intro)
    await cast.later(minutes=3)
    later = await omar.tells("/incident update Cards fail. We switch. Next update in 15m")

    assert asked.startswith("Meanwhile customers were told: “Cards fail. We look.”")
    assert "Ready to copy:" in later.text


async def test_an_older_draft_never_replaces_newer_news_unasked(cast: Cast) -> None:
    """A draft that is sent after a newer update shows that one first, and its card closes."""
    omar = await opened(cast, "sev2 Card payments fail")
    await omar.types("/incident update")
    draft = await omar.fills(notice="Cards fail.", doing="We look.", by="10:40", sent="")
    await cast.later(minutes=3)
    await omar.tells("/incident update Some cards fail. We switch. Next update by 10:50")
    await omar.presses("Customers have it", draft)
    asked = plain(omar.form.intro)
    kept = (await channel(cast))[0]
    await omar.fills()

    assert asked == "Meanwhile customers were told: “Some cards fail. We switch.” Is yours still right? Then post it."
    assert "Some cards fail." in kept
    assert "Next update by: 10:50" in kept
    card = (await channel(cast))[0]
    assert "Cards fail.\nWe look." in card or "Cards fail. We look." in card
    assert "Next update by: 10:40" in card
    assert not any("Nobody has said yet" in text for text in await channel(cast))
    assert (await omar.presses("Customers have it", draft)).text.endswith("It's noted already that customers have it.")


async def test_a_draft_whose_time_has_passed_closes_its_card(cast: Cast) -> None:
    """The form asks for a new time, and what was written becomes what was sent."""
    omar = await opened(cast, "sev2 Card payments fail")
    await omar.types("/incident update")
    draft = await omar.fills(notice="Cards fail.", doing="We look.", by="10:10", sent="")
    await cast.later(minutes=15)
    await omar.presses("Customers have it", draft)
    asked = plain(omar.form.intro)
    await omar.fills(by="10:40")

    assert asked == "The time it promised has passed: by when do customers know more?"
    assert "Next update by: 10:40" in (await channel(cast))[0]
    assert not any("Customers have it" in text for text in await channel(cast))


async def test_a_broken_promise_is_red_however_quiet_the_reminders_are(cast: Cast) -> None:
    """A snooze, a pause and a night silence the reminders and not the truth."""
    omar = await opened(cast)
    await omar.types("/incident pause 1 until 11:00 because everybody is on the bridge")
    await cast.later(minutes=19)
    before = (await channel(cast))[0]
    await cast.later(minutes=1)
    card = (await channel(cast))[0]
    listed = (await omar.types("/incident list")).text
    await cast.later(minutes=40)

    assert "overdue" not in before
    assert "Next update by: 10:20" in card
    assert "overdue" in card
    assert "update overdue since 10:20" in listed
    assert len([text for text in await channel(cast) if "customers have waited for news since" in text]) == 1


async def test_the_end_of_a_pause_says_what_has_become_of_the_promise(cast: Cast) -> None:
    """Once the time has passed nobody reads that the update "is promised"."""
    omar = await opened(cast, "sev3 Search is slow")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(hours="mon-fri 8-11")
    await omar.types("/incident pause 1 until 12:00 because everybody is on the bridge")
    await cast.later(hours=2)

    assert "The pause is over. Customers have waited for news since 11:00" in await last(cast.omar)


async def test_a_planned_one_that_began_untold_keeps_its_broken_promise(cast: Cast) -> None:
    """It stays red until an update, and the record counts the miss."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev2 in 2h Payments are down for 20 minutes")
    await cast.later(minutes=61)
    planned = (await omar.types("/incident list")).text
    await cast.later(minutes=61)
    begun = (await channel(cast))[0]
    await omar.tells(f"/incident update {LINE} 12:20")
    record = (await omar.types("/incident history 1")).text

    assert "telling customers is overdue since 11:00" in planned
    assert "Open since: 12:00" in begun
    assert "Next update by: 11:00" in begun
    assert "overdue" in begun
    assert "Promises kept: 0 of 1." in record
    assert "First update after 2 minutes." in record


async def test_a_planned_one_that_was_told_ahead_says_so(cast: Cast) -> None:
    """The first word came before it began, and that is what the record tells."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev2 in 2h Payments are down for 20 minutes")
    await omar.tells(f"/incident update {LINE} 12:00")
    await omar.fills(sent="yes")
    await cast.later(hours=2)
    record = (await omar.types("/incident history 1")).text

    assert "Customers were told 2 hours before it began." in record
    assert "Promises kept: 1 of 1." in record


async def test_a_planned_one_paused_over_its_start_is_red(cast: Cast) -> None:
    """The pause holds back reminders, and the promise that passed meanwhile is broken."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev2 in 2h Payments are down for 20 minutes")
    await omar.types("/incident pause 1 until 13:00 because the vendor decides then")
    await cast.later(hours=2)

    card = (await channel(cast))[0]
    assert "Open since: 12:00" in card
    assert "overdue" in card


async def test_before_it_begins_nothing_can_have_changed(cast: Cast) -> None:
    """A planned one has no "No change"; it is called off, and planned again."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev2 in 2h Payments are down for 20 minutes")
    offered = await labels(cast)
    await omar.presses("Call it off")
    await omar.fills()
    again = await omar.types("/incident reopen 1")

    assert offered == ["Update", "Snooze", "Owner …", "Call it off"]
    assert "It's planned again. Customers are told by 11:00" in again.text
    assert "Begins: 12:00" in (await channel(cast))[0]


async def test_the_record_says_when_severity_hurried_the_promise(cast: Cast) -> None:
    """A promise that moved is written down."""
    omar = await opened(cast, "sev4 Search is slow")
    await omar.types("/incident severity sev1")
    record = (await omar.types("/incident history 1")).text

    assert "made it sev1; news is due by 10:20" in record


async def test_questions_about_an_owner_close_once_somebody_owns_it(cast: Cast) -> None:
    """No "I own it" stays behind to take it from whoever is there."""
    await opened(cast)
    await cast.omar.types("/zanshin away 2h")
    notice = (await cast.sofia.privately.posts())[-1]
    leaving = await last(cast.omar)
    await cast.ana.in_("incidents").types("/incident owner 1 @ana")
    stale = await cast.sofia.privately.presses("I own it", notice)

    assert "You're away and own this: news is due by 10:20" in leaving
    assert "Ana owns #1." in stale.text
    assert "Owner: Ana" in (await channel(cast))[0]
    assert not any("is not here" in text for text in await cast.sofia.privately.sees())
    assert "Ana owns it." in "".join(await cast.omar.privately.sees())


async def test_one_press_takes_an_incident_whose_owner_is_away(cast: Cast) -> None:
    """While nobody is there, whoever was asked owns it at once."""
    await opened(cast)
    await cast.omar.types("/zanshin away 2h")
    await cast.sofia.privately.presses("I own it")

    assert "Owner: Sofia" in (await channel(cast))[0]


async def test_the_question_for_another_owner_says_when_the_time_has_passed(cast: Cast) -> None:
    """Nobody reads that news is promised by a time that lies behind them."""
    await opened(cast)
    await cast.omar.types("/zanshin away 2h")
    before = (await cast.sofia.privately.sees())[-1]
    await cast.later(minutes=21)
    [after] = [text for text in await cast.sofia.privately.sees() if "who owns it" in text]

    assert "Omar, who owns it, isn't here. News is due by 10:20" in before
    assert "Omar, who owns it, isn't here. News for customers was due by 10:20" in after
    assert "and it hasn't come." in after


async def test_the_question_says_promised_of_no_time_that_customers_never_heard(cast: Cast) -> None:
    """Who made it worse moved when news is wanted; customers were told a later time."""
    omar = await opened(cast, "sev4 Search is slow")
    await omar.tells(f"/incident update {LINE} 14:00")
    await omar.types("/incident severity 1 sev1")
    await omar.types("/zanshin away 2h")
    said = (await cast.sofia.privately.sees())[-1]

    assert "Omar, who owns it, isn't here. News is due by 10:20" in said


async def test_the_question_closes_when_the_owner_is_back(cast: Cast) -> None:
    """Supervisors are not asked for what has settled itself."""
    await opened(cast)
    await cast.omar.types("/zanshin away 2h")
    await cast.omar.types("/zanshin back")

    assert (await last(cast.sofia)).endswith("Omar is here again.")


async def test_an_offer_closes_when_the_incident_ends(cast: Cast) -> None:
    """Nobody can own what is over."""
    omar = await opened(cast)
    await omar.types("/incident owner @ana")
    await omar.tells("/incident resolve 1 All cards work again.")

    assert (await last(cast.ana)).endswith("It's resolved.")


async def test_whoever_offers_it_hears_that_somebody_is_away(cast: Cast) -> None:
    """A question to somebody on a break may wait, and that is said at once."""
    await cast.ana.types("/zanshin away 2h")
    omar = await opened(cast)
    asked = await omar.types("/incident owner @ana")

    assert "Ana isn't here until 12:00" in asked.text
    assert "Ask somebody else" in asked.text


async def test_naming_nobody_names_nobody(cast: Cast) -> None:
    """An empty form does not make its sender the owner."""
    await opened(cast)
    await cast.sofia.in_("incidents").presses("Owner …")
    await cast.sofia.in_("incidents").fills(who="")

    assert cast.sofia.errors == {"who": "Please fill this in."}
    assert "Owner: Omar" in (await channel(cast))[0]


async def test_resolving_shows_what_customers_were_told(cast: Cast) -> None:
    """The last word is ready to copy, and the answer says who has it."""
    omar = await opened(cast)
    told = await omar.tells("/incident resolve 1 All cards work again.")
    await omar.types("/incident open sev3 Search is slow")
    await omar.types("/incident resolve 2")
    silent = await omar.fills()

    assert "Ready to copy:" in told.text
    assert "All cards work again." in told.text
    assert "Noted as told to customers." in told.text
    assert "Customers weren't told that it's over." in silent.text


async def test_sentences_are_not_glued_together(cast: Cast) -> None:
    """Whoever leaves out a full stop in the form gets one."""
    omar = await opened(cast)
    await omar.types("/incident update")
    answer = await omar.fills(notice="Cards fail", doing="We look", by="10:30")

    assert "Cards fail. We look. Next update by 10:30 UTC." in answer.text


async def test_an_owner_whose_warning_is_lost_is_not_said_to_be_here(stage: FakeStage) -> None:
    """Supervisors hear that the owner cannot be reached, and their question stays until the owner is heard of."""
    cast = Cast(stage)
    omar = await opened(cast)
    stage.messenger.fail_in("@omar", ConversationGone())
    await cast.later(minutes=16)
    await cast.later(seconds=1)
    asked = await last(cast.sofia)
    await cast.later(minutes=5)
    still = await last(cast.sofia)
    await omar.tells("/incident update Cards fail. We switch. Next update in 20m")

    assert "Omar, who owns it, can't be reached." in asked
    assert "Omar, who owns it, can't be reached." in still
    assert "News for customers was due by 10:20 UTC, and it hasn't come." in still
    assert still.endswith("[Choose an owner] [I own it]")
    assert (await last(cast.sofia)).endswith("Omar is here again.")


async def test_the_record_counts_a_promise_as_missed_before_the_news_has_come(cast: Cast) -> None:
    """While customers wait in vain nobody reads that every promise was kept."""
    omar = await opened(cast)
    await omar.tells(f"/incident update {LINE} 10:15")
    kept = (await omar.types("/incident history 1")).text
    await cast.later(minutes=45)
    waiting = (await omar.types("/incident history 1")).text
    await omar.tells(f"/incident update {LINE} 11:00")
    late = (await omar.types("/incident history 1")).text

    assert "Promises kept: 1 of 1." in kept
    assert "Promises kept: 1 of 2." in waiting
    assert "still haven't, 30 minutes later." in waiting
    assert "Promises kept: 1 of 2." in late
    assert "still haven't" not in late


async def test_an_end_nobody_was_told_of_keeps_its_promise_waiting(cast: Cast) -> None:
    """The owner is asked once, when news is due; the record counts it as missed until customers know."""
    omar = await opened(cast)
    await omar.types("/incident resolve 1 All well again")
    ended = await channel(cast)
    await cast.later(minutes=25)
    asked = (await omar.privately.posts())[-1]
    missed = (await omar.types("/incident history 1")).text
    await cast.later(minutes=60)
    again = await omar.privately.posts()
    await omar.privately.presses("Customers have it", asked)
    told = (await omar.types("/incident history 1")).text

    assert any("It's resolved. Customers weren't told that it's over." in text for text in ended)
    assert any("It's resolved. Nothing more to remind of." in text for text in await channel(cast))
    assert "news for customers was due by 10:20" in asked.text
    assert "have they been told?" in asked.text
    assert "Promises kept: 0 of 1." in missed
    assert len([one for one in again if "have they been told?" in one.text]) == 1
    assert "Omar: resolved it: “All well again”" in told
    assert "Omar: said that customers were told that it's over (promise missed by" in told
    assert "still haven't" not in told


async def test_an_end_that_was_told_in_time_is_not_asked_about(cast: Cast) -> None:
    """Nobody is reminded of what customers know."""
    omar = await opened(cast)
    await omar.types("/incident resolve 1 All well again.")
    await omar.tells("/incident resolve 1 All cards work again.")
    await cast.later(minutes=25)

    assert not any("have they been told?" in text for text in await omar.privately.sees())


async def test_a_promise_missed_after_a_silent_end_stays_missed(cast: Cast) -> None:
    """Opened again, it makes a new promise; the old one waits until customers hear something, as the record says."""
    omar = await opened(cast)
    await omar.types("/incident resolve 1")
    await omar.fills()
    await cast.later(minutes=50)
    await omar.types("/incident reopen 1")
    waiting = (await omar.types("/incident history 1")).text
    await cast.later(minutes=5)
    await omar.tells(f"/incident update {LINE} 11:10")
    told = (await omar.types("/incident history 1")).text

    assert "Promises kept: 0 of 1." in waiting
    assert "still haven't, 30 minutes later." in waiting
    assert "Promises kept: 1 of 2." in told
    assert "(promise missed by 35 minutes)" in told


async def test_an_end_overtakes_what_was_prepared_before(cast: Cast) -> None:
    """Nobody is asked any more whether customers have the older words."""
    omar = await opened(cast)
    await omar.types(f"/incident update {LINE} 10:15")
    await omar.types("/incident resolve 1 All cards work again.")
    posts = await cast.ben.in_("incidents").posts()
    [old] = [one for one in posts if "Overtaken: a last word was written since" in one.text]
    waiting = [one for one in posts if any(button.label == "Customers have it" for button in one.buttons)]

    assert "Some cards are declined." in old.text
    assert not old.buttons
    assert ["All cards work again." in one.text for one in waiting] == [True]


async def test_what_was_prepared_before_the_end_is_asked_about_once_it_is_open_again(cast: Cast) -> None:
    """Words from before an end keep no promise by one press: they may not hold any more."""
    omar = await opened(cast)
    prepared = await omar.types(f"/incident update {LINE} 10:40")
    await omar.types("/incident resolve 1 All cards work again.")
    await omar.types("/incident reopen 1")
    await omar.presses("Customers have it", prepared)

    assert plain(omar.form.intro) == "It ended since this was written, and is open again: does it still hold?"
    assert "told customers" not in (await omar.types("/incident history 1")).text


async def test_who_had_not_answered_is_asked_again_once_it_is_open_again(cast: Cast) -> None:
    """A question for an owner that ended with the incident stands again with it."""
    omar = await opened(cast)
    await omar.types("/incident owner 1 @ben")
    await omar.types("/incident resolve 1 All cards work again.")
    ended = await last(cast.ben)
    await omar.types("/incident reopen 1")
    await cast.later(seconds=1)
    asked = await last(cast.ben)
    await cast.ben.privately.presses("I own it")

    assert "[I own it]" not in ended
    assert asked.startswith("Will you own #1?")
    assert "Ben owns it." in await last(cast.ben)


async def test_the_owner_hears_that_their_incident_is_open_again(cast: Cast) -> None:
    """A promise is made in their name: they read so at once, with what keeps it."""
    omar = await opened(cast)
    await omar.types("/incident resolve 1 done")
    await cast.later(minutes=20)
    await cast.ana.in_("incidents").types("/incident reopen 1")
    told = await last(cast.omar)
    before = len(await cast.omar.privately.sees())
    await omar.types("/incident resolve 1 done")
    await omar.types("/incident reopen 1")

    assert "Ana opened it again, and it's yours. The next update is promised by 10:40" in told
    assert "[Update]" in told
    assert len(await cast.omar.privately.sees()) == before


async def test_another_owner_is_looked_for_when_it_is_open_again_and_theirs_is_gone(cast: Cast) -> None:
    """Nobody waits for the first reminder of somebody who has left."""
    omar = await opened(cast)
    await omar.types("/incident resolve 1 done")
    await cast.sofia.types("/zanshin team remove @omar")
    await cast.ana.in_("incidents").types("/incident reopen 1")
    await cast.later(seconds=1)

    assert "Omar, who owns it, is no longer on the team." in await last(cast.sofia)


async def test_whoever_is_no_longer_asked_to_own_it_reads_who_does(cast: Cast) -> None:
    """Ben was asked, then Ana, who takes it: both cards name her."""
    omar = await opened(cast)
    await omar.types("/incident owner 1 @ben")
    await omar.types("/incident owner 1 @ana")
    await cast.ana.privately.presses("I own it")
    await cast.later(seconds=5)

    assert "Ana owns it." in await last(cast.ben)
    assert not any("Omar owns it" in one for one in await cast.ben.privately.sees())
