"""Zanshin in Microsoft's own playground: Ana in a real browser, her colleagues by what their clients send."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.adapters.teams_stage import account, actions
from tests.browser.agents_playground import GROUP, PERSONAL
from tests.browser.teams_desk import TeamsDesk
from tests.fakes.teams import TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser

    from bot.store.database import Database

FEWEST = 1  # messages that every script shows

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture(loop_scope="session")
async def desk(sqlite_alone: Database, browser: Browser) -> AsyncIterator[TeamsDesk]:
    """A team at work; in the end nothing has been sent that the real Teams refuses."""
    async with TeamsDesk(sqlite_alone, browser) as desk:
        yield desk
        shown, wrong = desk.playground.judged()
        assert shown >= FEWEST
        assert wrong == []


async def test_an_agent_walks_through_a_playbook_with_a_hold(desk: TeamsDesk) -> None:
    """Ana gets the playbook, presses her way through it, is reminded of who waits, and comes back."""
    ana = await desk.sit_down()
    await ana.types("calm she keeps shouting at me")
    await ana.sees("It fits because you wrote “shouting”.")
    await ana.presses("Start: Keep calm")
    await ana.presses("No, I can ask them to hold")
    await ana.sees("May I put you on hold for a moment?")
    await ana.presses("I asked them to hold")
    await ana.sees("the customer has been waiting")
    await ana.presses("Next")
    await desk.push(timedelta(minutes=1))
    await ana.sees("seconds on hold: go back now")
    await ana.types("status")
    await ana.sees("Hello Ana")


async def test_a_case_changes_hands(desk: TeamsDesk) -> None:
    """Ana steps out; Ben says not now; Omar takes it with her note; Ana adds to it in a form; he reads it."""
    ana = await desk.sit_down()
    ben, omar = await desk.colleague("ben"), await desk.colleague("omar")
    await ana.types("recuse CASE-42 heated: charged twice")
    await ana.sees("Asking Ben …")
    offer = await ben.sees("Can you take over a case from Ana?")
    assert "charged twice" not in str(offer)
    await ben.presses("Not now", "Can you take over a case from Ana?")
    await ana.sees("Ben can't just now.")
    await ben.sees("A case from Ana")  # before that, his is the latest that asks
    await omar.presses("I take it", "Can you take over a case from Ana?")
    await omar.sees("You took over from Ana", "charged twice")
    await ana.sees("Omar takes over")
    await ana.sees("the next step is my colleague Omar")

    await ana.presses("Add to the note")
    await ana.fills_in("Their mood", "furious")
    await ana.presses("Save")
    await omar.sees("You took over from Ana", "furious")
    await omar.presses("Done with it", "You took over from Ana")
    await omar.sees("You're done with it.")


async def test_an_incident_keeps_its_promise_also_after_a_restart(desk: TeamsDesk) -> None:
    """Omar opens one, is warned by a Zanshin that was started anew, and writes the update."""
    omar = await desk.colleague("omar")
    await omar.says("incident open sev1 Card payments fail")
    await omar.sees("It's yours. The first update is promised by")
    await desk.start()
    await desk.push(timedelta(minutes=17))
    await omar.sees("News for customers is due by")
    for _step in range(4):
        await desk.push(timedelta(minutes=5))
    await desk.playground.until("aited for news since")
    await omar.presses("Update", "aited for news since")
    answers = {"notice": "Some cards are declined.", "doing": "We switch to the other provider.", "by": "in 30m"}
    await omar.presses("Post it", "Three answers", **answers)
    await omar.sees("Ready to copy", "We switch to the other provider.")


async def test_a_channel_and_a_group_read_no_more_than_they_should(desk: TeamsDesk) -> None:
    """A mention is answered in private, one word of it is taken; what the channel should read, it reads."""
    ana, ben = await desk.sit_down(), await desk.colleague("ben")
    mention = {"entities": [{"type": "mention", "text": "<at>Zanshin</at>", "mentioned": {"id": desk.bot}}]}
    for place in (f"{TEAM};messageid=1", GROUP):
        await ben.says("<at>Zanshin</at> calm she cries", place, **mention)
        await ben.sees("I left out what you wrote about it")
    await ana.types("recuse")
    await ana.sees("I'm finding somebody for you")
    await ben.presses("I take it", "Can you take over a case from Ana?")
    await desk.playground.until("took over a case from")
    assert not [one for _id, one in desk.playground.sent() if "she cries" in str(one)]


async def test_old_clients_submit_and_writers_find_sentences(desk: TeamsDesk) -> None:
    """A press without an answer changes the card all the same; the extension offers sentences of playbooks."""
    playground = desk.playground
    await playground.add()
    await playground.say("calm restrain")
    id_, shown = await playground.until("Step 1 of 4")
    following = next(one for one in actions(shown["attachments"][0]["content"]) if one["title"] == "Next")
    pressed = {"conversation": {"id": PERSONAL}, "from": {"id": account("ana")}, "replyToId": id_}
    await playground.post("/_conversation/v1/submit", pressed | {"value": following["fallback"]["data"]})
    await playground.until("Step 2 of 4")

    query = {"commandId": "playbook-sentences", "parameters": [{"name": "words", "value": "our mistake"}]}
    asked = {"name": "composeExtension/query", "from": {"id": account("ana")}, "conversation": {"id": PERSONAL}}
    found: dict[str, Any] = await playground.post("/_conversation/v1/invoke", asked | {"value": query})
    assert "That was our mistake, not yours." in str(found)
