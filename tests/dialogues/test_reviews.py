"""A cause is reviewed with its department: asked, reminded, answered, changed, and looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import ConversationGone
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Seen

BILLING = "incidents"  # the channel where the department is


async def named_twice(cast: Cast) -> None:
    """Have two incidents with the same cause, and one of another."""
    omar = cast.omar.in_("incidents")
    for number, title in enumerate(("Invoices twice", "Refunds fail", "Parcels lost"), 1):
        await omar.types(f"/incident open sev4 {title}")
        over = await omar.types(f"/incident resolve {number} All is well again.")
        await omar.presses("Wrong bill or charge" if number < 3 else "Late or lost delivery", over)
    await cast.later(minutes=5)


async def in_a_channel(cast: Cast) -> None:
    """Give billing a channel."""
    sofia = cast.sofia.in_(BILLING)
    await sofia.types("/zanshin causes list")
    await sofia.presses("Change Wrong bill or charge")
    await sofia.fills(channel=f"<#{BILLING}>")


async def asked(cast: Cast, **said: str) -> Seen:
    """Ask billing."""
    await cast.sofia.types("/zanshin causes")
    await cast.sofia.presses("Review Wrong bill or charge")
    shown = await cast.sofia.fills(**{"days": "3"} | said)
    await cast.later(seconds=1)
    assert shown is not None
    return shown


def having(said: list[str], words: str) -> list[str]:
    return [text for text in said if words in text]


async def test_supervisors_see_what_caused_most_and_what_it_may_stand_for(cast: Cast) -> None:
    """In words, with the period before and the department; an agent is told who may."""
    await named_twice(cast)
    shown = await cast.sofia.types("/zanshin causes")
    impossible = await cast.sofia.types("/zanshin causes next year")
    refused = await cast.ana.types("/zanshin causes last month")

    assert "Wrong bill or charge was named most: 2 of 3." in shown.text
    assert "Wrong bill or charge: 2 (67%) · Billing" in shown.text
    assert "/zanshin causes" in impossible.text
    assert "Only supervisors and admins can do this." in refused.text


async def test_the_card_names_each_review_once(cast: Cast) -> None:
    """On the button that shows it; beside it stands how it is, and what is closed is told apart."""
    await named_twice(cast)
    await asked(cast)
    await cast.sofia.types("/zanshin causes")
    await cast.sofia.presses("Review Late or lost delivery")
    await cast.sofia.fills(days="3")
    shown = await cast.sofia.types("/zanshin causes")
    under = shown.text.partition("Under review:")[2]
    looked = await cast.sofia.presses("Wrong bill or charge", shown)
    await cast.sofia.presses("Close it", looked)
    closed = (await cast.sofia.types("/zanshin causes")).text.partition("Looked at, and closed:")[2]

    assert under.count("Wrong bill or charge") == under.count("Late or lost delivery") == 1
    assert "Billing is to answer by" in under
    assert closed.count("[Wrong bill or charge]") == 1
    assert "Nothing was changed." in closed


async def test_who_says_nothing_is_a_range_under_an_assumption_that_can_be_changed(cast: Cast) -> None:
    """A case is a customer who spoke up; the share of them is the team's to say."""
    await cast.ana.types("/recuse CASE-42 heated: the invoice was charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Done with it")
    await cast.ben.types("/zanshin cause")
    await cast.ben.fills(cause="1")
    first = await cast.sofia.types("/zanshin causes")
    await cast.sofia.presses("Who says nothing …")
    await cast.sofia.fills(fewest="60", most="50 %")
    wrong = dict(cast.sofia.errors)
    await cast.sofia.fills(fewest="10", most="50 %")
    then = await cast.sofia.types("/zanshin causes")

    assert "If 4% to 50% of those who meet it say so, 1 to 24 more customers met it and said nothing." in first.text
    assert wrong["most"] == "It can't be less than the first one."
    assert "If 10% to 50% of those who meet it say so, 1 to 9 more" in then.text


async def test_a_department_is_asked_answers_and_what_changed_is_counted(cast: Cast) -> None:
    """Its channel has one card of it; whoever asked reads each step, and at last before and after."""
    billing = cast.ben.in_(BILLING)
    await named_twice(cast)
    await in_a_channel(cast)
    shown = await asked(cast, question="Why are invoices charged twice?")
    [card] = having(await billing.sees(), "Review: Wrong bill or charge")
    await billing.presses("Answer …")
    await billing.fills(answer="The export runs twice on Mondays.")
    await cast.later(seconds=1)
    answered = await cast.sofia.privately.sees()
    await billing.presses("What was changed …")
    await billing.fills(change="The export has a lock.", since="the day I was born")
    slip = dict(cast.ben.errors)
    await billing.fills(change="The export has a lock.", since="today")
    await cast.later(days=28)
    await cast.later(seconds=1)
    compared = (await cast.sofia.privately.sees())[-1]
    closed = await cast.sofia.privately.presses("Close it")

    assert "I asked Billing in " in shown.text
    assert "Sofia asks Billing:\nWhy are invoices charged twice?" in card
    assert "Named for 2 of 3 cases and incidents in the 30 days before." in card
    assert "Answer of Ben: The export runs twice on Mondays." in answered[-1]
    assert slip["since"].startswith("I can't read that as one day.")
    assert "The export has a lock." in compared
    assert "Too early to say: fewer than 10 causes were named before, or since." in compared
    assert "This review is closed." in closed.text
    assert having(await billing.sees(), "This review is closed.")


async def test_a_department_that_does_not_answer_is_reminded_and_then_whoever_asked_hears_of_it(cast: Cast) -> None:
    """Once before the day, in one message; on the day it is the supervisor's turn, each week, until it is answered."""
    billing = cast.ben.in_(BILLING)
    await named_twice(cast)
    await in_a_channel(cast)
    await asked(cast)
    for _day in range(4):
        await cast.later(days=1)
        await cast.later(seconds=1)
    reminded = having(await billing.sees(), "Sofia is waiting for your answer")
    told = having(await cast.sofia.privately.sees(), "Billing hasn't answered in time.")
    await cast.sofia.privately.presses("Ask them again, a week")
    await cast.sofia.privately.presses("Write down their answer …")
    await cast.sofia.privately.fills(answer="They look into it.")
    await cast.later(seconds=1)

    assert len(reminded) == 1
    assert len(told) == 1
    assert having(await billing.sees(), "Answer of Sofia: They look into it.")
    assert not having(await billing.sees(), "Sofia is waiting for your answer")


async def test_a_department_without_a_channel_is_the_leads_to_ask(cast: Cast) -> None:
    """Said at once, with what to do; nothing is lost on the day."""
    await named_twice(cast)
    shown = await asked(cast)
    await cast.later(days=4)
    await cast.later(seconds=1)

    assert "Billing has no channel here, so I asked nobody." in shown.text
    assert having(await cast.sofia.privately.sees(), "I have nowhere to ask them.")


async def test_a_channel_that_takes_nothing_is_told_to_whoever_asked_at_once(stage: FakeStage) -> None:
    """And where they cannot be reached either, somebody else who leads hears of it, once."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin team add @omar supervisor")
    await named_twice(cast)
    await in_a_channel(cast)
    stage.messenger.fail_in(BILLING, *[ConversationGone()] * 20)
    await asked(cast)
    await cast.later(seconds=5)
    told = having(await cast.sofia.privately.sees(), "I can't reach Billing in ")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 20)
    await cast.later(days=8)
    await cast.later(seconds=5)
    await cast.later(seconds=5)

    assert len(told) == 1
    assert len(having(await cast.omar.privately.sees(), "Sofia opened this review, and I can't reach them.")) == 1


async def under_test(cast: Cast, since: str) -> None:
    """Have billing answer and change something."""
    billing = cast.ben.in_(BILLING)
    await named_twice(cast)
    await in_a_channel(cast)
    await asked(cast)
    await billing.presses("Answer …")
    await billing.fills(answer="The export runs twice on Mondays.")
    await billing.presses("What was changed …")
    await billing.fills(change="The export has a lok.", since=since)
    await cast.later(seconds=1)


async def test_a_slip_is_mended_without_a_new_beginning(cast: Cast) -> None:
    """The day a change holds since is the weekday that was, in German too, and stands in the form from then on."""
    billing = cast.ben.in_(BILLING)
    await under_test(cast, since="Montag")
    await cast.later(days=3)
    await billing.presses("What was changed …")
    form = cast.ben.form
    assert form is not None
    values = {one.name: one.value for one in form.inputs}
    await billing.fills(change="The export has a lock.", since=values["since"])

    assert values["change"] == "The export has a lok."
    assert values["since"] == "2026-11-23"
    assert any("The export has a lock. (since " in post for post in await billing.sees())


async def test_asking_again_keeps_what_is_counted_and_so_does_the_end(cast: Cast) -> None:
    """The change and the comparison stand on the card whatever is pressed, and on the closed one too."""
    billing = cast.ben.in_(BILLING)
    await under_test(cast, since="yesterday")
    await cast.later(days=28)
    await cast.later(seconds=1)
    again = await cast.sofia.privately.presses("Ask them again")
    await billing.presses("Answer …")
    await billing.fills(answer="The lock holds.")
    await cast.later(seconds=1)
    answered = having(await cast.sofia.privately.sees(), "The lock holds.")[-1]
    closed = await cast.sofia.privately.presses("Close it")
    await cast.later(days=60)

    assert again is not None
    assert closed is not None
    for text in (again.text, answered, closed.text, having(await billing.sees(), "This review is closed.")[0]):
        assert "The export has a lok. (since " in text
        assert "Before: " in text
        assert "Too early to say: fewer than 10 causes" in text
    assert "Billing was asked." in closed.text


async def test_who_does_not_answer_again_stops_no_count(cast: Cast) -> None:
    """Whoever asked reads each week that no answer came, and what came of the change."""
    await under_test(cast, since="yesterday")
    await cast.later(days=28)
    await cast.later(seconds=1)
    await cast.sofia.privately.presses("Ask them again")
    await cast.later(days=8)
    late = having(await cast.sofia.privately.sees(), "Billing hasn't answered in time.")[-1]

    assert "Before: " in late
    assert "Too early to say: fewer than 10 causes" in late


async def test_a_channel_that_went_after_the_answer_leaves_the_count_to_whoever_asked(stage: FakeStage) -> None:
    """They read before and after all the same, and nobody is told that they could not be reached."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin team add @omar supervisor")
    await under_test(cast, since="yesterday")
    stage.messenger.fail_in(BILLING, *[ConversationGone()] * 20)
    await cast.later(days=28)
    await cast.later(seconds=5)

    assert having(await cast.sofia.privately.sees(), "I look again in four weeks")
    assert not having(await cast.omar.privately.sees(), "I can't reach them")


async def test_the_end_of_a_review_nobody_was_asked_in_says_so(cast: Cast) -> None:
    """A department without a place was asked nothing by us."""
    await named_twice(cast)
    await asked(cast)
    closed = await cast.sofia.presses("Close it")

    assert closed is not None
    assert "Billing has no channel here: I asked nobody." in closed.text
