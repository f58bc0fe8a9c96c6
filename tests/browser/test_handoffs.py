"""A heated case changes hands, in a real browser, as four people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.test_playground import complaints, presses, types

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.browser.conftest import Opening

pytestmark = pytest.mark.browser


def chat(page: Page) -> object:
    return page.locator("#posts")


async def fill_note(page: Page, **answers: str) -> None:
    for label, words in answers.items():
        await page.get_by_role("dialog").get_by_label(label.replace("_", " ")).fill(words)
    await page.get_by_role("dialog").get_by_role("button", name="Save").click()


async def test_recuse_with_a_hold_a_no_and_a_note(opened: Opening) -> None:
    """Ana steps out on hold; Ben says not now, Omar takes it with her note; Sofia watches the board."""
    ana, ben, omar, sofia = [await opened(who, f"@{who}") for who in ("ana", "ben", "omar", "sofia")]
    await types(sofia, "/zanshin status")
    await types(ana, "/recuse CASE-42 heated: charged twice")
    await expect(chat(ana)).to_contain_text("Asking Ben …")
    await presses(ana, "I asked them to hold")
    await expect(chat(ana)).to_contain_text("the customer has been waiting 00:0")
    await expect(chat(ben)).to_contain_text("Can you take over a case from Ana?")
    await expect(chat(sofia)).to_contain_text("Ana needs somebody")

    await presses(ben, "Not now")
    await expect(chat(ben)).to_contain_text("You said not now.")
    await expect(chat(ana)).to_contain_text("Ben can't just now.")
    await expect(chat(omar)).to_contain_text("Can you take over a case from Ana?")
    await expect(chat(omar)).not_to_contain_text("charged twice")

    await presses(omar, "I take it")
    await expect(chat(omar)).to_contain_text("You took over from Ana")
    await expect(chat(omar)).to_contain_text("charged twice")
    await expect(chat(ana)).to_contain_text("Omar takes over")
    await expect(chat(ana)).to_contain_text("the next step is my colleague Omar")
    await expect(chat(ben)).to_contain_text("Omar took it over")
    await expect(chat(sofia)).to_contain_text("Omar took over")

    await presses(ana, "Add to the note")
    await fill_note(ana, Their_mood="furious", What_was_promised="A call by noon.")
    await expect(chat(ana)).to_contain_text("Your note is saved")
    await expect(chat(omar)).to_contain_text("A call by noon.")
    await expect(chat(omar)).to_contain_text("Ana changed the note")

    await presses(omar, "I'm with the customer")
    await expect(chat(ana).locator("article").first).not_to_contain_text("has been waiting")
    await presses(omar, "Done with it")
    await expect(chat(omar)).to_contain_text("You're done with it.")
    for page in (ana, ben, omar, sofia):
        assert await complaints(page) == []


async def test_nobody_is_left_and_then_somebody_comes_back(opened: Opening) -> None:
    """Everybody is away; the channel is called; Ben comes back, is asked at once, and takes it."""
    ana, ben, sofia, channel = [
        await opened(*where) for where in (("ana", "@ana"), ("ben", "@ben"), ("sofia", "@sofia"), ("omar", "support"))
    ]
    for page in (ben, sofia, channel):
        await types(page, "/zanshin away 2h")
    await types(ana, "/recuse")
    await expect(chat(ana)).to_contain_text("Nobody has taken it yet")
    await expect(chat(channel)).to_contain_text("Nobody is left to take over a case from Ana")
    await ana.get_by_role("button", name="Next due").click()
    await expect(chat(ana)).to_contain_text("A minute has passed")
    assert await complaints(channel) == []

    await types(ben, "/zanshin back")
    await expect(chat(ben)).to_contain_text("Can you take over a case from Ana?")
    await presses(ben, "I take it")
    await expect(chat(ana)).to_contain_text("Ben takes over")
    await expect(chat(channel)).to_contain_text("Ben took over a case from Ana.")
    await expect(chat(channel).get_by_role("button", name="I take it")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_on_forms_and_cards_of_handoffs(opened: Opening, theme: str) -> None:
    """The note, the reason of a no, the form to give a case to somebody, and every card pass in both themes."""
    ana, ben, sofia = [await opened(who, f"@{who}", theme=theme) for who in ("ana", "ben", "sofia")]
    await types(ana, "/recuse safety: he threatens me")
    await expect(chat(sofia)).to_contain_text("There may be a threat.")
    await presses(ana, "Add to the note")
    await expect(ana.get_by_role("dialog")).to_contain_text("What happened")
    assert await complaints(ana) == []
    await presses(ben, "Not now")
    await presses(ben, "Say why")
    await expect(ben.get_by_role("dialog")).to_contain_text("Why not now?")
    assert await complaints(ben) == []
    await types(sofia, "/zanshin status")
    await presses(sofia, "Case from Ana")
    await presses(sofia, "Who was asked?")
    await expect(chat(sofia)).to_contain_text("Who was asked, and why")
    await presses(sofia, "Give it to …")
    await expect(sofia.get_by_role("dialog")).to_contain_text("Who takes it?")
    assert await complaints(sofia) == []
    await sofia.keyboard.press("Escape")
    await types(sofia, "/zanshin settings handoffs")
    await expect(sofia.get_by_role("dialog")).to_contain_text("Times of a handoff")
    assert await complaints(sofia) == []
