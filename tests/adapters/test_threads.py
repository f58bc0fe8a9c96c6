"""What is said of an incident stands in the thread of its card, as each platform knows threads."""

from __future__ import annotations

import pytest

from bot.say.messages import Message, Section
from tests.adapters.slack_stage import SlackStage
from tests.adapters.teams_stage import TeamsStage
from tests.dialogues.test_incidents import LINE, opened
from tests.stage import Cast


async def test_slack_keeps_an_incident_in_one_thread(slack: SlackStage) -> None:
    """Only the card stands in the channel; a reply is heard there when it is due, and later ones in the thread."""
    cast = Cast(slack)
    omar = await opened(cast)
    await cast.later(minutes=20)
    [card, due] = [one for one in slack.slack.messages if one.channel == "C0INCIDENTS" and one.only_for is None]
    await cast.later(minutes=2)
    [_card, overdue] = [one for one in slack.slack.messages if one.channel == "C0INCIDENTS" and one.only_for is None]
    await omar.tells(f"/incident update {LINE} 11:00")
    replies = [one for one in slack.slack.messages if one.thread_ts == card.ts]

    assert (due.thread_ts, due.arguments.get("reply_broadcast")) == (card.ts, True)
    assert due.text == "Update due now: #1 Card payments fail"
    assert "header" not in [block["type"] for block in due.blocks]
    assert (overdue.thread_ts, overdue.arguments.get("reply_broadcast")) == (card.ts, False)
    assert ["Customers were told" in one.text or "Thank you" in str(one.blocks) for one in replies] == [True, True]


async def test_a_thread_that_somebody_deleted_is_done_without(slack: SlackStage) -> None:
    """What was to stand in it is said in the channel itself, under its heading."""
    cast = Cast(slack)
    await opened(cast)
    slack.slack.messages[:] = [one for one in slack.slack.messages if one.channel != "C0INCIDENTS"]
    await cast.later(minutes=20)
    due = next(one for one in slack.slack.messages if "due now" in one.text)

    assert due.thread_ts is None
    assert "Card payments fail" in str(due.blocks)


async def test_teams_keeps_an_incident_in_one_thread(teams: TeamsStage) -> None:
    """What is said of it are replies to its card; three incidents are three posts."""
    cast = Cast(teams)
    for words in ("sev1 Card payments fail", "sev1 Search is slow", "sev1 The shop is closed"):
        await opened(cast, words)
    for minutes in (20, 2, 4):
        await cast.later(minutes=minutes)
    posted = [one for one in teams.teams.posts if ";messageid=" in one.conversation and one.only_for is None]
    roots = [one for one in posted if one.conversation.endswith(f"={one.id}")]
    replies = [one for one in posted if one not in roots]

    assert len(roots) == 3
    assert {one.conversation for one in replies} <= {one.conversation for one in roots}
    assert len(replies) == 3
    assert all(one.activity["summary"].startswith("Update overdue: #") for one in replies)
    assert not any("Card payments fail" in str(one.card["body"]) for one in replies)


@pytest.mark.parametrize("toast", ["", "Update due now: #1 Payments fail"])
def test_a_message_without_its_heading_is_named_in_notifications(toast: str) -> None:
    """In a thread the heading stands above; in the corner of a screen it does not."""
    reply = Message.of("#1 Payments fail", Section(text=("News is due.",)), toast=toast).without_heading()

    assert (reply.title, reply.toast) == ("", toast or "#1 Payments fail")
