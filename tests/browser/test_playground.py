"""People in the playground, in a real browser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect
from sqlalchemy import update

from adapters.web import posts
from adapters.web.posts import Draft
from bot.directory.model import Person
from bot.say.messages import (
    Avoid,
    Blank,
    Button,
    Choice,
    Code,
    Fact,
    Fields,
    Link,
    Listing,
    Message,
    Offered,
    Offers,
    PersonRef,
    Say,
    Search,
    Section,
    Strong,
    Wait,
    moment,
)

if TYPE_CHECKING:
    from playwright.async_api import Page

    from tests.adapters.web_stage import WebStage
    from tests.browser.conftest import Opening

pytestmark = pytest.mark.browser


async def types(page: Page, words: str) -> None:
    await page.fill("#words", words)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")


async def presses(page: Page, label: str) -> None:
    await page.locator("#posts").get_by_role("button", name=label, exact=True).last.click()


def card(page: Page) -> object:
    return page.locator("#posts .post").last


async def test_an_agent_gets_the_playbook_and_walks_through_it_unseen(opened: Opening, web: WebStage) -> None:
    """Ana types, gets the playbook for her eyes only, walks through it with a hold, and Ben sees none of it."""
    ana, ben = await opened("ana"), await opened("ben")
    await types(ana, "/calm she keeps shouting at me")
    await expect(card(ana)).to_contain_text("Keep calm")
    await expect(card(ana)).to_contain_text("Only you see this")
    await presses(ana, "Start: Keep calm")
    await presses(ana, "No, I can ask them to hold")
    await expect(card(ana)).to_contain_text("May I put you on hold for a moment?")
    await presses(ana, "I asked them to hold")
    await expect(card(ana)).to_contain_text("You asked the customer to hold at")
    for step in range(4, 9):
        await presses(ana, "Next")
        await expect(card(ana)).to_contain_text(f"Step {step} of ")
    await expect(card(ana)).to_contain_text("How is it now?")

    async with ana.expect_response("**/clock"):
        await ana.get_by_role("button", name="+1 min").click()
    direct = ana.locator("#conversations").get_by_role("link", name="Zanshin (direct)")
    await expect(direct).to_contain_text("1 unread")
    await expect(ana).to_have_title("(1) Zanshin playground")
    await presses(ana, "Calmer")
    await expect(card(ana)).to_contain_text("Go back to them")
    await presses(ana, "I'm back")
    await expect(card(ana)).not_to_contain_text("You asked the customer to hold at")
    await direct.click()
    await expect(ana.locator("#posts")).to_contain_text("The hold is over. The customer waited 01:0")
    await expect(direct).not_to_contain_text("unread")

    await expect(ben.locator("#posts .post")).to_have_count(0)
    assert await web.seen("ben", "support") == []


async def test_what_happens_is_seen_without_reloading(opened: Opening) -> None:
    """The supervisor's board and everybody's channel change while one looks at them."""
    sofia, ben = await opened("sofia", "@sofia"), await opened("ben")
    await types(sofia, "/zanshin status")
    await expect(sofia.locator("#posts")).to_contain_text("Available (4)")
    await types(ben, "/zanshin away 30m lunch")
    await expect(sofia.locator("#posts")).to_contain_text("Away (1)")
    await expect(sofia.locator("#posts")).not_to_contain_text("lunch")
    watching = await opened("sofia")
    await types(ben, "Back in half an hour!")
    await expect(watching.locator("#posts")).to_contain_text("Back in half an hour!")


async def test_everything_can_be_done_with_the_keyboard(opened: Opening) -> None:
    """Completion, sending, pressing and filling in need no mouse, and the focus never gets lost."""
    page = await opened("sofia")
    await page.keyboard.type("/zanshin se")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert await page.input_value("#words") == "/zanshin settings "
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    zone = page.get_by_label("Time zone")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(zone).to_be_focused()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("Mars/Base")
    await page.keyboard.press("Enter")
    await expect(page.locator("#error-time_zone")).to_contain_text("no such time zone")
    await expect(zone).to_be_focused()
    await page.keyboard.press("Control+a")
    await page.keyboard.type("Europe/Dublin")
    await page.keyboard.press("Enter")
    await expect(card(page)).to_contain_text("Settings saved")

    await page.focus("#words")
    await page.keyboard.type("/calm restrain")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    forward = page.locator("#posts").get_by_role("button", name="Next", exact=True)
    await forward.focus()
    await page.keyboard.press("Enter")
    await expect(card(page)).to_contain_text("Step 2 of 4")
    await expect(forward).to_be_focused()


async def test_people_are_completed_after_an_at(opened: Opening) -> None:
    """Somebody's name is offered while it is typed."""
    page = await opened("sofia")
    await page.keyboard.type("/zanshin team add @be")
    await expect(page.get_by_role("option")).to_contain_text(["@ben"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")

    assert await page.input_value("#words") == "/zanshin team add @ben "


async def test_a_sentence_is_copied_with_one_press(opened: Opening) -> None:
    """Copy puts the sentence on the clipboard and says so."""
    page = await opened("ana")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await types(page, "/calm be-heard")
    await presses(page, "Next")
    await expect(card(page)).to_contain_text("Step 2 of")
    await page.locator(".copy").first.click()
    await expect(page.locator(".copy").first).to_have_text("Copied")

    assert len(await page.evaluate("navigator.clipboard.readText()")) > 10


async def test_a_run_goes_on_in_another_window(opened: Opening) -> None:
    """Two windows of one person show the same card, and a press in the old one says where the run is."""
    first = await opened("ana")
    await types(first, "/calm restrain")
    await expect(card(first)).to_contain_text("Step 1 of 4")
    second = await opened("ana")
    await presses(second, "Next")
    await expect(card(first)).to_contain_text("Step 2 of 4")


async def test_the_search_of_calm_finds_a_playbook(opened: Opening) -> None:
    """The box on the card of /calm takes words as the command does."""
    page = await opened("ana")
    await types(page, "/calm")
    await page.get_by_label("In your own words").fill("nobody listens to her")
    await page.get_by_role("button", name="Find").click()
    await expect(page.locator("#posts")).to_contain_text("Start: Be heard")


# --- everybody can read it ------------------------------------------------------------------------

GALLERY = Message.of(
    "Every kind of part",
    Section(
        text=(
            "Plain, ",
            Strong(words="strong"),
            ", ",
            Code(words="/calm"),
            ", ",
            Blank(name="customer's name"),
            ", ",
            PersonRef(person_id=1, name="Ana"),
            ", ",
            Link(words="a link", url="https://example.com/"),
        )
    ),
    *(Section(text=(f"A {tone} word.",), tone=tone) for tone in ("quiet", "good", "warning", "danger")),
    Fields(facts=(Fact(name="Since", text=("ten",)), Fact(name="By", text=("eleven",)))),
    Listing(lines=(("one",), ("two",))),
    Say(text=("Thank you for holding, ", Blank(name="customer's name"), ".")),
    Avoid(text=("Calm down.",), why=("It tells them how to feel.",)),
    Wait(pause="breath", seconds=5, text=("Breathe.",)),
    Wait(pause="count", seconds=10, text=("Count.",)),
    Search(label="In your own words", command="calm"),
    Choice(
        buttons=(
            Button(label="Plain", command="help"),
            Button(label="Primary", command="help", style="primary"),
            Button(label="Danger", command="help", style="danger"),
        )
    ),
    Offers(
        offered=(
            Offered(text=("They say nobody listens.",), button=Button(label="Be heard", command="help")),
            Offered(text=("You're about to answer back.",), button=Button(label="Restrain", command="help")),
        )
    ),
    progress=(2, 6),
)


async def hang_gallery(web: WebStage, conversation: str, only_for: str | None) -> None:
    """Post every kind of part, some with times in it."""
    now = web.clock.now()
    times = Section(text=(moment(now), " ", moment(now, "date"), " ", moment(now, "elapsed")))
    for notice in (False, True):
        message = GALLERY.model_copy(update={"parts": (times, *GALLERY.parts)})
        draft = Draft(conversation=conversation, at=now, message=message, only_for=only_for, notice=notice)
        await web.database.write(partial(posts.store, draft=draft))


async def test_times_name_their_zone_where_readers_differ(opened: Opening, web: WebStage) -> None:
    """Once somebody of the team reads other times, a promise says of which zone it is; the time of a post need not."""
    await hang_gallery(web, "support", None)
    page = await opened("ana")
    alike = await page.locator(".section time").first.text_content()
    theirs = update(Person).where(Person.name == "Omar").values(time_zone="America/New_York")
    await web.database.write(lambda session: session.execute(theirs))
    await page.reload()
    post = page.locator(".post").first

    assert alike == "10:00"
    await expect(post.locator(".section time").first).to_have_text("10:00 GMT")
    await expect(post.locator("header time")).to_have_text("10:00")


# Only what is wrong is handed over: Playwright looks at each value of it, and most of what axe finds is right.
COMPLAINTS = """() => axe.run({resultTypes: ["violations"]}).then(found =>
  found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)]))"""


async def complaints(page: Page) -> list[str]:
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(Axe().axe_script)
    found = await page.evaluate(COMPLAINTS)
    return [f"{rule}: {asks}: {[one[:150] for one in where][:3]}" for rule, asks, where in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1200])
async def test_axe_finds_nothing(opened: Opening, web: WebStage, theme: str, width: int) -> None:
    """Every kind of card, the completions, every form and a form with errors pass in both themes, narrow and wide."""
    await hang_gallery(web, "support", "sofia")
    await web.type("ben", "support", "Good morning everybody", "a-key-of-ben")
    page = await opened("sofia", theme=theme, width=width)
    assert await complaints(page) == []

    for typed in ("/zanshin help", "/zanshin team", "/zanshin status", "/calm", "/calm restrain", "/cam"):
        await types(page, typed)
    await expect(page.locator("#posts")).to_contain_text("Did you mean one of these?")
    assert await complaints(page) == []

    if width < 700:
        await page.get_by_role("button", name="Menu").click()
        await expect(page.get_by_role("link", name="Ben sample agent")).to_be_visible()
        assert await complaints(page) == []
        await page.get_by_role("button", name="Menu").click()

    await page.fill("#words", "/zan")
    await page.locator("#words").press("ArrowDown")
    assert await complaints(page) == []

    await types(page, "/zanshin settings")
    await page.get_by_label("Time zone").fill("Mars")
    await page.keyboard.press("Enter")
    await expect(page.locator("#error-time_zone")).to_contain_text("no such time zone")
    assert await complaints(page) == []
    await page.keyboard.press("Escape")

    await types(page, "/zanshin team")
    await expect(page.get_by_role("button", name="Edit Ben", exact=True)).to_have_count(2)  # nothing moves any more
    await presses(page, "Edit Ben")
    await expect(page.get_by_role("dialog")).to_contain_text("Knows about")
    assert await complaints(page) == []
    await page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [320, 390, 1200, 2200])
async def test_nothing_sticks_out(opened: Opening, web: WebStage, width: int) -> None:
    """At any width one reads from top to bottom, without scrolling sideways."""
    await hang_gallery(web, "support", None)
    page = await opened("ana", width=width)
    await types(page, "/calm " + "unbreakable" * 20)

    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert await page.evaluate(
        "document.querySelector('#posts').scrollWidth <= document.querySelector('#posts').clientWidth"
    )


async def test_the_theme_is_the_visitors_choice(opened: Opening) -> None:
    """The button goes through auto, light and dark, says which, and remembers."""
    page = await opened("ana")
    button = page.get_by_role("button", name="Theme")
    for name in ("Theme: light", "Theme: dark"):
        await button.click()
        await expect(button).to_have_text(name)
    await page.reload()
    await expect(button).to_have_text("Theme: dark")

    assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 26, 28)"


async def test_a_newcomer_is_led_from_the_page_alone(opened: Opening) -> None:
    """Each step leads to its person and place with the words in the box; what was tried is marked, also later."""
    ana = await opened("ana")
    await ana.get_by_role("link", name="Show me: It's too much").click()
    await expect(ana.locator("#words")).to_have_value("/recuse CASE-42 heated: charged twice")
    await ana.keyboard.press("Enter")
    await expect(ana.locator("#words")).to_have_value("")
    await expect(ana.locator("#next-step")).to_be_visible()  # the list makes room for what is answered
    await ana.get_by_text("First time here?").click()
    await ana.get_by_role("link", name="Show me: Ben is asked").click()

    await expect(ana.locator(".place")).to_contain_text("as Ben")
    await expect(card(ana)).to_contain_text("CASE-42")
    await expect(ana.locator(".tour .done")).to_have_count(2)


async def test_a_name_from_right_to_left_stands_where_the_others_stand(opened: Opening) -> None:
    """Above what is said of them, and not at the other end of the line."""
    sofia = await opened("sofia", "@sofia")
    await types(sofia, "/zanshin team")
    await presses(sofia, "Edit Ben")
    await sofia.fill("#dialog [name=name]", "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f")
    await sofia.locator("#dialog").get_by_role("button", name="Save").click()
    await expect(card(sofia)).to_contain_text("\u0644\u064a\u0644\u0649")
    aligned = "(() => [...document.querySelectorAll('#posts dt')].map((one) => getComputedStyle(one).textAlign))()"

    assert set(await sofia.evaluate(aligned)) <= {"left"}


async def test_whoever_types_a_step_by_themselves_has_tried_it(opened: Opening) -> None:
    """Words of their own count as well as ours, and the line above the conversation goes on to what is next."""
    ana = await opened("ana")
    await types(ana, "/calm he is yelling")
    await expect(ana.locator("#next-step")).to_contain_text("2. A minute on hold")
    await types(ana, "/zanshin team")
    await expect(ana.locator("#next-step")).to_contain_text("2. A minute on hold")
    await types(ana, "/recuse")
    await expect(ana.locator("#next-step")).to_contain_text("2. A minute on hold")
    await expect(ana.locator(".tour .done")).to_have_count(2)
    await ana.reload()

    await expect(ana.locator(".tour .done")).to_have_count(2)


async def test_the_end_of_a_hold_is_offered_once_one_runs(opened: Opening) -> None:
    """Before, a push would lead to something else."""
    ana = await opened("ana")
    await types(ana, "/calm she keeps shouting at me")
    await expect(ana.locator("#next-step")).to_contain_text("2. A minute on hold")
    await expect(ana.locator("#next-step a")).to_have_count(0)
    await presses(ana, "Start: Keep calm")
    await presses(ana, "No, I can ask them to hold")
    await presses(ana, "I asked them to hold")

    await expect(ana.locator("#next-step a")).to_be_visible()


async def test_enter_takes_a_command_and_arrow_up_brings_words_back(opened: Opening) -> None:
    """A command that is only begun is completed, never sent as a slip; what was sent can be sent again."""
    ana = await opened("ana")
    await ana.fill("#words", "/inc")
    await ana.keyboard.press("Enter")
    await expect(ana.locator("#words")).to_have_value("/incident ")
    await types(ana, "/calm restrain")
    await types(ana, "/zanshin team")
    await ana.keyboard.press("ArrowUp")
    await ana.keyboard.press("ArrowUp")
    await expect(ana.locator("#words")).to_have_value("/calm restrain")
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("ArrowDown")

    await expect(ana.locator("#words")).to_have_value("")


HIDE = """hidden => {
    Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""


async def test_a_window_nobody_looks_at_lets_go_of_its_stream_and_catches_up(opened: Opening) -> None:
    """A browser has six connections for all its windows: with more of them, words would wait without a sign."""
    ana, ben = await opened("ana"), await opened("ben")
    await types(ben, "Good morning Ana")
    await expect(ana.locator("#posts")).to_contain_text("Good morning Ana")
    await ana.evaluate(HIDE, True)
    await types(ben, "Are you there?")
    await expect(ben.locator("#posts")).to_contain_text("Are you there?")
    await expect(ana.locator("#posts")).not_to_contain_text("Are you there?")
    await ana.evaluate(HIDE, False)

    await expect(ana.locator("#posts")).to_contain_text("Are you there?")
