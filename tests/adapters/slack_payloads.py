"""What Slack sends, as recorded and as built: bodies, headers and signatures of the wire."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from adapters.slack.guard import sign

SECRET = "a signing secret of Slack"
NOW = 1_795_600_000
TEAM, BOT = "T0TEAM", "U0ZANSHIN"
RESPONSE_URL = "https://hooks.slack.test/actions/T0TEAM/1/x"

Wire = tuple[bytes, dict[str, str]]


def command(words: str, **more: str) -> dict[str, str]:
    name, _space, text = words.partition(" ")
    return {
        "token": "legacy",
        "team_id": TEAM,
        "team_domain": "acme",
        "channel_id": "C0SUPPORT",
        "channel_name": "support",
        "user_id": "U0ANA",
        "user_name": "ana",
        "command": name,
        "text": text,
        "api_app_id": "A0APP",
        "is_enterprise_install": "false",
        "response_url": RESPONSE_URL,
        "trigger_id": "1.2.abc",
    } | more


def _interaction(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": "acme"},
        "user": {"id": "U0ANA", "username": "ana", "name": "ana", "team_id": TEAM},
        "api_app_id": "A0APP",
        "token": "legacy",
        "trigger_id": "1.2.abc",
        "enterprise": None,
        "is_enterprise_install": False,
    } | more


def press(command: str, fields: dict[str, str] | None = None, *, ephemeral: bool = True, **more: Any) -> dict[str, Any]:
    container = {"type": "message", "message_ts": "17.1", "channel_id": "C0SUPPORT", "is_ephemeral": ephemeral}
    action = {
        "type": "button",
        "action_id": command,
        "block_id": "b1",
        "text": {"type": "plain_text", "text": "Press me", "emoji": True},
        "value": json.dumps(fields or {}),
        "action_ts": "1795600000.123",
    }
    return _interaction(
        "block_actions",
        container=container,
        channel={"id": "C0SUPPORT", "name": "support"},
        state={"values": {}},
        response_url=RESPONSE_URL,
        actions=[action],
    ) | (more)


def form(metadata: dict[str, Any], answers: dict[str, dict[str, Any]], **view: Any) -> dict[str, Any]:
    shown = {
        "id": "V0FORM",
        "team_id": TEAM,
        "type": "modal",
        "callback_id": "form",
        "private_metadata": json.dumps(metadata),
        "hash": "1.x",
        "blocks": [],
        "root_view_id": "V0FORM",
        "previous_view_id": None,
        "state": {"values": {name: {name: value} for name, value in answers.items()}},
    } | view
    return _interaction("view_submission", view=shown, response_urls=[])


def shortcut(name: str, text: str | None = None, **more: Any) -> dict[str, Any]:
    if text is None:
        return _interaction("shortcut", callback_id=name, action_ts="1.1") | more
    message = {"type": "message", "user": "U0BEN", "text": text, "ts": "17.2"}
    return (
        _interaction(
            "message_action",
            callback_id=name,
            channel={"id": "C0SUPPORT", "name": "support"},
            message=message,
            message_ts="17.2",
            response_url=RESPONSE_URL,
        )
        | more
    )


def event(kind: str, *, event_id: str = "Ev0001", outer: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    happened = {"type": kind, "user": "U0ANA", "channel": "C0SUPPORT", "ts": "17.3", "event_ts": "17.3"} | more
    return {
        "token": "legacy",
        "team_id": TEAM,
        "api_app_id": "A0APP",
        "event": happened,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": NOW,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}],
        "is_ext_shared_channel": False,
    } | (outer or {})


def recorded() -> dict[str, dict[str, Any]]:
    """One payload of every kind, each a valid one."""
    answers = {"title": {"type": "plain_text_input", "value": "Search is slow"}}
    return {
        "command": command("/calm she keeps shouting"),
        "press": press("take-step", {"run": "1", "version": "1"}),
        "form": form({"command": "open-incident", "fields": {}, "channel": "C0SUPPORT"}, answers),
        "shortcut": shortcut("find-playbook"),
        "message_shortcut": shortcut("find-playbook", "she keeps shouting"),
        "mention": event("app_mention", text=f"<@{BOT}> recuse"),
        "direct": event("message", channel="D0ANA", channel_type="im", text="she keeps shouting"),
        "home": event("app_home_opened", channel="D0ANA", tab="home"),
        "renamed": event("channel_rename", channel={"id": "C0SUPPORT", "name": "helpdesk", "created": 1}),
        "uninstalled": event("app_uninstalled"),
        "reaction": event("reaction_added", item={"type": "message"}),
    }


def body_of(payload: dict[str, Any]) -> Wire:
    """Write a payload as Slack does: commands and interactions as forms, events as JSON."""
    if payload.get("type") in ("event_callback", "url_verification"):
        return json.dumps(payload).encode(), {"content-type": "application/json"}
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), {"content-type": "application/x-www-form-urlencoded"}


def signed(payload: dict[str, Any], *, at: int = NOW, secret: str = SECRET) -> Wire:
    """Write and sign a payload."""
    raw, headers = body_of(payload)
    return raw, headers | signature(raw, at=at, secret=secret)


def signature(raw: bytes, *, at: int = NOW, secret: str = SECRET) -> dict[str, str]:
    return {"x-slack-request-timestamp": str(at), "x-slack-signature": sign(raw, str(at), secret)}
