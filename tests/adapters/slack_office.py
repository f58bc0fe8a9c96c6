"""Zanshin on a server, with our strict Slack beside it: for what only happens to Slack."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from aiohttp.test_utils import TestClient, TestServer

from adapters.slack.oauth import COOKIE
from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import SlackSettings
from bot.compose import compose
from bot.run.serve import build_server
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.slack_payloads import SECRET, body_of, signature
from tests.fakes.clock import FakeClock
from tests.fakes.slack import APP_TOKEN, TOKEN, Slack
from tests.fakes.slack_rules import TEAM
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import ClientResponse, web

    from bot.store.database import Database

PEOPLE = ("ANA", "BEN", "SOFIA", "OMAR")
CHANNEL = "C0SUPPORT"


class Office:
    """A team in Slack, and everything it can send us."""

    def __init__(
        self,
        database: Database,
        *,
        many: bool = False,
        socket: bool = False,
        beside: Office | None = None,
        admins: tuple[str, ...] = (),
    ) -> None:
        """Build it; `beside`: another process of the same team."""
        self._admins = frozenset(admins)
        self.database = database
        self.clock = beside.clock if beside is not None else FakeClock()
        self.slack = beside.slack if beside is not None else Slack(self.clock)
        self._is_first = beside is None
        self._keys = {"client_id": "1.2", "client_secret": "a client secret"} if many else {"bot_token": TOKEN}
        self._keys |= {"app_token": APP_TOKEN} if socket else {"signing_secret": SECRET}
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        if self._is_first:
            await self._stack.enter_async_context(self.slack.serving())
            self._set_scene()
        settings = SlackSettings(api_url=self.slack.base_url, **self._keys)
        self.platform = SlackPlatform(settings, self.database, self.clock, lambda: self.clock.now().timestamp())
        self.program = compose(
            database=self.database,
            clock=self.clock,
            bookcase=bookcase_of(SHIPPED_PLAYBOOKS),
            messengers={self.platform.name: self.platform.messenger},
            admins=self._admins,
        )
        app = build_server(self.program, platforms=[self.platform])
        app.cleanup_ctx.pop(0)  # the tests run the program themselves
        self.client: TestClient[web.Request, web.Application] = TestClient(TestServer(app))
        await self.client.start_server()
        self._stack.push_async_callback(self.client.close)
        return self

    def _set_scene(self) -> None:
        for name in PEOPLE:
            self.slack.add_account(f"U0{name}", name.title())
            self.slack.direct(f"U0{name}")
        self.slack.add_channel(CHANNEL, "support", *(f"U0{name}" for name in PEOPLE))

    async def __aexit__(self, *_error: object) -> None:
        await self._stack.aclose()

    async def install(self, **differing: Any) -> int:
        """Install by OAuth, as an admin does in a browser; give the status of the last page."""
        left = await self.client.get("/slack/install", allow_redirects=False)
        state = parse_qs(urlsplit(left.headers["Location"]).query)["state"][0]
        code = f"code-{next(self.slack.number)}"
        self.slack.expect_code(code, **differing)
        self.client.session.cookie_jar.clear()
        cookie = {"Cookie": f"{COOKIE}={left.cookies[COOKIE].value}"}
        page = await self.client.get("/slack/oauth_redirect", params={"code": code, "state": state}, headers=cookie)
        return page.status

    # --- what Slack sends -----------------------------------------------------------------------

    async def send(self, payload: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Send a payload as Slack signs it; give the answer."""
        raw, kind = body_of(dict(payload))
        return await self.send_raw(raw, {**kind, **(headers or {})})

    async def send_raw(self, raw: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
        response = await self.post(raw, headers)
        text = await response.text()
        assert response.status == 200, text
        return json.loads(text) if text else {}

    async def post(self, raw: bytes, headers: Mapping[str, str]) -> ClientResponse:
        signed = {**headers, **signature(raw, at=int(self.clock.now().timestamp()))}
        return await self.client.post("/slack/events", data=raw, headers=signed)

    async def type(self, words: str, *, who: str = "U0ANA", channel: str = CHANNEL, **more: Any) -> dict[str, Any]:
        """Type a slash command."""
        return await self.send(self.typed(words, who=who, channel=channel) | more)

    def typed(self, words: str, *, who: str = "U0ANA", channel: str = CHANNEL) -> dict[str, Any]:
        """Build a slash command."""
        name, _space, text = words.partition(" ")
        return {
            "team_id": TEAM,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "support",
            "user_id": who,
            "user_name": who.removeprefix("U0").lower(),
            "command": name,
            "text": text,
            "response_url": self.slack.response_url(channel, who),
            "trigger_id": self.slack.trigger(who),
        }

    def interaction(self, kind: str, who: str = "U0ANA", **more: Any) -> dict[str, Any]:
        """Build what every interaction has in common."""
        person = {"id": who, "username": who, "name": who, "team_id": TEAM}
        return {
            "type": kind,
            "team": {"id": TEAM, "domain": "test"},
            "user": person,
            "trigger_id": self.slack.trigger(who),
        } | more

    def pressed(
        self, command: str, fields: Mapping[str, str], *, who: str = "U0ANA", channel: str = CHANNEL, **more: Any
    ) -> dict[str, Any]:
        """Build the press of a button on a message only they see."""
        action = {
            "type": "button",
            "action_id": f"{command}:0",
            "value": json.dumps(dict(fields)),
            "action_ts": str(next(self.slack.number)),
        }
        return self.interaction(
            "block_actions",
            who,
            container={"type": "message", "is_ephemeral": True, "message_ts": "1.1", "channel_id": channel},
            channel={"id": channel, "name": "support"},
            response_url=self.slack.response_url(channel, who),
            actions=[action],
        ) | (more)

    def happened(self, kind: str, *, who: str = "U0ANA", event_id: str = "", **event: Any) -> dict[str, Any]:
        """Build an event."""
        ts = self.slack.ts()
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": event_id or f"Ev{next(self.slack.number)}",
            "event": {"type": kind, "user": who, "ts": ts, "event_ts": ts} | event,
            "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
        }

    # --- what comes of it -----------------------------------------------------------------------

    async def settle(self) -> None:
        """Let everything that is due happen."""
        while await self.program.ticker.tick():
            pass
        await self.program.sender.drain()

    def reads(self, who: str, channel: str = CHANNEL) -> list[str]:
        """List the texts somebody reads somewhere; in their direct chat if it is called @."""
        here = self.slack.direct(who).id if channel == "@" else channel
        return [one.text for one in self.slack.seen_by(who, here)]
