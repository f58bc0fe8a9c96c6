"""The promise of the next update, in a real browser: as owner, channel and supervisor, with the clock pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.test_handoffs import chat
from tests.browser.test_playground import complaints, presses, types

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import Opening

pytestmark = pytest.mark.browser


async def next_due(page: Page) -> None:
    button = page.get_by_role("button", name="Next due")
    await expect(button).not_to_have_attribute("aria-busy", "true")
    await button.click()


async def fill(page: Page, button: str, **answers: str) -> None:
    dialog = page.get_by_role("dialog")
    for label, words in answers.items():
        await dialog.get_by_label(label.replace("_", " ")).fill(words)
    await dialog.get_by_role("button", name=button).click()


async def test_open_warn_due_overdue_supervisor_update_resolve(opened: Opening) -> None:
    """The owner is warned, the channel is asked, the supervisor is called; then customers hear, and it ends."""
    owner, channel, sofia = [
        await opened(*where) for where in (("omar", "@omar"), ("ben", "incidents"), ("sofia", "@sofia"))
    ]
    omar = await opened("omar", "incidents")
    await types(sofia, "/zanshin status")
    await types(omar, "/incident open sev1 Card payments fail for some customers")
    await expect(chat(omar)).to_contain_text("It's yours.")
    await expect(chat(channel)).to_contain_text("Severitysev1")
    await expect(chat(sofia)).to_contain_text("#1 Card payments fail")

    await next_due(omar)
    await expect(chat(owner)).to_contain_text("News for customers is due by")
    await next_due(omar)
    await expect(chat(channel)).to_contain_text("@Omar, news for customers is due by")
    for _again in range(3):
        await next_due(omar)
    await expect(chat(channel).get_by_text("customers have waited for news since")).to_have_count(1)
    await next_due(omar)
    await expect(chat(sofia)).to_contain_text("Customers have waited for news since")
    await expect(chat(channel).locator("article").first).to_contain_text("overdue")
    for page in (owner, channel, sofia):
        assert await complaints(page) == []

    await presses(omar, "Update")
    await expect(omar.get_by_role("dialog")).to_be_visible()
    assert await complaints(omar) == []
    await fill(
        omar,
        "Post it",
        What_do_customers_notice="Some cards are declined.",
        What_is_being_done="We use the other provider. Bank transfer works.",
        By_when_do_they_know_more="soon",
    )
    await expect(omar.get_by_role("dialog")).to_contain_text("That's no time I can keep watch over.")
    await fill(omar, "Post it", By_when_do_they_know_more="in 30m")
    await expect(chat(omar)).to_contain_text("Ready to copy:")
    await presses(omar, "Customers have it")
    await expect(chat(channel)).to_contain_text("Bank transfer works.")
    await expect(chat(channel).locator("article").first).not_to_contain_text("overdue")

    await presses(omar, "Resolve")
    await fill(omar, "Resolve", What_do_customers_read="All cards work again. No payment was taken twice.")
    await expect(chat(omar)).to_contain_text("No payment was taken twice.")
    await presses(omar, "Customers have it")
    await expect(chat(channel)).to_contain_text("No payment was taken twice.")
    await expect(chat(channel).get_by_role("button", name="No change")).to_have_count(0)
    await expect(chat(sofia).locator("article").first).not_to_contain_text("#1 Card payments fail")
    await types(sofia, "/incident history 1")
    await expect(chat(sofia)).to_contain_text("Promises kept: 1 of 2.")
    for page in (owner, channel, sofia):
        assert await complaints(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_on_forms_of_incidents(opened: Opening, theme: str) -> None:
    """Every form and list about incidents passes in both themes."""
    sofia = await opened("sofia", "incidents", theme=theme)
    dialog = sofia.get_by_role("dialog")
    await types(sofia, "/incident open")
    await expect(dialog).to_contain_text("What do customers notice?")
    assert await complaints(sofia) == []
    await sofia.keyboard.press("Escape")
    await types(sofia, "/incident open sev2 Search is slow")
    await expect(chat(sofia)).to_contain_text("Severitysev2")
    await types(sofia, "/incident plan tomorrow 11:00 The shop moves to other machines")
    await expect(chat(sofia)).to_contain_text("Severitysev3")
    for words in ("update 1", "snooze 1", "owner 1", "pause 1"):
        await types(sofia, f"/incident {words}")
        await expect(dialog, words).to_be_visible()
        assert await complaints(sofia) == [], words
        await sofia.keyboard.press("Escape")
    await presses(sofia, "Resolve")
    await expect(dialog).to_contain_text("What do customers read at the end?")
    assert await complaints(sofia) == []
    await sofia.keyboard.press("Escape")
    await types(sofia, "/zanshin settings incidents")
    await expect(dialog).to_be_visible()
    assert await complaints(sofia) == []
    await sofia.keyboard.press("Escape")
    for words in ("list", "mine", "show 1", "history 1"):
        await types(sofia, f"/incident {words}")
    assert await complaints(sofia) == []
