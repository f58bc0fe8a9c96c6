"""What somebody reads of an incident in their direct chat leads to its card in the channel, where one can be led."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from adapters.slack.permalinks import permalink as in_slack
from adapters.teams.permalinks import permalink as in_teams
from bot.say.leading import leading_to
from bot.say.messages import Button, Choice, Lead, Link, Message, Section
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.slack_stage import SlackStage
from tests.adapters.teams_stage import TeamsStage
from tests.adapters.web_stage import WebStage
from tests.dialogues.test_incidents import opened
from tests.fakes.slack import Fault
from tests.stage import Cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database

CHANNEL = "19:incidents@thread.tacv2"


@pytest.fixture
async def web(sqlite_alone: Database) -> AsyncIterator[WebStage]:
    """The playground."""
    stage = WebStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await stage.open()
    yield stage
    await stage.close()


@pytest.mark.parametrize(
    ("site", "reference", "address"),
    [
        ("https://acme.slack.com/", "C1:1700000000.000200", "https://acme.slack.com/archives/C1/p1700000000000200"),
        ("https://acme.slack.com", "G1:1700000000.000200", "https://acme.slack.com/archives/G1/p1700000000000200"),
        ("", "C1:1700000000.000200", ""),
        ("https://acme.slack.com/", "U1", ""),
        ("javascript:alert(1)", "C1:1.2", ""),
    ],
)
def test_a_message_of_slack_is_found_by_a_rule(site: str, reference: str, address: str) -> None:
    """Its channel and its time are all that it takes; of an unknown workspace there is none."""
    assert in_slack(site, reference) == address


@pytest.mark.parametrize(
    ("reference", "in_team", "address"),
    [
        (
            f"{CHANNEL};messageid=17|17",
            True,
            f"https://teams.microsoft.com/l/message/{CHANNEL}/17?tenantId=t-1&parentMessageId=17",
        ),
        (
            f"{CHANNEL};messageid=17|18",
            True,
            f"https://teams.microsoft.com/l/message/{CHANNEL}/18?tenantId=t-1&parentMessageId=17",
        ),
        (
            "19:chat@thread.v2|17",
            False,
            "https://teams.microsoft.com/l/message/19:chat@thread.v2/17?context=%7B%22contextType%22%3A%22chat%22%7D",
        ),
        ("a:direct|17", False, ""),
        (CHANNEL, True, ""),
    ],
)
def test_a_message_of_teams_has_a_deep_link(reference: str, in_team: bool, address: str) -> None:
    """Channel and message, and the post that began its thread; in the chat of a group the context is named."""
    assert in_teams("t-1", reference, in_team=in_team) == address


def test_a_deep_link_names_the_group_of_the_team_where_teams_named_it() -> None:
    """Some clients find the channel by it alone."""
    link = in_teams("t-1", f"{CHANNEL};messageid=17|17", in_team=True, group="g-1")

    assert link == f"https://teams.microsoft.com/l/message/{CHANNEL}/17?tenantId=t-1&groupId=g-1&parentMessageId=17"


def test_the_link_stands_above_what_can_be_pressed() -> None:
    """The buttons stay last; without an address nothing is changed."""
    buttons = Choice(buttons=(Button(label="Update", command="x"),))
    lead = Lead(words="Look at it in #support", subject="incident:1", conversation_id=1)
    nag = Message.of("#1", Section(text=("News is due.",)), buttons).model_copy(update={"lead": lead})
    led = leading_to(nag, "https://acme.slack.com/archives/C1/p1")

    assert [part.kind for part in led.parts] == ["section", "section", "choice"]
    assert led.parts[1] == Section(
        text=(Link(words="Look at it in #support", url="https://acme.slack.com/archives/C1/p1"),), tone="quiet"
    )
    assert leading_to(nag, "") == nag


async def test_slack_leads_whoever_is_called_to_the_card(slack: SlackStage) -> None:
    """The supervisor's direct message links to the incident; its workspace is asked for its address once."""
    cast = Cast(slack)
    await opened(cast, "sev1 Card payments fail")
    before = len(slack.slack.called("auth.test"))
    for minutes in (20, 10, 10, 10):
        await cast.later(minutes=minutes)
    [card] = [
        one
        for one in slack.slack.messages
        if one.channel == "C0INCIDENTS" and one.thread_ts is None and not one.only_for
    ]
    link = f"<https://test.slack.com/archives/C0INCIDENTS/p{card.ts.replace('.', '')}|Look at it in #incidents>"
    led = [one for one in slack.slack.messages if link in str(one.blocks)]
    asked = slack.slack.called("auth.test")[before:]

    assert led
    assert {one.channel for one in led}.isdisjoint({"C0INCIDENTS"})
    assert len(asked) == 1


async def test_slack_says_it_without_a_link_while_it_knows_no_address(slack: SlackStage) -> None:
    """A nag never waits for an address, and nothing is lost where there is none."""
    slack.slack.fail("auth.test", *[Fault(error="fatal_error")] * 9)
    cast = Cast(slack)
    await opened(cast, "sev1 Card payments fail")
    for minutes in (20, 10, 10, 10):
        await cast.later(minutes=minutes)
    called = await cast.sofia.privately.sees()

    assert any("Customers have waited for news" in text for text in called)
    assert not any("Look at it in" in text for text in called)


async def test_teams_leads_whoever_is_called_to_the_card(teams: TeamsStage) -> None:
    """The supervisor's direct message has the deep link of the post in the channel."""
    cast = Cast(teams)
    await opened(cast, "sev1 Card payments fail")
    for minutes in (20, 10, 10, 10):
        await cast.later(minutes=minutes)
    [root] = [one for one in teams.teams.posts if one.conversation.endswith(f";messageid={one.id}")]
    led = [one for one in teams.teams.posts if "[Look at it in " in str(one.card)]

    assert led
    assert all(f"/{root.id}?tenantId=" in str(one.card) for one in led)
    assert all("&groupId=6f0f0d5e" in str(one.card) for one in led)
    assert not any(";messageid=" in one.conversation for one in led)


async def test_the_playground_leads_to_its_post(web: WebStage) -> None:
    """The link opens the channel as the reader sees it, at the card."""
    cast = Cast(web)
    await opened(cast, "sev1 Card payments fail")
    for minutes in (20, 10, 10, 10):
        await cast.later(minutes=minutes)
    page = await (await web.client.get("/", params={"as": "sofia", "in": "@sofia"})).text()

    assert '<a dir="auto" href="/?as=sofia&amp;in=incidents#post-' in page
    assert ">Look at it in #incidents</a>" in page
