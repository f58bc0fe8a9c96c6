"""A team writes down what it knows best, and its agents find it under attack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.say.messages import plain_message
from bot.say.replies import Private
from tests.handoffs.crowd import another_organisation
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.say.replies import Reply
    from tests.stage import FakeStage, Voice

DEADLINE = {
    "title": "Refund after the deadline",
    "situation": "A customer wants their money back after the deadline.",
    "words": "refund is too late\nthe thirty days are over\nwhy no refund after a month",
    "steps": (
        "Hear them out\n“I see why that is annoying, {customer}.”\nNot: “Those are the rules.” It ends the talk.\n\n"
        "Offer the voucher\nUp to 50 euros need no approval.\n“I can give you a voucher for the full amount today.”"
    ),
}


async def written(voice: Voice, **changes: str) -> str:
    """Write a playbook; give what the answer says."""
    await voice.types("/calm own")
    await voice.presses("Write one")
    answer = await voice.fills(**DEADLINE | changes)
    return answer.text if answer is not None else ""


async def test_what_a_supervisor_writes_is_found_by_its_words_and_walked_through(cast: Cast) -> None:
    """An agent who types what customers write gets the team's own playbook, with its sentences."""
    saved = await written(cast.sofia)
    found = await cast.ana.types("/calm she says the refund is too late and thirty days are over")
    first = await cast.ana.presses("Start: Refund after the deadline")
    second = await cast.ana.presses("Next")
    over = await cast.ana.presses("Done")

    assert "Your whole team finds it from now on." in saved
    assert "It has 2 steps" in saved
    assert found.text.startswith("Refund after the deadline")
    assert "It fits because you wrote" in found.text
    assert first.text.startswith("Hear them out")
    assert "I see why that is annoying, [customer's name]." in first.text
    assert "Those are the rules." in first.text
    assert second.text.startswith("Offer the voucher")
    assert "Up to 50 euros need no approval." in second.text
    assert "Source: Sofia" in second.text
    assert "Refund after the deadline is finished." in over.text


async def test_agents_use_them_and_supervisors_write_them(cast: Cast) -> None:
    """An agent sees the list without what only supervisors may press."""
    await written(cast.sofia)
    shown = await cast.ana.types("/calm own")
    mine = await cast.sofia.types("/calm own")

    assert "Refund after the deadline" in shown.text
    assert [button.label for button in shown.buttons] == ["Start"]
    assert "Supervisors write them." in shown.text
    assert [button.label for button in mine.buttons] == ["Start", "Change", "Remove", "Write one"]


async def test_calm_alone_leads_there(cast: Cast) -> None:
    """Whoever may write them finds the way from the first card, and agents once there are some."""
    assert "Playbooks of our own" in (await cast.sofia.types("/calm")).text
    assert "Playbooks of our own" not in (await cast.ana.types("/calm")).text
    await written(cast.sofia)

    assert "Playbooks of our own" in (await cast.ana.types("/calm")).text


async def test_words_that_only_begin_with_own_are_what_is_happening(cast: Cast) -> None:
    """An agent who starts with the word is not sent to a list."""
    assert (await cast.ana.types("/calm own goal, she is shouting at me")).text.startswith("Keep calm")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "Keep calm", "There is a playbook of this name."),
        ("words", "too late\n\n", "Write 3 lines or more"),
        ("steps", "Say it\n“Hello {name}.”", "Step 1: in braces stand only gaps"),
    ],
)
async def test_a_slip_is_said_beside_its_question_and_nothing_is_lost(
    cast: Cast, field: str, typed: str, said: str
) -> None:
    """The form stays open with every word in it."""
    await written(cast.sofia, **{field: typed})

    assert said in cast.sofia.errors[field]
    assert "None yet." in (await cast.sofia.types("/calm own")).text


async def test_a_change_holds_for_the_next_one_who_looks(cast: Cast) -> None:
    """Its form opens with what was written; a run that still fits goes on with the new words."""
    await written(cast.sofia)
    await cast.ana.types("/calm Refund after the deadline")
    await cast.ana.presses("Start: Refund after the deadline")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Change")
    kept = {question.name: question.value for question in cast.sofia.form.inputs}
    await cast.sofia.fills(steps="Listen\n“Go on.”\n\nOffer twice the amount\nNo approval needed.")

    assert kept == DEADLINE
    assert (await cast.ana.presses("Next")).text.startswith("Offer twice the amount")


async def test_of_two_changes_at_once_the_second_is_asked_to_look(cast: Cast) -> None:
    """Nobody writes over what a colleague has just saved."""
    await written(cast.sofia)
    await cast.sofia.types("/zanshin team add @omar supervisor")
    for voice in (cast.sofia, cast.omar):
        await voice.types("/calm own")
        await voice.presses("Change")
    await cast.sofia.fills(situation="It is too late for a refund.")
    await cast.omar.fills(situation="They are late.")

    assert "Sofia has changed it since you opened this." in cast.omar.errors["title"]
    assert "It is too late for a refund." in (await cast.ana.types("/calm own")).text


async def test_one_is_removed_after_a_question(cast: Cast) -> None:
    """A slip of the finger removes nothing; after the second press it is gone, and runs of it say so."""
    await written(cast.sofia)
    await cast.ana.types("/calm Refund after the deadline")
    await cast.ana.presses("Start: Refund after the deadline")
    await cast.sofia.types("/calm own")
    asked = await cast.sofia.presses("Remove")
    kept = await cast.sofia.presses("Keep it")
    await cast.sofia.presses("Remove", kept)
    gone = await cast.sofia.presses("Remove it")

    assert asked.text.startswith("Remove Refund after the deadline?")
    assert "Refund after the deadline" in kept.text
    assert gone.text.startswith("Refund after the deadline is gone")
    assert (await cast.ana.presses("Next")).text.startswith("This run is over")
    assert not (await cast.ana.types("/calm refund too late, thirty days over")).text.startswith("Refund after")


async def test_agents_cannot_write_by_an_old_button(cast: Cast) -> None:
    """A card of a supervisor in the wrong hands does nothing."""
    await written(cast.sofia)
    shown = await cast.sofia.types("/calm own")
    refused = await cast.ana.presses("Remove", shown)

    assert "Only supervisors and admins can do this." in refused.text


async def test_other_organisations_do_not_see_them(stage: FakeStage) -> None:
    """What a team writes stays with it: others neither find, change, start nor remove it."""
    await written(Cast(stage).sofia)
    await another_organisation(stage, ["mallory"])
    there = replace(stage.origin("mallory", "support", "m-1"), workspace="elsewhere")
    found = await stage.program.dispatch.say("/calm the refund is too late, thirty days are over", there)
    answers = [
        await stage.program.dispatch.submit(name, fields, replace(there, key=f"m-{name}"))
        for name, fields in (
            ("edit-playbook", {"playbook": "1"}),
            ("save-playbook", {"playbook": "1", "version": "1", **DEADLINE}),
            ("ask-to-remove-playbook", {"playbook": "1"}),
            ("remove-playbook", {"playbook": "1"}),
        )
    ]
    started = await stage.program.dispatch.press("start-run", {"playbook": "own-1"}, replace(there, key="m-2"))

    assert "Refund after" not in said(found)
    assert all("This playbook is not here." in said(answer) for answer in answers)
    assert "There is no playbook" in said(started)
    assert "Refund after the deadline" in (await Cast(stage).ana.types("/calm own")).text


def said(reply: Reply) -> str:
    assert isinstance(reply, Private), reply
    return plain_message(reply.message)
