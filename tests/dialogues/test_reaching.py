"""A case reaches a human: who is free is said the same everywhere, and nothing is said to have arrived that has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from bot.directory.model import Person
from bot.errors import ConversationGone
from tests.dialogues.test_incidents import LINE
from tests.dialogues.test_own_playbooks import DEADLINE
from tests.dialogues.test_recuse import card, last
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage, Voice


def beginning(said: list[str], *words: str) -> list[str]:
    """Pick what begins with one of these."""
    return [text for text in said if text.startswith(words)]


async def test_home_says_what_the_board_says_of_somebody_who_rests(cast: Cast) -> None:
    """Whoever stepped out is cooling off on both; whoever took it has enough."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("I take it")
    await cast.ana.opens_home()
    await cast.ben.opens_home()

    assert "You: Cooling off until" in await cast.ana.home()
    assert "You: Has enough" in await cast.ben.home()


@pytest.mark.parametrize("whole", ["remove @ben", "remove @ben agent"])
async def test_the_case_of_somebody_who_has_left_goes_to_a_supervisor(cast: Cast, whole: str) -> None:
    """At once, with a word to the requester; nobody ever reads that they are done with it."""
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.sofia.types(f"/zanshin team {whole}")
    await cast.later(seconds=1)
    asked, told = await last(cast.sofia), await last(cast.ana)
    taken = await cast.sofia.privately.presses("I take it")
    await cast.later(hours=12)

    assert asked.startswith("Can you take over a case from Ana?")
    assert told.startswith("Ben is no longer on the team\nI'm calling Sofia")
    assert "charged twice" in taken.text
    assert not any("Ben is done with it" in text for text in await cast.ana.privately.sees())


async def test_whoever_said_no_a_moment_ago_is_not_asked_first(cast: Cast) -> None:
    """A case that is handed on goes to somebody else before it goes to them."""
    await cast.ana.types("/recuse")
    await cast.ben.privately.presses("Not now")
    await cast.omar.privately.presses("I take it")
    before = len(await cast.ben.privately.sees())
    handed = await cast.omar.types("/recuse back")
    await cast.later(seconds=1)

    assert len(await cast.ben.privately.sees()) == before or not any(
        "case from Omar" in text for text in (await cast.ben.privately.sees())[:before]
    )
    assert handed is None or "Somebody else carries on" not in handed.text


async def test_an_hour_in_which_nobody_takes_it_is_quiet(cast: Cast) -> None:
    """The channel reads at most three messages and the requester four: the rest are changes of what is there."""
    for voice in (cast.ben, cast.omar, cast.sofia):
        await voice.types("/zanshin away 3h")
    before = len(await cast.sofia.sees())
    await cast.ana.types("/recuse heated: x")
    for _minute in range(60):
        await cast.later(minutes=1)

    assert len(await cast.sofia.sees()) - before <= 3
    assert len(await cast.ana.privately.sees()) <= 4


async def test_a_case_taken_at_once_makes_few_messages(cast: Cast) -> None:
    """Two in the channel, three to the requester, two to the taker, none to anybody else."""
    await cast.ana.types("/recuse CASE-42 heated: x")
    await cast.ben.privately.presses("I take it")
    await cast.later(minutes=5)

    assert len(await cast.sofia.sees()) <= 2
    assert len(await cast.ana.privately.sees()) <= 3
    assert len(await cast.ben.privately.sees()) <= 2
    assert await cast.omar.privately.sees() == []
    assert await cast.sofia.privately.sees() == []


async def test_a_channel_that_refuses_is_never_said_to_be_called(stage: FakeStage) -> None:
    """The requester hears once that it cannot be reached, and who is told instead."""
    cast = Cast(stage)
    for voice in (cast.ben, cast.omar, cast.sofia):
        await voice.types("/zanshin away 3h")
    stage.messenger.fail_in("support", *[ConversationGone()] * 50)
    await cast.ana.types("/recuse CASE-50 heated: x")
    for _minute in range(30):
        await cast.later(minutes=1)
    said = await cast.ana.privately.sees()

    assert not any("I called the channel" in text for text in said)
    assert len(beginning(said, "I couldn't reach the channel\nI'm telling Sofia")) == 1
    assert len(beginning(await cast.sofia.privately.sees(), "Nobody can be reached for a case from Ana")) == 1


async def test_a_channel_that_refuses_what_it_should_read_is_told_to_admins_once_a_day(stage: FakeStage) -> None:
    """Whatever refuses there, a neutral line or an announcement; once it takes things again nobody reads of it."""
    cast = Cast(stage)
    stage.messenger.fail_in("support", *[ConversationGone()] * 3)
    for who in (cast.ana, cast.ana):
        await who.types("/recuse heated: x")
        await cast.later(seconds=2)
        await who.types("/recuse cancel")
        await cast.later(seconds=2)
    said = beginning(await cast.sofia.privately.sees(), "#support takes nothing from me")
    await cast.later(hours=25)
    await cast.ana.types("/recuse heated: x")
    await cast.later(seconds=2)

    assert len(said) == 1
    assert "choose another channel in /zanshin settings" in said[0]
    assert len(beginning(await cast.sofia.privately.sees(), "#support takes nothing from me")) == 1


async def test_where_those_told_at_last_cannot_be_reached_the_requester_hears_it(stage: FakeStage) -> None:
    """The channel refuses and so does the supervisor's chat: whom nobody reached is named, and two ways out remain."""
    cast = Cast(stage)
    for voice in (cast.ben, cast.omar, cast.sofia):
        await voice.types("/zanshin away 3h")
    stage.messenger.fail_in("support", *[ConversationGone()] * 50)
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await cast.ana.types("/recuse CASE-50 heated: x")
    for _minute in range(30):
        await cast.later(minutes=1)
    said = [post for post in await cast.ana.privately.posts() if "I couldn't reach Sofia. There's nobody" in post.text]

    assert len(said) == 1
    assert [button.label for button in said[0].buttons] == ["We call them back", "I go on alone"]


async def test_where_nobody_can_be_called_the_requester_reads_the_truth_and_what_to_do(stage: FakeStage) -> None:
    """No other supervisor, nobody free, a channel that refuses: nobody is said to be told, and two ways out remain."""
    cast = Cast(stage)
    for voice in (cast.ana, cast.ben, cast.omar):
        await voice.types("/zanshin away 3h")
    stage.messenger.fail_in("support", *[ConversationGone()] * 50)
    await cast.sofia.types("/recuse CASE-50 heated: x")
    for _minute in range(5):
        await cast.later(minutes=1)
    posts = await cast.sofia.privately.posts()
    silent = [post for post in posts if post.text.startswith("I couldn't reach the channel")]

    assert len(silent) == 1
    assert "There's nobody else I could tell: go to somebody near you." in silent[0].text
    assert [button.label for button in silent[0].buttons] == ["We call them back", "I go on alone"]
    assert not any("I called the channel" in post.text or "I'm telling" in post.text for post in posts)


async def test_a_supervisor_who_cannot_be_reached_is_not_waited_for(stage: FakeStage) -> None:
    """The next rung follows at once, and the requester reads who was not reached."""
    cast = Cast(stage)
    for voice in (cast.ben, cast.omar):
        await voice.types("/zanshin away 3h")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 9)
    await cast.ana.types("/recuse heated: x")
    for _second in range(4):
        await cast.later(seconds=1)

    assert (await last(cast.ana)).startswith("Nobody has taken it yet\nI couldn't reach Sofia.")


async def test_after_a_takeover_whoever_stepped_out_is_not_chased(cast: Cast) -> None:
    """The hold belongs to the taker, and ends when the taker is done."""
    await cast.ana.types("/recuse")
    await cast.ana.privately.presses("I asked them to hold")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse done")
    await cast.later(minutes=2)

    assert not any("on hold" in text.splitlines()[0] for text in await _all(cast.ana, cast.ben))


async def _all(*voices: Voice) -> list[str]:
    return [text for voice in voices for text in await voice.privately.sees()]


async def test_nobody_reads_which_playbooks_somebody_used_unless_they_say_so(cast: Cast) -> None:
    """The form asks the requester alone, and says at each field who reads it."""
    await _steps_out_of_a_playbook(cast)
    taken = await cast.ben.privately.presses("I take it")
    await cast.ana.privately.presses("Add to the note")
    await cast.ana.privately.fills(happened="charged twice", playbooks_told="yes")
    told = await card(cast.ben, "You took over from Ana")

    assert "Playbooks used" not in taken.text
    assert "Playbooks used before: Restrain" in told


async def _steps_out_of_a_playbook(cast: Cast) -> None:
    await cast.ana.types("/calm restrain")
    for _step in range(3):
        await cast.ana.presses("Next")
    await cast.ana.presses("No, it keeps coming back")
    await cast.ana.presses("Find somebody to take over")


async def test_danger_told_by_somebody_on_no_team_reaches_whoever_decides(stage: FakeStage) -> None:
    """The only supervisor cannot be reached: the admins are told at once, and whoever asked reads who is."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin team add @ben admin")
    await cast.sofia.types("/zanshin team remove @ana")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    answer = await cast.ana.privately.types("/recuse he has a gun and is coming to the office")
    await cast.later(seconds=2)

    assert "I'm calling a supervisor for you now." in answer.text
    assert beginning(await cast.ben.privately.sees(), "Ana calls for a supervisor\nThere may be a threat.")
    assert beginning(await cast.ana.privately.sees(), "I couldn't reach Sofia. I'm telling Ben instead.")


async def test_danger_that_nobody_who_decides_can_hear_of_is_called_in_the_channel(stage: FakeStage) -> None:
    """Neither the kind nor a word of it is said there; whoever asked reads where somebody is looked for."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin team remove @ana")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await cast.ana.privately.types("/recuse I feel suicidal after this shift")
    await cast.later(seconds=2)
    [called] = beginning(await cast.ben.sees(), "Ana calls for a supervisor")

    assert "please write to them now" in called
    assert "suicidal" not in called
    assert "danger" not in called
    assert beginning(await cast.ana.privately.sees(), "I couldn't reach Sofia. I'm asking in the support channel.")


async def test_a_word_for_the_supervisor_that_does_not_arrive_is_said(stage: FakeStage) -> None:
    """Lawyers were named, and nobody can be told: the agent does not rely on it."""
    cast = Cast(stage)
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await cast.ana.privately.types("/calm she says her lawyer will sue us")
    await cast.ana.privately.presses("Tell my supervisor")
    await cast.later(seconds=2)

    assert "There's nobody else I could tell: go to somebody near you." in (await cast.ana.privately.sees())[-1]


@pytest.mark.parametrize(("is_led", "said"), [(True, 1), (False, 0)])
async def test_what_the_only_lead_does_not_get_is_said_in_the_channel(
    stage: FakeStage, *, is_led: bool, said: int
) -> None:
    """Of Sofia, who leads alone, the team reads that something was lost, and not what; of an agent, nothing."""
    cast = Cast(stage)
    await cast.sofia.types("/recuse @ben CASE-42 heated: charged twice")
    led = update(Person).where(Person.is_supervisor).values(is_supervisor=is_led, is_admin=is_led, is_agent=True)
    await stage.database.write(lambda session: session.execute(led))
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await cast.ben.privately.presses("I take it")
    await cast.later(seconds=2)
    told = beginning(await cast.omar.sees(), "I can't reach Sofia")

    assert len(told) == said
    assert all("nobody else looks after the team" in text and "charged" not in text for text in told)


async def test_a_case_given_to_somebody_who_cannot_hear_of_it_goes_on(stage: FakeStage) -> None:
    """Nobody has a case without knowing: supervisors are called for it within seconds, and the requester reads so."""
    cast = Cast(stage)
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.sofia.privately.types("/zanshin status")
    await cast.sofia.privately.presses("Case from Ana")
    stage.messenger.fail_in("@omar", *[ConversationGone()] * 50)
    await cast.sofia.privately.presses("Give it to …")
    given = await cast.sofia.privately.fills(who="<@omar>")
    await cast.later(seconds=2)

    assert "I'm telling them, and Ana." in given.text
    assert beginning(await cast.ana.privately.sees(), "I can't reach Omar\nI'm calling Sofia for the case.")
    assert beginning(await cast.sofia.privately.sees(), "Can you take over a case from Ana?")
    assert "Ana needs somebody" in "\n".join(await cast.sofia.privately.sees())


async def test_what_supervisors_should_know_goes_on_to_admins(stage: FakeStage) -> None:
    """Where the only supervisor refuses it an admin reads the same words, and whoever decided reads who is told."""
    cast = Cast(stage)
    ana = cast.ana.in_("incidents")
    await cast.sofia.types("/zanshin team add @ben admin")
    await ana.types("/incident open sev1 Cards fail")
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await ana.types("/incident pause 1 30m because they test")
    await ana.tells(f"/incident update {LINE} 12:00")
    await ana.fills(sent="yes")
    await cast.later(seconds=2)
    read, told = await cast.ben.privately.sees(), await cast.ana.privately.sees()

    assert any("Ana paused its reminders" in text for text in read)
    assert any("more than twice the usual for sev1" in text for text in read)
    instead = "I couldn't reach Sofia. I'm telling Ben instead."
    assert beginning(told, f"The reminders you paused\n{instead}")
    assert beginning(told, f"Your update that comes late\n{instead}")


async def test_whoever_asks_to_be_erased_hears_that_no_admin_can_be_reached(stage: FakeStage) -> None:
    """Nobody but an admin reads of it in their place."""
    cast = Cast(stage)
    stage.messenger.fail_in("@sofia", *[ConversationGone()] * 50)
    await cast.sofia.types("/zanshin team add @omar supervisor")
    before = len(await cast.omar.privately.sees())
    await cast.ana.privately.types("/zanshin privacy erase")
    await cast.ana.privately.presses("Ask them")
    await cast.later(seconds=2)

    assert beginning(await cast.ana.privately.sees(), "Your wish to be erased\nI couldn't reach Sofia.")
    assert len(await cast.omar.privately.sees()) == before


async def test_an_author_hears_who_was_asked_to_read_and_nobody_else(stage: FakeStage) -> None:
    """Who became a supervisor since was never asked, so nobody failed to reach them."""
    cast = Cast(stage)
    for account in ("ana", "ben", "omar"):
        stage.messenger.fail_in(f"@{account}", *[ConversationGone()] * 50)
    await cast.sofia.types("/zanshin team add @omar supervisor")
    await cast.sofia.types("/calm own")
    await cast.sofia.presses("Write one")
    await cast.sofia.fills(**DEADLINE)
    await cast.sofia.types("/zanshin team add @ben supervisor")
    await cast.later(seconds=2)

    [said] = beginning(await cast.sofia.privately.sees(), "The playbook you wrote")
    assert "I couldn't reach Omar. There's nobody else" in said


async def test_whom_nothing_reaches_is_named_once_a_day_and_never_what_it_was(stage: FakeStage) -> None:
    """One word of many did not arrive: a supervisor hears whom to look after."""
    cast = Cast(stage)
    stage.messenger.fail_in("@ana", *[ConversationGone()] * 50)
    for _again in range(2):
        await cast.ana.types("/recuse CASE-42 heated: charged twice")
        await cast.later(seconds=1)
        await cast.sofia.privately.types("/zanshin status")
        await cast.ana.types("/recuse cancel")
        await cast.later(seconds=1)
    [said] = beginning(await cast.sofia.privately.sees(), "I can't reach Ana")

    assert "charged" not in said
    assert "hello" in said
