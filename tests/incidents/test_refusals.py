"""What cannot be done with an incident: a clear answer, and nothing changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.incidents.model import EventKind, Incident, IncidentEvent
from bot.say.aloud import plain_message
from bot.say.replies import FieldErrors, OpenForm, Private, Replace
from tests.handoffs.crowd import another_organisation, join, rows
from tests.stage import Cast

if TYPE_CHECKING:
    from bot.say.replies import Reply
    from tests.stage import FakeStage

BUTTONS: dict[str, dict[str, str]] = {
    "ask-for-update": {},
    "post-update": {"notice": "It fails.", "doing": "We look.", "by": "in 30m", "sent": "yes"},
    "type-update": {"line": "It fails. We look. Next update in 30m"},
    "was-sent": {"event": "1"},
    "add-note": {"words": "overwritten"},
    "show-incident": {},
    "show-history": {},
    "choose-place": {"to": "support"},
    "ask-for-owner": {},
    "offer-ownership": {"who": "<@ben>"},
    "accept-ownership": {},
    "change-severity": {"severity": "4"},
    "ask-to-snooze": {},
    "snooze": {"until": "30m", "why": "because"},
    "ask-to-pause": {},
    "pause": {"until": "in 30m", "why": "because"},
    "type-snooze": {"line": "30m because we wait"},
    "type-pause": {"line": "30m because we wait"},
    "resume": {},
    "ask-to-resolve": {},
    "resolve": {"words": "It is over."},
    "reopen": {},
}


def said(reply: Reply) -> str:
    if isinstance(reply, OpenForm):
        return "(a form)"
    if isinstance(reply, FieldErrors):
        return str(reply.errors)
    assert isinstance(reply, Private | Replace), reply
    return plain_message(reply.message)


INCIDENT = 7  # columns of an incident among those of `state`


async def state(stage: FakeStage) -> list[tuple[object, ...]]:
    """Everything about incidents that may not change."""
    incidents = await rows(stage, Incident)
    events = await rows(stage, IncidentEvent)
    return [
        *(
            (one.id, one.state, one.severity, one.owner_id, one.promise_at, one.resume_at, one.title)
            for one in incidents
        ),
        *((one.id, one.kind, one.words_text) for one in events),
    ]


async def press_all(stage: FakeStage, account: str, workspace: str = "playground") -> dict[str, str]:
    """Press every button about the first incident, and list the answers."""
    answers = {}
    for button, more in BUTTONS.items():
        where = replace(stage.origin(account, "incidents", f"{account}-{button}"), workspace=workspace)
        reply = await stage.program.dispatch.submit(button, {"number": "1"} | more, where)
        answers[button] = said(reply)
    await stage.settle()
    return answers


@pytest.mark.parametrize(
    ("typed", "what", "hint"),
    [
        ("/incident update 7 It fails. We look. 14:30", "There's no incident #7.", "/incident list"),
        ("/incident show 7", "There's no incident #7.", "/incident list"),
        ("/incident note", "I need something to write down.", "/incident note 12"),
        ("/incident note #7 vendor called", "There's no incident #7.", "/incident list"),
        ("/incident show abc", "There's no incident “abc”.", "/incident list"),
        ("/incident show -1", "There's no incident “-1”.", "/incident list"),
        ("/incident show 99999999999", "There's no incident “99999999999”.", "/incident list"),
        ("/incident history 7", "There's no incident #7.", "/incident list"),
        ("/incident reopen 7", "There's no incident #7.", "/incident list"),
        ("/incident severity 1 sev9", "I need a severity from 1 to 4.", "/incident severity 12 sev2"),
        ("/incident severity 1 critical", "I need a severity from 1 to 4.", "Choose one, or try /incident severity 12"),
        ("/incident severity 1 high", "I need a severity from 1 to 4.", "/incident severity 12 sev2"),
        ("/incident owner 1 @nobody", "I found nobody called “nobody”.", "Type @ and choose them from the list"),
        ("/incident owner 1 <@stranger>", "I don't know this person yet.", "Ask them to type"),
        ("/incident owner 1 @dana", "Dana wasn't asked.", "/zanshin team"),
        ("/incident resume 1", "The reminders of #1 aren't paused.", "/incident snooze 30m"),
        ("/incident pause off", "The reminders of #1 aren't paused.", "/incident snooze 30m"),
        ("/incident opne sev1 it fails", "I don't know", "/incident open"),
    ],
)
async def test_words_that_cannot_be_done(stage: FakeStage, typed: str, what: str, hint: str) -> None:
    """Unknown numbers, people and severities, and pauses into the past: said, and nothing changed."""
    cast = Cast(stage)
    await join(stage, ["dana"])
    await cast.sofia.types("/zanshin team remove @dana")
    await cast.omar.in_("incidents").types("/incident open sev1 Card payments fail")
    before = await state(stage)
    answer = await cast.omar.in_("incidents").types(typed)

    assert answer.text.startswith(what)
    assert hint in answer.text
    assert await state(stage) == before


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("pause 1 until yesterday because of rain", "That time doesn't lie ahead."),
        ("pause 1 until in 30 hours because of rain", "for a day at most"),
        ("pause 1 until in -5m because of rain", "doesn't lie ahead"),
        ("pause 7 because of rain", "a time of day or a length"),
        ("snooze -5m because of rain", "doesn't lie ahead"),
        ("snooze 0m because of rain", "doesn't lie ahead"),
        ("snooze 900h because of rain", "for a day at most"),
        ("snooze 2 days because of rain", "for a day at most"),
        ("snooze 1 until 9:59 because of rain", "doesn't lie ahead"),
    ],
)
async def test_rests_that_cannot_be(stage: FakeStage, typed: str, wrong: str) -> None:
    """What is past, too long or no time is explained above the form, and beside its question after that."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev1 Card payments fail")
    before = await state(stage)
    await omar.types(f"/incident {typed}")
    intro, kept = str(omar.form.intro), {question.name: question.value for question in omar.form.inputs}
    await omar.fills()

    assert wrong in intro
    assert kept["why"] == "rain"
    assert kept["until"] in typed
    assert list(omar.errors) == ["until"]
    assert wrong in omar.errors["until"]
    assert await state(stage) == before


@pytest.mark.parametrize(
    "by",
    ["yesterday", "in -5m", "in 900 weeks", "32:15", "30 February", "9:75", "soon", "-", "in 0m", "9" * 90],
)
async def test_times_that_cannot_be_promised(stage: FakeStage, by: str) -> None:
    """What is past, impossible or no time at all is asked back beside its question; the answers stay."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev1 Card payments fail")
    before = await state(stage)
    await omar.types("/incident update 1")
    await omar.fills(notice="Cards fail.", doing="We look.", by=by)

    assert list(omar.errors) == ["by"]
    assert omar.errors["by"]
    assert await state(stage) == before


@pytest.mark.parametrize("line", ["", "Cards fail", "Cards fail. We look.", "in 30m", "Cards fail. in 30m"])
async def test_an_update_with_something_missing_asks_for_it(stage: FakeStage, line: str) -> None:
    """What was typed stands in the form already."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev1 Card payments fail")
    before = await state(stage)
    await omar.tells(f"/incident update 1 {line}")

    assert omar.form.command == "post-update"
    assert ("Cards fail" in str(omar.form)) == ("Cards fail" in line)
    assert await state(stage) == before


async def test_a_time_that_does_not_exist_that_night(stage: FakeStage) -> None:
    """Half past two in the night in which clocks jump from two to three is asked back."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(time_zone="Europe/Berlin")
    stage.clock.move(datetime(2027, 3, 27, 21, 0, tzinfo=UTC) - stage.clock.now())
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev1 Card payments fail")
    before = await state(stage)
    await omar.types("/incident update 1")
    await omar.fills(notice="Cards fail.", doing="We look.", by="02:30")

    assert list(omar.errors) == ["by"]
    assert await state(stage) == before


@pytest.mark.parametrize("command", ["open", "plan tomorrow 06:00"])
async def test_a_title_of_forty_thousand_characters(stage: FakeStage, command: str) -> None:
    """It is refused with what to do instead, and nothing is opened."""
    cast = Cast(stage)
    answer = await cast.omar.types(f"/incident {command} " + "x" * 40_000)

    assert "longer than" in answer.text or "too long" in answer.text
    assert await rows(stage, Incident) == []


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"title": "x" * 201, "severity": "1"}, "title"),
        ({"title": " \u3000 ", "severity": "1"}, "title"),
        ({"title": "Cards fail", "severity": "9"}, "severity"),
        ({"title": "Cards fail", "severity": "worst"}, "severity"),
    ],
)
async def test_a_form_says_which_answer_is_wrong(stage: FakeStage, answers: dict[str, str], wrong: str) -> None:
    """Beside the question, and the others stay."""
    cast = Cast(stage)
    await cast.omar.types("/incident open")
    await cast.omar.fills(**answers)

    assert list(cast.omar.errors) == [wrong]
    assert await rows(stage, Incident) == []


async def test_settings_say_all_that_is_wrong_at_once(stage: FakeStage) -> None:
    """Lengths, hours and channels that cannot be change nothing, and nobody mends them one by one."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin settings incidents")
    before = cast.sofia.form
    await cast.sofia.fills(cadence_1="0", cadence_2="often", cadence_3=" ", hours="whenever", places="#nowhere")
    wrong = cast.sofia.errors
    await cast.sofia.types("/zanshin settings incidents")

    assert {name: why.split(".")[0] for name, why in wrong.items()} == {
        "cadence_1": "Please write 5 or more",
        "cadence_2": "Please write a whole number",
        "cadence_3": "Please fill this in",
        "hours": "I can't read these hours",
        "places": "I don't know #nowhere",
    }
    assert cast.sofia.form == before


async def test_only_the_owner_and_supervisors_end_or_silence_it(stage: FakeStage) -> None:
    """A colleague may write an update or own it, and is told whom to ask for the rest."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev1 Card payments fail")
    before = await state(stage)
    for typed in (
        "resolve 1",
        "resolve 1 It is over.",
        "snooze 1 30m because x",
        "snooze 1",
        "severity 1 sev4",
        "owner 1 @ana",
        "owner 1",
        "pause 1 until in 1h as x",
        "pause",
        "resume 1",
    ):
        answer = await cast.ben.in_("incidents").types(f"/incident {typed}")
        assert "Omar owns #1." in answer.text, typed
        assert cast.ben.form is None, typed

    assert await state(stage) == before


async def test_strangers_are_refused(stage: FakeStage) -> None:
    """Somebody without a role reads and changes nothing."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev1 A secret problem")
    before = await state(stage)
    answers = await press_all(stage, "visitor")

    assert "secret" not in "".join(answers.values())
    assert "(a form)" not in answers.values()
    assert await state(stage) == before


async def test_nothing_reaches_across_organisations(stage: FakeStage) -> None:
    """A supervisor of another organisation finds nothing under that number."""
    cast = Cast(stage)
    await another_organisation(stage, ["eve"])
    await cast.omar.in_("incidents").types("/incident open sev1 A secret problem")
    before = await state(stage)
    answers = await press_all(stage, "eve", "elsewhere")

    assert {answer.splitlines()[0] for answer in answers.values()} == {"There's no incident #1."}
    assert await state(stage) == before


async def test_a_draft_of_another_incident_is_not_sent_for_this_one(stage: FakeStage) -> None:
    """A number and an update that do not belong together change nothing."""
    cast = Cast(stage)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev1 Card payments fail")
    await omar.types("/incident open sev2 Search is slow")
    await omar.types("/incident update 2")
    await omar.fills(notice="Slow.", doing="We look.", by="in 30m", sent="")
    draft = next(event for event in await rows(stage, IncidentEvent) if event.kind == "drafted")
    before = await state(stage)
    reply = await stage.program.dispatch.press(
        "was-sent", {"number": "1", "event": str(draft.id)}, stage.origin("omar", "incidents", "wrong-draft")
    )

    assert "went wrong" not in said(reply)
    assert await state(stage) == before


async def test_after_the_end_nothing_changes_any_more(stage: FakeStage) -> None:
    """Whoever presses a button of before reads that it is resolved, whatever they were to it."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev1 Card payments fail")
    await cast.omar.in_("incidents").tells("/incident resolve 1 All is well.")
    before = await state(stage)
    for who in ("ana", "omar", "sofia"):
        for button, answer in (await press_all_but_reopen(stage, who)).items():
            assert "resolved" in answer.lower(), (button, answer)

    assert await state(stage) == before


async def test_after_the_end_a_last_word_may_still_be_written(stage: FakeStage) -> None:
    """It is noted, and customers may still be told; the incident itself stands as it was resolved."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev1 Card payments fail")
    await cast.omar.in_("incidents").tells("/incident resolve 1 All is well.")
    [before] = [row for row in await state(stage) if len(row) == INCIDENT]
    answers = {}
    for button in ("was-sent", "ask-to-resolve", "resolve"):
        where = stage.origin("omar", "incidents", f"omar-{button}-late")
        answers[button] = said(await stage.program.dispatch.submit(button, {"number": "1"} | BUTTONS[button], where))
    events = [row for row in await state(stage) if len(row) != INCIDENT]

    assert "It's noted already that customers have it." in answers["was-sent"]
    assert answers["ask-to-resolve"] == "(a form)"
    assert "“It is over.” is noted for the team." in answers["resolve"]
    assert [row for row in await state(stage) if len(row) == INCIDENT] == [before]
    assert events[-1][1] == EventKind.NOTED


async def test_a_second_last_word_is_kept_as_a_note_and_said_to_be(stage: FakeStage) -> None:
    """Customers have one last word; what somebody else writes after it is never dropped without a word."""
    omar = Cast(stage).omar.in_("incidents")
    await omar.types("/incident open sev1 Card payments fail")
    await omar.tells("/incident resolve 1 All cards work again. Nobody was charged twice.")
    again = await omar.types("/incident resolve 1 Everything works again since ten. Thank you for your patience.")
    history = await omar.types("/incident history 1")

    assert "is noted for the team." in again.text
    assert "All cards work again." in again.text
    assert "Thank you for your patience." in history.text


async def press_all_but_reopen(stage: FakeStage, who: str) -> dict[str, str]:
    """Press all that changes how a resolved incident stands; a note and its last word are still taken."""
    answers = {}
    for button, more in BUTTONS.items():
        if button not in ("reopen", "add-note", "was-sent", "ask-to-resolve", "resolve"):
            where = stage.origin(who, "incidents", f"{who}-{button}-again")
            answers[button] = said(await stage.program.dispatch.submit(button, {"number": "1"} | more, where))
    return answers


async def test_without_a_channel_it_is_said_where_to_type_it(unfinished: Cast) -> None:
    """An incident needs a place where everybody sees it."""
    answer = await unfinished.omar.privately.types("/incident open sev1 Card payments fail")

    assert answer.text.startswith("The incident wasn't opened.")
    assert "Type it in the channel where your team works." in answer.text


async def test_no_incident_is_meant_when_none_is_open(stage: FakeStage) -> None:
    """The answer says how to open one."""
    answer = await Cast(stage).ana.types("/incident update")

    assert answer.text.startswith("No incident is open.")
