"""The playground's server: verify, translate, dispatch, carry out the reply. It decides nothing."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from adapters.web import posts
from adapters.web.errors import BadRequest, WrongOrigin
from adapters.web.inbound import Pressed, Push, Said, Seen, origin, read_payload, with_mentions
from adapters.web.render import render_form, render_page, render_post, render_sidebar
from adapters.web.sample import CHANNELS, NAMES
from adapters.web.views import page_view, posted, viewer
from bot.errors import DatabaseAway
from bot.replies import FieldErrors, OpenForm, Private, Replace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from sqlalchemy.orm import Session

    from adapters.web.hub import Watcher
    from adapters.web.model import WebPost
    from adapters.web.playground import Playground
    from bot.messages import Message
    from bot.replies import Reply

PLAYGROUND = web.AppKey("playground", object)
LONGEST_REQUEST = 512 * 1024  # bytes
HEARTBEAT = 15  # seconds between signs of life on an idle stream
STATIC = Path(__file__).parent / "static"

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class WebAdapter:
    """Answers the browser."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._database = playground.database
        self._dispatch = playground.program.dispatch

    def build(self, *, run: bool = True) -> web.Application:
        """Build the server; tests run the program themselves."""
        app = web.Application(middlewares=[guard], client_max_size=LONGEST_REQUEST)
        app.on_shutdown.append(self._let_go)
        if run:
            app.cleanup_ctx.append(self._running)
        app.add_routes(
            [
                web.get("/", self.page),
                web.get("/events", self.events),
                web.post("/say", self.say),
                web.post("/press", self.press),
                web.post("/submit", self.submit),
                web.post("/clock", self.push),
                web.post("/seen", self.seen),
                web.get("/healthz", _alive),
                web.get("/readyz", self.ready),
                web.static("/static", STATIC),
            ]
        )
        return app

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        await self._playground.prepare()
        async with self._playground.program.running():
            yield

    async def _let_go(self, _app: web.Application) -> None:
        self._playground.hub.close()

    # --- what people do -------------------------------------------------------------------------

    async def say(self, request: web.Request) -> web.Response:
        """Take typed words: a command is carried out, anything else is said to everybody there."""
        said = read_payload(Said, await _json(request))
        _known(said.account, said.conversation)
        direct = said.conversation not in CHANNELS
        command = direct or self._playground.program.grammar.is_command(said.words)
        if not said.words.strip():
            return _answer({"kind": "done"})
        echo = await self._keep(
            posts.say,
            conversation=said.conversation,
            author=said.account,
            words=said.words.strip(),
            only_for=said.account if command else None,
        )
        if not command:
            return self._posts(said.account, echo)
        where = origin(said, name=NAMES[said.account], channels=CHANNELS)
        reply = await self._dispatch.say(with_mentions(said.words, NAMES), where)
        return await self._carry_out(reply, said, None, echo)

    async def press(self, request: web.Request) -> web.Response:
        """Take a press of a button."""
        pressed = read_payload(Pressed, await _json(request))
        _known(pressed.account, pressed.conversation)
        where = origin(pressed, name=NAMES[pressed.account], channels=CHANNELS)
        reply = await self._dispatch.press(pressed.command, pressed.fields, where)
        return await self._carry_out(reply, pressed, pressed.post)

    async def submit(self, request: web.Request) -> web.Response:
        """Take a form."""
        sent = read_payload(Pressed, await _json(request))
        _known(sent.account, sent.conversation)
        where = origin(sent, name=NAMES[sent.account], channels=CHANNELS)
        reply = await self._dispatch.submit(sent.command, sent.fields, where)
        return await self._carry_out(reply, sent, sent.post)

    async def _carry_out(
        self, reply: Reply, sent: Said | Pressed, pressed: int | None, *shown: WebPost
    ) -> web.Response:
        match reply:
            case OpenForm(form=form):
                people = [(f"<@{account}>", name) for account, name in NAMES.items()]
                channels = [(f"<#{address}>", f"#{name}") for address, name in CHANNELS.items()]
                return _answer({"kind": "form", "html": render_form(form, people=people, conversations=channels)})
            case FieldErrors(errors=errors):
                return _answer({"kind": "field_errors", "errors": errors})
            case Replace(message=message) if pressed is not None:
                changed = await self._change(pressed, message, sent.account)
                return self._posts(sent.account, *shown, changed or await self._private(message, sent))
            case Private(message=message) | Replace(message=message):
                return self._posts(sent.account, *shown, await self._private(message, sent))
            case _:
                return self._posts(sent.account, *shown)

    async def _change(self, post: int, message: Message, account: str) -> WebPost | None:
        changed = await self._database.write(partial(posts.change, post_id=post, message=message, account=account))
        if changed is not None:
            self._playground.hub.publish(changed)
        return changed

    async def _private(self, message: Message, sent: Said | Pressed) -> WebPost:
        return await self._keep(
            posts.post, conversation=sent.conversation, message=message, only_for=sent.account, notice=False
        )

    async def _keep(self, store: Callable[..., WebPost], **what: Any) -> WebPost:
        added = await self._database.write(partial(store, **what, now=self._playground.clock.now()))
        self._playground.hub.publish(added)
        return added

    def _posts(self, account: str, *shown: WebPost) -> web.Response:
        return _answer({"kind": "posts", "posts": [_event(post, account) for post in shown]})

    async def push(self, request: web.Request) -> web.Response:
        """Push the clock ahead."""
        push = read_payload(Push, await _json(request))
        await self._playground.push(push.push)
        return _answer({"kind": "done"})

    async def seen(self, request: web.Request) -> web.Response:
        """Remember how far somebody has read."""
        read = read_payload(Seen, await _json(request))
        _known(read.account, read.conversation)
        await self._database.write(
            partial(posts.seen, account=read.account, conversation=read.conversation, last=read.last)
        )
        self._playground.hub.stir(read.account)
        return _answer({"kind": "done"})

    # --- what people see ------------------------------------------------------------------------

    async def page(self, request: web.Request) -> web.Response:
        """Show the page of one person."""
        account = request.query.get("as", "ana")
        conversation = request.query.get("in", "support")
        if account not in NAMES or (conversation not in CHANNELS and conversation != f"@{account}"):
            raise web.HTTPFound("/")
        view = await page_view(self._playground, account, conversation)
        return web.Response(text=render_page(view), content_type="text/html", headers=_HEADERS)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens to one open page, until it is closed."""
        account = request.query.get("as", "")
        conversation = request.query.get("in", "support")
        _known(account, conversation)
        stream = web.StreamResponse(headers={**_HEADERS, "Content-Type": "text/event-stream"})
        with self._playground.hub.watching(account) as watcher, suppress(ConnectionResetError):
            await stream.prepare(request)
            await self._stream(stream, watcher, conversation)
        return stream

    async def _stream(self, stream: web.StreamResponse, watcher: Watcher, conversation: str) -> None:
        for post in await self._database.read(self._listing(watcher.account, conversation)):
            await _send(stream, "post", _event(post, watcher.account))
        await self._send_surroundings(stream, watcher.account, conversation)
        while watcher.is_open:
            try:
                post_or_none = await asyncio.wait_for(watcher.posts.get(), HEARTBEAT)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if post_or_none is not None:
                await _send(stream, "post", _event(post_or_none, watcher.account))
            await self._send_surroundings(stream, watcher.account, conversation)

    def _listing(self, account: str, conversation: str) -> Callable[[Session], list[WebPost]]:
        return lambda session: posts.listed(session, account, conversation)

    async def _send_surroundings(self, stream: web.StreamResponse, account: str, conversation: str) -> None:
        view = await page_view(self._playground, account, conversation, with_posts=False)
        await _send(
            stream, "sidebar", {"html": render_sidebar(view), "unread": sum(one.unread for one in view.conversations)}
        )
        due = view.next_due.isoformat() if view.next_due else None
        await _send(stream, "clock", {"offset_seconds": self._playground.clock.ahead.total_seconds(), "next_due": due})

    async def ready(self, _request: web.Request) -> web.Response:
        """Say whether the database answers."""
        try:
            await self._playground.next_due()
        except DatabaseAway as away:
            return web.json_response({"ready": False, "why": str(away)}, status=503)
        return web.json_response({"ready": True})


async def _alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


@web.middleware
async def guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Let in only the page itself, and answer every mistake with a sentence."""
    try:
        _check_origin(request)
        return await handler(request)
    except BadRequest as bad:
        return _answer({"kind": "error", "text": str(bad)}, status=400)
    except WrongOrigin as wrong:
        return _answer({"kind": "error", "text": str(wrong)}, status=403)
    except DatabaseAway as away:
        return _answer({"kind": "error", "text": f"{away} Please try again in a moment."}, status=503)
    except web.HTTPRequestEntityTooLarge:
        return _answer({"kind": "error", "text": "This is too long to send. Please shorten it."}, status=413)


def _check_origin(request: web.Request) -> None:
    """Refuse other sites: also those that point a name of theirs at this machine."""
    host = request.host.rpartition(":")[0] or request.host
    if host not in ("127.0.0.1", "localhost"):
        raise WrongOrigin
    sent_from = request.headers.get("Origin")
    if request.method == "POST" and sent_from is not None and sent_from != f"http://{request.host}":
        raise WrongOrigin


async def _json(request: web.Request) -> Any:
    if request.content_type != "application/json":
        raise BadRequest("I expected JSON here. Reload the page and try again.")
    try:
        return json.loads(await request.text())
    except (ValueError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest("This is no JSON I can read. Reload the page and try again.") from broken


def _known(account: str, conversation: str) -> None:
    if account not in NAMES:
        raise BadRequest("Nobody here has that name. Choose one of the sample people.")
    if conversation not in CHANNELS and conversation != f"@{account}":
        raise BadRequest("That conversation is not here, or is not yours.")


def _event(post: WebPost, account: str) -> dict[str, object]:
    return {"id": post.id, "conversation": post.conversation, "html": render_post(posted(post), viewer(account))}


def _answer(body: dict[str, object], status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=_HEADERS)


async def _send(stream: web.StreamResponse, event: str, data: dict[str, object]) -> None:
    await stream.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())
