"""What Slack sends in odd shapes: words are found wherever they stand, and no answer of a form is thrown away."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.inbound import answer
from adapters.slack.payloads import Post, View
from adapters.slack.posts import words_of


def rich(text: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


ROWS = [[{"type": "raw_text", "text": "Host"}, {"type": "raw_text", "text": "Errors"}], [rich("api-3"), None]]

DEEP: dict[str, Any] = {}  # a table in a table in a table: nobody reads on for ever
for _table in range(2000):
    DEEP = {"type": "table", "rows": [[DEEP]]}


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ({"attachments": [{"title": {"text": "API down"}, "text": 5}]}, "API down\n5"),
        (
            {"attachments": [{"fields": [{"title": "Host", "value": 7}, {"value": {"text": "api-3"}}]}]},
            "Host: 7\napi-3",
        ),
        ({"attachments": [{"author_name": "Grafana", "title": "", "text": None}]}, "Grafana"),
        ({"attachments": [{"message_blocks": [{"message": {"blocks": [rich("Cards fail")]}}]}]}, "Cards fail"),
        ({"attachments": [{"message_blocks": [{"message": None}], "fallback": "Cards fail"}]}, "Cards fail"),
        ({"blocks": [{"type": "table", "rows": ROWS}]}, "Host · Errors\napi-3"),
        ({"blocks": [DEEP, rich("Cards fail")]}, "Cards fail"),
        ({"blocks": [{"type": "table", "rows": [None, "x"]}, rich("Cards fail")]}, "Cards fail"),
        (
            {"blocks": [{"type": "video", "title": {"text": "Outage"}, "description": {"text": "At ten"}}]},
            "Outage\nAt ten",
        ),
        ({"blocks": [{"type": "card", "title": {"text": "Cards"}, "body": {"text": "They fail"}}]}, "Cards\nThey fail"),
        ({"files": [{"title": None, "subject": "Fwd: it fails", "name": 7}]}, "Fwd: it fails"),
        ({"blocks": "odd", "attachments": [None, 3, "text"], "files": {}}, ""),
    ],
)
def test_the_words_of_a_message_are_found(message: dict[str, Any], read: str) -> None:
    """Alerts of every tool: tables, videos, shared messages, forwarded e-mails, numbers where words should be."""
    assert words_of(Post.model_validate({"text": None} | message)) == read


@pytest.mark.parametrize(
    ("elements", "answers"),
    [
        ({"e": {"type": "number_input", "value": 3}}, ["3"]),
        ({"e": {"type": "number_input", "value": 2.0}}, ["2"]),
        ({"e": {"type": "plain_text_input", "value": True}}, ["yes"]),
        ({"e": {"type": "plain_text_input", "value": None}}, [""]),
        ({"e": {"type": "plain_text_input", "value": {"text": "x"}}}, [""]),
        ({"e": {"value": "of no type"}}, ["of no type"]),
        ({"e": {"type": "static_select", "selected_option": {"value": 2}}}, ["2"]),
        ({"e": {"type": "checkboxes", "selected_options": [None]}}, [""]),
        ({"e": {"type": "checkboxes", "selected_options": [{"value": True}]}}, ["yes"]),
        ({"e": None}, [""]),
        ({}, [""]),
        (None, [""]),
    ],
)
def test_every_answer_of_a_form_is_one(elements: object, answers: list[str]) -> None:
    """Nothing, numbers and yes are answers, and the others beside them are read."""
    beside = {"e": {"type": "plain_text_input", "value": "kept"}}
    values = View.model_validate({"id": "V1", "state": {"values": {"odd": elements, "beside": beside}}}).state.values

    assert [answer(one) for one in values["odd"].values()] == answers
    assert [answer(one) for one in values["beside"].values()] == ["kept"]
