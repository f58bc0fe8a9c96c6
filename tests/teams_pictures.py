"""Take the pictures of docs/teams.md: `python -m tests.teams_pictures`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.teams_desk import TeamsDesk
from tests.databases import sqlite_database, sqlite_template

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.store.database import Database
    from tests.browser.teams_desk import Ana

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"


async def picture(ana: Ana, name: str) -> None:
    """Take a picture of what Ana read last, once it has settled."""
    await ana.page.wait_for_timeout(1000)
    card = ana.page.locator(".ac-adaptiveCard").last
    await card.screenshot(path=FOLDER / f"teams-{name}.png")


async def take(desk: TeamsDesk) -> None:
    """Play what the page tells of."""
    ana, ben, omar = await desk.sit_down(), await desk.colleague("ben"), await desk.colleague("omar")
    await ana.types("calm she keeps shouting at me")
    await ana.sees("It fits because you wrote")
    await ana.presses("Start: Keep calm")
    await ana.presses("No, I can ask them to hold")
    await ana.sees("may I put you on hold")
    await picture(ana, "calm")
    await ana.types("recuse CASE-42 heated: charged twice")
    await ben.presses("I take it", "Can you take over a case from Ana?")
    await ana.sees("the next step is my colleague Ben")
    await picture(ana, "taken")
    await omar.says("incident open sev1 Card payments fail")
    await ana.types("incident open sev2 Search is slow")
    await ana.sees("The first update is promised by")
    for _step in range(25):
        await desk.push(timedelta(minutes=1))
    await ana.sees("What do they notice now")
    await picture(ana, "incident")


async def main() -> None:
    """Run everything there is to take pictures of."""
    path = find_chromium()
    if path is None:
        sys.exit("There is no Chromium here.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        with tempfile.TemporaryDirectory() as folder, _database(Path(folder)) as database:
            async with TeamsDesk(database, browser) as desk:
                await take(desk)
        await browser.close()


def _database(folder: Path) -> AbstractContextManager[Database]:
    return sqlite_database(sqlite_template(folder), folder)


if __name__ == "__main__":
    asyncio.run(main())
