"""An incident from open to resolve: the promise of the next update is kept, or somebody hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.say.messages import plain

if TYPE_CHECKING:
    from tests.stage import Cast, Voice

LINE = "Some cards are declined. We switch to the other provider. Next update by"


async def last(voice: Voice) -> str:
    """Read the last post of somebody's direct chat."""
    return (await voice.privately.sees())[-1]


async def channel(cast: Cast) -> list[str]:
    """Read what everybody reads in the channel of incidents."""
    return await cast.ben.in_("incidents").sees()


async def opened(cast: Cast, words: str = "sev1 Card payments fail") -> Voice:
    """Omar opens an incident in its channel."""
    omar = cast.omar.in_("incidents")
    await omar.types(f"/incident open {words}")
    return omar


async def test_one_line_opens_an_incident_with_a_promise(cast: Cast) -> None:
    """The card in the channel says who owns it and by when customers hear of it first."""
    omar = cast.omar.in_("incidents")
    answer = await omar.types("/incident open sev2 Card payments fail for some customers")

    assert answer.text.startswith("#1 Card payments fail for some customers\nIt's yours.")
    assert answer.private
    [card] = await channel(cast)
    assert "Severity: sev2" in card
    assert "Owner: Omar" in card
    assert "Next update by: 10:30" in card
    assert [button.label for button in (await cast.ben.in_("incidents").posts())[0].buttons] == [
        "Update",
        "No change",
        "Snooze",
        "Owner …",
        "Resolve",
    ]


async def test_alone_it_is_a_form(cast: Cast) -> None:
    """Somebody who does not know the words answers two questions."""
    await cast.omar.types("/incident open")
    answer = await cast.omar.fills(title="Search is slow", severity="4")

    assert answer.text.startswith("#1 Search is slow")


async def test_the_same_words_twice_ask_first(cast: Cast) -> None:
    """Two people who see the same thing at once do not open it twice."""
    await opened(cast)
    answer = await cast.ben.types("/incident open sev1 card  payments FAIL")
    await cast.ben.presses("It's another one: open it")
    await cast.later(minutes=3)
    later = await cast.ben.types("/incident open sev1 Card payments fail")

    assert answer.text.startswith("This looks like #1.")
    assert later.text.startswith("#3 Card payments fail")


async def test_the_owner_then_the_channel_then_the_supervisors(cast: Cast) -> None:
    """Before it is due the owner, privately; when it is due the channel; three times more; then the supervisors."""
    await opened(cast)
    await cast.later(minutes=16)
    warned = await last(cast.omar)
    before = await channel(cast)
    await cast.later(minutes=4)
    due = (await channel(cast))[-1]
    for minutes in (2, 4, 8):
        await cast.later(minutes=minutes)
    overdue = await channel(cast)
    assert await cast.sofia.privately.sees() == []
    await cast.later(minutes=6)

    assert "News for customers is due by 10:20" in warned
    assert len(before) == 1
    assert "@Omar, news for customers is due by 10:20" in due
    assert len([text for text in overdue if "customers have waited for news" in text]) == 1
    assert len(overdue) == 2
    assert "Customers have waited for news since 10:20" in await last(cast.omar)
    assert "[Update] [No change] [Snooze]" in await last(cast.omar)
    assert "Customers have waited for news since 10:20" in await last(cast.sofia)
    assert "overdue" in (await channel(cast))[0]
    assert "Still no update: I'm calling the supervisors." in (await channel(cast))[-1]
    assert "reminded the supervisors (Sofia)" in (await cast.omar.types("/incident history 1")).text


async def test_a_bad_incident_is_never_silent_for_good(cast: Cast) -> None:
    """Supervisors are called again each cadence, with one call left to press, until customers hear something."""
    omar = await opened(cast)
    for minutes in (20, 2, 4, 8, 6, 20, 20):
        await cast.later(minutes=minutes)
    [called] = await cast.sofia.privately.posts()
    await omar.tells(f"/incident update {LINE} 11:45")
    await cast.later(minutes=21)

    assert "Customers have waited for news since 10:20" in called.text
    assert called.buttons
    assert ["Customers were told. Thank you." in text for text in await cast.sofia.privately.sees()] == [True]


async def test_a_day_of_one_incident(cast: Cast) -> None:
    """Open, warned, updated, no change, due, updated late, resolved: and the record tells all of it."""
    omar = await opened(cast, "sev2 Card payments fail")
    await cast.later(minutes=25)
    assert "News for customers is due by 10:30" in await last(cast.omar)
    posted = await omar.tells(f"/incident update {LINE} 11:00")
    assert "Ready to copy:" in posted.text
    assert "Some cards are declined. We switch to the other provider. Next update by 11:00 UTC." in posted.text
    assert "Customers were told. Thank you." in await last(cast.omar)
    card = (await channel(cast))[0]
    assert "Next update by: 11:00" in card
    assert "Some cards are declined." in card
    await cast.later(minutes=30)
    await omar.presses("No change")
    await omar.fills(sent="yes")
    await cast.later(minutes=40)
    await omar.tells(f"/incident update {LINE} 12:30")
    await cast.later(minutes=10)
    await omar.presses("Resolve")
    ended = await omar.fills(words="All cards work again. No payment was taken twice.", sent="yes")
    record = await omar.types("/incident history 1")
    await cast.later(hours=10)

    assert "Resolved: 11:45" in ended.text
    assert "Promises kept: 3 of 4." in record.text
    assert "(promise missed by" in record.text
    assert "First update after 25 minutes." in record.text
    assert "reminded the owner (Omar), before it was due" in record.text
    assert not any("overdue" in text for text in await channel(cast))
    assert any("All cards work again." in text for text in await channel(cast))


async def test_no_change_is_filled_in(cast: Cast) -> None:
    """What is filled in can be sent as it is, and the next promise is one cadence away."""
    omar = await opened(cast, "sev2 Card payments fail")
    await cast.later(minutes=24)
    await omar.presses("No change")
    posted = await omar.fills()

    assert "Card payments fail. Nothing has changed yet. We're still working on it. Next update by 10:54" in posted.text


async def test_a_prepared_wording_is_never_sent_with_its_gaps(cast: Cast) -> None:
    """Customers do not read "[who is affected]", however much hurry there was."""
    omar = await opened(cast, "sev2 Card payments fail")
    await omar.types("/incident update")
    await omar.fills(notice="Payments fail for [who is affected].", doing="We look.", by="in 20m")
    wrong = omar.errors
    typed = await omar.tells("/incident resolve 1 It is over: [what was wrong, in plain words].")

    assert wrong == {"notice": "Fill in what stands in brackets: [who is affected]."}
    assert "It's not resolved yet." in typed.text
    assert "Next update by: 10:30" in (await channel(cast))[0]


async def test_what_was_typed_is_kept_when_something_is_missing(cast: Cast) -> None:
    """The form asks for the rest and for nothing twice."""
    omar = await opened(cast, "sev2 Card payments fail")
    await omar.tells("/incident update Some cards are declined. Next update in 45m")
    update = {question.name: question.value for question in omar.form.inputs}
    await omar.types("/incident plan tomorrow 06:00")
    plan = {question.name: question.value for question in omar.form.inputs}

    assert update["notice"] == "Some cards are declined."
    assert update["by"] == "10:45"
    assert plan["starts"] == "tomorrow 06:00"


async def test_a_time_that_customers_are_told_is_not_cut_out(cast: Cast) -> None:
    """What may be a part of the sentence is shown in the form, with nothing lost."""
    omar = await opened(cast, "sev2 The shop is closed")
    await omar.tells("/incident update The shop is closed. It opens at 10:40")
    form = {question.name: question.value for question in omar.form.inputs}

    assert (form["notice"], form["doing"], form["by"]) == ("The shop is closed.", "It opens at 10:40.", "10:40")
    assert "Next update by: 10:30" in (await channel(cast))[0]


async def test_a_nag_that_was_answered_stays_so(cast: Cast) -> None:
    """The next warning does not turn "Customers were told" into "Still no update"."""
    omar = await opened(cast)
    await cast.later(minutes=20)
    await omar.tells("/incident update Cards fail. We switch. Next update in 20m")
    await cast.later(minutes=17)

    assert "Customers were promised news by 10:40" in await last(cast.omar)
    assert not any("Still no update" in text for text in await channel(cast))


async def test_supervisors_are_called_again_after_a_rest(cast: Cast) -> None:
    """A snooze after the last nag is no way to silence it for good, and the record counts what was missed."""
    omar = await opened(cast)
    for minutes in (20, 2, 4, 8, 6):
        await cast.later(minutes=minutes)
    await omar.types("/incident snooze 30m because the fix rolls out")
    before = "\n".join(await cast.sofia.privately.sees())
    await cast.later(minutes=30)
    after = "\n".join(await cast.sofia.privately.sees())
    await omar.types("/incident resolve")
    await omar.fills()

    assert "Its reminders rest for a while." in before
    assert "Customers have waited for news since 10:20" in after
    assert "Promises kept: 0 of 1." in (await omar.types("/incident history 1")).text


async def test_an_internal_note_never_moves_the_clock(cast: Cast) -> None:
    """Chatter is no update."""
    omar = await opened(cast)
    answer = await omar.types("/incident note vendor called back")

    assert "the clock stays" in answer.text
    assert "Next update by: 10:20" in (await channel(cast))[0]
    assert "vendor" not in "".join(await channel(cast))
    assert "noted: “vendor called back”" in (await omar.types("/incident history")).text


async def test_an_update_that_is_not_sent_leaves_the_clock_until_it_is(cast: Cast) -> None:
    """Unticked, the promise stays; one press later it is the next one."""
    omar = await opened(cast)
    await omar.types("/incident update")
    answer = await omar.fills(notice="Cards fail.", doing="We switch.", by="in 30m", sent="")
    assert "I've sent it to nobody" in answer.text
    assert "Next update by: 10:20" in (await channel(cast))[0]
    sent = await omar.presses("Customers have it", answer)

    assert "The next update is promised by 10:30" in sent.text or "10:30" in (await channel(cast))[0]
    assert "Next update by: 10:30" in (await channel(cast))[0]


async def test_updates_reach_the_places_customers_read(cast: Cast) -> None:
    """What is posted stands in the channels named in the settings, without internal words."""
    await cast.sofia.in_("support").types("/zanshin help")
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(places="#support")
    omar = await opened(cast)
    await omar.tells(f"/incident update {LINE} 10:40")

    [post] = await cast.ben.in_("support").sees()
    assert post.startswith("Some cards are declined.\nWe switch to the other provider.\nNext update by 10:40")


async def test_a_promise_far_away_is_confirmed_and_shown_to_supervisors(cast: Cast) -> None:
    """Sev1 and sev2: more than twice the cadence needs a second look."""
    omar = await opened(cast)
    await omar.tells(f"/incident update {LINE} 12:00")
    why = plain(omar.form.intro).replace("GMT", "UTC")  # the platform may know the reader's own zone
    untouched = (await channel(cast))[0]
    await omar.fills(sent="yes")

    assert why == (
        "You promise news by 12:00 UTC. That's more than 40 minutes away: long for sev1. "
        "Is that the promise? Then post it."
    )
    assert "Next update by: 10:20" in untouched
    assert "Next update by: 12:00" in (await channel(cast))[0]
    assert "more than twice the usual for sev1" in await last(cast.sofia)


async def test_a_promise_outside_working_hours_is_confirmed(cast: Cast) -> None:
    """A time when nobody may be there is asked about, beside its question."""
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(hours="mon-fri 8-18")
    omar = await opened(cast, "sev3 Search is slow")
    await omar.types("/incident update")
    await omar.fills(notice="Search is slow.", doing="We add machines.", by="23:00")
    wrong = dict(omar.errors)
    answer = await omar.fills(notice="Search is slow.", doing="We add machines.", by="23:00", confirm="yes")

    assert wrong["by"].replace("GMT", "UTC").startswith("You promise news by 23:00 UTC. That's outside working hours")
    assert "Ready to copy:" in answer.text


async def test_small_incidents_wait_for_the_morning(cast: Cast) -> None:
    """At night nobody is nagged about a sev3, and in the morning they are."""
    await cast.sofia.types("/zanshin settings incidents")
    await cast.sofia.fills(hours="mon-fri 8-18")
    await cast.later(hours=7, minutes=30)  # half past five
    await opened(cast, "sev3 Search is slow")
    await cast.later(hours=3)
    night = await channel(cast)
    await cast.later(hours=11, minutes=30)  # eight in the morning

    assert len(night) == 1
    assert "customers have waited for news since 18:30" in (await channel(cast))[-1]


async def test_snooze_delays_once_and_is_recorded(cast: Cast) -> None:
    """The next reminder comes when the snooze ends, the promise stays, and the reason is kept."""
    omar = await opened(cast)
    await cast.later(minutes=20)
    answer = await omar.types("/incident snooze 30m because the fix is rolling out")
    await cast.later(minutes=29)
    quiet = await channel(cast)
    await cast.later(minutes=1)

    assert "No reminder before 10:50" in answer.text
    assert "Customers still expect news by 10:20" in answer.text
    assert "Its reminders rest for a while." in quiet[-1]
    assert "customers have waited for news since 10:20" in (await channel(cast))[-1]
    assert "“the fix is rolling out”" in (await omar.types("/incident history")).text


async def test_a_snooze_past_the_promise_is_told_to_supervisors(cast: Cast) -> None:
    """Nobody would be reminded when the promise passes; up to the promise it is the owner's own."""
    omar = await opened(cast)
    await omar.types("/incident snooze 20m because the fix is rolling out")
    before = await cast.sofia.privately.sees()
    answer = await omar.types("/incident snooze 6h because lunch")

    assert before == []
    assert "I'm telling Sofia that nobody is reminded until then." in answer.text
    told = await last(cast.sofia)
    assert "Omar snoozed its next reminder until 16:00" in told
    assert "“lunch”" in told


async def test_a_snooze_without_a_reason_asks_for_it(cast: Cast) -> None:
    """The form has the length filled in."""
    omar = await opened(cast)
    await omar.types("/incident snooze 45m")
    answer = await omar.fills(why="waiting for the vendor")

    assert "No reminder before 10:45" in answer.text


async def test_a_bare_number_is_an_incident_or_else_minutes(cast: Cast) -> None:
    """Nobody is told off for "/incident snooze 45"."""
    omar = await opened(cast)
    await omar.types("/incident open sev3 Search is slow")
    await omar.types("/incident snooze 2")
    of_second = await omar.fills(why="the fix is rolling out")
    await cast.omar.in_("incidents").tells("/incident resolve 2 All is well.")
    await omar.types("/incident snooze 45")
    await omar.fills(why="the fix is rolling out")

    assert "#2 Search is slow" in of_second.text
    assert "snoozed" in (await omar.types("/incident history 1")).text


async def test_a_pause_is_told_to_supervisors_and_ends_with_a_reminder(cast: Cast) -> None:
    """Nothing until then; at the end the owner hears that it is over."""
    omar = await opened(cast)
    await omar.tells(f"/incident update {LINE} 10:35")
    answer = await omar.types("/incident pause until 10:15 because everybody is on the bridge")
    told = await last(cast.sofia)
    await cast.later(minutes=15)

    assert "No reminder before 10:15" in answer.text
    assert "Omar paused its reminders until 10:15" in told
    assert "The pause is over." in await last(cast.omar)


async def test_a_pause_is_no_longer_than_a_day(cast: Cast) -> None:
    """Silence for ever is no pause."""
    omar = await opened(cast)
    await omar.types("/incident pause until in 30 hours because holidays")

    assert "Reminders can rest for a day at most." in str(omar.form.intro)
    assert "Paused" not in (await channel(cast))[0]


async def test_resolve_ends_everything_at_once_and_reopen_begins_again(cast: Cast) -> None:
    """No reminder comes after the end; after the reopening there is a new promise."""
    omar = await opened(cast)
    await cast.later(minutes=20)
    await omar.types("/incident resolve")
    await omar.fills()
    count = len(await channel(cast))
    await cast.later(hours=3)
    assert len(await channel(cast)) == count
    assert "It's resolved." in (await channel(cast))[-1]
    again = await omar.types("/incident reopen 1")
    await cast.later(minutes=20)

    assert "It's open again. The next update is promised by 13:40" in again.text
    assert "news for customers is due by 13:40" in (await channel(cast))[-1]


async def test_ownership_is_accepted_with_one_press(cast: Cast) -> None:
    """Whoever is asked owns it when they say so, and until then nothing changes."""
    omar = await opened(cast)
    asked = await omar.types("/incident owner @ana")
    assert "Until they accept, Omar owns it." in asked.text
    assert "Owner: Omar" in (await channel(cast))[0]
    taken = await cast.ana.privately.presses("I own it")

    assert "Ana owns it." in taken.text
    assert "Owner: Ana" in (await channel(cast))[0]
    await cast.later(minutes=16)
    assert "News for customers is due" in await last(cast.ana)


async def test_an_owner_who_goes_away_is_replaced_by_the_supervisors_choice(cast: Cast) -> None:
    """The supervisors hear at once that nobody is there to keep the promise, and choose."""
    await opened(cast)
    await cast.omar.types("/zanshin away 2h")
    assert "Omar, who owns it, isn't here." in await last(cast.sofia)
    await cast.sofia.privately.presses("Choose an owner")
    await cast.sofia.privately.fills(who="<@ben>")
    await cast.ben.privately.presses("I own it")

    assert "Owner: Ben" in (await channel(cast))[0]


async def test_before_the_end_of_their_shift_owners_are_asked_to_hand_over(cast: Cast) -> None:
    """A quarter of an hour before, so that there is time."""
    await cast.omar.types("/zanshin shift daily 8-12")
    await opened(cast, "sev4 Search is slow")
    await cast.later(hours=1, minutes=44)
    assert await cast.omar.privately.sees() == []
    await cast.later(minutes=1)

    assert (await last(cast.omar)).startswith("Your shift ends soon: who owns #1 then?")


async def test_a_planned_incident_counts_down_and_begins(cast: Cast) -> None:
    """Customers are told before it happens; then it is an incident like any other."""
    omar = cast.omar.in_("incidents")
    answer = await omar.types("/incident plan sev2 tomorrow 06:00 Payments are down for 20 minutes")
    [card] = await channel(cast)
    assert "Customers are told by" in answer.text or "Customers are told by" in card
    await omar.types(f"/incident update {LINE} tomorrow 07:00")
    await omar.fills(sent="yes")
    listed = await omar.types("/incident list")
    await cast.later(hours=20)

    assert "begins" in listed.text
    assert "Open since" in (await channel(cast))[0]
    assert "it began; next update by" in (await omar.types("/incident history")).text


async def test_severity_hurries_the_promise_and_never_puts_it_off(cast: Cast) -> None:
    """What becomes worse is wanted sooner; what becomes better is told as promised."""
    omar = await opened(cast, "sev4 Search is slow")
    await omar.types("/incident severity sev1")
    hurried = (await channel(cast))[0]
    await omar.types("/incident severity sev4")

    assert "Wanted by, as it's sev1: 10:20" in hurried
    assert "Next update by: 14:00" in hurried
    assert "Next update by: 14:00" in (await channel(cast))[0]
    assert "Wanted by" not in (await channel(cast))[0]


async def test_lists_tell_what_is_promised_next(cast: Cast) -> None:
    """Everything in time order, mine alone, and the board."""
    omar = await opened(cast, "sev3 Search is slow")
    await cast.ben.in_("incidents").types("/incident open sev1 Card payments fail")
    listed = (await omar.types("/incident list")).text
    mine = (await omar.types("/incident mine")).text
    await cast.sofia.types("/zanshin status")
    board = await last(cast.sofia)
    await cast.later(minutes=21)

    assert listed.index("#2 Card payments fail") < listed.index("#1 Search is slow")
    assert "#2" not in mine
    assert "#2 Card payments fail: Ben, update by 10:20" in board
    assert "#2 Card payments fail: Ben, update overdue since 10:20" in await last(cast.sofia)
    assert "#2 Card payments fail (sev1, Ben): update overdue since 10:20" in (await omar.types("/incident")).text


async def test_when_several_could_be_meant_one_is_asked(cast: Cast) -> None:
    """Nothing is guessed: the buttons carry the number."""
    await opened(cast, "sev3 Search is slow")
    await cast.later(minutes=3)
    await opened(cast, "sev1 Card payments fail")
    answer = await cast.ben.types("/incident note hello")
    done = await cast.ben.presses("#1 Search is slow")

    assert answer.text.startswith("Which incident do you mean?")
    assert "Noted for the team." in done.text


@pytest.mark.parametrize(("severity", "hours"), [("sev1", 12), ("sev2", 2), ("sev1", 0.7)])
async def test_after_downtime_one_late_reminder_to_the_right_person(cast: Cast, severity: str, hours: float) -> None:
    """A program that slept calls the supervisor at once, reminds the owner too, and says that it is late."""
    await opened(cast, f"{severity} Card payments fail")
    await cast.later(hours=hours)
    called, reminded = await cast.sofia.privately.sees(), await cast.omar.privately.sees()

    assert len(called) == 1
    assert "Customers have waited for news since" in called[0]
    assert "This reminder is late: I was held up when it was due." in called[0]
    assert len([text for text in reminded if "@Omar, customers have waited for news since" in text]) == 1
    assert not any("customers have waited" in text for text in await channel(cast))


async def test_a_short_standstill_asks_the_channel_once(cast: Cast) -> None:
    """Whoever would be asked by now is asked alone: the channel, with the owner's name."""
    await opened(cast)
    await cast.later(minutes=25)
    said = [text for text in await channel(cast) if "customers have waited for news since" in text]

    assert len(said) == 1
    assert await cast.sofia.privately.sees() == []


async def test_reminders_that_were_at_rest_begin_again_with_the_first(cast: Cast) -> None:
    """A pause that is ended early calls nobody in haste: its reminders come in their order."""
    omar = await opened(cast)
    await omar.types("/incident pause until 14:00 because the fix rolls out")
    await cast.later(hours=2)
    await omar.types("/incident resume")

    assert "customers have waited for news since 10:20" in (await channel(cast))[-1]
    assert await cast.sofia.privately.sees() == [text for text in await cast.sofia.privately.sees() if "paused" in text]


async def test_whoever_names_no_severity_reads_which_it_became(cast: Cast) -> None:
    """Nothing is silently taken to be small: the answer says it, and how to change it."""
    unsaid = await cast.omar.in_("incidents").types("/incident open Checkout is down")
    said = await cast.omar.in_("incidents").types("/incident open SEV 3 Search is down")

    assert "It's sev3; /incident severity 1 sev2 would change that." in unsaid.text
    assert "would change that" not in said.text


async def test_whoever_opens_one_in_the_direct_chat_reads_where_it_is_shown(cast: Cast) -> None:
    """Its card stands in the support channel, before everybody."""
    answer = await cast.omar.privately.types("/incident open sev2 Callbacks do not ring")
    there = await cast.omar.types("/incident open sev3 Mails are late")

    assert any("Callbacks do not ring" in one for one in await cast.ana.sees())
    assert "Its card stands in #support." in answer.text
    assert "Its card stands" not in there.text
