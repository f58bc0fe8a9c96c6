"""What becomes worse asks for news at once, and keeps two times: what customers were told, and what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ConversationGone
from tests.dialogues.test_incidents import LINE, channel, last, opened
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Voice


async def promised(cast: Cast, severity: str = "sev3", by: str = "12:04") -> Voice:
    """Omar opens an incident and tells customers by when they hear more."""
    omar = await opened(cast, f"{severity} Card payments fail")
    await omar.types("/incident update")
    await omar.fills(notice="Cards fail.", doing="We look.", by=by, sent="yes", confirm="yes")
    return omar


async def test_it_asks_for_an_update_at_once_and_keeps_both_times(cast: Cast) -> None:
    """The answer asks for news, the card names the promise and what sev1 wants."""
    omar = await promised(cast)
    await cast.later(minutes=4)
    answer = await omar.types("/incident severity 1 sev1")
    card = (await channel(cast))[0]

    assert "It's sev1 now: post an update, by 10:24" in answer.text
    assert "The promise of 12:04" in answer.text
    assert any(button.label == "Update" for button in answer.buttons)
    assert "Next update by: 12:04" in card
    assert "Wanted by, as it's sev1: 10:24" in card


async def test_nags_never_say_that_customers_were_promised_it(cast: Cast) -> None:
    """Owner, channel and supervisor read what sev1 wants, and the time customers were really told."""
    omar = await promised(cast)
    await cast.later(minutes=4)
    await omar.types("/incident severity 1 sev1")
    await cast.later(minutes=16)
    warned = await last(cast.omar)
    await cast.later(minutes=4)
    due = (await channel(cast))[-1]
    for minutes in (2, 4, 8, 6):
        await cast.later(minutes=minutes)
    called = await last(cast.sofia)
    everything = "".join((warned, due, called, *await channel(cast)))

    assert "It's sev1 now: customers should hear by 10:24" in warned
    assert "it's sev1 now: customers should hear by 10:24" in due
    assert "customers should have heard by 10:24" in called
    assert "They were promised it by 12:04" in due
    assert "promised news by 10:24" not in everything
    assert "waited for news since 10:24" not in everything


async def test_no_miss_is_counted_for_what_nobody_promised(cast: Cast) -> None:
    """An update after sev1's time and before the promise of customers has kept it."""
    omar = await promised(cast)
    await cast.later(minutes=4)
    await omar.types("/incident severity 1 sev1")
    await cast.later(minutes=40)
    await omar.tells(f"/incident update {LINE} 11:00")
    record = (await omar.types("/incident history 1")).text

    assert "made it sev1; news is due by 10:24" in record
    assert "Promises kept: 2 of 2." in record
    assert "Wanted by" not in (await channel(cast))[0]


async def test_what_customers_were_told_counts_once_its_time_comes(cast: Cast) -> None:
    """A sev3 that nobody wrote about is asked for again when the promise itself comes due."""
    omar = await promised(cast, "sev4", "12:30")
    await omar.types("/incident severity 1 sev3")
    for _step in range(30):
        await cast.later(minutes=5)
    seen = await channel(cast)
    record = (await omar.types("/incident history 1")).text

    assert "Next update by: 12:30" in seen[0]
    assert "overdue" in seen[0]
    assert "customers were promised news by 12:30" in seen[-1]
    assert record.count("reminded the channel, when it was due") == 2


async def test_somebody_else_who_makes_it_worse_asks_the_owner(cast: Cast) -> None:
    """The owner hears at once who did it, and can write there and then."""
    await promised(cast)
    await cast.sofia.in_("incidents").types("/incident severity 1 sev2")
    asked = await last(cast.omar)

    assert "Sofia made it worse." in asked
    assert "It's sev2 now: post an update, by 10:30" in asked


async def test_better_again_asks_for_nothing_sooner(cast: Cast) -> None:
    """A slip of the fingers leaves the promise as it was, and no reminder of what is no longer wanted."""
    omar = await promised(cast, "sev4", "13:00")
    await omar.types("/incident severity 1 sev1")
    await cast.later(minutes=21)
    await omar.types("/incident severity 1 sev4")
    before = len(await channel(cast))
    await cast.later(minutes=60)
    seen = await channel(cast)

    assert "Next update by: 13:00" in seen[0]
    assert "Wanted by" not in seen[0]
    assert len(seen) == before


async def test_no_change_keeps_the_promise_that_stands(cast: Cast) -> None:
    """However urgent it has become, the time customers were told is not moved forward by a prefilled form."""
    omar = await promised(cast)
    await omar.types("/incident severity 1 sev1")
    await omar.presses("No change", (await cast.ben.in_("incidents").posts())[0])

    assert {question.name: question.value for question in omar.form.inputs}["by"] == "12:04"


async def test_before_the_first_update_nobody_was_promised_anything(cast: Cast) -> None:
    """Reminders say that news is due, not that customers were told so."""
    await opened(cast)
    await cast.later(minutes=16)
    warned = await last(cast.omar)
    await cast.later(minutes=4)

    assert "News for customers is due by 10:20" in warned
    assert "news for customers is due by 10:20" in (await channel(cast))[-1]


async def test_a_planned_one_that_begins_keeps_what_customers_were_told(cast: Cast) -> None:
    """When it begins nothing has become worse: the promise that was made for later stands."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev1 in 2h Payments are down for 20 minutes")
    await omar.types("/incident update")
    await omar.fills(notice="Payments rest.", doing="We move.", by="13:00", sent="yes", confirm="yes")
    await cast.later(hours=2)
    card = (await channel(cast))[0]

    assert "Next update by: 13:00" in card
    assert "Wanted by" not in card


async def test_nobody_is_said_to_be_asked_where_nobody_can_be(cast: Cast) -> None:
    """The only supervisor, who owns it and leaves, hears that nobody was asked instead."""
    await cast.sofia.in_("incidents").types("/incident open sev1 Card payments fail")
    await cast.sofia.types("/zanshin away 2h")

    assert "There's nobody I could ask to own it: please choose." in "".join(await cast.sofia.privately.sees())


@pytest.mark.parametrize(
    ("hours", "typed", "by"),
    [
        (8.1, "tomorrow 06:00", "20:00"),
        (11.5, "tomorrow 06:00", "22:30"),
        (0, "tomorrow 13:20", "20:00"),
        (0, "in 2 days", "10:00"),
        (0.5, "today 13:10", "11:00"),
    ],
)
async def test_customers_of_a_plan_are_told_at_a_human_hour(cast: Cast, hours: float, typed: str, by: str) -> None:
    """By day and at a full hour; where no day is left, within the hour, while whoever plans it is awake."""
    await cast.later(hours=hours)
    answer = await cast.omar.in_("incidents").types(f"/incident plan {typed} Payments are down")

    assert by in answer.text


async def test_an_owner_who_cannot_hear_that_it_became_worse_is_replaced(stage: FakeStage) -> None:
    """The supervisors are asked for an owner at once, and not when the next reminder is lost."""
    cast = Cast(stage)
    await promised(cast)
    stage.messenger.fail_in("@omar", *[ConversationGone()] * 9)
    await cast.sofia.in_("incidents").types("/incident severity 1 sev1")
    await cast.later(seconds=2)

    assert "Omar, who owns it, can't be reached." in await last(cast.sofia)


async def test_a_snooze_that_ends_with_its_severity_is_said_to_whoever_was_told_of_it(cast: Cast) -> None:
    """A supervisor who read that nobody is reminded until three reads that somebody is again; a snooze is no pause."""
    omar = await opened(cast, "sev2 Card payments fail")
    await omar.types("/incident snooze 1 until 15:00 because the vendor looks")
    told = await last(cast.sofia)
    answer = await omar.types("/incident severity 1 sev1")

    assert "Omar snoozed its next reminder until 15:00" in told
    assert "Its reminders no longer rest." in answer.text
    assert "Omar made it sev1, so its reminders no longer rest. News is due by 10:20" in await last(cast.sofia)


async def test_who_is_reminded_while_the_channel_takes_nothing_reads_so(stage: FakeStage) -> None:
    """Nobody reads that the channel is asked, too, where it refused the last message already."""
    cast = Cast(stage)
    omar = await opened(cast, "sev2 Card payments fail")
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 50)
    await omar.types("/incident note vendor called")
    await omar.types("/incident severity 1 sev3")
    await cast.later(minutes=55)
    await cast.later(minutes=5)
    said = await cast.omar.privately.sees()

    assert not any("I'm asking in the channel, too" in one for one in said)


async def test_german_words_end_in_a_german_promise(cast: Cast) -> None:
    """Customers read one language, whatever whoever typed it reads."""
    omar = await opened(cast)
    words = "Kartenzahlung geht nicht. Wir arbeiten daran. Nächste Meldung in 20 Minuten"
    answer = await omar.types(f"/incident aktualisieren {words}")

    assert "Wir arbeiten daran. Nächste Meldung bis 10:20" in answer.text
    assert "Nächste Meldung bis 10:20" in (await channel(cast))[-1]
