"""A team writes down what it knows best, and its agents find it under attack."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.say.aloud import plain_message
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


async def saved(voice: Voice, **changes: str) -> str:
    """Write a playbook; give what the answer says."""
    await voice.types("/calm own")
    await voice.presses("Write one")
    answer = await voice.fills(**DEADLINE | changes)
    return answer.text if answer is not None else ""


def ben(voice: Voice) -> Voice:
    """Be the second person: while there is one supervisor, any colleague can be."""
    return replace(voice, account="ben", place="@ben")


async def written(voice: Voice, **changes: str) -> str:
    """Write a playbook, and have a second person publish it; give what that one reads."""
    await saved(voice, **changes)
    published = await ben(voice).presses("Publish")
    return published.text if published is not None else ""


async def test_what_a_supervisor_writes_is_found_by_its_words_and_walked_through(cast: Cast) -> None:
    """An agent who types what customers write gets the team's own playbook, with its sentences."""
    published = await written(cast.sofia)
    found = await cast.ana.types("/calm she says the refund is too late and thirty days are over")
    first = await cast.ana.presses("Start: Refund after the deadline")
    second = await cast.ana.presses("Next")
    over = await cast.ana.presses("Done")

    assert "Your whole team finds it from now on." in published
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
    assert [button.label for button in mine.buttons] == [
        "Start",
        "Change",
        "Versions",
        "Retire",
        "Write one",
        "Copy one of ours",
        "Paste a file",
    ]


async def test_calm_alone_leads_there(cast: Cast) -> None:
    """Whoever may write them finds the way from the first card, and agents once there are some."""
    assert "Playbooks of our own" in (await cast.sofia.types("/calm")).text
    assert "Playbooks of our own" not in (await cast.ana.types("/calm")).text
    await written(cast.sofia)

    assert "Playbooks of our own" in (await cast.ana.types("/calm")).text


async def test_words_that_only_begin_with_own_are_what_is_happening(cast: Cast) -> None:
    """An agent who starts with the word is not sent to a list."""
    assert (await cast.ana.types("/calm own customer keeps shouting at me")).text.startswith("Keep calm")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", "Keep calm", "There's a playbook of this name."),
        ("words", "too late\n\n", "Write 3 lines or more"),
        ("steps", "Say it\n“Hello {name}.”", "Step 1: in braces stand only gaps"),
    ],
)
async def test_a_slip_is_said_beside_its_question_and_nothing_is_lost(
    cast: Cast, field: str, typed: str, said: str
) -> None:
    """The form stays open with every word in it."""
    await saved(cast.sofia, **{field: typed})

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
    await cast.sofia.fills(steps="Listen\n“Go on.”\n\nOffer twice the amount\nNo approval needed.", why="More")
    await ben(cast.sofia).presses("Publish")

    assert kept == DEADLINE | {"why": ""}
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
    refused = cast.omar.errors["title"]
    await cast.omar.privately.presses("Publish")

    assert "It has changed since you opened this." in refused
    assert "It is too late for a refund." in (await cast.ana.types("/calm own")).text


async def test_one_is_retired_and_kept_and_removed_after_a_question(cast: Cast) -> None:
    """Retired, nobody finds it and runs of it say so; it can come back, and be removed for good."""
    await written(cast.sofia)
    await cast.ana.types("/calm Refund after the deadline")
    await cast.ana.presses("Start: Refund after the deadline")
    await cast.sofia.types("/calm own")
    retired = await cast.sofia.presses("Retire")
    over = await cast.ana.presses("Next")
    lost = await cast.ana.types("/calm refund too late, thirty days over")
    await cast.sofia.presses("Bring it back", retired)
    back = await cast.ana.types("/calm own")
    for label in ("Retire", "Remove"):
        await cast.sofia.types("/calm own")
        asked = await cast.sofia.presses(label)
    gone = await cast.sofia.presses("Remove it")

    assert "It's kept with all its versions." in retired.text
    assert over.text.startswith("This run is over")
    assert not lost.text.startswith("Refund after")
    assert "Refund after the deadline" in back.text
    assert asked.text.startswith("Remove Refund after the deadline?")
    assert gone.text.startswith("Refund after the deadline is gone")
    assert "None yet." in (await cast.sofia.types("/calm own")).text


async def test_nothing_is_read_by_the_team_before_a_second_person_publishes_it(cast: Cast) -> None:
    """The author cannot; the second person reads it step by step as an agent would, and the author is told."""
    answer = await saved(cast.sofia, why="They ask for it every day")
    lost = await cast.ana.types("/calm the refund is too late, thirty days are over")
    question = (await cast.ben.privately.posts())[-1]
    await cast.ben.privately.presses("Read it")
    second = await cast.ben.privately.presses("Next")
    published = await cast.ben.privately.presses("Publish", second)
    found = await cast.ana.types("/calm the refund is too late, thirty days are over")

    assert "Somebody else publishes it: I've asked Ana, Ben, and Omar." in answer
    assert "Until then nobody finds it." in answer
    assert not lost.text.startswith("Refund after")
    assert question.text.startswith("Sofia wrote “Refund after the deadline”: is it right?")
    assert "Why: “They ask for it every day”" in question.text
    assert "I can give you a voucher" in second.text
    assert "Ben published it at" in published.text
    assert found.text.startswith("Refund after the deadline")
    assert any("Ben published it at" in text for text in await cast.sofia.privately.sees())


async def test_the_second_person_finds_what_waits_for_them(cast: Cast) -> None:
    """Whoever looks at the list reads that a draft waits, and decides from there; its author isn't asked."""
    await saved(cast.sofia)
    own = await cast.sofia.types("/calm own")
    waits = await cast.ben.types("/calm own")
    published = await cast.ben.presses("Publish", waits)

    assert "waits for you" not in own.text
    assert "Refund after the deadline waits for you." in waits.text
    assert "[Read it] [Publish] [Send back …]" in waits.text
    assert "None yet" not in waits.text
    assert "Ben published it at" in published.text
    assert "waits for you" not in (await cast.ben.types("/calm own")).text


async def test_nobody_publishes_what_they_wrote(cast: Cast) -> None:
    """With another supervisor there, agents do not either."""
    await cast.sofia.types("/zanshin team add @omar supervisor")
    await saved(cast.sofia)
    question = (await cast.omar.privately.posts())[-1]
    own = await cast.sofia.presses("Publish", question)
    agent = await cast.ana.presses("Publish", question)

    assert "You wrote it, and a second person has to read it" in own.text
    assert "Only supervisors and admins publish." in agent.text
    assert "None yet." in (await cast.ana.types("/calm own")).text


async def test_sent_back_it_is_changed_and_proposed_again(cast: Cast) -> None:
    """The author reads what has to be different; every version stands in the list with who and why."""
    await saved(cast.sofia)
    await cast.ben.privately.presses("Send back …")
    await cast.ben.privately.fills(answer="No voucher above 50 euros.")
    told = (await cast.sofia.privately.sees())[-1]
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Change")
    await cast.sofia.fills(steps="Hear them out\n“Go on.”", why="Without the voucher")
    await cast.ben.privately.presses("Publish")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Versions")
    [versions] = [text for text in await cast.sofia.sees() if text.startswith("Versions of Refund")]

    assert "Ben sent it back at" in told
    assert "“No voucher above 50 euros.”" in told
    assert "Why: “Without the voucher”" in versions
    assert "Published by Ben." in versions
    assert "Ben sent it back: “No voucher above 50 euros.”" in versions


async def test_any_version_comes_back_by_a_second_person(cast: Cast) -> None:
    """Going back is a change as any other: somebody else reads it first."""
    await written(cast.sofia)
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Change")
    await cast.sofia.fills(steps="Say no\n“No.”", why="Shorter")
    await ben(cast.sofia).presses("Publish")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Versions")
    await cast.sofia.presses("Back to this one")
    before = await cast.ana.types("/calm Refund after the deadline")
    await ben(cast.sofia).presses("Publish")
    await cast.ana.types("/calm Refund after the deadline")
    await cast.ana.presses("Start: Refund after the deadline")

    assert before is not None
    assert any(text.startswith("Hear them out") for text in await cast.ana.sees())


async def test_one_of_ours_is_a_beginning(cast: Cast) -> None:
    """Its steps and words open in the form; saved under another name, ours stays as it is."""
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Copy one of ours")
    await cast.sofia.presses("Keep calm")
    filled = {question.name: question.value for question in cast.sofia.form.inputs}
    await cast.sofia.fills(title="Keep calm at our desk")
    await ben(cast.sofia).presses("Publish")

    assert filled["title"] == ""
    assert filled["why"] == "Begun with “Keep calm”"
    assert "“" in filled["steps"]
    assert "Keep calm at our desk" in (await cast.ana.types("/calm own")).text


async def test_after_half_a_year_somebody_is_asked_whether_it_is_still_right(cast: Cast) -> None:
    """Each week until somebody has looked; then half a year passes again."""
    await written(cast.sofia)
    asked = []
    for days in (179, 2, 7):
        await cast.later(hours=24 * days)
        asked.append(sum("still right?" in text for text in await cast.sofia.privately.sees()))
    thanks = await cast.sofia.privately.presses("Still right")
    await cast.later(hours=24 * 30)

    assert asked == [0, 1, 1]
    assert "I ask again in half a year." in thanks.text
    assert not any("still right?" in text for text in await cast.sofia.privately.sees())


async def test_agents_cannot_write_by_an_old_button(cast: Cast) -> None:
    """A card of a supervisor in the wrong hands does nothing."""
    await written(cast.sofia)
    shown = await cast.sofia.types("/calm own")
    refused = await cast.ana.presses("Retire", shown)

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
            ("retire-playbook", {"playbook": "1"}),
            ("bring-back-playbook", {"playbook": "1"}),
            ("still-right", {"playbook": "1"}),
        )
    ]
    started = await stage.program.dispatch.press("start-run", {"playbook": "own-1"}, replace(there, key="m-2"))

    assert "Refund after" not in said(found)
    assert all("This playbook isn't here." in said(answer) for answer in answers)
    assert "There's no playbook" in said(started)
    assert "Refund after the deadline" in (await Cast(stage).ana.types("/calm own")).text


def said(reply: Reply) -> str:
    assert isinstance(reply, Private), reply
    return plain_message(reply.message)


FILE = """id: wrong-door
title: Wrong door
situation: The parcel went to the wrong door.
words: [wrong door, parcel at the neighbour, delivered to nobody]
reviewed: 2026-11-24
source: {title: Ours, author: Noor Haddad, credit: Our own desk.}
steps:
- id: first
  title: Where is it?
  choose:
  - {label: Next door, goto: second}
  - {label: Nobody knows, goto: end}
- id: second
  title: Fetch it
  say: ["I'll ask them to bring it round."]
"""


async def test_a_file_comes_in_and_goes_out_as_it_is(cast: Cast) -> None:
    """Pasted, it waits for a second person as anything else; it keeps its ways, and opens again as a file."""
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Paste a file")
    await cast.sofia.fills(file=FILE.replace("goto: second", "goto: third"))
    slip = cast.sofia.errors["file"]
    await cast.sofia.fills(file=FILE)
    await ben(cast.sofia).presses("Publish")
    await cast.ana.types("/calm own")
    step = await cast.ana.presses("Start")
    await cast.ana.presses("Next door")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Versions")
    await cast.sofia.presses("As a file")
    opened = {question.name: question.value for question in cast.sofia.form.inputs}

    assert slip.startswith("Line 11, steps.0.choose.0.goto:")
    assert {"Next door", "Nobody knows"} <= {button.label for button in step.buttons}
    assert any("bring it round" in text for text in await cast.ana.sees())
    assert "goto: second" in opened["file"]
