"""Reading the page: on any screen, with any eyes, at one's own pace."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.test_playground import card, hang_gallery, presses, types

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.adapters.web_stage import WebStage
    from tests.browser.conftest import Opening

pytestmark = pytest.mark.browser

PHONES = pytest.mark.parametrize("width", [320, 390])


async def chat(web: WebStage, count: int) -> None:
    """Ben talks, a lot."""
    for number in range(count):
        await web.type("ben", "support", f"Line {number} of Ben", f"a-key-of-ben-{number}")


async def is_shown(page: Page, selector: str) -> None:
    """Wait until the beginning of the last of these is within the window of the posts."""
    await page.wait_for_function(
        """selector => {
            const window = document.querySelector("#posts").getBoundingClientRect();
            const top = [...document.querySelectorAll(selector)].at(-1).getBoundingClientRect().top;
            return top >= window.top - 1 && top < window.bottom - 20;
        }""",
        arg=selector,
    )


# --- screen readers and keyboards ------------------------------------------------------------------


async def test_the_next_step_is_read_aloud(opened: Opening) -> None:
    """A card that changed under somebody's hands is announced whole, and the focus stays where it can go on."""
    page = await opened("ana")
    await types(page, "/calm she keeps shouting at me")
    start = page.get_by_role("button", name="Start: Keep calm")
    await start.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#live")).to_contain_text("May I ask them to hold?")
    await expect(card(page)).to_be_focused()
    await types(page, "/calm restrain")
    forward = card(page).get_by_role("button", name="Next", exact=True)
    await forward.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#live")).to_contain_text("Step 2 of 4")
    await expect(page.locator("#live")).to_contain_text("One fact, one next step")
    await expect(forward).to_be_focused()


async def test_a_name_that_is_reached_says_what_it_is_for(opened: Opening) -> None:
    """Who goes from name to name with Tab hears of each what it is for, also where the same stands twice."""
    page = await opened("ana")
    for count in (1, 2):
        await types(page, "/calm")
        await expect(page.locator(".offers")).to_have_count(count)
    await card(page).get_by_role("button", name="Find").focus()
    for name, what in (("Be heard", "The customer repeats themselves"), ("Keep calm", "Your own temper")):
        await page.keyboard.press("Tab")
        reached = card(page).get_by_role("button", name=name, exact=True)
        await expect(reached).to_be_focused()
        await expect(reached).to_have_accessible_description(re.compile(f"^{what}"))
    about = await page.locator(".offers p").evaluate_all("all => all.map(one => one.id)")
    assert len(set(about)) == len(about) == 6


async def test_opening_a_page_reads_nothing_aloud(opened: Opening, web: WebStage) -> None:
    """What stood there before is no news."""
    await chat(web, 3)
    page = await opened("ana")
    await types(page, "Good morning Ben")
    await expect(page.locator("#posts")).to_contain_text("Good morning Ben")
    await expect(page.locator("#live")).not_to_contain_text("Line 0")


async def test_a_form_says_what_it_needs_and_forgets_what_was_mended(opened: Opening) -> None:
    """Required and optional answers are marked; an answer is no longer wrong once it is changed."""
    page = await opened("sofia")
    await types(page, "/zanshin settings")
    zone = page.get_by_label("Time zone")
    await expect(zone).to_have_attribute("required", "")
    assert await page.get_by_label("Link to a case").get_attribute("required") is None
    assert await page.get_by_role("dialog").get_by_text("optional").count() == 3
    await zone.fill("Mars")
    await page.keyboard.press("Enter")
    await expect(zone).to_have_attribute("aria-invalid", "true")
    await zone.press_sequentially("/")
    await expect(page.locator("[aria-invalid]")).to_have_count(0)
    await expect(page.locator("#error-time_zone")).to_be_empty()
    await page.keyboard.press("Enter")
    await expect(zone).to_have_attribute("aria-invalid", "true")


async def test_every_script_is_read_in_its_direction(opened: Opening) -> None:
    """What people write from right to left is shown so, in a post, in a card and while it is typed."""
    page = await opened("ana")
    await page.fill("#words", "هو يصرخ في وجهي")
    await expect(page.locator("#words")).to_have_css("direction", "rtl")
    await page.keyboard.press("Enter")
    await expect(page.locator(".words").last).to_have_css("direction", "rtl")
    await types(page, "/calm هو يصرخ")
    await expect(page.locator(".words").last).to_have_css("direction", "ltr")


async def test_commands_are_offered_all_and_in_a_circle(opened: Opening, web: WebStage) -> None:
    """Every command can be reached, and up from the box is the last of them."""
    page = await opened("ana")
    await page.keyboard.type("/")
    lines = page.get_by_role("option")
    await expect(lines).to_have_count(len(web.program.phrases))
    await page.keyboard.press("ArrowUp")
    await expect(lines.last).to_have_attribute("aria-selected", "true")
    await expect(lines.last).to_be_in_viewport()
    await page.keyboard.press("ArrowUp")
    await expect(lines.nth(-2)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(lines.first).to_have_attribute("aria-selected", "true")


# --- at one's own pace -----------------------------------------------------------------------------


async def test_somebody_who_reads_further_up_is_left_there(opened: Opening, web: WebStage) -> None:
    """A post of somebody else moves nobody; a button leads to it."""
    await chat(web, 40)
    page = await opened("ana")
    await page.locator("#posts").evaluate("list => { list.scrollTop = 0; }")
    await web.type("ben", "support", "Are you there, Ana?", "a-later-key-of-ben")
    newer = page.get_by_role("button", name="New messages")
    await expect(newer).to_be_visible()
    assert await page.evaluate("document.querySelector('#posts').scrollTop") == 0
    await newer.click()
    await is_shown(page, "#posts .post")
    await expect(newer).to_be_hidden()

    await web.type("ben", "support", "Good.", "the-last-key-of-ben")
    await expect(card(page)).to_contain_text("Good.")
    await is_shown(page, "#posts .post")
    await expect(newer).to_be_hidden()


async def test_what_one_says_oneself_is_shown(opened: Opening, web: WebStage) -> None:
    """An answer is never below the window of whoever asked."""
    await chat(web, 40)
    page = await opened("ana")
    await page.locator("#posts").evaluate("list => { list.scrollTop = 0; }")
    await types(page, "/zanshin team")
    await expect(card(page)).to_contain_text("4 people on the team")
    await is_shown(page, "#posts .post")
    await expect(page.get_by_role("button", name="New messages")).to_be_hidden()


async def test_a_page_in_the_background_reads_nothing(opened: Opening, web: WebStage) -> None:
    """A conversation in a hidden tab is unread until somebody looks at it."""
    page = await opened(
        "ana", script="Object.defineProperty(document, 'visibilityState', {get: () => window.seenAs ?? 'visible'})"
    )
    here = page.locator("#conversations [aria-current]")
    await web.type("ben", "support", "Good morning", "a-key-of-ben")
    await expect(page.locator("#posts")).to_contain_text("Good morning")
    await expect(here.locator(".unread-count")).to_be_hidden()
    await page.evaluate("window.seenAs = 'hidden'; document.dispatchEvent(new Event('visibilitychange'))")
    await web.type("ben", "support", "Are you there?", "another-key-of-ben")
    await expect(page).to_have_title("(1) Zanshin playground")
    await expect(here.locator(".unread-count")).to_be_visible()
    await page.evaluate("window.seenAs = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page).to_have_title("Zanshin playground")
    await expect(here.locator(".unread-count")).to_have_count(0)


@PHONES
async def test_a_card_on_a_phone_begins_at_its_beginning(opened: Opening, width: int) -> None:
    """However long an answer is, one sees where it starts: when it comes, and when the page is opened again."""
    page = await opened("ana", width=width, height=640)
    await types(page, "/calm she keeps shouting at me")
    await expect(card(page)).to_contain_text("Keep calm")
    await is_shown(page, "#posts .post")
    await page.reload()
    await is_shown(page, "#posts .post")
    await presses(page, "Start: Keep calm")
    await expect(card(page)).to_contain_text("Step 1")
    await is_shown(page, "#posts .post")


# --- on any screen ---------------------------------------------------------------------------------


@PHONES
async def test_the_clock_on_a_phone_is_two_rows(opened: Opening, width: int) -> None:
    """The time, how far it was pushed and what pushes it are read and pressed on the smallest phone."""
    page = await opened("ana", width=width)
    for push in ("+1 h", "+15 min"):
        await page.get_by_role("button", name=push).click()
    await expect(page.locator("#ahead")).to_have_text("pushed ahead by 1 h 15 min")
    await expect(page.locator("#clock")).to_be_visible()
    buttons = page.locator("[data-push]")
    tops = {await button.evaluate("one => one.getBoundingClientRect().top") for button in await buttons.all()}
    assert len(tops) == 1
    for button in await buttons.all():
        assert await button.evaluate("one => one.scrollWidth <= one.clientWidth && one.clientHeight < 36")
    assert await page.locator(".top").evaluate("one => one.offsetHeight") < 125


@PHONES
async def test_a_name_on_a_phone_stands_below_what_it_is_for(opened: Opening, width: int) -> None:
    """It takes the whole line, and is nearer to its own words than to the next."""
    page = await opened("ana", width=width)
    await types(page, "/calm zzqx")
    await expect(page.locator(".offers .button")).to_have_count(3)
    rows = await page.locator(".offers > li").evaluate_all(
        """rows => rows.map(row => ["p", ".button"].map(one => row.querySelector(one).getBoundingClientRect()))"""
    )
    for (words, name), (after, _name) in pairwise(rows):
        assert name["width"] == words["width"]
        apart = name["top"] - words["bottom"]
        assert apart >= 5, "the frame of what has the focus does not touch the words"
        assert 2 * apart < after["top"] - name["bottom"]


@PHONES
async def test_the_box_says_what_it_takes(opened: Opening, width: int) -> None:
    """What stands in the empty box is not cut off."""
    page = await opened("ana", width=width)
    assert await page.locator("#words").evaluate(
        """box => {
            const style = getComputedStyle(box), pen = document.createElement("canvas").getContext("2d");
            pen.font = style.font;
            const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            return pen.measureText(box.placeholder).width <= room;
        }"""
    )


async def test_posts_and_box_are_as_wide_on_a_wide_screen(opened: Opening, web: WebStage) -> None:
    """Lines stay short enough to read, and what one types stands under what one reads."""
    await hang_gallery(web, "support", None)
    page = await opened("ana", width=2200)
    post = await card(page).bounding_box()
    box, send = (
        await page.locator("#words").bounding_box(),
        await page.get_by_role("button", name="Send").bounding_box(),
    )

    assert abs(post["x"] - box["x"]) < 2
    assert abs(post["x"] + post["width"] - send["x"] - send["width"]) < 2
    assert post["width"] < 800


async def test_signs_are_drawn_not_typed(opened: Opening, web: WebStage) -> None:
    """No sign on the page depends on the fonts of the visitor, and warnings in a row share one."""
    await hang_gallery(web, "support", "ana")
    page = await opened("ana")
    await expect(page.locator(".beside svg")).to_have_count(4)
    await expect(page.locator(".only-you svg")).to_have_count(2)
    assert not re.search("[⧉◐✓]", await page.locator("body").inner_text())
    await expect(page.locator(".post").first.locator(".mark")).to_have_count(1)
    await expect(page.locator(".post").first.locator(".alarm")).to_have_count(2)


async def test_a_breath_keeps_to_its_place(opened: Opening, web: WebStage) -> None:
    """The circle grows over nothing, and a pause that is over shows a tick."""
    await hang_gallery(web, "support", "ana")
    page = await opened("ana", motion="no-preference")
    await page.clock.install()
    await page.reload()
    breath = page.locator(".wait.breath").last
    await expect(breath).to_have_attribute("data-state", "running")
    assert await breath.evaluate(
        """wait => {
            const circle = wait.querySelector(".circle"), words = wait.querySelector("p").getBoundingClientRect();
            const [moving] = circle.getAnimations();
            moving.pause();
            return [...Array(51).keys()].every((step) => {
                moving.currentTime = step * 100;
                const place = circle.getBoundingClientRect(), own = wait.getBoundingClientRect();
                return place.right < words.left && place.top >= own.top - 1 && place.bottom <= own.bottom + 1;
            });
        }"""
    )
    await page.clock.run_for(11_000)
    for wait in (breath, page.locator(".wait.count").last):
        await expect(wait).to_have_attribute("data-state", "done")
        await expect(wait.locator(".number")).to_be_hidden()
        await expect(wait.locator("svg")).to_be_visible()
