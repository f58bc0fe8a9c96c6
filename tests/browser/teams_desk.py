"""Zanshin beside Microsoft's playground: Ana in a browser, everybody else by what their clients send."""

from __future__ import annotations

import itertools
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from adapters.teams.cards import ANSWER
from adapters.teams.serve import TeamsPlatform
from adapters.teams.settings import TeamsSettings
from bot.compose import compose
from bot.run.serve import build_server
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import actions, inputs, seat
from tests.browser.agents_playground import AgentsPlayground, agents_playground
from tests.fakes.clock import PushedClock
from tests.fakes.teams_rules import BOT
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from datetime import timedelta

    from playwright.async_api import Browser, Page

    from bot.store.database import Database

FAST_ENOUGH = 10_000  # ms


class TeamsDesk:
    """A team at work."""

    def __init__(self, database: Database, browser: Browser | None) -> None:
        self.database = database
        self._browser = browser
        self._stack = AsyncExitStack()
        self.clock = PushedClock()
        self.bot = BOT

    async def __aenter__(self) -> Self:
        self.playground: AgentsPlayground = await self._stack.enter_async_context(agents_playground())
        await self.start()
        await self.database.write(partial(seat, now=self.clock.now()))
        return self

    async def start(self) -> None:
        """Start Zanshin, anew if it runs."""
        await self.stop()
        ticks = lambda: self.clock.now().timestamp()  # noqa: E731  as the clock is pushed, so is the pace
        platform = TeamsPlatform(TeamsSettings(anonymous=True), self.database, self.clock, ticks)
        self.program = compose(
            database=self.database,
            clock=self.clock,
            bookcase=bookcase_of(SHIPPED_PLAYBOOKS),
            messengers={platform.name: platform.messenger},
        )
        self._server = TestServer(build_server(self.program, platforms=[platform]), port=self.playground.ours)
        await self._server.start_server()

    async def stop(self) -> None:
        if hasattr(self, "_server"):
            await self._server.close()

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()
        await self._stack.aclose()

    async def push(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock.push(by)
        while await self.program.ticker.tick():
            pass

    async def sit_down(self, **how: Any) -> Ana:
        assert self._browser is not None
        return await open_page(self._browser, self.playground, **how)

    async def colleague(self, name: str) -> Colleague:
        """Be somebody else, who has spoken to the bot before."""
        return Colleague(self.playground, name, await self.playground.chat_with(name))


class Colleague:
    """Somebody whose client we play."""

    def __init__(self, playground: AgentsPlayground, name: str, chat: str) -> None:
        self._playground = playground
        self.name = name
        self.chat = chat
        self._numbers = itertools.count()

    async def says(self, words: str, conversation: str = "", **more: Any) -> None:
        await self._playground.send(self._activity("message", conversation, text=words, **more))

    async def sees(self, *words: str) -> dict[str, Any]:
        _id, shown = await self._playground.until(*words)
        return shown

    async def presses(self, label: str, *words: str, conversation: str = "", **answers: str) -> None:
        """Press the button of this label on the latest message that says these words; fill in what it asks."""
        id_, shown = await self._playground.until(label, *words)
        card = shown["attachments"][0]["content"]
        action = next(one for one in actions(card) if one["title"] == label)
        typed = {ANSWER + name: str(one.get("value", "")) for name, one in inputs(card).items()}
        data = action["data"] | typed | {ANSWER + name: words for name, words in answers.items()}
        value = {"action": {"type": "Action.Execute", "verb": action["verb"], "data": data}, "trigger": "manual"}
        sent = {"name": "adaptiveCard/action", "value": value, "replyToId": id_}
        await self._playground.send(self._activity("invoke", conversation, **sent))

    def _activity(self, kind: str, conversation: str, **more: Any) -> dict[str, Any]:
        number = {"id": f"{self.name}-{next(self._numbers)}"}
        return self._playground.activity(self.name, conversation or self.chat, kind, **number, **more)


async def open_page(browser: Browser, playground: AgentsPlayground, **how: Any) -> Ana:
    """Open the page."""
    context = await browser.new_context(
        viewport={"width": how.pop("width", 1200), "height": how.pop("height", 900)},
        locale="en-GB",
        timezone_id="Europe/Dublin",
        **how,
    )
    page = await context.new_page()
    page.set_default_timeout(FAST_ENOUGH)
    await page.goto(playground.address)
    return Ana(page)


class Ana:
    """Ana at her browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def types(self, words: str) -> None:
        box = self.page.locator(".fui-Textarea textarea, [role=textbox][contenteditable=true]").first
        await box.fill(words)
        await box.press("Enter")

    async def presses(self, label: str) -> None:
        """Press the lowest button of that label."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def fills_in(self, label: str, words: str) -> None:
        await self.page.get_by_label(label).last.fill(words)

    async def sees(self, words: str) -> None:
        await expect(self.page.get_by_text(words).last).to_be_visible(timeout=FAST_ENOUGH)
