"""Pictures within messages: on a card of Teams, on the page of the playground, and after an answer in Slack."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from adapters.slack.render import render as render_for_slack
from adapters.teams.render import activity, render
from adapters.teams.spans import Reading
from adapters.web.posts import Draft, store
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind
from bot.door.door import Door
from bot.pictures.carried import illustrated, image_of
from bot.pictures.values import Bar, Bars
from bot.say.messages import Message, Section
from bot.say.replies import Private
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.slack_stage import SlackStage, account
from tests.adapters.web_stage import WebStage
from tests.fakes.clock import START
from tests.fakes.slack import TEAM
from tests.fakes.teams_rules import wrong_in_activity

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database

PICTURE = Bars("Answered in time", "Answered in time: 82 %, before 74 %.", "%", (Bar("This week", 82, 74),))
REPORT = Message.of("Last week", Section(text=("Ten handoffs.",)), image_of(PICTURE))


@pytest.fixture
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    yield stage
    await stage.close()


async def test_a_card_of_teams_holds_its_picture() -> None:
    """It needs no address of ours, is described, and leaves the words room; undrawn, its words stand there."""
    reading = Reading(datetime(2026, 11, 24, tzinfo=UTC))
    drawn, undrawn = (activity(render(one, reading)) for one in (await illustrated(REPORT), REPORT))

    assert wrong_in_activity(drawn, {}) == []
    [image] = [one for one in drawn["attachments"][0]["content"]["body"] if one["type"] == "Image"]
    assert image["url"].startswith("data:image/png;base64,iVBOR")
    assert image["altText"] == PICTURE.alt
    assert undrawn["attachments"][0]["content"]["body"][-1]["text"].startswith("Answered in time: 82")


def test_an_answer_in_slack_says_where_its_picture_is() -> None:
    """An upload takes longer than an answer may."""
    [*_words, last] = render_for_slack(REPORT, {}).blocks

    assert last["elements"][0]["text"] == "The picture follows in our direct chat."


async def test_a_picture_follows_an_answer_once(sqlite_alone: Database) -> None:
    """Whoever asked gets it in their direct chat, with what it belongs to, also when Slack tells the same act twice."""
    stage = SlackStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    await stage.seat()
    asked = Origin(
        platform="slack",
        workspace=TEAM,
        conversation="C0SUPPORT",
        account=account("ana"),
        key="one",
        kind=ConversationKind.CHANNEL,
    )
    door = Door(stage.program, "slack")
    await door.send_pictures(Private(message=REPORT), asked)
    await door.send_pictures(Private(message=REPORT), asked)
    await stage.settle()
    seen = stage.slack.seen_by(account("ana"), f"@{account('ana')}")
    await stage.close()

    assert [one.text for one in seen if "files" in one.arguments] == ["*Last week*"]


async def test_the_playground_draws_a_picture_of_a_post(web: WebStage) -> None:
    """Once for light and once for dark; the page says in words what it shows; nothing else is a picture."""
    post = await web.database.write(
        lambda session: store(session, Draft(conversation="support", at=START, message=REPORT)).id
    )
    page = await (await web.client.get("/", params={"as": "ana"})).text()
    found = [await web.client.get(f"/pictures/{post}/1/{theme}") for theme in ("light", "dark")]
    bytes_ = [await one.read() for one in found]
    missing = [
        (await web.client.get(f"/pictures/{path}")).status
        for path in (f"{post}/0/light", f"{post}/9/light", "0/1/light", "x/y/z", f"{post}/²/light")
    ]

    assert f'src="/pictures/{post}/1/light" alt="{PICTURE.alt}"' in page
    assert [one.content_type for one in found] == ["image/png"] * 2
    assert bytes_[0] != bytes_[1]
    assert missing == [404] * 5
