"""Take the pictures of docs/slack.md: `python -m tests.slack_pictures`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright, expect

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.slack_desk import SlackDesk
from tests.databases import sqlite_database, sqlite_template

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.browser.slack_desk import Person

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
WIDE, NARROW = {"width": 700, "height": 1400}, {"width": 420, "height": 1400}
# Of Slack's markup the page knows neither blocks to copy nor times: here they look as Slack shows them.
MARKUP = """() => {
    for (const text of document.querySelectorAll('.mrkdwn')) {
        text.innerHTML = text.innerHTML
            .replace(/``<code>([^<]*)<\\/code>``/g, '<pre class="copied">$1</pre>')
            .replace(/&lt;!date\\^(\\d+)\\^[^|]*\\|[^&]*&gt;/g, (_whole, seconds) => new Date(seconds * 1000)
                .toLocaleTimeString('en-GB', {hour: '2-digit', minute: '2-digit'}));
    }
}"""
STYLE = """
    .msg:hover { background: none !important }
    .topbar, .sidebar, .composer, .msg-hover-actions { display: none !important }
    pre.copied { margin: 4px 0; padding: 8px; border: 1px solid #ddd; border-radius: 4px; background: #f8f8f8;
                 white-space: pre-wrap; font-size: 13px }
"""


async def picture(person: Person, name: str, of: Locator | None = None) -> None:
    """Take a picture of what somebody read last, once it has settled."""
    await person.page.add_style_tag(content=STYLE)
    await person.page.wait_for_timeout(1000)
    await person.page.evaluate(MARKUP)
    await (of or person.messages.locator(".msg").last).screenshot(path=FOLDER / f"slack-{name}.png")


async def take(desk: SlackDesk) -> None:
    """Play what the page tells of."""
    ana = await desk.sit_down("ana", **WIDE)
    await ana.types("/calm she keeps shouting at me")
    await ana.sees("Keep calm")
    await picture(ana, "calm")
    await ana.presses("Start: Keep calm")
    await ana.presses("No, I can ask them to hold")
    phone = await desk.sit_down("ana", **NARROW)
    await phone.sees("put you on hold")
    await picture(phone, "step")
    await handoff(desk)
    await incident(desk)


async def handoff(desk: SlackDesk) -> None:
    """Take pictures of a case that is offered, and of the note that comes with it."""
    ana, ben = await desk.sit_down("ana", **NARROW), await desk.sit_down("ben", **WIDE)
    await ana.types("/recuse CASE-42 heated: charged twice, third call today")
    await ben.go("Ben")
    await ben.sees("Can you take over")
    await picture(ben, "offer")
    await ben.presses("I take it")
    await ben.sees("You took over from Ana")
    await picture(ben, "taken", ben.messages.locator(".msg").first)


async def incident(desk: SlackDesk) -> None:
    """Take pictures of an incident nobody has written about, and of the form that ends the silence."""
    omar, ben = await desk.sit_down("omar", "incidents", **NARROW), await desk.sit_down("ben", "incidents", **WIDE)
    await omar.types("/incident open sev2 Card payments fail for some customers")
    await ben.sees("sev2")
    await desk.push(timedelta(minutes=24))
    await desk.push(timedelta(minutes=6))
    await ben.page.get_by_role("button", name="repl").click()
    await expect(ben.page.locator(".thread-body")).to_contain_text(", news for customers is due by")
    await ben.page.set_viewport_size({"width": 1000, "height": 430})
    await picture(ben, "incident", ben.page.locator("body"))
    await omar.presses("Update")
    await picture(omar, "update", omar.modal)


async def main() -> None:
    """Open an office on a database of its own."""
    path = find_chromium()
    if path is None:
        sys.exit("There is no Chromium here. Install one, then take the pictures again.")
    with tempfile.TemporaryDirectory() as folder:
        template = sqlite_template(Path(folder))
        with sqlite_database(template, Path(folder)) as database:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
                async with SlackDesk(database, browser, "events") as desk:
                    await take(desk)
                await browser.close()
    print(f"The pictures are in {FOLDER.name}.")


if __name__ == "__main__":
    asyncio.run(main())
