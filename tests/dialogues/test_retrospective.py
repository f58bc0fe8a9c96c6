"""Once an incident is over its owner looks back on it: a draft out of the record, edited, posted in its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.dialogues.test_incidents import LINE, channel, last, opened

if TYPE_CHECKING:
    from tests.stage import Cast


async def ended(cast: Cast) -> None:
    """Omar tells customers twice, the second time too late, and resolves it."""
    omar = await opened(cast, "sev2 Card payments fail")
    await cast.later(minutes=10)
    await omar.tells(f"/incident update {LINE} 10:30")
    await cast.later(minutes=35)
    await omar.tells("/incident resolve 1 All cards work again.")


async def test_the_owner_gets_a_draft_out_of_the_record(cast: Cast) -> None:
    """It says what customers were told and when, which promise was kept and which missed, and in which zone."""
    await ended(cast)
    draft = await last(cast.omar)

    assert draft.startswith("Looking back: #1 Card payments fail\nOnly you see this draft.")
    assert "From 24 Nov 2026 10:00 to 10:45 (45 minutes), sev2" in draft
    assert "Owned by Omar" in draft
    assert "Customers heard first after 10 minutes" in draft
    assert "Promises kept: 1 of 2" in draft
    assert "Times in UTC:" in draft
    assert "10:00 Omar opened it as sev2" in draft
    assert (
        "10:10 Omar told customers: “Some cards are declined. We switch to the other provider.” (promise kept" in draft
    )
    assert "10:45 Omar told customers that it's over: “All cards work again.” (promise missed by 15 minutes)" in draft
    assert not any("Looking back" in text for text in await channel(cast))


async def test_what_the_owner_makes_of_it_stands_in_the_thread(cast: Cast) -> None:
    """They edit it in a form; posted again it replaces what stood there, and the draft is closed."""
    await ended(cast)
    omar = cast.omar.privately
    await omar.presses("Edit and post …")
    filled = {one.name: one.value for one in omar.form.inputs}
    answer = await omar.fills(summary="A provider went down.", timeline="10:00 it broke\n10:45 it worked")
    first = [text for text in await channel(cast) if "looks back on it" in text]
    await omar.presses("Change it …")
    await omar.fills(learned="We switch sooner.")
    [post] = [text for text in await channel(cast) if "looks back on it" in text]

    assert filled["timeline"].startswith("Times in UTC:\n10:00 Omar opened it as sev2")
    assert "It's in the thread of #incidents." in answer.text
    assert "A provider went down." in first[0]
    assert "A provider went down." in post
    assert "We switch sooner." in post
    assert "10:10 Omar told" not in post
    assert not any("Only you see this draft" in text for text in await omar.sees())


async def test_what_is_done_after_it_stands_in_what_was_posted(cast: Cast) -> None:
    """Also what is written down later, and that it is done; it stays the account of whoever posted it."""
    await ended(cast)
    await cast.omar.privately.presses("Edit and post …")
    await cast.omar.privately.fills(summary="A provider went down.")
    await cast.sofia.in_("incidents").types("/incident followup 1 @ana friday: ask for a second provider")
    [open_still] = [text for text in await channel(cast) if "looks back on it" in text]
    await cast.ana.privately.presses("Done")
    [done] = [text for text in await channel(cast) if "looks back on it" in text]

    assert "ask for a second provider (Ana, by Fri 27 Nov" in open_still
    assert "Omar looks back on it" in open_still
    assert "ask for a second provider (Ana, done)" in done


async def test_it_can_be_asked_for_later_and_copied(cast: Cast) -> None:
    """Whoever leaves the draft finds it again; as Markdown it goes where the team keeps such things."""
    await ended(cast)
    left = await cast.omar.privately.presses("Not this time")
    await cast.omar.in_("incidents").types("/incident followup 1 @ben friday: Switch the bank")
    again = await cast.omar.in_("incidents").types("/incident retro 1")
    copied = await cast.omar.in_("incidents").presses("As Markdown", again)

    assert "No retrospective, then." in left.text
    assert "Switch the bank" in again.text
    assert "10:10 Omar told customers" in again.text
    assert "# Retrospective: #1 Card payments fail" in copied.text
    assert "## Timeline" in copied.text
    assert "10:10 Omar told customers" in copied.text


async def test_while_it_goes_on_there_is_nothing_to_look_back_on(cast: Cast) -> None:
    """The record is one press away; and somebody else's draft is read, not posted."""
    await opened(cast)
    early = await cast.ana.in_("incidents").types("/incident retro 1")
    await cast.omar.in_("incidents").tells("/incident resolve 1 All cards work again.")
    read = await cast.ana.in_("incidents").types("/incident retro")

    assert "#1 isn't over yet." in early.text
    assert [button.label for button in read.buttons] == ["As Markdown"]


async def test_what_was_planned_and_called_off_asks_for_none(cast: Cast) -> None:
    """Nothing happened to customers."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident plan sev2 in 2h Payments are down for 20 minutes")
    await omar.types("/incident resolve 1")
    await omar.fills()

    assert not any("Looking back" in text for text in await cast.omar.privately.sees())


async def test_of_two_who_write_at_once_the_second_is_asked_to_look(cast: Cast) -> None:
    """Nobody writes over what somebody else has just posted."""
    await ended(cast)
    omar, sofia = cast.omar.privately, cast.sofia.in_("incidents")
    await omar.presses("Edit and post …")
    await sofia.presses("Edit and post …", await sofia.types("/incident retro 1"))
    await sofia.fills(summary="A provider went down.")
    await cast.later(minutes=1)
    await omar.fills(summary="It was the cache.")
    refused = omar.errors["summary"]
    [post] = [text for text in await channel(cast) if "looks back on it" in text]

    assert "Sofia has changed it since you opened this." in refused
    assert "A provider went down." in post
    assert "It was the cache." not in post
