"""The playground in a real browser, with a clock that stands still until it is pushed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.web_stage import WebStage
from tests.browser.chromium import find_chromium, running_chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from playwright.async_api import Browser, Page, Playwright

    from bot.store.database import Database

    Opening = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Play all of it in one event loop, that of the driver of the browser: each driver takes half a second to start."""
    for item in items:
        if item.path.parent == Path(__file__).parent and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium for all tests; without one they are skipped, or fail where there has to be one."""
    program = find_chromium()
    if program is None:
        message = "There is no Chromium here: the browser tests are skipped."
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with running_chromium(program, tmp_path_factory.mktemp("chromium")) as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    """The driver of the browser."""
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def browser(chromium: str, playwright: Playwright) -> AsyncIterator[Browser]:
    """The browser, with nothing left of the tests before: what a test opens is closed after it."""
    browser = await playwright.chromium.connect_over_cdp(chromium)
    yield browser
    await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    """The playground, running."""
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    async with stage.program.running():
        yield stage
    await stage.close()


@pytest_asyncio.fixture(loop_scope="session")
async def opened(browser: Browser, web: WebStage) -> Opening:
    """Opens a page as somebody; anything the page complains of fails the test."""

    async def open_page(
        account: str,
        place: str = "support",
        *,
        theme: str = "light",
        width: int = 1200,
        height: int = 800,
        motion: str = "reduce",
        script: str = "",
    ) -> Page:
        context = await browser.new_context(
            color_scheme=theme,  # type: ignore[arg-type]
            viewport={"width": width, "height": height},
            reduced_motion=motion,  # type: ignore[arg-type]
            locale="en-GB",
            timezone_id="Europe/Dublin",
        )
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", _fail)
        await page.add_init_script(script)
        await page.goto(str(web.client.make_url(f"/?as={account}&in={place}")))
        return page

    return open_page


def _fail(error: object) -> None:
    raise AssertionError(f"The page's script broke: {error}")
