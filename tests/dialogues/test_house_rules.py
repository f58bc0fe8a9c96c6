"""An organisation decides once whether customers are told, and agents read it where they need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage

RULE = "Yes, within a day, as soon as money is concerned."


async def test_agents_read_what_a_supervisor_has_decided(cast: Cast) -> None:
    """Before, the step says where a rule would go; afterwards it says the rule."""
    before = await cast.ana.types("/calm tell-the-customer")
    await cast.sofia.types("/zanshin rule tell-the-customer")
    form = cast.sofia.form
    saved = await cast.sofia.fills(text=RULE)
    after = await cast.ana.types("/calm tell-the-customer")

    assert "No rule of your team yet." in before.text
    assert form is not None
    assert saved is not None
    assert "Your agents see it from now on" in saved.text
    assert f"Do we tell the customer? Your team's rule: {RULE}" in after.text


async def test_a_rule_is_changed_from_the_list_and_taken_away(cast: Cast) -> None:
    """What is left empty is no rule."""
    await cast.sofia.types("/zanshin rule")
    await cast.sofia.presses("Write it")
    await cast.sofia.fills(text=RULE)
    listed = await cast.sofia.types("/zanshin rule")
    await cast.sofia.presses("Change")
    gone = await cast.sofia.fills(text="")

    assert RULE in listed.text
    assert gone is not None
    assert "Removed." in gone.text
    assert "No rule of your team yet." in (await cast.ana.types("/calm tell-the-customer")).text


async def test_each_question_has_an_example_of_its_own(stage: FakeStage) -> None:
    """Who speaks about fault isn't answered by an example of when the customer is told."""
    cast = Cast(stage)
    hints = {}
    for asks in ("tell-the-customer", "own-and-apologise"):
        await cast.sofia.types(f"/zanshin rule {asks}")
        assert cast.sofia.form is not None
        hints[asks] = cast.sofia.form.inputs[0].hint

    assert "Yes, within a day" in hints["tell-the-customer"]
    assert "The shift lead" in hints["own-and-apologise"]


async def test_two_supervisors_never_overwrite_each_other(cast: Cast) -> None:
    """Whoever opened the form earlier is told who has changed it since."""
    await cast.sofia.types("/zanshin team add @omar as supervisor")
    await cast.sofia.types("/zanshin rule tell-the-customer")
    await cast.omar.types("/zanshin rule tell-the-customer")
    await cast.omar.fills(text=RULE)
    await cast.sofia.fills(text="No, never.")

    assert "Omar" in cast.sofia.errors["text"]
    assert RULE in (await cast.ana.types("/calm tell-the-customer")).text


async def test_agents_and_playbooks_without_a_place_are_refused(cast: Cast) -> None:
    """Only supervisors write, and only where a playbook asks."""
    agents = await cast.ana.types("/zanshin rule tell-the-customer")
    nowhere = await cast.sofia.types("/zanshin rule restrain")
    unknown = await cast.sofia.types("/zanshin rule nothing of the kind")

    assert "supervisor" in agents.text.lower()
    assert "There's no place for a rule in “restrain”." in nowhere.text
    assert "“nothing of the kind”" in unknown.text
