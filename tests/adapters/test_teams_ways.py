"""The ways people come in by in Teams, and how each is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from adapters.teams.cards import ANSWER
from adapters.teams.invokes import MESSAGE_TYPE
from adapters.teams.workspaces import meet
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind, Person
from bot.errors import DatabaseAway
from bot.people.setup import appoint
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import TENANT, TeamsStage, account, actions, channel, inputs, lines
from tests.fakes.teams import directory_id
from tests.fakes.teams_rules import BOT, wrong_in_card
from tests.stage import Cast, seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

NAMED = {"type": "mention", "text": "<at>Zanshin</at>", "mentioned": {"id": BOT, "name": "Zanshin"}}


@pytest.fixture
async def stage(database: Database) -> AsyncIterator[TeamsStage]:
    """A tenant of Teams."""
    async with seated(TeamsStage(database, SHIPPED_PLAYBOOKS)) as stage:
        yield stage


@pytest.fixture
async def targeting(sqlite_alone: Database) -> AsyncIterator[TeamsStage]:
    """A tenant that has messages only one person sees."""
    async with seated(TeamsStage(sqlite_alone, SHIPPED_PLAYBOOKS, more=["targeted"])) as stage:
        stage.teams.takes_targeted = True
        yield stage


def mention(stage: TeamsStage, words: str, who: str = "ana", place: str = "support") -> dict[str, Any]:
    return stage.activity("message", who, place, text=f"<at>Zanshin</at> {words}", entities=[NAMED]) | {
        "recipient": {"id": BOT}
    }


async def invoked(stage: TeamsStage, name: str, value: dict[str, Any], place: str = "@ana") -> dict[str, Any]:
    return stage.bear(await stage.post(stage.activity("invoke", "ana", place, name=name, value=value)))


def read(card: dict[str, Any]) -> str:
    assert wrong_in_card(card) == []
    return "\n".join(lines(card["body"]))


def in_dialog(body: dict[str, Any]) -> dict[str, Any]:
    card: dict[str, Any] = body["task"]["value"]["card"]["content"]
    assert "Action.Execute" not in str(card), "dialogs know only Action.Submit"
    return card


# --- mentions -----------------------------------------------------------------------------------


async def test_a_mention_takes_no_private_words_and_is_answered_in_private(stage: TeamsStage) -> None:
    """What happens with a customer is left out and said to be; the channel reads nothing."""
    stage.bear(await stage.post(mention(stage, "calm she cries all day")))
    cast = Cast(stage)
    [answer] = await cast.ana.privately.sees()

    assert "I left out what you wrote about it" in answer
    assert "What is happening?" in answer
    assert [one for one in stage.teams.posts if one.conversation not in stage.teams.chats] == []


async def test_spaces_that_do_not_break_end_a_word_too(stage: TeamsStage) -> None:
    """Teams writes them after a mention; what follows stays out of the channel all the same."""
    stage.bear(await stage.post(mention(stage, "&nbsp;recuse\N{NO-BREAK SPACE}she&nbsp;shouted at me")))
    await stage.settle()

    assert not [one for one in stage.teams.posts if "shouted" in str(one.activity)]
    left_out = [text for text in await Cast(stage).ana.privately.sees() if "I left out what you wrote" in text]
    assert left_out
    assert "recuse note CASE-42 …" in left_out[0]


async def test_a_database_that_is_away_is_said_at_once(stage: TeamsStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typed, it is answered in the chat; pressed, in passing, and the card stays."""

    async def away(*_job: object) -> None:
        raise DatabaseAway

    card = await Cast(stage).ana.privately.types("/calm restrain")
    posted = card.handle
    monkeypatch.setattr(stage.database, "write", away)
    monkeypatch.setattr(stage.database, "read", away)
    typed = stage.activity("message", "ben", "@ben", text="calm")
    stage.bear(await stage.post(typed))
    following = next(one for one in actions(posted.card) if one["title"] == "Next")
    value = {"action": {"verb": following["verb"], "data": following["data"]}}
    pressed = await invoked(stage, "adaptiveCard/action", value)

    assert "I can't reach my memory just now." in read(stage.teams.posts[-1].card)
    assert pressed["type"] == MESSAGE_TYPE
    assert "Step 1 of 4" in read(posted.card)


@pytest.mark.parametrize("words", ["help", "/zanshin help", "zanshin", ""])
async def test_words_are_read_with_and_without_a_slash(stage: TeamsStage, words: str) -> None:
    """And our name alone asks what we can do."""
    stage.bear(await stage.post(mention(stage, words)))

    assert "What I can do for you" in (await Cast(stage).ana.privately.sees())[-1]


async def test_whoever_cannot_be_answered_in_private_is_told_how_and_nothing_else(stage: TeamsStage) -> None:
    """A neutral line in the thread: add me first."""
    stage.teams.installed.discard(account("ana"))
    stage.bear(await stage.post(mention(stage, "recuse")))
    await stage.settle()
    [line] = [one for one in stage.teams.posts if one.conversation == f"{channel('support')};messageid=1"]

    assert "Ana, I have something for you and can't write to you yet." in read(line.card)


async def test_words_the_grammar_does_not_know_are_not_eaten(stage: TeamsStage) -> None:
    """Unknown words come back with the nearest right ones to press."""
    answer = await Cast(stage).ana.privately.types("calmm down")

    assert "I don't know" in answer.text
    assert answer.buttons


async def test_people_are_named_by_mention(stage: TeamsStage) -> None:
    """Whom Teams has named is known at once, though they never spoke to us; other bots are nobody."""
    stage.teams.add_person("29:new", "Nia New")
    entity = {"type": "mention", "text": "<at>Nia New</at>", "mentioned": {"id": "29:new", "name": "Nia New"}}
    bot = {"type": "mention", "text": "<at>Other</at>", "mentioned": {"id": "28:other", "name": "Other"}}
    for text, named in (("<at>Nia New</at>", entity), ("<at>Other</at>", bot)):
        words = {"text": f"zanshin team add {text} supervisor", "entities": [named]}
        stage.bear(await stage.post(stage.activity("message", "sofia", "@sofia", **words)))

    def names(session: Session) -> dict[str, bool]:
        return {name: held for name, held in session.execute(select(Person.name, Person.is_supervisor))}  # noqa: C416

    found = await stage.database.read(names)
    assert found["Nia New"] is True
    assert "Other" not in found


# --- only you -----------------------------------------------------------------------------------


async def test_a_slash_command_in_a_channel_is_answered_there_for_one(targeting: TeamsStage) -> None:
    """The words are taken whole, and the answer is a targeted message."""
    await Cast(targeting).ana.types("/calm she keeps shouting at me")
    [answer] = targeting.teams.posts

    assert answer.only_for == account("ana")
    assert answer.conversation == f"{channel('support')};messageid=1"
    assert "shouting" in read(answer.card)


async def test_where_they_are_refused_the_answer_comes_in_the_personal_chat(targeting: TeamsStage) -> None:
    """At the first try, and never for everybody."""
    targeting.teams.takes_targeted = False
    await Cast(targeting).ana.types("/calm she keeps shouting at me")
    [answer] = targeting.teams.posts

    assert targeting.teams.chats[answer.conversation] == account("ana")


# --- presses ------------------------------------------------------------------------------------


async def test_an_invoke_that_comes_twice_acts_once(stage: TeamsStage) -> None:
    """The same answer, and one step taken."""
    cast = Cast(stage)
    card = await cast.ana.privately.types("/calm restrain")
    await cast.ana.privately.presses("Next", card, key="once")
    await cast.ana.privately.presses("Next", card, key="once")

    assert "Step 2 of 4" in (await cast.ana.privately.sees())[-1]


async def test_a_client_that_submits_sees_the_card_change(stage: TeamsStage) -> None:
    """The press comes as a message, and the answer as a new version."""
    cast = Cast(stage)
    card = await cast.ana.privately.types("/calm restrain")
    posted = card.handle
    following = next(one for one in actions(posted.card) if one["title"] == "Next")
    sent = stage.activity("message", "ana", "@ana", value=following["fallback"]["data"], replyToId=posted.id)
    assert stage.bear(await stage.post(sent)) == {}

    assert "Step 2 of 4" in read(posted.card)


async def test_a_client_that_asks_for_the_newest_card_keeps_the_one_it_has(stage: TeamsStage) -> None:
    """Cards are changed by us; a refresh by itself does nothing."""
    value = {"action": {"verb": "calm", "data": {"command": "calm"}}, "trigger": "automatic"}
    answer = stage.bear(
        await stage.post(stage.activity("invoke", "ana", "@ana", name="adaptiveCard/action", value=value))
    )

    assert answer == {}
    assert stage.teams.posts == []


async def test_a_private_answer_to_a_press_in_a_channel_stays_private(stage: TeamsStage) -> None:
    """It goes to the personal chat; where that cannot be, it is said how, and the message everybody sees stays."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev3 Search is slow")
    [card] = [one for one in stage.teams.posts if one.conversation not in stage.teams.chats]
    pressed = next(one for one in actions(card.card) if one["title"] == "Snooze")
    value = {"action": {"verb": pressed["verb"], "data": pressed["data"]}, "trigger": "manual"}
    more = {"name": "adaptiveCard/action", "value": value, "replyToId": card.id}
    said = stage.bear(await stage.post(stage.activity("invoke", "omar", "incidents", **more)))
    stage.teams.installed.discard(account("omar"))
    versions = len(card.versions)
    shown = stage.bear(await stage.post(stage.activity("invoke", "omar", "incidents", **more)))

    assert said == {"statusCode": 200, "type": MESSAGE_TYPE, "value": "I answered in our chat."}
    assert shown["type"] == MESSAGE_TYPE
    assert "can't write to you yet. Add me first" in shown["value"]
    assert "Snooze #1" not in str(shown)
    assert len(card.versions) == versions


async def test_people_out_of_the_directory_are_found(stage: TeamsStage) -> None:
    """Whoever is picked by the id of the directory is looked up in a team we are in."""
    cast = Cast(stage)
    stage.teams.add_person("29:new", "Nia New")
    await cast.omar.types("/incident open sev3 Search is slow")
    await cast.sofia.types("/zanshin help")  # the channel's team is known from now on
    await cast.omar.types("/incident owner 1")
    await cast.omar.fills(who=directory_id("29:new"))

    assert "Nia New" in (await cast.omar.sees())[-1]


# --- dialogs and the composer -------------------------------------------------------------------


def on_message(stage: TeamsStage, command: str, content: str) -> dict[str, Any]:
    value = {
        "commandId": command,
        "commandContext": "message",
        "messagePayload": {"body": {"content": content, "contentType": "html"}},
    }
    return stage.activity("invoke", "ana", "support", name="composeExtension/fetchTask", value=value)


async def test_a_message_is_read_for_the_playbook_that_fits(stage: TeamsStage) -> None:
    """Its tags are left out; the playbook is walked through in the dialog."""
    found = stage.bear(
        await stage.post(
            on_message(stage, "find-playbook", "<div>she <b>keeps shouting</b> at me<br>&amp; again</div>")
        )
    )
    card = in_dialog(found)
    start = next(one for one in _submits(card) if one["title"].startswith("Start"))
    step = stage.bear(await stage.post(_sent(stage, start["data"])))

    assert "shouting" in read_dialog(card)
    assert "Step 1 of" in read_dialog(in_dialog(step))


def _submits(card: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for element in card["body"] if element["type"] == "ActionSet" for one in element["actions"]]


def read_dialog(card: dict[str, Any]) -> str:
    return "\n".join(lines(card["body"]))


def _sent(stage: TeamsStage, data: dict[str, Any]) -> dict[str, Any]:
    return stage.activity("invoke", "ana", "support", name="composeExtension/submitAction", value={"data": data})


async def test_a_form_in_a_dialog_says_what_is_wrong_and_keeps_what_was_typed(stage: TeamsStage) -> None:
    """An incident is opened out of a message; its title is the message."""
    asked = in_dialog(stage.bear(await stage.post(on_message(stage, "open-incident", "<p>Card payments fail</p>"))))
    questions = inputs(asked)
    [send] = [one for one in _submits(asked) if "form" in one["data"]]
    typed = {ANSWER + name: str(one.get("value", "")) for name, one in questions.items()}
    empty = stage.bear(await stage.post(_sent(stage, send["data"] | typed | {ANSWER + "title": ""})))
    again = in_dialog(empty)
    done = stage.bear(await stage.post(_sent(stage, send["data"] | typed)))

    assert questions["title"]["value"] == "Card payments fail"
    assert "Please fill this in." in read_dialog(again)
    assert "Card payments fail" in str(done)
    assert "Card payments fail" in (await Cast(stage).omar.types("/incident list")).text


async def test_a_writer_finds_sentences(stage: TeamsStage) -> None:
    """Each with the playbook it is from; what nothing says is said."""
    value = {"commandId": "playbook-sentences", "parameters": [{"name": "words", "value": "hold for a moment"}]}
    found = stage.bear(
        await stage.post(stage.activity("invoke", "ana", "support", name="composeExtension/query", value=value))
    )
    value = {"commandId": "playbook-sentences", "parameters": [{"name": "words", "value": "zzzz"}]}
    nothing = stage.bear(
        await stage.post(stage.activity("invoke", "ana", "support", name="composeExtension/query", value=value))
    )

    first = found["composeExtension"]["attachments"][0]
    assert "hold for a moment" in first["preview"]["content"]["title"]
    assert wrong_in_card(first["content"]) == []
    assert nothing["composeExtension"]["type"] == "message"


# --- coming and going ---------------------------------------------------------------------------


async def test_whoever_installs_it_reads_what_to_type_and_is_no_admin(database: Database) -> None:
    """In the personal chat; a team reads a short line, an upgrade nothing."""
    stage = TeamsStage(database, SHIPPED_PLAYBOOKS)
    await stage.open()
    stage.bear(await stage.post(stage.activity("installationUpdate", "ana", "@ana", action="add")))
    stage.bear(await stage.post(stage.activity("installationUpdate", "ben", "@ben", action="add")))
    stage.bear(await stage.post(stage.activity("installationUpdate", "ben", "support", action="add")))
    stage.bear(await stage.post(stage.activity("installationUpdate", "ben", "@ben", action="add-upgrade")))
    ana, ben, team = [read(one.card) for one in stage.teams.posts]
    await stage.close()

    assert "calm she keeps shouting about the refund" in ana
    assert "my admin" not in ana + ben
    assert "Mention me with one word" in team


async def test_an_admin_named_by_the_directory_beforehand_is_asked_to_set_up(database: Database) -> None:
    """The command line knew no account yet: whoever comes with that id is admin, and reads what is missing."""
    stage = TeamsStage(database, SHIPPED_PLAYBOOKS)
    await stage.open()
    came = stage.activity("installationUpdate", "ana", "@ana", action="add")
    named = Origin(
        key="",
        platform="teams",
        workspace=TENANT,
        account=came["from"]["aadObjectId"],
        conversation="@beforehand",
        kind=ConversationKind.DIRECT,
    )
    now = stage.clock.now()
    await database.write(lambda session: meet(session, tenant=TENANT, now=now))
    await database.write(lambda session: appoint(session, named, now, reachable=False))
    await stage.post(came)
    await stage.settle()
    read_by_ana = [read(one.card) for one in stage.teams.posts]
    admins = await database.read(lambda session: list(session.scalars(select(Person.name).where(Person.is_admin))))
    await stage.close()

    assert "Let us set me up" in read_by_ana[-1]
    assert admins == ["Ana"]


async def test_status_shows_home_anew_at_the_end_of_the_chat(stage: TeamsStage) -> None:
    """Asked for again it comes again, and is kept up to date there."""
    cast = Cast(stage)
    first = await cast.ana.opens_home()
    await cast.ana.opens_home()
    homes = [one for one in stage.teams.posts if "Hello Ana" in read(one.card)]
    await cast.ana.presses("Away for an hour", (await cast.ana.at_home.posts())[0])
    await cast.later(seconds=11)

    assert "Hello Ana" in first
    assert len(homes) == 2
    assert "Enjoy your break, Ana" in read(homes[1].card)


async def test_a_playbook_run_from_status_is_never_overwritten_by_it(stage: TeamsStage) -> None:
    """Its steps stand in a message of their own: whatever is drawn anew meanwhile, the step stays where it was."""
    cast = Cast(stage)
    await cast.ben.opens_home()
    for label in ("Find a playbook", "Keep calm"):
        await cast.ben.at_home.presses(label)
    step = await cast.ben.at_home.presses("No, I can ask them to hold")
    await cast.ben.privately.types("zanshin away 5m")
    await cast.later(seconds=11)
    shown = [read(one.card) for one in stage.teams.posts if stage.teams.chats.get(one.conversation) == account("ben")]

    assert step is not None
    assert sum(step.text.splitlines()[0] in one for one in shown) == 1
    assert [one.splitlines()[1] for one in shown if "Enjoy your break, Ben" in one] == ["You: Away until 10:05 UTC"]


async def test_a_form_opened_from_status_is_never_overwritten_by_it(stage: TeamsStage) -> None:
    """Half filled in, it stays while the card it was opened from is drawn anew; what was typed is sent as ever."""
    cast = Cast(stage)
    await cast.ben.in_("incidents").types("/incident open sev1 Cards fail")
    await cast.ben.opens_home()
    await cast.ben.at_home.presses("Update")
    await cast.ben.privately.types("zanshin away 5m")
    await cast.later(seconds=11)
    forms = [one for one in stage.teams.posts if stage.teams.chats.get(one.conversation) and inputs(one.card)]
    await cast.ben.at_home.fills(notice="Some cards are declined.", doing="We look into it.", by="10:15")
    sent = [read(one.card) for one in stage.teams.posts if "Ready to copy" in read(one.card)]

    assert len(forms) == 1
    assert "Some cards are declined." in sent[0]


async def test_what_other_channels_of_the_framework_send_is_none_of_ours(stage: TeamsStage) -> None:
    """It is taken, and nothing is done."""
    sent = stage.activity("typing", "ana", "@ana")

    assert stage.bear(await stage.post(sent)) == {}
    assert stage.teams.posts == []


async def test_presence_lowers_a_rank_and_no_more(database: Database) -> None:
    """Whoever is in a call is asked after those who are free; where Graph says nothing, nothing changes."""
    stage = TeamsStage(database, SHIPPED_PLAYBOOKS, more=["presence"])
    await stage.open()
    await stage.seat()
    cast = Cast(stage)
    for voice in (cast.ben, cast.omar):
        await voice.privately.types("/zanshin back")
    stage.teams.presences[account("ben")] = "DoNotDisturb"
    await stage.served.presence.look()
    await cast.ana.types("/recuse")
    first = (await cast.ana.privately.sees())[-1]
    await cast.ana.types("/recuse cancel")
    stage.teams.presence_away = True
    await cast.later(minutes=31)
    await stage.served.presence.look()
    await stage.close()

    assert "Asking Omar" in first
