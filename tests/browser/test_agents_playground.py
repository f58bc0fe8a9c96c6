"""What Microsoft's playground does with a bot that only says again what it hears: what our other tests rely on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from aiohttp import ClientConnectionError, ClientSession

from tests.adapters.teams_stage import account
from tests.browser.agents_playground import GROUP, INCIDENTS, PERSONAL, AgentsPlayground, agents_playground
from tests.browser.echo_bot import EchoBot, card, echo_bot, saying, showing
from tests.browser.teams_desk import open_page
from tests.fakes.teams import TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def playground() -> AsyncIterator[AgentsPlayground]:
    """The program, running."""
    async with agents_playground() as playground:
        yield playground


@pytest_asyncio.fixture(loop_scope="session")
async def bot(playground: AgentsPlayground) -> AsyncIterator[EchoBot]:
    """The bot, running."""
    async with echo_bot(playground) as bot:
        yield bot


def press(verb: str) -> dict[str, Any]:
    return {"action": {"type": "Action.Execute", "verb": verb, "data": {"k": 1}}, "trigger": "manual"}


async def test_what_is_said_reaches_the_bot_in_a_group_only_with_a_mention(
    playground: AgentsPlayground, bot: EchoBot
) -> None:
    """A chat, a group and both channels; in a channel every message is a thread of its own."""
    async with playground.watching() as told:
        await playground.say("hello")
        await playground.until("You said: hello")
        await playground.say("nobody asked", GROUP)
        for number, place in enumerate((GROUP, TEAM, INCIDENTS)):
            await playground.say(f"hello {number}", place, to_bot=True)
            await playground.until(f"hello {number}")
            told_there = lambda seen=number: next((one for one in told if f"hello {seen}" in str(one)), None)  # noqa: E731
            where = (await playground.waited_for(told_there))["actionConversationId"]
            assert where == place or where.startswith(f"{place};messageid=")
    heard = [one["text"] for one in bot.heard if one["type"] == "message"]
    assert heard == ["hello", *(f"<at>Zanshin</at> hello {number}" for number in range(3))]


async def test_a_changed_message_keeps_its_id(playground: AgentsPlayground, bot: EchoBot) -> None:
    """Once as words, once as a card, both told to the page; what is unknown is refused and counts as wrong."""
    async with playground.watching() as told:
        id_ = (await bot.tell(PERSONAL, saying("first")))["id"]
        await bot.tell(PERSONAL, saying("second"), instead_of=id_)
        await bot.tell(PERSONAL, showing(card("third")), instead_of=id_)
        found, shown = await playground.until("third")
        await playground.waited_for(lambda: "third" in str(told) or None)
    assert found == id_
    assert shown["attachments"]
    assert [one["action"] for one in told] == ["createMessage", "updateMessage", "updateMessage"]
    assert {one["message"]["messageId"] for one in told} == {id_}

    await bot.tell(PERSONAL, saying("nowhere"), instead_of="12")
    await bot.tell(PERSONAL, {"type": "message"})
    await bot.tell(PERSONAL, saying("last"))
    await playground.until("last")
    assert not [one for _id, one in playground.sent() if "nowhere" in str(one)]
    refused = playground.judged()[1]
    assert any("ActivityNotFoundInConversation" in one for one in refused)
    assert any("BadSyntax" in one for one in refused)


async def test_somebody_else_speaks_and_is_spoken_to(playground: AgentsPlayground, bot: EchoBot) -> None:
    """Ben's chat is opened twice and is one; what is said there is in the log, but never told to Ana's page."""
    chat = await bot.open_chat(account("ben"))
    assert chat == await bot.open_chat(account("ben")) == await playground.chat_with("ben")
    assert await bot.open_chat(account("ana")) == PERSONAL
    async with playground.watching() as told:
        await playground.send(playground.activity("ben", chat, text="hello from Ben"))
        await playground.until("You said: hello from Ben")
        await bot.tell(chat, saying("unasked"))
        await playground.until("unasked")
        await playground.say("hello from Ana")
        await playground.waited_for(lambda: "hello from Ana" in str(told) or None)
    assert "Ben" not in str(told)
    assert "unasked" not in str(told)
    assert bot.heard[0]["from"]["id"] == account("ben")


async def test_answers_to_invokes_are_seen(playground: AgentsPlayground, bot: EchoBot) -> None:
    """A press of Ana is answered to her, Ben's in the log; a submit is a message; dialogs only go by hand."""
    await playground.say("card")
    id_, _shown = await playground.until("Press something")
    answer = await playground.invoke("adaptiveCard/action", press("go"), reply_to=id_)
    assert "You pressed go" in str(answer["value"])
    await playground.submit({"x": 1}, reply_to=id_)
    await playground.until('You submitted {\\"x\\": 1}')
    assert bot.heard[-1]["replyToId"] == id_

    for name, value in (("adaptiveCard/action", press("go")), ("task/fetch", {"x": 1})):
        asked = playground.activity("ben", GROUP, "invoke", name=name, value=value, replyToId=id_)
        await playground.send(asked)
        answered = await playground.answer_to(asked["id"])
        assert answered == {"asked": name} or "You pressed go" in str(answered)
    with pytest.raises(AssertionError, match="Invalid enum value"):
        await playground.invoke("task/fetch", {})


async def test_the_page_types_fills_in_and_presses(
    browser: Browser, playground: AgentsPlayground, bot: EchoBot
) -> None:
    """Every button and a frame that can be pressed send what was filled in; a refusal can be read."""
    ana = await open_page(browser, playground)
    for label, pressed in (("Execute", '{"k": 1, "why": "angry"}'), ("Inside", '{"why": "angry"}')):
        await ana.types("card")
        await ana.fills_in("Why", "angry")
        await ana.presses(label)
        await ana.sees(pressed)
    await ana.types("card")
    await ana.presses("Refuse")
    await ana.sees("Not like this")
    await ana.fills_in("Why", "calm")
    await ana.presses("Submit")
    await ana.sees('You submitted {"s": 1, "why": "calm"}')
    await ana.page.get_by_text("Tap here").last.click()
    await ana.sees('You pressed tap {"k": 2}')
    id_, _shown = await playground.until("Press something")
    await bot.tell(PERSONAL, showing(card("Changed for everybody")), instead_of=id_)
    await ana.sees("Changed for everybody")


async def test_the_program_says_why_it_does_not_start() -> None:
    """Its own log is what the error tells."""
    with pytest.raises(AssertionError, match="must have required property 'tenantId'"):
        async with agents_playground({"version": "0.1.1"}):
            pass


async def test_the_program_is_stopped_whatever_happens() -> None:
    """A test that fails leaves nothing running."""
    with pytest.raises(ZeroDivisionError):
        async with agents_playground() as playground:
            raise ZeroDivisionError
    async with ClientSession() as session:
        with pytest.raises(ClientConnectionError):
            await session.get(f"{playground.address}/_debug/ping")
