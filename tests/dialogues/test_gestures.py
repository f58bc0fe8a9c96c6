"""What may be given to customers, and how much of it an agent gives alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast, Seen, Voice

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
        ("per_customer", "10", "It cannot be less than what is given for one case."),
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


async def test_taken_back_it_counts_against_no_limit(cast: Cast) -> None:
    """A slip is undone, and the amount can be given again."""
    await in_the_catalogue(cast.sofia)
    await given(cast.ana, amount="20")
    undone = await cast.ana.presses("Take it back")
    again = await given(cast.ana, amount="20")

    assert undone.text.startswith("€20.00: taken back")
    assert again.text.startswith("€20.00: Sorry for the wait")
