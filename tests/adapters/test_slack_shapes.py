"""What Slack sends in odd shapes: words are found wherever they stand, and no answer of a form is thrown away."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.inbound import Act, answer, read
from adapters.slack.payloads import Post, View, shape
from adapters.slack.posts import words_of
from tests.adapters.slack_payloads import event, form, press, shortcut


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


ODD: list[Any] = [None, 5, True, "", [], {}, [None], {"a": None}, "x" * 3000]
FORM = form(
    {"command": "open-incident", "fields": {}}, {"title": {"type": "plain_text_input", "value": "Search is slow"}}
)
PRESS = press("calm", {"words": "he shouts"})
QUOTE = shortcut("find-playbook", "she keeps shouting")
SAID = event("message", channel="D0ANA", channel_type="im", text="she keeps shouting")
INCIDENTAL = {
    "form": (FORM, ["user.name", "user.username", "trigger_id", "view.callback_id", "view.root_view_id"]),
    "views": (FORM, ["view.previous_view_id", "view.type", "view.blocks", "view.hash", "response_urls", "token"]),
    "press": (PRESS, ["user.name", "channel.name", "container.type", "container.message_ts", "response_url", "state"]),
    "action": (PRESS, ["actions.0.block_id", "actions.0.text", "actions.0.action_ts", "trigger_id", "token"]),
    "shortcut": (QUOTE, ["user.name", "channel.name", "message.user", "message.ts", "message.blocks", "message.files"]),
    "event": (SAID, ["event.ts", "event.thread_ts", "event.tab", "event.blocks", "event.files", "token"]),
}


def with_odd(sent: Any, path: str, odd: Any) -> Any:
    """Put something of another shape into a copy of a payload."""
    head, _dot, rest = path.partition(".")
    if isinstance(sent, list):
        return [with_odd(one, rest, odd) if str(at) == head else one for at, one in enumerate(sent)]
    return sent | {head: with_odd(sent.get(head), rest, odd) if rest else odd}


@pytest.mark.parametrize(("sent", "paths"), INCIDENTAL.values(), ids=INCIDENTAL)
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_what_is_incidental_loses_nothing_beside_it(sent: dict[str, Any], paths: list[str], odd: Any) -> None:
    """Whatever shape a name, an address or an empty object has: what was typed, pressed and filled in is read."""
    wanted = wanted_of(sent)
    for path in paths:
        assert wanted_of(with_odd(sent, path, odd)) == wanted, path


@pytest.mark.parametrize("odd", [5, True, [], {}, "", "x y", ["U0ANA"], {"id": "U0ANA"}], ids=repr)
@pytest.mark.parametrize(
    ("sent", "path"),
    [(FORM, "user.id"), (FORM, "team.id"), (PRESS, "team.id"), (PRESS, "channel.id"), (SAID, "team_id")],
)
def test_who_and_whose_is_never_guessed(sent: dict[str, Any], path: str, odd: Any) -> None:
    """Where it cannot be read by whom or for whom something is, nothing is done."""
    with pytest.raises(ValueError, match="validation error"):
        wanted_of(with_odd(sent, path, odd))


def wanted_of(sent: dict[str, Any]) -> object:
    """Read what a payload wants."""
    found = shape(sent)
    assert found is not None
    act = read(found, "digest")
    assert isinstance(act, Act)
    return act.wanted
