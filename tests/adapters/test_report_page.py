"""The page of a report: whoever holds a link of today reads it, and everybody else reads what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.directory.model import Organisation
from bot.insights.links import PATH
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.web_stage import WebStage
from tests.stage import Cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database


@pytest.fixture
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    yield stage
    await stage.close()


async def link(web: WebStage) -> str:
    """Take the entry of the menu, and give where it leads."""
    menu = await web.client.get("/report", allow_redirects=False)
    assert menu.status == 302
    return str(menu.headers["Location"])


async def test_the_menu_leads_to_the_page(web: WebStage) -> None:
    """It tells the last days in three sentences, with described pictures; nothing on it is loaded or runs."""
    page = await web.client.get(await link(web))
    html = await page.text()

    assert page.status == 200
    assert "default-src 'none'; style-src 'sha256-" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "private, no-store"
    assert html.count("<li dir=") == 3
    assert html.count("<img") == html.count('alt="')
    assert "<script" not in html
    assert 'src="http' not in html


async def test_the_page_tells_of_today_too(web: WebStage) -> None:
    """Whoever has just handed a case over finds it there."""
    before = await (await web.client.get(await link(web))).text()
    cast = Cast(web)
    await cast.ana.types("/recuse CASE-42 heated")
    await cast.ben.privately.presses("I take it")
    after = await (await web.client.get(await link(web))).text()

    assert "Nothing was recorded in" in before
    assert "Nothing was recorded in" not in after


async def test_the_page_speaks_the_language_of_the_browser(web: WebStage) -> None:
    """The link beside the chat is read in the same language as the chat."""
    page = await web.client.get("/report", headers={"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"})

    assert '<html lang="de' in await page.text()


async def test_a_link_opens_one_day_only(web: WebStage) -> None:
    """Afterwards the page says where to get another."""
    where = await link(web)
    web.clock.move(timedelta(hours=24))
    page = await web.client.get(where)

    assert page.status == 410
    assert "This link is over." in await page.text()


@pytest.mark.parametrize("change", ["x", ".", "%00", "%ff", "é", "A" * 2000, "../../etc/passwd"])
async def test_a_forged_link_opens_nothing(web: WebStage, change: str) -> None:
    """Whatever is put into the address: a page for people, never an error of ours."""
    where = await link(web)
    for forged in (PATH + change, where + change, PATH + change + where.removeprefix(PATH)):
        page = await web.client.get(forged)

        assert page.status == 404, forged


async def test_a_link_of_another_organisation_opens_its_own_only(web: WebStage) -> None:
    """It names one, and the names on the page are of that one; once that is gone, it opens nothing."""

    def rename(session: Session) -> None:
        organisation = session.scalars(select(Organisation)).one()
        organisation.name = "Aurora <Bikes>"
        session.add(Organisation(id=99, name="Others", created_at=web.clock.now()))

    await web.database.write(rename)
    html = await (await web.client.get(await link(web))).text()

    assert "Aurora &lt;Bikes&gt;" in html
    assert "Others" not in html


async def test_the_answer_in_chat_leads_to_the_page(sqlite_alone: Database) -> None:
    """Where the server has an address, the card of a report has a link, and its picture beside the sentences."""
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS, address="http://127.0.0.1:8080")
    await stage.open()
    told = await Cast(stage).sofia.types("/zanshin report week")
    await stage.close()

    assert "Open the whole report (for 24 hours)" in told.text
