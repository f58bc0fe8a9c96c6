"""Zanshin beside a Slack of others, and people who use it in a browser. Its clock can be pushed on."""

from __future__ import annotations

from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from aiohttp.test_utils import TestServer
from playwright.async_api import expect

from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import SlackSettings
from bot.compose import compose
from bot.run.serve import build_server
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.clock import SystemClock
from tests.adapters.slack_stage import account, seat
from tests.browser.local_slack import local_slack
from tests.fakes.clock import PushedClock
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from datetime import timedelta

    from playwright.async_api import Browser, Locator, Page

    from bot.store.database import Database

# As Slack does: the text for notifications is not shown where there are blocks.
AS_SLACK = ".msg-text:has(+ .blocks) { display: none }"
DIRECT = "Zanshin (direct)"


class SlackDesk:
    """A team at work."""

    def __init__(self, database: Database, browser: Browser, way: str) -> None:
        self.database = database
        self._browser = browser
        self._way = way
        self._stack = AsyncExitStack()
        self.clock = PushedClock()

    async def __aenter__(self) -> Self:
        self.slack = await self._stack.enter_async_context(local_slack(self._way))
        names = {name.removeprefix("SLACK_").lower(): value for name, value in self.slack.settings.items()}
        ticks = lambda: self.clock.now().timestamp()  # noqa: E731  as the clock is pushed, so is the pace
        platform = SlackPlatform(SlackSettings(**names), self.database, SystemClock(), ticks)
        self.program = compose(
            database=self.database,
            clock=self.clock,
            bookcase=bookcase_of(SHIPPED_PLAYBOOKS),
            messengers={platform.name: platform.messenger},
        )
        server = TestServer(build_server(self.program, platforms=[platform]), port=self.slack.ours)
        await server.start_server()
        self._stack.push_async_callback(server.close)
        await self.database.write(partial(seat, now=self.clock.now()))
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self._stack.aclose()

    async def push(self, by: timedelta) -> None:
        """Let time pass."""
        self.clock.push(by)
        while await self.program.ticker.tick():
            pass

    async def sit_down(self, name: str, place: str = "support", **how: Any) -> Person:
        """Open a page as somebody, in a channel."""
        context = await self._browser.new_context(
            viewport={"width": how.pop("width", 1200), "height": how.pop("height", 800)},
            locale="en-GB",
            timezone_id="Europe/Dublin",
            **how,
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        await page.goto(self.slack.address)
        await page.add_style_tag(content=AS_SLACK)
        person = Person(page, name)
        await page.locator(".actas select").last.select_option(account(name))
        await person.go(place)
        return person


class Person:
    """Somebody at their browser."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name

    async def go(self, place: str) -> None:
        """Look at a channel, or by its label at a direct chat."""
        await self.page.locator(".sidebar-item").filter(has_text=place).first.click()

    async def types(self, words: str) -> None:
        await self.page.locator(".composer-input").first.fill(words)
        await self.page.locator(".composer-send").first.click()

    async def presses(self, label: str) -> None:
        """Press the lowest button of that label."""
        await self.page.locator(".messages").get_by_role("button", name=label, exact=True).last.click()

    async def sees(self, words: str) -> None:
        await expect(self.messages).to_contain_text(words)

    async def sees_no(self, words: str) -> None:
        await expect(self.messages).not_to_contain_text(words)

    @property
    def messages(self) -> Locator:
        return self.page.locator(".messages")

    @property
    def modal(self) -> Locator:
        return self.page.locator(".modal")

    async def fills_in(self, **answers: str) -> None:
        """Fill in questions of the modal, and send it."""
        for label, words in answers.items():
            question = self.modal.locator(".bk-input").filter(has_text=label.replace("_", " "))
            await question.locator("input, textarea").first.fill(words)
        for tick in await self.modal.locator(".bk-input").filter(has_text="Sent to customers").all():
            await tick.get_by_role("checkbox").check()  # this page leaves ticked boxes out that nobody touched
        await self.modal.locator(".modal-btn.primary").click()
