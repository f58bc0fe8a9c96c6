"""What cannot be done with a handoff: a clear answer, and nothing changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.handoffs.model import Handoff, HandoffState, Offer
from bot.say.aloud import plain_message
from bot.say.replies import Done, OpenForm, Private, Replace
from tests.handoffs.crowd import another_organisation, join, rows
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.say.replies import Reply
    from tests.stage import FakeStage

BUTTONS: dict[str, dict[str, str]] = {
    "accept-handoff": {},
    "decline-handoff": {},
    "cancel-handoff": {},
    "promise-callback": {},
    "complete-handoff": {},
    "keep-handoff": {},
    "hand-back": {},
    "show-handoff": {},
    "ask-for-note": {},
    "ask-why-declined": {},
    "take-over": {},
    "ask-to-reassign": {},
    "explain-ladder": {},
    "write-note": {"happened": "overwritten"},
    "explain-decline": {"why": "because"},
    "reassign-handoff": {"who": "<@ben>"},
}


def said(reply: Reply) -> str:
    assert isinstance(reply, Private | Replace), reply
    return plain_message(reply.message)


async def state(stage: FakeStage) -> list[tuple[object, ...]]:
    """Everything about handoffs that may not change."""
    handoffs = [(one.id, one.state, one.taker_id, one.note_text, one.rung) for one in await rows(stage, Handoff)]
    return [*handoffs, *((one.id, one.state, one.asks, one.why_text) for one in await rows(stage, Offer))]


@pytest.mark.parametrize(
    ("typed", "given_back"),
    [
        ("/recuse for @Kofi CASE-42 heated: he shouted at her for ten minutes", True),
        ("/recuse @Kofi CASE-42 heated: he shouted at me for ten minutes", False),  # "Ask anybody" has them
        ("/incident update 7 Some cards are declined. We look. in 20m", True),
        ("/zanshin shift mondays to fridays from nine to half past five", True),
        ("/incidnt open sev2 Some cards are declined for customers in Spain", False),  # the button has them
        ("/recuse @Kofi", False),
    ],
)
async def test_a_long_line_that_was_not_carried_out_is_given_back(
    stage: FakeStage, typed: str, *, given_back: bool
) -> None:
    """Chats show no command that was typed: whoever wrote a note behind one copies it from the answer."""
    answer = await Cast(stage).ana.types(typed)

    assert (f"Your words, so that nothing is lost: “{typed}”" in answer.text) is given_back


@pytest.mark.parametrize(
    ("typed", "what", "hint"),
    [
        ("/recuse @nobody", "I found nobody called “nobody”.", "Type @ and choose them from the list"),
        ("/recuse <@stranger>", "I don't know this person yet.", "Ask them to type"),
        ("/recuse @Soffia", "I found nobody called “Soffia”.", "Did you mean Sofia?"),
        ("/recuse @ana", "Nobody was asked.", "Name a colleague, or let me choose."),
        ("/recuse @dana", "Dana wasn't asked.", "Name a colleague, or let me choose."),
        ("/recuse for @nobody", "I found nobody called “nobody”.", "Type @ and choose them from the list"),
        ("/recuse for @ben", "That wasn't done.", "Ask one of them"),
        ("/recuse done", "You're not looking after a colleague's case.", "type /recuse"),
        ("/recuse back", "You're not looking after a colleague's case.", "type /recuse"),
        ("/recuse cancel", "There's nothing to cancel.", "Begin with /recuse"),
    ],
)
async def test_words_that_name_nobody_who_can_help(stage: FakeStage, typed: str, what: str, hint: str) -> None:
    """Unknown, oneself, somebody who left: the answer says so and what to do, and nobody is asked."""
    cast = Cast(stage)
    await join(stage, ["dana"])
    await cast.sofia.types("/zanshin team remove @dana")
    answer = await cast.ana.types(typed)

    assert answer.text.startswith(what)
    assert hint in answer.text
    assert await rows(stage, Handoff) == []


async def test_a_colleague_who_cannot_be_found_is_one_press_from_anybody(stage: FakeStage) -> None:
    """Under attack nobody has to type it again."""
    cast = Cast(stage)
    await cast.ana.types("/recuse @nobody CASE-42 heated: swears")
    await cast.ana.presses("Ask anybody")
    taken = await cast.ben.privately.presses("I take it")

    assert "What happened: swears" in taken.text
    assert "Case: CASE-42" in taken.text


async def test_a_supervisor_cannot_get_out_somebody_who_is_not_on_the_team(stage: FakeStage) -> None:
    """Whoever has no case needs nobody to take it."""
    cast = Cast(stage)
    await join(stage, ["dana"])
    await cast.sofia.types("/zanshin team remove @dana")

    assert (await cast.sofia.types("/recuse for @dana")).text.startswith("Dana can't be taken out of a case.")
    assert await rows(stage, Handoff) == []


async def test_two_people_cannot_hand_over_one_case(stage: FakeStage) -> None:
    """The second is told who asked, and may say that it is another case."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42")
    answer = await cast.omar.types("/recuse case-42")
    assert answer.text.startswith("Somebody is already looked for to take case-42 over.")
    assert "Ana asked for it." in answer.text
    assert len(await rows(stage, Handoff)) == 1
    await cast.omar.presses("It's another case: go on")

    assert len(await rows(stage, Handoff)) == 2


async def press_all(stage: FakeStage, account: str, workspace: str = "playground") -> list[str]:
    """Press every button about the first handoff, and list the answers."""
    answers = []
    for button, more in BUTTONS.items():
        where = replace(stage.origin(account, f"@{account}", f"{account}-{button}"), workspace=workspace)
        reply = await stage.program.dispatch.submit(button, {"handoff": "1"} | more, where)
        answers.append(f"({reply.kind})" if isinstance(reply, OpenForm | Done) else said(reply))
    await stage.settle()
    return answers


@pytest.mark.parametrize("who", ["dana", "ben"])
async def test_people_who_may_not_change_nothing(stage: FakeStage, who: str) -> None:
    """A colleague who was not asked, and somebody without a role, are refused every button."""
    cast = Cast(stage)
    await cast.ben.types("/zanshin away until 18:00")
    await cast.ana.types("/recuse heated: a secret")
    await cast.omar.privately.presses("I take it")
    before = await state(stage)
    answers = await press_all(stage, who)

    assert await state(stage) == before
    assert "secret" not in "".join(answers)
    assert "(open_form)" not in answers


async def test_nothing_reaches_across_organisations(stage: FakeStage) -> None:
    """A supervisor of another organisation finds nothing under that number."""
    cast = Cast(stage)
    await another_organisation(stage, ["eve"])
    await cast.ana.types("/recuse heated: a secret")
    before = await state(stage)
    answers = await press_all(stage, "eve", "elsewhere")

    assert {answer.splitlines()[0] for answer in answers} == {"This handoff isn't here."}
    assert await state(stage) == before


@pytest.mark.parametrize("end", ["Done with it", "I go on alone", "We call them back"])
async def test_after_the_end_nothing_changes_any_more(stage: FakeStage, end: str) -> None:
    """Whoever presses a button of before reads how it ended, whatever they were to it."""
    cast = Cast(stage)
    await cast.ana.types("/recuse")
    if end == "Done with it":
        await cast.ben.privately.presses("I take it")
        await cast.ben.privately.presses(end)
    elif end == "I go on alone":
        await cast.ana.privately.presses(end)
    else:
        await cast.later(seconds=60)
        await cast.ana.privately.presses(end)
        await cast.ana.privately.presses("They were called")
    before = [row for row in await state(stage) if len(row) == 5]
    for who in ("ana", "ben", "sofia", "omar"):
        assert not [answer for answer in await press_all(stage, who) if "went wrong" in answer]

    assert [row for row in await state(stage) if len(row) == 5] == before


async def test_a_note_of_ten_thousand_characters(stage: FakeStage) -> None:
    """Typed, the search begins and the answer says what was kept; in the form the answer stays to be shortened."""
    cast = Cast(stage)
    answer = await cast.ana.types("/recuse heated: " + "he shouts " * 1000)
    assert answer.text.startswith("I'm finding somebody, and your note was too long")
    assert len(await rows(stage, Offer)) == 1
    await cast.ana.presses("Write more")
    await cast.ana.fills(happened="x" * 10_000)

    assert cast.ana.errors == {"happened": "This is too long; 3000 characters at most."}
    assert (await rows(stage, Handoff))[0].note.happened.startswith("he shouts")


async def test_a_case_is_not_given_to_whoever_stepped_out_of_it(stage: FakeStage) -> None:
    """Not to the requester, not to somebody who had it, not to a stranger; the search goes on."""
    cast = Cast(stage)
    await join(stage, ["dana"])
    await cast.sofia.types("/zanshin team remove @dana")
    await cast.ben.types("/recuse CASE-42")
    await cast.omar.types("/zanshin back")
    await cast.ana.privately.presses("I take it")
    await cast.ana.privately.presses("Hand it on")
    submit = stage.program.dispatch.submit
    answers = []
    for number, who in enumerate(("ana", "ben", "dana", "stranger")):
        reply = await submit(
            "reassign-handoff", {"handoff": "2", "who": f"<@{who}>"}, stage.origin("sofia", "@sofia", f"give-{number}")
        )
        answers.append(said(reply).splitlines()[1])

    assert answers == [
        "Ana is the one who steps out of this case.",
        "Not possible: had this case before.",
        "Not possible: no agent.",
        "They haven't used Zanshin in this workspace.",
    ]
    assert [one.state for one in await rows(stage, Handoff)] == [HandoffState.PASSED_ON, HandoffState.SEARCHING]


async def test_whoever_rests_does_not_take_the_next_one(stage: FakeStage) -> None:
    """An old offer cannot be taken by somebody who has stepped out of a case of their own since."""
    cast = Cast(stage)
    await cast.ana.types("/recuse")
    offer = (await cast.ben.privately.posts())[-1]
    await cast.ben.types("/recuse")
    answer = await cast.ben.privately.presses("I take it", offer)

    assert "You stepped out of a case yourself a moment ago" in str([*await cast.ben.privately.sees(), answer.text])
    assert (await rows(stage, Handoff))[0].state == HandoffState.SEARCHING


async def test_words_of_all_kinds_stay_words(stage: FakeStage) -> None:
    """Markup, mentions of everybody and other scripts are shown as they were typed, and shout at nobody."""
    cast = Cast(stage)
    note = "<!channel> <b>bold</b> {customer} **x** '; DROP TABLE handoffs; -- שלום 🤬"
    await cast.ana.types(f"/recuse heated: {note}")
    taken = await cast.ben.privately.presses("I take it")

    assert f"What happened: \u2068{note}\u2069" in taken.text
    assert "channel" not in "".join(await cast.omar.sees())
