"""What may be given to customers, and how much of it an agent gives alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.directory.model import Person
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Seen, Voice

LATE = {"kind": "credit", "name": "Sorry for the wait", "per_case": "€20", "per_day": "50 euros", "per_customer": "40"}
GIVEN = {"amount": "15", "case": "CASE-42", "customer": "Zoë Ó Briain", "why": "Waited three weeks"}


async def in_the_catalogue(voice: Voice, **changes: str) -> Seen | None:
    """Add a gesture to the catalogue."""
    await voice.types("/calm gestures")
    await voice.presses("Add one" if "Add one" in await _labels(voice) else "Add the first")
    return await voice.fills(**LATE | changes)


async def _labels(voice: Voice) -> set[str]:
    return {button.label for button in (await voice.posts())[-1].buttons}


async def given(voice: Voice, **changes: str) -> Seen | None:
    """Make a gesture."""
    await voice.types("/calm gesture")
    return await voice.fills(**{"gesture": "1"} | GIVEN | changes)


async def test_within_limits_it_is_granted_at_once_with_the_sentence_to_say(cast: Cast) -> None:
    """An agent types it, fills in a form, and reads what to say to the customer."""
    saved = await in_the_catalogue(cast.sofia)
    granted = await given(cast.ana)

    assert "Credit, alone up to €20.00 a case, €50.00 a day, and €40.00 a customer in 90 days" in saved.text
    assert granted.text.startswith("€15.00: Sorry for the wait\nGranted and recorded.")
    assert "Case: CASE-42" in granted.text
    assert "Customer: Zoë Ó Briain" in granted.text
    assert "I've put a credit of €15.00 on your account." in granted.text


async def test_a_team_says_it_in_its_own_words(cast: Cast) -> None:
    """The sentence of the catalogue is said, with the amount in its place."""
    await in_the_catalogue(cast.sofia, sentence="You've got {amount} from us, {customer}.")
    granted = await given(cast.ana)

    assert "You've got €15.00 from us, [customer's name]." in granted.text


async def test_what_was_typed_stands_in_the_form(cast: Cast) -> None:
    """Amount and case in one line, in any order; other words are about the customer."""
    await in_the_catalogue(cast.sofia)
    await cast.ana.types("/calm gesture 12.50 euros for CASE-7")
    filled = {question.name: question.value for question in cast.ana.form.inputs}
    looked_up = await cast.ana.types("/calm gesture of goodwill, she shouts")

    assert (filled["amount"], filled["case"]) == ("12.50 euros", "CASE-7")
    assert "Make a gesture" not in looked_up.text.partition("\n")[0]


async def test_an_amount_that_cannot_be_is_refused_at_once(cast: Cast) -> None:
    """No form opens on it, and what would be read is said."""
    await in_the_catalogue(cast.sofia)
    refused = await cast.ana.types("/calm gesture -5 CASE-42")

    assert refused is not None
    assert "Nothing was given.\nAn amount has to be more than nothing." in refused.text


async def test_until_somebody_says_what_may_be_given_nothing_is(cast: Cast) -> None:
    """An agent reads whom to ask, a supervisor what to press."""
    told = await cast.ana.types("/calm gesture")
    asked = await cast.sofia.types("/calm gesture")

    assert "Ask one to type /calm gestures." in told.text
    assert [button.label for button in asked.buttons] == ["Add the first"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount", "lots", "Write the amount in digits, such as €20.00."),
        ("amount", "£5", "Sorry for the wait is given in EUR. Write the amount in it."),
        ("amount", "1.2.3", "I can't read “1.2.3” as one amount."),
        ("customer", "", "Name the customer: this gesture has a limit for each of them."),
    ],
)
async def test_a_slip_is_said_beside_its_question(cast: Cast, field: str, typed: str, said: str) -> None:
    """The form stays open with every word in it, and nothing is granted."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, **{field: typed})

    assert cast.ana.errors[field].startswith(said)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("per_case", "some", "Write the amount in digits"),
        ("per_day", "£50", "All limits of a gesture are in one currency: EUR."),
        ("per_customer", "10", "It can't be less than what is given for one case."),
        ("sentence", "{money} for you", "In braces stands only {amount}"),
    ],
)
async def test_a_slip_in_the_catalogue_is_said(cast: Cast, field: str, typed: str, said: str) -> None:
    """A limit that is none, or in another currency, is not saved."""
    await in_the_catalogue(cast.sofia, **{field: typed})

    assert cast.sofia.errors[field].startswith(said)
    assert "Nothing can be given yet" in (await cast.ana.types("/calm gesture")).text


async def test_supervisors_change_and_retire_and_bring_back(cast: Cast) -> None:
    """The form opens with what there is; what is retired can no longer be given."""
    await in_the_catalogue(cast.sofia)
    await cast.sofia.types("/calm gestures")
    await cast.sofia.presses("Change")
    kept = {question.name: question.value for question in cast.sofia.form.inputs}
    await cast.sofia.fills(per_case="€30.00", per_customer="")
    changed = await cast.ana.types("/calm gestures")
    await cast.sofia.types("/calm gestures")
    retired = await cast.sofia.presses("Retire")
    told = await cast.ana.types("/calm gesture")
    await cast.sofia.types("/calm gestures")
    await cast.sofia.presses("Bring back Sorry for the wait")

    assert (kept["per_case"], kept["per_day"], kept["per_customer"]) == ("€20.00", "€50.00", "€40.00")
    assert "alone up to €30.00 a case and €50.00 a day" in changed.text
    assert {button.label for button in changed.buttons} == {"Make a gesture"}
    assert "is retired" in retired.text
    assert "Nothing can be given yet" in told.text
    assert "€30.00 a case" in (await cast.ana.types("/calm gestures")).text


async def test_amounts_are_written_as_the_organisation_does(cast: Cast) -> None:
    """A number without a currency is in the one of the place, and marks stand where they stand there."""
    await cast.sofia.types("/calm gestures")
    await in_the_catalogue(cast.sofia)
    await cast.sofia.types("/calm gestures")
    await cast.sofia.presses("How amounts are written")
    await cast.sofia.fills(locale="de_DE")
    granted = await given(cast.ana, amount="12,50")

    assert granted.text.startswith("12,50\xa0€: Sorry for the wait")


async def test_a_time_zone_changes_no_amount(stage: FakeStage) -> None:
    """Where the team lives is no choice of marks: while nobody chose, each reads amounts as their language does."""
    cast = Cast(stage)
    await in_the_catalogue(cast.sofia)
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(time_zone="Europe/Berlin")
    german = update(Person).where(Person.name == "Ben").values(locale="de-DE")
    await stage.database.write(lambda session: session.execute(german))

    assert "€20.00 a case" in (await cast.ana.types("/calm gestures")).text
    assert "20,00\xa0€" in (await cast.ben.types("/calm gestures")).text


async def test_taken_back_it_counts_against_no_limit(cast: Cast) -> None:
    """A slip is undone, and the amount can be given again."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="20")
    undone = await cast.ana.presses("Take it back")
    again = await given(cast.ana, amount="20")

    assert undone.text.startswith("€20.00: taken back")
    assert again.text.startswith("€20.00: Sorry for the wait")


async def test_beyond_a_limit_one_tap_of_a_supervisor_grants_it(cast: Cast) -> None:
    """The supervisor reads how much and what for; the agent reads what to say."""
    await in_the_catalogue(cast.sofia)
    asked = await given(cast.ana, amount="35")
    waiting = (await cast.ana.privately.sees())[-1]
    question = (await cast.sofia.privately.posts())[-1]
    decided = await cast.sofia.privately.presses("Grant €35.00")
    answer = (await cast.ana.privately.sees())[-1]

    assert "I'm asking a supervisor" in asked.text
    assert "I've asked Sofia" in waiting
    assert question.text.startswith(
        "Ana asks for €35.00\nAna may give €20.00 for one case alone; €20.00 of it is left."
    )
    assert "What for: Waited three weeks" in question.text
    assert "Sofia granted it at" in decided.text
    assert answer.startswith("€35.00: Sorry for the wait\nSofia granted it. It's recorded.")
    assert "I've put a credit of €35.00 on your account." in answer


async def test_a_no_comes_with_what_may_be_given_instead(cast: Cast) -> None:
    """What the supervisor offers is one press away, and is given once."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="35")
    await cast.sofia.privately.presses("No, and instead …")
    await cast.sofia.privately.fills(instead="€40", why="Too much for a week")
    error = cast.sofia.errors["instead"]
    await cast.sofia.privately.fills(instead="€25", why="Too much for a week")
    answer = (await cast.ana.privately.posts())[-1]
    told = [text for text in await cast.sofia.privately.sees() if "Sofia said no at" in text]
    granted = await cast.ana.privately.presses("Give €25.00", answer)
    twice = await cast.ana.privately.presses("Give €25.00", answer)

    assert error == "Ana asks for €35.00: offer less, or grant it."
    assert len(told) == 1
    assert answer.text.startswith("€25.00 instead of €35.00\nSofia said no to €35.00.\n“Too much for a week”")
    assert granted.text.startswith("€25.00: Sorry for the wait")
    assert twice.text == granted.text


async def test_a_plain_no_leads_to_what_is_left(cast: Cast) -> None:
    """Nobody is left with nothing to say: what may be given alone stands there, ready to be given."""
    await in_the_catalogue(cast.sofia)
    await in_the_catalogue(cast.sofia, name="Flowers", kind="token", per_case="£12.50", per_day="", per_customer="")
    await given(cast.ana, amount="12")
    await given(cast.ana, amount="35")
    await cast.sofia.privately.presses("No, and instead …")
    await cast.sofia.privately.fills()
    answer = (await cast.ana.privately.posts())[-1]
    await cast.ana.privately.presses("Give one of these", answer)

    assert answer.text.startswith("€35.00: not this time\nSofia said no to €35.00.")
    assert "Sorry for the wait: €8.00" in answer.text
    assert "Flowers: £12.50" in answer.text
    assert {one.name: one.value for one in cast.ana.form.inputs}["amount"] == "€8.00"


async def test_nobody_who_asks_is_left_in_silence(cast: Cast) -> None:
    """The supervisor is asked again, the agent hears that nobody answers, and then that it is over."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="35")
    for _second in range(200):
        await cast.later(seconds=1)
    told = (await cast.ana.privately.sees())[-1]
    await cast.later(minutes=5, seconds=5)
    await cast.later(minutes=5, seconds=5)
    over = (await cast.ana.privately.sees())[-1]
    cards = [one for one in await cast.sofia.privately.posts() if one.text.startswith("Ana asks for")]

    assert told.startswith("No supervisor has answered yet")
    assert "Sorry for the wait: €20.00" in told
    assert over.startswith("€35.00: nobody could decide")
    assert "Nobody decided in time, and Ana was told so." in cards[-1].text
    assert not any(button.label.startswith("Grant") for one in cards for button in one.buttons)


async def test_the_next_supervisor_is_asked(cast: Cast) -> None:
    """Whoever leaves it to somebody else is not waited for, and neither is whoever does not answer."""
    await in_the_catalogue(cast.sofia)
    await cast.sofia.types("/zanshin team add @omar supervisor")
    await given(cast.ana, amount="35")
    first, other = (cast.sofia, cast.omar)
    if not any("asks for" in text for text in await first.privately.sees()):
        first, other = other, first
    before = [text for text in await other.privately.sees() if "asks for" in text]
    passed = await first.privately.presses("Not me")
    await other.privately.presses("Grant €35.00")
    late = await first.privately.presses("Grant €35.00", passed)

    assert before == []
    assert "You left it to somebody else." in passed.text
    assert "granted it at" in late.text
    assert (await cast.ana.privately.sees())[-1].startswith("€35.00: Sorry for the wait")


async def test_whoever_takes_it_back_is_told_if_it_was_granted_meanwhile(cast: Cast) -> None:
    """An old button undoes nobody's decision without a word."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="35")
    waiting = (await cast.ana.privately.posts())[-1]
    await cast.sofia.privately.presses("Grant €35.00")
    told = await cast.ana.privately.presses("Never mind", waiting)
    undone = await cast.ana.privately.presses("Take it back", told)

    assert "It was granted before you took it back. Nothing was changed." in told.text
    assert undone.text.startswith("€35.00: taken back")


async def test_taken_back_in_time_nobody_decides_any_more(cast: Cast) -> None:
    """The supervisor's card says so, and its old button changes nothing."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="35")
    question = (await cast.sofia.privately.posts())[-1]
    gone = await cast.ana.privately.presses("Never mind")
    await cast.sofia.privately.presses("Grant €35.00", question)

    assert "before anybody granted it" in gone.text
    assert any("It was taken back. Nothing to do for you." in text for text in await cast.sofia.privately.sees())
    assert not any("Sofia granted it" in text for text in await cast.ana.privately.sees())


async def test_supervisors_need_nobody(cast: Cast) -> None:
    """What they give themselves is recorded as theirs."""
    await in_the_catalogue(cast.sofia)
    granted = await given(cast.sofia, amount="500")

    assert granted.text.startswith("€500.00: Sorry for the wait\nGranted and recorded.")


async def test_supervisors_read_what_was_given_in_a_month(cast: Cast) -> None:
    """Who gave it, who decided, what it comes to; as a table too, and agents are told whom to ask."""
    await in_the_catalogue(cast.sofia)
    month = f"{cast.stage.clock.now():%Y-%m}"
    empty = await cast.sofia.types(f"/calm gestures {month}")
    await given(cast.ana, amount="15")
    await given(cast.ben, amount="5", case="=1+1", customer="Kwame Mensah")
    await given(cast.ana, amount="35", case="CASE-9", customer="Yuki Sato")
    await cast.sofia.privately.presses("Grant €35.00")
    await cast.sofia.types("/calm gestures this month")
    await cast.sofia.presses("As a table to copy")
    [*_before, listed, table] = [text for text in await cast.sofia.sees() if text.startswith("Given in")]
    refused = await cast.ana.types(f"/calm gestures {month}")
    unread = await cast.sofia.types("/calm gestures 2026-13")

    assert "Nothing was granted." in empty.text
    assert listed.startswith(f"Given in {month}\n€55.00 in all")
    assert "€35.00 · Sorry for the wait · CASE-9 · Ana · decided by Sofia" in listed
    assert "credit,Sorry for the wait,5.00,EUR,'=1+1,Kwame Mensah,Ben,," in table
    assert "Only supervisors and admins can do this." in refused.text
    assert "I can't read “2026-13” as a month." in unread.text
