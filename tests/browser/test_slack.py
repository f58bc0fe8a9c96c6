"""Zanshin in a Slack of others, in a real browser: as four people, over signed HTTP and over Socket Mode."""

from __future__ import annotations

import asyncio
import shutil
import signal
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.adapters.slack_stage import account, channel
from tests.browser.local_slack import PATIENCE, local_slack
from tests.browser.slack_desk import SlackDesk
from tests.command_line import started
from tests.databases import SECRET
from tests.fakes.slack_rules import BOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

    from bot.store.database import Database
    from tests.browser.local_slack import LocalSlack

FEWEST = 3  # messages and forms that every script shows

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(params=["events", "socket"], loop_scope="session")
async def desk(request: pytest.FixtureRequest, sqlite_alone: Database, browser: Browser) -> AsyncIterator[SlackDesk]:
    """A team at work; in the end nothing has been sent that the real Slack refuses."""
    async with SlackDesk(sqlite_alone, browser, request.param) as desk:
        yield desk
        shown, wrong = await desk.slack.judged()
        assert shown >= FEWEST
        assert wrong == []


async def test_an_agent_walks_through_a_playbook_with_a_hold(desk: SlackDesk) -> None:
    """Ana gets the playbook, presses her way through it, is reminded of who waits, and comes back."""
    ana = await desk.sit_down("ana")
    await ana.types("/calm she keeps shouting at me")
    await ana.sees("It fits because you wrote “shouting”.")
    await ana.sees("only visible to you")
    await ana.presses("Start: Keep calm")
    await ana.presses("No, I can ask them to hold")
    await ana.sees("May I put you on hold for a moment?")
    await ana.presses("I asked them to hold")
    await ana.sees("You asked the customer to hold at")
    for step in range(4, 9):
        await ana.presses("Next")
        await ana.sees(f"Step {step} of ")
    await ana.presses("Calmer")
    await ana.sees("Go back to them")
    await desk.push(timedelta(minutes=1))
    await ana.presses("I'm back")
    await ana.sees_no("You asked the customer to hold at")
    await ana.go("Ana")
    await ana.sees("The hold is over. The customer waited 01:0")


async def test_a_case_changes_hands(desk: SlackDesk) -> None:
    """Ana steps out; Ben says not now; Omar takes it with her note; Ana adds to it in a form; Sofia sees it all."""
    ana, ben, omar, sofia = [await desk.sit_down(name) for name in ("ana", "ben", "omar", "sofia")]
    await sofia.types("/zanshin status")
    await sofia.go("Sofia")
    await ana.types("/recuse CASE-42 heated: charged twice")
    await ana.go("Ana")
    await ana.sees("Asking Ben …")
    await ben.go("Ben")
    await ben.sees("Can you take over a case from Ana?")
    await sofia.sees("Ana needs somebody")
    await ana.presses("I asked them to hold")
    await ana.sees("the customer has been waiting")

    await ben.presses("Not now")
    await ben.sees("You said not now.")
    await ana.sees("Ben can't just now.")
    await omar.go("Omar")
    await omar.sees("Can you take over a case from Ana?")
    await omar.sees_no("charged twice")
    await omar.presses("I take it")
    await omar.sees("You took over from Ana")
    await omar.sees("charged twice")
    await ana.sees("Omar takes over")
    await ana.sees("the next step is my colleague Omar")
    await ben.sees("Omar took it over")
    await expect(ben.messages.get_by_role("button", name="I take it")).to_have_count(0)
    await sofia.sees("Omar took over")

    await ana.presses("Add to the note")
    await ana.fills_in(Their_mood="furious", What_was_promised="A call by noon.")
    await expect(ana.modal).to_have_count(0)
    await omar.sees("A call by noon.")
    await omar.presses("I'm with the customer")
    await omar.presses("Done with it")
    await omar.sees("You're done with it.")


async def test_an_incident_keeps_its_promise(desk: SlackDesk) -> None:
    """Omar is warned, the channel is asked, he writes an update whose error stands at its field, and ends it."""
    omar, ben = await desk.sit_down("omar", "incidents"), await desk.sit_down("ben", "incidents")
    await omar.types("/incident open sev1 Card payments fail for some customers")
    await ben.sees("sev1")
    await desk.push(timedelta(minutes=16))
    owner = await desk.sit_down("omar", "Omar")
    await owner.sees("News for customers is due by")
    await desk.push(timedelta(minutes=4))
    await ben.page.get_by_role("button", name="repl").click()
    await expect(ben.page.locator(".thread-body")).to_contain_text(", news for customers is due by")

    await omar.presses("Update")
    answers = {
        "What_do_customers_notice": "Some cards are declined.",
        "What_is_being_done": "We use the other provider. Bank transfer works.",
    }
    await omar.fills_in(**answers, By_when_do_they_know_more="soon")
    await expect(omar.modal).to_contain_text("That's no time I can keep watch over.")
    await omar.fills_in(By_when_do_they_know_more="in 30m")
    await expect(omar.modal).to_have_count(0)
    await ben.sees("Bank transfer works.")
    await owner.sees("Ready to copy")

    await omar.presses("Resolve")
    await omar.fills_in(What_do_customers_read="All cards work again. No payment was taken twice.")
    await expect(ben.page.locator(".thread-body")).to_contain_text("No payment was taken twice.")
    await expect(ben.messages.get_by_role("button", name="No change")).to_have_count(0)


async def test_a_mention_a_direct_message_and_home(desk: SlackDesk) -> None:
    """A mention is answered where it was said, in private, a direct message where it stands; Home is up to date."""
    ana = await desk.sit_down("ana")
    root = await desk.slack.tell("message", user=account("ben"), channel=channel("support", ""), text="She shouts.")
    mention = {"channel": channel("support", ""), "text": f"<@{BOT}> calm", "thread_ts": root["message"]["ts"]}
    await desk.slack.tell("message", user=account("ana"), **mention)
    await ana.page.get_by_role("button", name="replies").click()
    await expect(ana.page.locator(".thread-body")).to_contain_text("Keep calm")
    await ana.types("/zanshin status")
    await ana.go("Ana")
    await ana.types("help")
    await ana.sees("What I can do for you")
    home = ana.page.locator(".home")  # this program says of presses there neither where nor on what they were
    await ana.page.locator(".sidebar-item").filter(has_text="Zanshin").click()
    await expect(home).to_contain_text("Hello Ana")
    await expect(home).to_contain_text("Available")
    await desk.slack.tell(
        "command", user=account("ana"), channel=channel("support", ""), command="/zanshin", text="away"
    )
    await desk.push(timedelta(seconds=11))
    await expect(home).to_contain_text("Enjoy your break, Ana")
    assert [entry["summary"] for entry in (await desk.slack.ask("log"))["log"] if "HTTP 5" in entry["summary"]] == []


# --- two processes, two workspaces --------------------------------------------------------------


@asynccontextmanager
async def zanshin(slack: LocalSlack, template: Path, folder: Path) -> AsyncIterator[None]:
    """Run a Zanshin of its own beside a workspace, as an operator does; it ends without an error."""
    file = folder / f"{slack.ours}.db"
    shutil.copyfile(template, file)
    environment = {
        "ZANSHIN_DATABASE_URL": f"sqlite:///{file}",
        "ZANSHIN_SECRET_KEY": SECRET,
        "ZANSHIN_PORT": str(slack.ours),
        "ZANSHIN_ADMINS": account("ana"),
        **slack.settings,
    }
    with started("serve", **environment) as server:
        try:
            greeting = await asyncio.to_thread(server.readline)
            assert "Platforms: slack." in greeting, greeting
            async with asyncio.timeout(PATIENCE):
                await connected(slack)
            yield
        finally:
            code = await asyncio.to_thread(server.end, signal.SIGTERM)
    assert code == 0


async def connected(slack: LocalSlack) -> None:
    """Wait until the socket is open, where there is one."""
    while slack.way == "socket" and "hello" not in str(await slack.ask("log")):  # noqa: ASYNC110  another program
        await asyncio.sleep(0.05)


async def test_two_processes_serve_two_workspaces(sqlite_file: Path, tmp_path: Path) -> None:
    """One over HTTP, one over a socket: each answers its own people, and knows nothing of the other."""
    async with local_slack("events", team="T0ACME") as acme, local_slack("socket", team="T0OTHER") as other:
        async with (
            zanshin(acme, sqlite_file, tmp_path),
            zanshin(other, sqlite_file, tmp_path),
            asyncio.timeout(PATIENCE),
        ):
            here = {"user": account("ana"), "channel": channel("support", "")}
            for slack in (acme, other):
                await slack.tell("command", command="/zanshin", text="", **here)
            await acme.tell("command", command="/zanshin", text="away 2h", **here)
            await other.tell("command", command="/zanshin", text="status", **here)
        said = [await said_in(slack) for slack in (acme, other)]
        for slack in (acme, other):
            shown, wrong = await slack.judged()
            assert shown >= FEWEST
            assert wrong == []

    for words in said:
        assert "I have no admin yet" not in words
    assert "Enjoy your break" in said[0]
    assert "Enjoy your break" not in said[1]


async def said_in(slack: LocalSlack) -> str:
    found = (await slack.ask(f"messages/{channel('support', '')}"))["messages"]
    return "\n".join(message["text"] for message in found)
