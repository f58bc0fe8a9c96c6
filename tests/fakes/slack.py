"""A strict Slack of our own, only the wire: it keeps what it is told, refuses what Slack refuses, fails on order.

`async with slack.serving() as base_url:` serves the Web API at that address (it ends in /api/). What was said is in
`messages`, what each person sees in `seen_by`; `modals` and `homes` hold what people have open.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import defaultdict, deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.clock import FakeClock
from tests.fakes.slack_methods import METHODS
from tests.fakes.slack_rules import BOT, TEAM, Refused, wrong_in_message, wrong_in_view

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

TOKEN = "xoxb-test-token"
APP_TOKEN = "xapp-test-token"
TRIGGER_LIFE = timedelta(seconds=3)
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Fault:
    """How a call fails that was told to: an error code, a status, a reset, or no answer until the server stops."""

    error: str = ""
    status: int = 200
    retry_after: int | None = None
    body: str = ""  # instead of JSON
    content_type: str = "application/json"
    reset: bool = False
    hang: bool = False
    after_acting: bool = False  # what was asked for is done all the same


def rate_limited(retry_after: int) -> Fault:
    return Fault(error="ratelimited", status=429, retry_after=retry_after)


@dataclass
class Account:
    """Somebody in the workspace."""

    id: str
    name: str
    tz: str = "Europe/Dublin"
    locale: str = "en-US"
    presence: str = "active"
    deleted: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    team: str = TEAM
    dnd: tuple[int, int] | None = None  # the next window, as timestamps
    has_direct_chat: bool = True  # False: messages to them are refused

    def profile(self, *, with_locale: bool = True) -> dict[str, Any]:
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower(),
            "real_name": self.name,
            "tz": self.tz,
            **({"locale": self.locale} if with_locale else {}),
            "deleted": self.deleted,
            "is_bot": self.is_bot,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_stranger": self.is_stranger,
            "is_app_user": False,
            "profile": {"display_name": self.name, "real_name": self.name},
        }


@dataclass
class Room:
    """A channel or direct chat."""

    id: str
    name: str
    members: set[str]
    is_im: bool = False
    is_private: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False

    def described(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": not self.is_im,
            "is_im": self.is_im,
            "is_private": self.is_private,
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_member": BOT in self.members,
            "num_members": len(self.members),
        }


@dataclass
class Said:
    """One message, as it stands now."""

    channel: str
    ts: str
    text: str
    blocks: list[dict[str, Any]]
    user: str = BOT
    only_for: str | None = None  # ephemeral
    thread_ts: str | None = None
    versions: list[tuple[str, list[dict[str, Any]]]] = field(default_factory=list)  # before it was edited
    arguments: dict[str, Any] = field(default_factory=dict)  # everything that was sent with it

    def payload(self) -> dict[str, Any]:
        """Describe it as interactions do."""
        thread = {"thread_ts": self.thread_ts} if self.thread_ts else {}
        return {"type": "message", "ts": self.ts, "text": self.text, "user": self.user, "blocks": self.blocks, **thread}


@dataclass
class File:
    """A file that is being uploaded, or was."""

    id: str
    name: str
    length: int
    alt: str
    data: bytes = b""


@dataclass
class OpenView:
    """A modal or Home tab somebody has open."""

    id: str
    user: str
    view: dict[str, Any]
    hash: str

    def payload(self) -> dict[str, Any]:
        """Describe it as interactions do."""
        known = {"private_metadata": "", "callback_id": "", "state": {"values": {}}}
        return {**known, **self.view, "id": self.id, "hash": self.hash, "team_id": TEAM, "app_id": "A0APP"}


@dataclass
class ResponseUrl:
    """Where an interaction may be answered."""

    channel: str
    user: str
    until: datetime
    message: str | None = None  # the ts that replace_original changes
    used: int = 0


@dataclass(frozen=True)
class Call:
    """One call that arrived."""

    method: str
    token: str
    arguments: dict[str, Any]


class Slack:
    """The workspace, and the API in front of it."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.tokens: dict[str, str] = {TOKEN: "", APP_TOKEN: ""}  # token -> the error it is answered with, "" is good
        self.expires: dict[str, datetime] = {}  # tokens that rotate
        self.refreshes: dict[str, str] = {}  # refresh token -> the access token it belongs to; single use
        self.codes: dict[str, dict[str, Any]] = {}  # of OAuth: code -> what the installation differs in
        self.scopes = "chat:write,commands,im:write,users:read,dnd:read,usergroups:read"
        self.accounts: dict[str, Account] = {BOT: Account(BOT, "Zanshin", is_bot=True)}
        self.rooms: dict[str, Room] = {}
        self.groups: dict[str, tuple[str, list[str]]] = {}  # user groups: id -> handle, members
        self.messages: list[Said] = []
        self.modals: dict[str, list[OpenView]] = defaultdict(list)  # by user, the topmost last
        self.homes: dict[str, OpenView] = {}
        self.calls: list[Call] = []
        self.files: dict[str, File] = {}
        self.posts: list[tuple[str, dict[str, Any]]] = []  # to response_urls: the channel and what was sent
        self.open_hooks: dict[str, ResponseUrl] = {}
        self.problems: list[str] = []  # why blocks or views were refused
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged: dict[str, Any] = {}  # by envelope id, over the socket
        self.greeting = ""  # what a socket says first, instead of Slack's
        self.base_url = ""
        self._triggers: dict[str, tuple[str, datetime]] = {}
        self._exchanged: set[str] = set()
        self._faults: dict[str, deque[Fault | None]] = defaultdict(deque)
        self.number = itertools.count(1)
        self._opened = itertools.count(1)
        self._stopped = asyncio.Event()
        self._heard: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    # --- set the scene --------------------------------------------------------------------------

    def add_account(self, id_: str, name: str, **more: Any) -> Account:
        self.accounts[id_] = Account(id_, name, **more)
        return self.accounts[id_]

    def add_channel(self, id_: str, name: str, *members: str, bot: bool = True, **more: Any) -> Room:
        self.rooms[id_] = Room(id_, name, {*members, *([BOT] if bot else [])}, **more)
        return self.rooms[id_]

    def direct(self, user: str) -> Room:
        """Find or open the direct chat of somebody with the bot."""
        id_ = f"D0{user}"
        return self.rooms.setdefault(id_, Room(id_, "", {user, BOT}, is_im=True))

    def trigger(self, user: str) -> str:
        """Make the trigger of an interaction."""
        trigger = f"{next(self.number)}.trigger"
        self._triggers[trigger] = (user, self.clock.now() + TRIGGER_LIFE)
        return trigger

    def response_url(self, channel: str, user: str, message: str | None = None) -> str:
        """Make the address an interaction may be answered at."""
        hook = f"{next(self.number)}"
        self.open_hooks[hook] = ResponseUrl(channel, user, self.clock.now() + RESPONSE_LIFE, message)
        return self.base_url.removesuffix("api/") + f"hooks/{hook}"

    def fail(self, method: str, *faults: Fault | None) -> None:
        """Let the next calls of a method fail, one each; None lets one through. A `response_url` is a method too."""
        self._faults[method] += faults

    def expect_code(self, code: str, **differing: Any) -> None:
        """Let an OAuth code be exchanged once."""
        self.codes[code] = differing

    async def heard(self, method: str) -> None:
        """Wait until a method has been called, an envelope acknowledged, or `socket 2` opened, the second one."""
        await self._heard[method].wait()

    # --- what happened --------------------------------------------------------------------------

    def seen_by(self, user: str, channel: str) -> list[Said]:
        """List what somebody sees in a channel, oldest first; in their direct chat if it is called @U…."""
        here = self.direct(channel.removeprefix("@")).id if channel.startswith("@") else channel
        if user not in self.rooms[here].members:
            return []
        return [one for one in self.messages if one.channel == here and one.only_for in (None, user)]

    def modal(self, user: str) -> OpenView | None:
        """Give the modal somebody looks at."""
        return self.modals[user][-1] if self.modals[user] else None

    def called(self, method: str) -> list[dict[str, Any]]:
        """List the arguments of every call of a method."""
        return [call.arguments for call in self.calls if call.method == method]

    def post(self, channel: str, user: str, text: str, blocks: list[dict[str, Any]] | None = None, **more: Any) -> Said:
        """Put a message there, as somebody types it, or as the answer to a command."""
        said = Said(channel, self.ts(), text, blocks or [], user, **more)
        self.messages.append(said)
        return said

    def submit_answered(self, user: str, answer: dict[str, Any] | None) -> None:
        """Carry out the response_action with which a submitted view was answered."""
        action = (answer or {}).get("response_action")
        stack = self.modals[user]
        if action in ("update", "push"):
            self.insist(wrong_in_view(answer["view"]))  # type: ignore[index]
            if action == "update":
                stack.pop()
            stack.append(self.view(user, answer["view"]))  # type: ignore[index]
        elif action == "clear":
            stack.clear()
        elif action == "errors":
            inputs = {block["block_id"] for block in stack[-1].view["blocks"] if block["type"] == "input"}
            assert set(answer["errors"]) <= inputs, answer  # type: ignore[index]
        elif stack:
            stack.pop()

    # --- the wire -------------------------------------------------------------------------------

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve; give the address of the Web API."""
        application = web.Application(client_max_size=2**22)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_post("/hooks/{hook}", self._hook)
        application.router.add_post("/uploads/{file}", self._take_upload)
        application.router.add_get("/socket", self._socket)
        server = TestServer(application)
        await server.start_server()
        self.base_url = str(server.make_url("/api/"))
        try:
            yield self.base_url
        finally:
            self._stopped.set()
            await server.close()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments, token = await _arguments(request)
        self.calls.append(Call(method, token, arguments))
        self._heard[method].set()
        fault = self._next_fault(method)
        if fault is not None and not fault.after_acting:
            return await self._carry_out(fault, request)
        try:
            answer = {"ok": True, **self._act(method, arguments, token)}
        except Refused as refused:
            answer = refused.answer
        if fault is not None:
            return await self._carry_out(fault, request)
        return web.json_response(answer, headers={"x-oauth-scopes": self.scopes})

    async def _take_upload(self, request: web.Request) -> web.StreamResponse:
        fault = self._next_fault("upload")
        if fault is not None:
            return await self._carry_out(fault, request)
        file, data = self.files[request.match_info["file"]], await request.read()
        if len(data) != file.length:
            return web.Response(status=500, text="the length differs")
        file.data = data
        return web.Response(text=f"OK - {file.length}")

    def _next_fault(self, method: str) -> Fault | None:
        return self._faults[method].popleft() if self._faults[method] else None

    async def _carry_out(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        if fault.hang:
            await self._stopped.wait()
        if fault.reset or fault.hang:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        body = fault.body or json.dumps({"ok": False, "error": fault.error})
        return web.Response(status=fault.status, text=body, headers=headers, content_type=fault.content_type)

    def _act(self, method: str, arguments: dict[str, Any], token: str) -> dict[str, Any]:
        act = METHODS.get(method)
        if act is None:
            raise Refused("unknown_method")
        if method != "oauth.v2.access":
            self._check_token(token, app=method.startswith("apps."))
        try:
            return act(self, arguments)
        except KeyError as missing:
            raise Refused("invalid_arguments", response_metadata={"messages": [f"missing {missing}"]}) from None

    def _check_token(self, token: str, *, app: bool) -> None:
        if not token:
            raise Refused("not_authed")
        if token not in self.tokens:
            raise Refused("invalid_auth")
        if self.tokens[token]:
            raise Refused(self.tokens[token])
        if token in self.expires and self.expires[token] <= self.clock.now():
            raise Refused("token_expired")
        if app != token.startswith("xapp-"):
            raise Refused("not_allowed_token_type")

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        hook = self.open_hooks.get(request.match_info["hook"])
        fault = self._next_fault("response_url")
        if fault is not None:
            return await self._carry_out(fault, request)
        if hook is None or hook.used >= RESPONSE_USES or hook.until <= self.clock.now():
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        hook.used += 1
        sent = await request.json()
        self.posts.append((hook.channel, sent))
        try:
            self._answer(hook, sent)
        except Refused as refused:
            return web.json_response(refused.answer, status=400)
        return web.json_response({"ok": True})

    def _answer(self, hook: ResponseUrl, sent: dict[str, Any]) -> None:
        original = next((one for one in self.messages if one.ts == hook.message), None)
        if sent.get("delete_original"):
            self.messages = [one for one in self.messages if one is not original]
            return
        text, blocks = self.content(sent)
        if sent.get("replace_original") and original is not None:
            self.edit(original, text, blocks)
        else:
            only_for = None if sent.get("response_type") == "in_channel" else hook.user
            self.post(hook.channel, BOT, text, blocks, only_for=only_for, thread_ts=sent.get("thread_ts"))

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self._heard[f"socket {next(self._opened)}"].set()
        hello = {"type": "hello", "num_connections": len(self.sockets), "connection_info": {}}
        await socket.send_str(self.greeting or json.dumps(hello))
        async for message in socket:
            answer = json.loads(message.data)
            if "envelope_id" in answer:
                self.acknowledged[answer["envelope_id"]] = answer.get("payload")
                self._heard[answer["envelope_id"]].set()
        self.sockets.remove(socket)
        return socket

    async def deliver(self, kind: str, payload: dict[str, Any]) -> str:
        """Send something down a socket; give its envelope id, under which the answer will be in `acknowledged`."""
        envelope = f"envelope-{next(self.number)}"
        await self.sockets[-1].send_json(
            {"type": kind, "envelope_id": envelope, "payload": payload, "accepts_response_payload": True}
        )
        return envelope

    # --- what every method needs ----------------------------------------------------------------

    def ts(self) -> str:
        return f"{self.clock.now().timestamp():.0f}.{next(self.number):06}"

    def content(self, arguments: dict[str, Any]) -> tuple[str, list[dict[str, Any]]]:
        text, blocks = arguments.get("text", ""), arguments.get("blocks", [])
        if not text and not blocks:
            raise Refused("no_text")
        if not isinstance(text, str):
            raise Refused("invalid_arguments")
        if len(text) > LONGEST_TEXT:
            raise Refused("msg_too_long")
        if blocks:
            self.insist(wrong_in_message(blocks))
        return text, blocks

    def insist(self, problems: list[str]) -> None:
        if problems:
            self.problems += problems
            long = "the blocks are too long together" in problems
            error = "msg_blocks_too_long" if long else "view_too_large" if "view_too_large" in problems else ""
            raise Refused(error or "invalid_blocks", response_metadata={"messages": problems})

    def room(self, channel: str) -> Room:
        if channel in self.accounts:
            return self.direct_with(channel)
        room = self.rooms.get(channel)
        if room is None:
            raise Refused("channel_not_found")
        if room.is_archived:
            raise Refused("is_archived")
        return room

    def direct_with(self, user: str) -> Room:
        account = self.accounts.get(user)
        if account is None:
            raise Refused("user_not_found")
        if account.deleted:
            raise Refused("user_disabled")
        if account.is_bot or not account.has_direct_chat:
            raise Refused("cannot_dm_bot" if account.is_bot else "user_not_visible")
        return self.direct(user)

    def mine(self, arguments: dict[str, Any]) -> Said:
        room = self.room(arguments["channel"])
        found = [one for one in self.messages if one.channel == room.id and one.ts == arguments["ts"]]
        if not found or found[0].only_for is not None:
            raise Refused("message_not_found")
        if found[0].user != BOT:
            raise Refused("cant_update_message")
        return found[0]

    def file(self, id_: str, arguments: dict[str, Any]) -> File:
        return File(id_, arguments["filename"], int(arguments["length"]), arguments.get("alt_txt", ""))

    def edit(self, said: Said, text: str, blocks: list[dict[str, Any]]) -> None:
        said.versions.append((said.text, said.blocks))
        said.text, said.blocks = text, blocks

    def view(self, user: str, view: dict[str, Any], id_: str = "") -> OpenView:
        return OpenView(id_ or f"V{next(self.number)}", user, view, f"hash{next(self.number)}")

    def use_trigger(self, trigger: str) -> str:
        if trigger in self._exchanged:
            raise Refused("exchanged_trigger_id")
        if trigger not in self._triggers:
            raise Refused("invalid_trigger_id")
        user, until = self._triggers[trigger]
        if until < self.clock.now():
            raise Refused("expired_trigger_id")
        self._exchanged.add(trigger)
        return user


async def _arguments(request: web.Request) -> tuple[dict[str, Any], str]:
    """Read the arguments wherever they stand, and the token."""
    arguments: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    else:
        arguments |= dict(await request.post())
    for name in ("blocks", "view", "metadata"):
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    bearer = request.headers.get("Authorization", "")
    token = str(arguments.pop("token", "") or bearer.removeprefix("Bearer "))
    return arguments, token
