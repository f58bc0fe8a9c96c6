"""When the connection, the database or the visitor slips: the page says so, loses nothing and can go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.test_playground import card, types
from tests.databases import locked

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

    from tests.adapters.web_stage import WebStage
    from tests.browser.conftest import Opening

pytestmark = pytest.mark.browser


def keys(page: Page) -> list[str]:
    """Gather the keys of the acts of a page from now on."""
    found: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and "/seen" not in request.url:
            found.append(request.post_data_json["key"])

    page.on("request", note)
    return found


async def test_a_lost_connection_and_a_complaint_stand_side_by_side(opened: Opening, web: WebStage) -> None:
    """Neither hides the other nor shows its words, and each goes when its own reason does."""
    page = await opened("ana")
    lost, complaint = page.locator("#lost"), page.locator("#complaint")
    await expect(page.locator("#conversations a").first).to_be_visible()
    await page.route("**/events*", lambda route: route.abort())
    web.playground.hub.close()
    await expect(lost).to_have_text("The connection is lost. I am trying again …")
    await page.get_by_role("button", name="Next due").click()
    await expect(complaint).to_contain_text("Nothing is due")
    await expect(lost).to_have_text("The connection is lost. I am trying again …")
    await page.unroute("**/events*")
    await expect(lost).to_be_hidden(timeout=15_000)
    await expect(complaint).to_contain_text("Nothing is due")
    await page.get_by_role("button", name="+1 min").click()
    await expect(complaint).to_be_hidden()


async def test_a_push_that_fails_is_said(opened: Opening, web: WebStage) -> None:
    """Pushing the clock is an act as any other: what goes wrong is shown, and the same press is the same push."""
    page = await opened("ana")
    pushed = keys(page)
    push, complaint = page.get_by_role("button", name="+1 min"), page.locator("#complaint")
    await page.route("**/clock", lambda route: route.abort())
    await push.click()
    await expect(complaint).to_contain_text("couldn't reach the playground")
    await page.unroute("**/clock")
    with locked(web.database):
        await push.click()
        await expect(complaint).to_contain_text("try again in a moment")
    await push.click()
    await expect(page.locator("#ahead")).to_have_text("pushed ahead by 1 min")
    await expect(complaint).to_be_hidden()
    assert len(pushed) == 3
    assert len(set(pushed)) == 1


async def test_a_command_while_the_database_is_away_is_answered_and_kept(opened: Opening, web: WebStage) -> None:
    """The answer is shown to this page alone, the words stay in the box, and sent again they are the same act."""
    page, other = await opened("ana"), await opened("ana")
    sent = keys(page)
    with locked(web.database):
        await types(page, "/zanshin away 30m")
        await expect(card(page)).to_contain_text("I can't reach my memory just now")
    await expect(page.locator("#words")).to_have_value("/zanshin away 30m")
    await page.locator("#words").press("Enter")
    await expect(card(page)).to_contain_text("End my break")
    await expect(page.locator("#words")).to_have_value("")
    await expect(other.locator("#posts .post")).to_have_count(2)
    await expect(other.locator("#posts")).not_to_contain_text("I can't reach my memory")
    assert len(sent) == 2
    assert len(set(sent)) == 1


async def test_words_that_are_too_long_stay_in_the_box(opened: Opening) -> None:
    """Nobody has to write them again."""
    page = await opened("ana")
    words = "Good morning " * 400
    await types(page, words)
    await expect(page.locator("#complaint")).to_contain_text("at most 4,000 characters")
    await expect(page.locator("#words")).to_have_value(words)
    await expect(page.locator("#posts .post")).to_have_count(0)


async def test_a_form_that_cannot_be_saved_stays_open_and_says_so(opened: Opening, web: WebStage) -> None:
    """What was filled in is not lost, and the reason stands in the form, not behind it."""
    page = await opened("sofia")
    await types(page, "/zanshin settings")
    await page.get_by_label("Time zone").fill("Europe/Dublin")
    with locked(web.database):
        await page.get_by_role("button", name="Save").click()
        await expect(page.locator("#error-")).to_contain_text("I can't reach my memory just now")
    await expect(page.get_by_label("Time zone")).to_have_value("Europe/Dublin")
    await page.get_by_role("button", name="Save").click()
    await expect(card(page)).to_contain_text("Settings saved")
