"""A bot that says again what it hears: what Microsoft's playground is tried with, without Zanshin."""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, web

from tests.fakes.teams_rules import BOT, CARD, TENANT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.browser.agents_playground import AgentsPlayground

ERROR = "application/vnd.microsoft.error"
ASKED = [
    {"type": "FactSet", "facts": [{"title": "Case", "value": "**42**"}]},
    {"type": "Input.Text", "id": "why", "label": "Why"},
    {
        "type": "Container",
        "items": [{"type": "TextBlock", "text": "Tap here"}],
        "selectAction": {"type": "Action.Execute", "verb": "tap", "data": {"k": 2}},
    },
    {"type": "ActionSet", "actions": [{"type": "Action.Execute", "title": "Inside", "verb": "inside", "data": {}}]},
]
ACTIONS = [
    {"type": "Action.Execute", "title": "Execute", "verb": "go", "data": {"k": 1}},
    {"type": "Action.Execute", "title": "Refuse", "verb": "refuse", "data": {}},
    {"type": "Action.Submit", "title": "Submit", "data": {"s": 1}},
]


def card(words: str, *body: dict[str, Any], actions: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    said = {"type": "TextBlock", "text": words, "wrap": True}
    return {"type": "AdaptiveCard", "version": "1.5", "body": [said, *body], "actions": actions or []}


def showing(content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "message", "attachments": [{"contentType": CARD, "content": content}]}


def saying(words: str) -> dict[str, Any]:
    return {"type": "message", "text": words}


class EchoBot:
    """The bot, running; `heard` is every activity, oldest first."""

    def __init__(self, session: ClientSession, service_url: str) -> None:
        self._session = session
        self._service_url = service_url
        self.heard: list[dict[str, Any]] = []

    async def hear(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.heard.append(activity)
        if activity["type"] == "invoke":
            return web.json_response(self._answer(activity))
        if activity["type"] == "message":
            await self.tell(activity["conversation"]["id"], self._echo(activity))
        return web.json_response({})

    def _echo(self, activity: dict[str, Any]) -> dict[str, Any]:
        if "value" in activity:
            return saying(f"You submitted {json.dumps(activity['value'])}")
        if activity["text"] == "card":
            return showing(card("Press something", *ASKED, actions=ACTIONS))
        return saying(f"You said: {activity['text']}")

    def _answer(self, activity: dict[str, Any]) -> dict[str, Any]:
        if activity["name"] != "adaptiveCard/action":
            return {"asked": activity["name"]}
        action = activity["value"]["action"]
        if action["verb"] == "refuse":
            return {"statusCode": 400, "type": ERROR, "value": {"code": "BadRequest", "message": "Not like this"}}
        pressed = card(f"You pressed {action['verb']} {json.dumps(action['data'])}")
        return {"statusCode": 200, "type": CARD, "value": pressed}

    async def tell(self, conversation: str, activity: dict[str, Any], *, instead_of: str = "") -> dict[str, Any]:
        """Send a message, or another version of one; give the connector's answer."""
        where = f"{self._service_url}/v3/conversations/{conversation}/activities"
        method, url = ("PUT", f"{where}/{instead_of}") if instead_of else ("POST", where)
        async with self._session.request(method, url, json=activity) as answer:
            told: dict[str, Any] = await answer.json()
            return told

    async def open_chat(self, account: str) -> str:
        """Open the direct chat with somebody who has not written."""
        body = {"bot": {"id": BOT}, "members": [{"id": account}], "tenantId": TENANT, "isGroup": False}
        async with self._session.post(f"{self._service_url}/v3/conversations", json=body) as answer:
            return str((await answer.json())["id"])


@asynccontextmanager
async def echo_bot(playground: AgentsPlayground) -> AsyncIterator[EchoBot]:
    """Run the bot where the playground calls."""
    app = web.Application()
    async with ClientSession() as session:
        bot = EchoBot(session, playground.service_url)
        app.router.add_post("/api/messages", bot.hear)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", playground.ours).start()
        try:
            yield bot
        finally:
            await runner.cleanup()
