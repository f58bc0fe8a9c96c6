"""A strict connector of Teams of our own, only the wire: it keeps what it is told, and refuses what Teams refuses.

`async with teams.serving() as service_url:` serves the connector, and the keys with which `token` signs.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict, deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.fakes.teams_rules import APP, BOT, TENANT, wrong_in_activity

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.clock import FakeClock

TOKEN = "a token for connectors"
ISSUER = "https://api.botframework.com"
TEAM = "19:support@thread.tacv2"  # its General channel has the same id
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Posted:
    """A message of ours, as Teams keeps it."""

    conversation: str
    id: str
    activity: dict[str, Any]
    only_for: str | None = None
    versions: list[dict[str, Any]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)  # what answers to presses showed to whom
    past: list[dict[str, Any]] = field(default_factory=list)  # every card it ever showed

    @property
    def card(self) -> dict[str, Any]:
        return self.activity["attachments"][0]["content"]

    def __post_init__(self) -> None:
        self.past.append(self.card)

    def show(self, account: str, card: dict[str, Any]) -> None:
        self.views[account] = card
        self.past.append(card)

    def change(self, activity: dict[str, Any]) -> None:
        self.versions.append(self.activity)
        self.activity, self.views = activity, {}
        self.past.append(self.card)

    def shown_to(self, account: str) -> dict[str, Any]:
        return self.views.get(account, self.card)


@dataclass
class Fault:
    """How a call fails that was told to."""

    status: int
    code: str = ""
    retry_after: str = ""
    after_acting: bool = False
    reset: bool = False


@dataclass(frozen=True)
class Call:
    """A call that was made."""

    method: str
    path: str
    body: dict[str, Any]
    token: str


class Teams:
    """A tenant, with its people, its team and its channels."""

    def __init__(self, clock: FakeClock, *, paced: bool = True) -> None:
        self.clock = clock
        self.paced = paced
        self.people: dict[str, str] = {}  # names by account
        self.directory: dict[str, str] = {}  # accounts by directory id
        self.channels: dict[str, str] = {}  # names by id
        self.chats: dict[str, str] = {}  # direct chats: whose, by conversation
        self.installed: set[str] = set()  # accounts that have added us
        self.groups: dict[str, set[str]] = {}  # group chats: who is in them
        self.posts: list[Posted] = []
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self.takes_targeted = False
        self.number = itertools.count(1)
        self.keys = [_published(_KEY, "key-1")]
        self.key_requests = 0
        self.keys_away = False
        self.presences: dict[str, str] = {}  # by account
        self.presence_away = False
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._sent: dict[str, deque[float]] = defaultdict(deque)

    # --- the scene ------------------------------------------------------------------------------

    def add_person(self, account: str, name: str, *, installed: bool = True) -> None:
        self.people[account] = name
        self.directory[directory_id(account)] = account
        if installed:
            self.installed.add(account)

    def chat_with(self, account: str) -> str:
        """Give the direct chat with somebody."""
        conversation = f"a:chat-{account}"
        self.chats[conversation] = account
        return conversation

    def add_channel(self, channel: str, name: str) -> None:
        self.channels[channel] = name

    def fail(self, where: str, *faults: Fault) -> None:
        """Have the next calls whose path holds `where` fail."""
        self._faults[where].extend(faults)

    # --- what is signed -------------------------------------------------------------------------

    def token(self, service_url: str = "", *, key: Any = _KEY, kid: str = "key-1", **claims: Any) -> str:
        """Sign a token as Teams does; claims of None are left out."""
        now = self.clock.now()
        said = {
            "iss": ISSUER,
            "aud": APP,
            "exp": int((now + timedelta(hours=1)).timestamp()),
            "nbf": int(now.timestamp()),
            "serviceurl": service_url or self.service_url,
        } | claims
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(kept, key, algorithm="RS256", headers={"kid": kid})

    def rotate(self) -> tuple[Any, str]:
        """Publish another key; give it, and its id."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        kid = f"key-{len(self.keys) + 1}"
        self.keys.append(_published(key, kid))
        return key, kid

    # --- the wire -------------------------------------------------------------------------------

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        app = web.Application(client_max_size=2**22)
        app.add_routes(
            [
                web.get("/openid", self._openid),
                web.get("/keys", self._keys),
                web.post("/v1.0/communications/getPresencesByUserId", self._presences),
                web.route("*", "/v3/{rest:.*}", self._connector),
            ]
        )
        server = TestServer(app)
        await server.start_server()
        self.service_url = str(server.make_url("/"))
        self.host = f"{server.host}:{server.port}"
        self.keys_url = str(server.make_url("/openid"))
        try:
            yield self.service_url
        finally:
            await server.close()

    async def _openid(self, request: web.Request) -> web.Response:
        self.key_requests += 1
        if self.keys_away:
            return web.json_response({}, status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": str(request.url.with_path("/keys"))})

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": self.keys})

    async def _presences(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}" or self.presence_away:
            return web.json_response({"error": {"code": "Forbidden"}}, status=403)
        ids = (await request.json())["ids"]
        found = [{"id": one, "availability": self.presences.get(self.directory[one], "Available")} for one in ids]
        return web.json_response({"value": found})

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        body = json.loads(raw) if raw else {}
        path = request.path
        self.calls.append(Call(request.method, path, body, request.headers.get("Authorization", "")))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _refusal(401, "BotNotRegistered")
        fault = next((faults.popleft() for where, faults in self._faults.items() if where in path and faults), None)
        if fault is not None and not fault.after_acting:
            return await self._carry_out(fault, request)
        parts = path.strip("/").split("/")
        answer = self._answer(request.method, parts, body, targeted="isTargetedActivity" in request.query)
        return await self._carry_out(fault, request) if fault is not None else answer

    async def _carry_out(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        if fault.reset:
            assert request.transport is not None
            request.transport.abort()
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        return _refusal(fault.status, fault.code, headers)

    def _answer(  # noqa: PLR0911  one for each kind of call
        self, method: str, parts: list[str], body: dict[str, Any], *, targeted: bool
    ) -> web.Response:
        match method, parts:
            case "POST", ["v3", "conversations"]:
                return self._create(body)
            case "POST", ["v3", "conversations", conversation, "activities"]:
                return self._post(conversation, body, targeted=targeted)
            case "PUT", ["v3", "conversations", conversation, "activities", activity]:
                return self._change(conversation, activity, body)
            case "DELETE", ["v3", "conversations", conversation, "activities", activity]:
                return self._delete(conversation, activity)
            case "GET", ["v3", "conversations", conversation, "members", member]:
                return self._member(conversation, member)
            case "GET", ["v3", "teams", _team, "conversations"]:
                listed = [{"id": one, "name": name} for one, name in self.channels.items()]
                return web.json_response({"conversations": listed})
            case _:
                return _refusal(404, "NotFound")

    def _create(self, body: dict[str, Any]) -> web.Response:
        if body.get("tenantId") != TENANT or body.get("bot", {}).get("id") != BOT:
            return _refusal(400, "BadSyntax")
        channel = body.get("channelData", {}).get("channel", {}).get("id")
        if body.get("isGroup"):
            if channel not in self.channels:
                return _refusal(404, "ConversationNotFound")
            number = next(self.number)
            thread = f"{channel};messageid={number}"
            return self._keep(thread, body["activity"], str(number), thread=True)
        account = body["members"][0]["id"]
        if account not in self.people:
            return _refusal(404, "NotFound")
        if account not in self.installed:
            return _refusal(403, "ForbiddenOperationException")
        return web.json_response({"id": self.chat_with(account)}, status=201)

    def _post(self, conversation: str, body: dict[str, Any], *, targeted: bool) -> web.Response:
        whose = self.chats.get(conversation)
        if whose is not None and whose not in self.installed:
            return _refusal(403, "BotNotInConversationRoster")
        known = conversation.partition(";")[0] in self.channels or conversation in self.groups
        if whose is None and not known:
            return _refusal(404, "ConversationNotFound")
        if targeted and not self.takes_targeted:
            return _refusal(400, "BadArgument")
        return self._keep(conversation, body, f"1:{next(self.number)}", targeted=targeted)

    def _keep(
        self, conversation: str, body: dict[str, Any], id_: str, *, targeted: bool = False, thread: bool = False
    ) -> web.Response:
        if refused := self._too_fast(conversation) or self._insist(conversation, body):
            return refused
        only_for = body["recipient"]["id"] if targeted else None
        self.posts.append(Posted(conversation, id_, body, only_for))
        return web.json_response({"id": conversation, "activityId": id_} if thread else {"id": id_}, status=201)

    def _change(self, conversation: str, activity: str, body: dict[str, Any]) -> web.Response:
        found = next((one for one in self.posts if one.id == activity and one.conversation == conversation), None)
        if found is None:
            return _refusal(404, "ActivityNotFoundInConversation")
        if refused := self._too_fast(conversation) or self._insist(conversation, body):
            return refused
        found.change(body)
        return web.json_response({"id": activity})

    def _delete(self, conversation: str, activity: str) -> web.Response:
        found = next((one for one in self.posts if one.id == activity and one.conversation == conversation), None)
        if found is None:
            return _refusal(404, "ActivityNotFoundInConversation")
        self.posts.remove(found)
        return web.json_response({})

    def _member(self, conversation: str, member: str) -> web.Response:
        account = self.directory.get(member, member)
        if account not in self.people or conversation.partition(";")[0] not in self.channels:
            return _refusal(404, "MemberNotFoundInConversation")
        return web.json_response({"id": account, "name": self.people[account], "aadObjectId": directory_id(account)})

    def _too_fast(self, conversation: str) -> web.Response | None:
        if not self.paced:
            return None
        now, sent = self.clock.now().timestamp(), self._sent[conversation]
        for length, most in ((1, 7), (2, 8), (30, 60), (3600, 1800)):
            if sum(at > now - length for at in sent) >= most:
                return _refusal(429, "TooManyRequests", {"Retry-After": "1"})
        sent.append(now)
        return None

    def _insist(self, conversation: str, body: dict[str, Any]) -> web.Response | None:
        members = {} if conversation in self.chats else self.people
        wrong = wrong_in_activity(body, members)
        self.problems += wrong
        return _refusal(413 if "MessageSizeTooBig" in wrong else 400, "BadSyntax") if wrong else None


def directory_id(account: str) -> str:
    """Give the id by which the directory knows somebody."""
    return f"00000000-0000-4000-8000-{account.encode().hex()[-12:]:0>12}"


def _published(key: Any, kid: str) -> dict[str, Any]:
    return json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "endorsements": ["msteams"]}


def _refusal(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "No."}}, status=status, headers=headers)
