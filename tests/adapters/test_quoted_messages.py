"""Messages that shortcuts of Slack and extensions of Teams are used on: their words, wherever they stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from adapters.slack import posts as slack_posts
from adapters.slack.inbound import SHORTCUTS, Act, read
from adapters.slack.payloads import Post, shape
from adapters.teams import posts as teams_posts
from adapters.teams.payloads import Quoted
from bot.typing.quoting import quoted
from tests.adapters.slack_payloads import shortcut

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRING = {
    "title": "[FIRING:1] CheckoutErrors",
    "text": "error rate 40% on checkout",
    "fallback": "[FIRING:1] CheckoutErrors error rate 40%",
}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def mrkdwn(text: Any) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"text": "Cards fail &amp; she shouts"}, "Cards fail & she shouts"),
        ({"text": "", "attachments": [FIRING]}, "[FIRING:1] CheckoutErrors\nerror rate 40% on checkout"),
        ({"text": None, "attachments": [{"fallback": "Disk is full on db-1"}]}, "Disk is full on db-1"),
        (
            {"attachments": [{"pretext": "Datadog", "fields": [{"title": "Host", "value": "web-3"}, {"value": 7}]}]},
            "Datadog\nHost: web-3\n7",
        ),
        ({"attachments": [{"blocks": [{"type": "section", "text": mrkdwn("Queue is full")}]}]}, "Queue is full"),
        (
            {"text": "Alert", "bot_id": "B1", "blocks": [{"type": "header", "text": mrkdwn("SLA at risk")}]},
            "Alert\nSLA at risk",
        ),
        (
            {
                "blocks": [
                    {"type": "section", "text": mrkdwn("*P1* <https://a.example/1|INC-1>"), "fields": [mrkdwn("EU")]},
                    {"type": "divider"},
                    {"type": "context", "elements": [{"type": "image", "alt_text": "x"}, mrkdwn("since 10:00")]},
                    {"type": "actions", "elements": [{"type": "button", "text": mrkdwn("Acknowledge")}]},
                ]
            },
            "*P1* INC-1 (https://a.example/1)\nEU\nsince 10:00",
        ),
        (
            {
                "text": "",
                "blocks": [
                    rich(
                        {"type": "text", "text": "Ask "},
                        {"type": "user", "user_id": "U0ANA"},
                        {"type": "text", "text": " a<b"},
                    )
                ],
            },
            "Ask <@U0ANA> a<b",
        ),
        (
            {
                "text": "This content can't be displayed.",
                "blocks": [rich({"type": "text", "text": "Down"}, {"type": "emoji", "name": "fire"})],
            },
            "Down:fire:",
        ),
        (
            {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_list",
                                "elements": rich({"type": "link", "url": "https://a.example", "text": "site"})[
                                    "elements"
                                ],
                            }
                        ],
                    }
                ]
            },
            "site (https://a.example)",
        ),
        ({"text": "", "files": [{"title": "Screenshot of the error", "name": "a.png"}]}, "Screenshot of the error"),
        ({"text": "", "files": [{"name": "error.log"}, None, 5]}, "error.log"),
        ({"text": "Cards fail", "blocks": [rich({"type": "text", "text": "Cards fail"})]}, "Cards fail"),
        ({"text": 42, "attachments": "none", "blocks": {"type": "x"}, "files": 3, "thread_ts": None}, "42"),
        ({"attachments": [None, {"title": None, "text": {"a": 1}, "fields": [None]}]}, ""),
        ({}, ""),
    ],
)
def test_the_words_of_a_message_of_slack_are_found(message: Mapping[str, Any], words: str) -> None:
    """In its text, blocks, attachments or files, each once; shapes nobody expects lose nothing else."""
    assert slack_posts.words_of(Post.model_validate(message)) == words


@pytest.mark.parametrize("name", [name for name, (_command, _field, most) in SHORTCUTS.items() if most])
def test_every_shortcut_on_an_alert_reads_its_words(name: str) -> None:
    """An alert has no text of its own."""
    message = {
        "type": "message",
        "subtype": "bot_message",
        "bot_id": "B1",
        "ts": "17.2",
        "text": "",
        "attachments": [FIRING],
    }
    found = shape(shortcut(name, "") | {"message": message})
    assert found is not None
    act = read(found, "digest")

    assert isinstance(act, Act)
    assert "CheckoutErrors" in str(act.wanted)


ADAPTIVE = {
    "type": "AdaptiveCard",
    "body": [
        {"type": "TextBlock", "text": "Card payments fail"},
        {"type": "ColumnSet", "columns": [{"type": "Column", "items": [{"type": "TextBlock", "text": "EU only"}]}]},
        {"type": "FactSet", "facts": [{"title": "Since:", "value": "10:00"}]},
        {"type": "RichTextBlock", "inlines": ["Ask ", {"type": "TextRun", "text": "Ben"}]},
        {"type": "Input.Text", "label": "Comment", "title": "x"},
        {"type": "ActionSet", "actions": [{"type": "Action.Submit", "title": "Acknowledge"}]},
    ],
}
READ = "Card payments fail\nEU only\nSince: 10:00\nAsk Ben"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"body": {"content": "<p>she <b>shouts</b></p>", "contentType": "html"}}, "she shouts"),
        ({"body": {"content": "a < b", "contentType": "text"}}, "a < b"),
        (
            {
                "body": {"content": '<attachment id="1"></attachment>'},
                "attachments": [{"content": json.dumps(ADAPTIVE)}],
            },
            READ,
        ),
        (
            {
                "body": None,
                "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": ADAPTIVE}],
            },
            READ,
        ),
        (
            {
                "attachments": [
                    {
                        "content": {
                            "title": "Alert",
                            "subtitle": "db-1",
                            "text": "<b>Disk</b> is full",
                            "buttons": [{"title": "Open"}],
                        }
                    }
                ]
            },
            "Alert\ndb-1\nDisk is full",
        ),
        (
            {
                "attachments": [
                    {
                        "content": {
                            "summary": "x",
                            "sections": [
                                {"activityTitle": "Queue is full", "facts": [{"name": "Host", "value": "web-3"}]}
                            ],
                        }
                    }
                ]
            },
            "Queue is full\nHost: web-3",
        ),
        ({"subject": "Outage", "body": {"content": "<p>Since ten</p>"}}, "Outage\nSince ten"),
        (
            {
                "body": {"content": ""},
                "attachments": [{"contentType": "reference", "name": "error.log", "content": None}],
            },
            "error.log",
        ),
        ({"body": "plain words"}, "plain words"),
        ({"body": 5, "attachments": [{"content": "{broken"}, None, 7, {"content": "{" * 9}]}, ""),
        ({"body": {"content": None, "contentType": None}, "attachments": {}}, ""),
        ({"body": {"content": 404}}, "404"),
    ],
)
def test_the_words_of_a_message_of_teams_are_found(message: Mapping[str, Any], words: str) -> None:
    """In its body, in cards of any kind, in the name of a file; shapes nobody expects lose nothing else."""
    assert teams_posts.words_of(Quoted.model_validate(message)) == words


@pytest.mark.parametrize(
    ("words", "field", "most", "fits"),
    [
        ("Cards fail\nsince ten", "title", 200, "Cards fail since ten"),
        ("Cards fail\nsince ten", "note", 200, "Cards fail\nsince ten"),
        ("one two three", "note", 9, "one two"),
        ("ask <@U0ANA|Ana Lopez> now", "note", 15, "ask"),
        ("x" * 20, "note", 9, "x" * 9),
    ],
)
def test_what_is_too_long_ends_at_a_word(words: str, field: str, most: int, fits: str) -> None:
    """And never within a name; a title stands on one line."""
    assert quoted(words, field, most) == fits
