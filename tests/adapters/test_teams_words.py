"""What Teams writes around names and sentences, as far as it can be read: all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adapters.teams.inbound import pressed
from bot.door.wanted import Pressed
from bot.run.settings import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import TeamsStage, account, channel
from tests.fakes.teams_rules import BOT
from tests.stage import Cast, seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database

FOX = "<at>Ben Fox</at>"


@pytest.fixture
async def stage(sqlite_alone: Database) -> AsyncIterator[TeamsStage]:
    """A tenant of Teams."""
    async with seated(TeamsStage(sqlite_alone, SHIPPED_PLAYBOOKS)) as stage:
        yield stage


def mention(who: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": "mention", "text": f"<at>{name}</at>", "mentioned": {"id": who, "name": name} | more}


US = mention(BOT, "Zanshin")
BEN = mention(account("ben"), "Ben Fox")
GENERAL = mention(channel("support"), "General", type="channel")


async def say(stage: TeamsStage, who: str, place: str, text: Any, *entities: Any, **more: Any) -> str:
    """Say something; return what whoever said it reads last in their own chat."""
    sent = stage.activity("message", who, place, text=text, entities=list(entities)) | more
    stage.bear(await stage.post(sent | ({"recipient": {"id": BOT, "name": "Zanshin"}} if place[0] != "@" else {})))
    await stage.settle()
    return (await Cast(stage).voice(who).privately.sees())[-1]


@pytest.mark.parametrize(
    ("who", "words", "read"),
    [
        ("ana", f"recuse {FOX} CASE-42 heated: charged twice", "Asking Ben"),
        ("ana", f"recuse CASE-42 {FOX} heated: charged twice", "Asking Ben"),
        ("ana", f"recuse {FOX}, CASE-42", "Asking Ben"),
        ("sofia", f"recuse for {FOX} CASE-7 heated: loud", "Ben"),
        ("sofia", f"zanshin shift {FOX} mon-fri 9-17", "Ben"),
        ("sofia", f"zanshin team add {FOX} supervisor", "supervisor"),
        ("sofia", f"zanshin team remove {FOX}", "Ben"),
        ("sofia", f"incident owner 1 {FOX}", "Ben"),
    ],
)
async def test_names_with_spaces_are_read_in_every_command(stage: TeamsStage, who: str, words: str, read: str) -> None:
    """Whoever is mentioned is meant, and never an account is shown."""
    await Cast(stage).omar.types("/incident open sev3 Search is slow")
    answer = await say(stage, who, f"@{who}", words, BEN)

    assert read in answer
    assert "I found nobody" not in answer
    assert "29:" not in answer


@pytest.mark.parametrize("name", ["Zoë Álvarez", "Mary Jane O’Neil", "Nguyen, Linh (Acme)", "ليلى حداد"])
async def test_customers_read_names(stage: TeamsStage, name: str) -> None:
    """In a sentence for customers somebody is a name, and nothing else."""
    await Cast(stage).omar.types("/incident open sev3 Search is slow")
    words = f"incident update 1 Cards fail. <at>{name}</at> restarts the gateway. Next update in 45m"
    await say(stage, "omar", "@omar", words, mention("29:new", name))
    told = "\n".join(await Cast(stage).omar.sees() + await Cast(stage).omar.privately.sees())

    assert f"{name} restarts the gateway." in told
    assert "29:" not in told


@pytest.mark.parametrize(
    ("entity", "said"),
    [
        (GENERAL, "#General is a channel."),
        (mention("MjQzMmI1N2Qt", "Night crew", type="tag"), "@Night crew is a group."),
        (mention("19:chat@thread.v2", "Everyone", type="chat"), "#Everyone is a channel."),
        (mention("28:other", "Deploy Bot"), "Deploy Bot is an app."),
    ],
)
async def test_what_is_no_person_is_refused(stage: TeamsStage, entity: dict[str, Any], said: str) -> None:
    """Channels, tags and apps are said to be such, and a person is asked for."""
    answer = await say(stage, "sofia", "@sofia", f"zanshin team add {entity['text']} agent", entity)

    assert said in answer
    assert "Name a person" in answer


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("<at>Zanshin</at>, calm", [US]),
        ("<at>Zanshin</at>: calm!", [US]),
        ("<at>Zanshin</at> – calm", [US]),
        (f"{FOX} <at>Zanshin</at> calm", [US, BEN]),
        (f"<at>Zanshin</at> {FOX} calm", [BEN, US]),
        ("calm <at>Zanshin</at>", [US]),
        ("<p><at>Zanshin</at>&nbsp;calm</p>", [US]),
        ("<at>Zanshin</at> calm", [US | {"text": None}]),
        ("<at>Zanshin</at> calm", [7, None, {"type": "mention", "mentioned": {"id": 5}}, US]),
        ("<at>Zanshin</at> calm", [{"type": "clientInfo", "locale": None}] * 150 + [US]),
        ("<at>Zanshin</at> calm", []),
    ],
)
async def test_our_name_is_read_however_it_stands_there(stage: TeamsStage, text: str, entities: list[Any]) -> None:
    """Marks, other names, another order and entities of odd shapes lose nothing."""
    assert "What is happening?" in await say(stage, "ana", "support", text, *entities)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<at>Zanshin</at> incident open sev1 Card payments fail", "It's yours"),
        ("<at>Zanshin</at>, away 30m lunch", "Enjoy your break"),
        ("hey <at>Zanshin</at> - hello!", "Hello"),
        ("<at>Zanshin</at>&nbsp;incident&nbsp;note vendor called", "Noted for the team"),
    ],
)
async def test_what_is_not_private_runs_in_a_channel(stage: TeamsStage, text: str, read: str) -> None:
    """Words after our name are a command as anywhere else."""
    await Cast(stage).omar.types("/incident open sev3 Search is slow")

    assert read in await say(stage, "ana", "support", text, US)


@pytest.mark.parametrize(
    "text",
    [
        '<quoted messageId="1727"/> recuse heated: test',
        "<p>recuse heated: test</p>",
        "<div>recuse <b>heated</b>: test</div>",
        '<blockquote itemtype="http://schema.skype.com/Reply"><p>so what</p></blockquote><p>recuse heated: test</p>',
        '<attachment id="1"></attachment>recuse heated: test',
    ],
)
async def test_what_teams_puts_around_words_is_left_out(stage: TeamsStage, text: str) -> None:
    """Quotations and tags are not what somebody typed."""
    answer = await say(stage, "ana", "@ana", text)

    assert "I don't know" not in answer
    assert "Asking" in answer


@pytest.mark.parametrize(
    "value",
    [{"foo": "bar"}, "yes", 7, [], {"command": None}, {"command": 5}, {"command": "calm", "form": {"title": 1}}],
)
async def test_a_press_nobody_can_read_is_answered(stage: TeamsStage, value: Any) -> None:
    """Whoever pressed reads that the card is of no use any more."""
    answer = await say(stage, "ana", "@ana", None, value=value)

    assert "I can't read this card any more" in answer


@pytest.mark.parametrize("given", [None, True, False, 5, 2.0, [], {}])
def test_every_answer_in_a_form_is_one(given: Any) -> None:
    """Null, numbers and booleans never throw away what was typed."""
    found = pressed({"command": "calm", "fields": {"words": "help"}, "answer:other": given})

    assert isinstance(found, Pressed)
    assert found.fields["words"] == "help"
    assert found.fields.get("other") in ("", "yes", "5", "2", None)


@pytest.mark.parametrize("said", ["recuse she threatened me", "calm he threatened me", ", recuse: threatened me"])
async def test_danger_told_aloud_is_never_repeated_in_the_channel(stage: TeamsStage, said: str) -> None:
    """Whoever reads along learns nothing from us of a threat that was typed behind our name."""
    assert await say(stage, "ana", "support", f"<at>Zanshin</at> {said}", US)
    ben = Cast(stage).ben

    assert not any("threatened" in text for text in await ben.sees() + await ben.privately.sees())


ODD: list[Any] = [None, 5, True, "", [], {}, [None], {"a": None}, "x" * 3000]


@pytest.mark.parametrize("odd", ODD, ids=repr)
async def test_what_is_incidental_loses_no_message(stage: TeamsStage, odd: Any) -> None:
    """Zones, languages, moments, names and lists of another shape: the words beside them are answered."""
    for name in ("timestamp", "localTimezone", "locale", "entities", "membersAdded", "name", "action", "attachments"):
        answer = await say(stage, "ana", "@ana", "calm she keeps shouting at me", **{name: odd})

        assert "Keep calm" in answer, name


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("name", ["isTargeted", "name"])
async def test_a_recipient_of_another_shape_is_still_us(stage: TeamsStage, name: str, odd: Any) -> None:
    """What is said about us beside our account changes nothing."""
    sent = stage.activity("message", "ana", "@ana", text="calm she keeps shouting at me", entities=[])
    stage.bear(await stage.post(sent | {"recipient": {"id": BOT, name: odd}}))
    await stage.settle()

    assert "Keep calm" in (await Cast(stage).ana.privately.sees())[-1]


@pytest.mark.parametrize(
    "value",
    [
        None,
        5,
        [],
        "odd",
        {"parameters": None},
        {"commandId": 5, "parameters": "odd"},
        {"parameters": [None, 7, {"name": None}, {"name": "words", "value": None}, {"name": 5, "value": {}}]},
        {"commandId": "playbook-sentences", "parameters": [{"name": "words", "value": ["hold"]}], "queryOptions": 7},
    ],
)
async def test_a_search_of_another_shape_is_answered(stage: TeamsStage, value: Any) -> None:
    """Whoever types into the box beside the message finds something or reads that nothing fits."""
    asked = stage.activity("invoke", "ana", "support", name="composeExtension/query", value=value)

    assert "composeExtension" in stage.bear(await stage.post(asked))


@pytest.mark.parametrize("payload", [None, 5, [], {}, {"body": 7}, {"body": {"content": None}}, {"attachments": 7}])
async def test_a_message_of_another_shape_still_opens_what_was_asked_for(stage: TeamsStage, payload: Any) -> None:
    """Whoever steps out from a message that cannot be read steps out all the same."""
    value = {"commandId": "recuse-me", "messagePayload": payload}
    asked = stage.activity("invoke", "ana", "support", name="composeExtension/fetchTask", value=value)
    stage.bear(await stage.post(asked))
    await stage.settle()

    assert any("I'm finding somebody for you" in text for text in await Cast(stage).ana.privately.sees())
