"""Somebody tells us of danger, wherever words come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast

HARM = "he says he will kill himself"
THREAT = "he has a gun and is coming to the office"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (HARM, "Somebody may want to harm themselves"),
        (THREAT, "There may be a threat"),
        ("her husband is hitting her", "A person may be in danger"),
        ("I feel suicidal after this shift", "I'm glad you said so"),
        ("my toddler swallowed a battery", "Somebody has swallowed something dangerous"),
        ("he lays a gun on the counter", "Somebody is armed or violent"),
        ("Anrufer sagt, im Gebäude liegt eine Bombe", "There may be a bomb"),
        ("she posted my address in a facebook group", "Something private of yours is out"),
    ],
)
async def test_words_of_danger_get_the_safety_card(cast: Cast, words: str, title: str) -> None:
    """They are never ranked: what to do now comes at once, for their eyes only."""
    answer = await cast.ana.types(f"/calm {words}")

    assert answer.text.startswith(title)
    assert "It fits because" not in answer.text
    assert "call your local emergency number" in answer.text
    assert answer.private
    assert await cast.ben.sees() == []


@pytest.mark.parametrize(
    "words",
    [
        *("there is a gas smell in her flat", "he is bleeding badly"),
        *("she collapsed on the phone", "her kids are missing", "Gasgeruch in der Wohnung", "Kunde ist bewusstlos"),
    ],
)
async def test_after_an_accident_nobody_is_asked_for_yes_or_no(cast: Cast, words: str) -> None:
    """Nobody listens who must not: whoever is with them calls for help."""
    answer = await cast.ana.types(f"/calm {words}")

    assert answer.text.startswith("A person may be in danger")
    assert "Please call the emergency number now" in answer.text
    assert "yes or no" not in answer.text


async def test_free_words_in_the_direct_chat_are_heard_too(cast: Cast) -> None:
    """Nobody in danger is asked which command they meant."""
    answer = await cast.ana.privately.types(HARM)

    assert answer.text.startswith("Somebody may want to harm themselves")


async def test_one_press_calls_a_supervisor_at_once(cast: Cast) -> None:
    """A safety recuse starts; the supervisor reads the kind before anything else, and colleagues no details."""
    await cast.ana.types(f"/calm {THREAT}")
    await cast.ana.presses("Call a supervisor now")
    await cast.ana.stage.settle()

    called = "\n".join(await cast.sofia.privately.sees())
    assert "There may be a threat. Please look at this first." in called


async def test_whoever_is_asked_reads_the_kind_and_no_details(cast: Cast) -> None:
    """Colleagues read that there may be a threat; what was said is for the taker and supervisors."""
    answer = await cast.ana.types(f"/recuse {THREAT}")
    await cast.ana.stage.settle()

    asked = "\n".join(await cast.ben.privately.sees())
    assert answer.text.startswith("There may be a threat")
    assert "I'm calling a supervisor for you now." in answer.text
    assert "There may be a threat." in asked
    assert "gun" not in asked


async def test_an_agent_in_trouble_is_not_spread(cast: Cast) -> None:
    """Supervisors are asked to speak with them first; colleagues read only that it is urgent."""
    await cast.ana.types("/calm I want to die")
    await cast.ana.presses("Send a supervisor to me")
    await cast.ana.stage.settle()

    called, asked = "\n".join(await cast.sofia.privately.sees()), "\n".join(await cast.ben.privately.sees())
    assert "Ana may not be well. Please speak with them first, in private." in called
    assert "may not be well" not in asked
    assert "threat" not in called + asked


async def test_somebody_on_no_team_reaches_a_human_too(cast: Cast) -> None:
    """Danger asks nobody for a role: supervisors are told, and no refusal stands in the way."""
    await cast.sofia.types("/zanshin team remove @ana")
    await cast.ana.types(f"/calm {THREAT}")
    answer = await cast.ana.presses("Call a supervisor now")
    await cast.ana.stage.settle()

    called = "\n".join(await cast.sofia.privately.sees())
    assert "I'm calling a supervisor for you now." in answer.text
    assert "Ana calls for a supervisor" in called
    assert "There may be a threat. Please look at this first." in called


async def test_an_agent_in_trouble_gets_no_procedure(cast: Cast) -> None:
    """Whoever is not well themselves is sent a person, and nothing to work through."""
    answer = await cast.ana.types("/calm I want to die")

    assert [button.label for button in answer.buttons] == ["Send a supervisor to me"]


async def test_pressure_is_a_quiet_line_and_one_press(cast: Cast) -> None:
    """Lawyers, press and regulators alarm nobody; a supervisor is told when the agent wishes."""
    answer = await cast.ana.types("/calm he shouts that his lawyer will sue us")
    told = await cast.ana.presses("Tell my supervisor")
    await cast.ana.stage.settle()

    assert "Lawyers, the press or a regulator were named." in answer.text
    assert told.text.startswith("I'm telling your supervisor")
    assert "A customer speaks of lawyers, the press or a regulator." in "\n".join(await cast.sofia.privately.sees())


async def test_unclear_words_get_a_line_and_the_usual_answer(cast: Cast) -> None:
    """What may be danger alarms nobody: one line offers a supervisor, above what was looked for."""
    answer = await cast.ana.types("/calm she was crying and said she is so alone and shouted at me")

    assert "If somebody may be in danger, don't wait" in answer.text
    assert not answer.text.startswith("A person may be in danger")
    assert "Call a supervisor now" in [button.label for button in answer.buttons]
    assert len(answer.buttons) > 1


@pytest.mark.parametrize(
    "typed",
    [
        f"/incident open sev2 {THREAT}",
        f"/incident note 1 {THREAT}",
        f"/incident update 1 {THREAT}, next in 30m",
        f"/incident note 99 {THREAT}",
        f"/incident show {THREAT}",
        f"/zanshin shift {THREAT}",
        f"/incident wordings {THREAT}",
        "/recuse i want to die",
    ],
)
async def test_danger_is_heard_in_whatever_was_typed(cast: Cast, typed: str) -> None:
    """Titles, notes and updates of an incident, and reasons to step out, get the danger card as well."""
    await cast.ana.types("/incident open sev2 Card payments fail")
    answer = await cast.ana.types(typed)
    await cast.ana.stage.settle()

    read = "\n".join([answer.text, *await cast.ana.privately.sees()])
    assert "call your local emergency number" in read


async def test_an_admin_writes_what_holds_in_an_emergency(cast: Cast) -> None:
    """Home asks for it until it is there; then everybody who tells of danger reads it."""
    before = await cast.sofia.opens_home()
    await cast.sofia.at_home.presses("Settings")
    await cast.sofia.at_home.fills(conversation="<#support>", time_zone="UTC", emergency="Call security: 5555.")
    await cast.later(seconds=10)
    answer = await cast.ana.types(f"/calm {THREAT}")

    assert "Whom to call in an emergency" in before
    assert "Whom to call in an emergency" not in await cast.sofia.home()
    assert "Call security: 5555." in answer.text
    assert "call your local emergency number" not in answer.text


async def test_a_search_in_danger_says_what_the_danger_card_said(cast: Cast) -> None:
    """No hold and no promise of a call: what to do, and the words, are still there one press and some minutes later."""
    await cast.ana.privately.types("/calm he says he will end his life tonight")
    await cast.ana.privately.presses("Call a supervisor now")
    await cast.ana.stage.settle()
    begun = (await cast.ana.privately.sees())[-1]
    for _minute in range(7):
        await cast.later(minutes=1)
    later = await cast.ana.privately.sees()

    assert "no hold, no transfer" in begun
    assert "I'm glad you told me. I'm staying with you." in begun
    assert "call your local emergency number" in begun
    assert [one for one in later if one.startswith("Nobody has taken it yet")]
    for never in (
        "give me one moment",
        "I asked them to hold",
        "call you back",
        "We call them back",
        "for your patience",
    ):
        assert never not in "\n".join([begun, *later])


async def test_the_call_in_a_channel_leaves_the_words_in_sight(cast: Cast) -> None:
    """Whoever presses elsewhere reads what to do in the same place, and no pointer to another chat alone."""
    await cast.ana.types(f"/calm {HARM}")
    answer = await cast.ana.presses("Call a supervisor now")

    assert "I'm calling a supervisor for you now." in answer.text
    assert "I'm glad you told me. I'm staying with you." in answer.text


@pytest.mark.parametrize(
    ("words", "reason", "first", "after"),
    [
        (HARM, "Somebody may want to harm themselves", "I'm staying with you. Are you safe?", "That was hard to hear."),
        ("her husband is hitting her", "A person may be in danger", "Are you safe to talk?", "That was hard to hear."),
        ("gas smell in the flat", "A person may be in danger", "is help on its way?", "That was hard to hear."),
        (THREAT, "Threats, or I don't feel safe", "I take what was said seriously.", "It was aimed at you"),
    ],
)
async def test_the_kind_of_danger_goes_with_the_case(
    cast: Cast, words: str, reason: str, first: str, after: str
) -> None:
    """Reason, first words and the word afterwards fit it; nobody is asked to check that they have it right."""
    await cast.ana.privately.types(f"/calm {words}")
    await cast.ana.privately.presses("Call a supervisor now")
    await cast.ana.stage.settle()
    asked = (await cast.sofia.privately.sees())[-1]
    await cast.sofia.privately.presses("I take it")
    await cast.ana.stage.settle()
    taken, told = (await cast.sofia.privately.sees())[-1], "\n".join(await cast.ana.privately.sees())

    assert f"Reason: {reason}" in asked
    assert f"Reason: {reason}" in taken
    assert taken.startswith("You took over from Ana")
    assert ("There may be a threat." if words == THREAT else "Somebody may be in danger.") in taken
    assert first in taken
    assert "Let me check that I have it right" not in taken
    assert after in told
    assert words == THREAT or "threatened" not in told
    assert "can move this forward" not in told


@pytest.mark.parametrize("typed", ["/recuse back", "/recuse CASE-7"])
async def test_danger_and_reason_are_handed_on_with_the_case(cast: Cast, typed: str) -> None:
    """Whoever takes it next reads what danger there is, however it is handed on."""
    await cast.ana.types(f"/recuse CASE-7 safety: {HARM}")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types(typed)
    await cast.ana.stage.settle()
    called = (await cast.sofia.privately.sees())[-1]
    await cast.omar.privately.presses("I take it")
    taken = (await cast.omar.privately.sees())[-1]

    for read in (called, taken):
        assert "Somebody may be in danger." in read
        assert "Reason: Somebody may want to harm themselves" in read


async def test_the_reason_is_handed_on_as_whoever_gave_it(cast: Cast) -> None:
    """The next reads whose reason it is: whoever hands it on gave none."""
    await cast.ana.types("/recuse CASE-7 personal attack: called me an idiot")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Hand it on")
    await cast.omar.privately.presses("I take it")
    taken = (await cast.omar.privately.sees())[-1]

    assert taken.startswith("You took over from Ben")
    assert "Reason of Ana: It became a personal attack" in taken


async def test_who_is_not_well_is_not_handed_on(cast: Cast) -> None:
    """It was said of whoever stepped out first, and of nobody who hands the case on."""
    await cast.ana.types("/calm I want to die")
    await cast.ana.presses("Send a supervisor to me")
    await cast.ben.privately.presses("I take it")
    await cast.ben.privately.presses("Hand it on")
    await cast.ana.stage.settle()

    assert "Ben may not be well" not in "\n".join(await cast.sofia.privately.sees())


async def test_where_there_is_no_supervisor_that_is_said_at_once(cast: Cast) -> None:
    """Nobody is said to be called who is not there: it names who is asked instead."""
    await cast.sofia.types("/zanshin team remove @sofia supervisor")
    await cast.sofia.presses("Remove them anyway")
    await cast.ana.types(f"/calm {HARM}")
    answer = await cast.ana.presses("Call a supervisor now")
    await cast.ana.stage.settle()
    card = (await cast.ana.privately.sees())[-1]

    for read in (answer.text, card):
        assert "There's no supervisor I can call now. I'm asking Ben instead." in read
    assert "I'm calling a supervisor for you now." not in answer.text


async def test_the_instruction_of_an_organisation_keeps_its_lines(cast: Cast) -> None:
    """Several numbers are read one below the other, by whoever looks for one within a second."""
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(time_zone="UTC", emergency="Fire: 999\nSecurity: 5555 <b>now</b>\nSofia: *42*")
    read = (await cast.ana.types(f"/calm {THREAT}")).text.splitlines()

    first = next(at for at, line in enumerate(read) if line.endswith("Emergency: Fire: 999"))  # behind a mark

    assert read[first + 1 : first + 3] == ["Security: 5555 <b>now</b>", "Sofia: *42*"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("gas smell in the kitchen", "Everybody out first"),
        ("man having chest pain at counter", "The emergency number first"),
        ("he says he will kill himself", "Stay, and listen"),
        ("he has a knife and is coming to the office", "Your own safety first"),
        ("her husband is hitting her", "Where, and what now"),
    ],
)
async def test_step_by_step_begins_with_what_was_heard(cast: Cast, typed: str, title: str) -> None:
    """The card knows already what the first steps ask: nobody presses through them while a kitchen fills with gas."""
    await cast.ana.types(f"/calm {typed}")
    step = await cast.ana.presses("Step by step")

    assert title in step.text
