"""Take the pictures of the README: `make pictures`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.web_stage import WebStage
from tests.browser.chromium import FLAGS, find_chromium
from tests.databases import sqlite_database, sqlite_template

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


async def types(page: Page, words: str) -> None:
    """Type a command, and wait for the answer."""
    count = await page.locator("#posts .post").count()
    await page.fill("#words", words)
    await page.keyboard.press("Enter")
    await page.locator("#posts .post").nth(count + 1).wait_for()


async def presses(page: Page, label: str) -> None:
    """Press a button of the last card."""
    await page.locator("#posts").get_by_role("button", name=label, exact=True).last.click()
    await page.wait_for_timeout(300)  # the picture is of the card after it changed


async def opened(
    browser: Browser, web: WebStage, account: str, *, theme: str, size: tuple[int, int], place: str = "support"
) -> Page:
    """Open the playground as somebody."""
    context = await browser.new_context(
        color_scheme=theme,  # type: ignore[arg-type]
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=1.5,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = await context.new_page()
    await page.goto(str(web.client.make_url(f"/?as={account}&in={place}")))
    return page


async def take(browser: Browser, web: WebStage) -> None:
    """Play the sentences of the README, and take a picture of each."""
    ana = await opened(browser, web, "ana", theme="light", size=(1000, 690))
    await types(ana, "/calm she keeps shouting at me")
    await ana.screenshot(path=FOLDER / "calm.png")
    await presses(ana, "Start: Keep calm")
    await presses(ana, "No, I can ask them to hold")
    await presses(ana, "I asked them to hold")
    phone = await opened(browser, web, "ana", theme="dark", size=(400, 640))
    await phone.wait_for_timeout(300)
    await phone.screenshot(path=FOLDER / "hold-on-a-phone.png")
    sofia = await opened(browser, web, "sofia", theme="light", size=(1000, 520))
    await types(sofia, "/zanshin status")
    await sofia.get_by_role("link", name="Zanshin (direct)").click()
    await sofia.locator("#posts").get_by_text("Right now").wait_for()
    await sofia.screenshot(path=FOLDER / "board.png")
    await handoff(browser, web)
    await incident(browser, web)


async def handoff(browser: Browser, web: WebStage) -> None:
    """Take a picture of a case that changes hands."""
    ana = await opened(browser, web, "ana", theme="light", size=(1000, 600), place="@ana")
    ben = await opened(browser, web, "ben", theme="light", size=(1000, 560), place="@ben")
    await types(ana, "/recuse CASE-42 heated: charged twice")
    await presses(ben, "I take it")
    await ana.get_by_text("Ben takes over").first.wait_for()
    await ana.wait_for_timeout(500)
    await ana.screenshot(path=FOLDER / "handoff.png")
    await promised_call(browser, web)


async def promised_call(browser: Browser, web: WebStage) -> None:
    """Take a picture of a call that was promised: a case of Omar's, whom nothing else on the pictures waits for."""
    omar = await opened(browser, web, "omar", theme="light", size=(1000, 530), place="@omar")
    await types(omar, "/recuse CASE-51 heated: wants it back today")
    await types(omar, "/recuse callback 16:30")
    await omar.locator("#posts").get_by_text("The customer is to be called back").last.wait_for()
    await omar.wait_for_timeout(500)
    await omar.screenshot(path=FOLDER / "promised-call.png")
    await presses(omar, "They were called")


async def incident(browser: Browser, web: WebStage) -> None:
    """Take pictures of an incident nobody has written about, and of the update that ends the silence."""
    channel = await opened(browser, web, "ben", theme="light", size=(1000, 860), place="incidents")
    omar = await opened(browser, web, "omar", theme="dark", size=(400, 760), place="incidents")
    await types(omar, "/incident open sev2 Card payments fail for some customers")
    await channel.locator("#posts").get_by_text("Severity").wait_for()
    overdue = channel.locator("#posts").get_by_text("waited for news since")
    while await overdue.count() == 0:  # handoffs are due in between
        await channel.get_by_role("button", name="Next due").click()
        await channel.wait_for_timeout(500)
    await channel.screenshot(path=FOLDER / "incident.png")
    await presses(omar, "Update")
    await omar.get_by_role("dialog").wait_for()
    await omar.screenshot(path=FOLDER / "update-on-a-phone.png")


async def main() -> None:
    """Open the playground on a database of its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = find_chromium()
    if path is None:
        raise SystemExit("There is no Chromium here. Install one, then run make pictures again.")
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        with sqlite_database(template, Path(folder)) as database:
            web = WebStage(database, SHIPPED_PLAYBOOKS)
            await web.open()
            async with async_playwright() as playwright, web.program.running():
                browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
                await take(browser, web)
                await browser.close()
            await web.close()
    print(f"The pictures are in {FOLDER.name}.")


if __name__ == "__main__":
    asyncio.run(main())
