"""The playground's server: what is let in, where it goes, and what is answered when that goes wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from adapters.web.acts import SENT, Acts
from adapters.web.answers import HEADERS, answer, page
from adapters.web.errors import EXPECTED, BadRequest, WrongOrigin, excuse, excuse_for_bug
from adapters.web.inbound import asked_for
from adapters.web.pages import Pages
from adapters.web.render import render_trouble
from adapters.web.sample import FIRST
from adapters.web.views import spoken
from bot.directory.following import read_locale
from bot.errors import DatabaseAway
from bot.run.report_page.serving import report_routes
from bot.say.language import _, speaking
from bot.work.dispatch import or_reference

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from adapters.web.playground import Playground

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LONGEST_REQUEST = 512 * 1024  # bytes
STATIC = Path(__file__).parent / "static"


class WebAdapter:
    """Answers the browser."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground
        self._acts = Acts(playground)
        self._pages = Pages(playground)

    def build(self, *, run: bool = True) -> web.Application:
        """Build the server; tests run the program themselves."""
        # Twice excused: a request that cannot be read is nobody's, anything after that is said in their language.
        app = web.Application(middlewares=[self._excused, self._heard, self._excused], client_max_size=LONGEST_REQUEST)
        app.on_response_prepare.append(_closed_in)
        app.on_shutdown.append(self._let_go)
        if run:
            app.cleanup_ctx.append(self._running)
        app.add_routes(
            [
                web.get("/", self._pages.page),
                web.get("/events", self._pages.events),
                web.get("/pictures/{post}/{place}/{theme}", self._pages.picture),
                web.post("/say", self._acts.say),
                web.post("/press", self._acts.press),
                web.post("/submit", self._acts.submit),
                web.post("/clock", self._acts.push),
                web.post("/seen", self._acts.seen),
                web.get("/healthz", _alive),
                web.get("/readyz", self.ready),
                web.static("/static", STATIC),
                web.get("/report", self._pages.report),
                *report_routes(self._playground.program),
            ]
        )
        return app

    async def _running(self, _app: web.Application) -> AsyncIterator[None]:
        await self._playground.prepare()
        async with self._playground.program.running():
            yield

    async def _let_go(self, _app: web.Application) -> None:
        self._playground.hub.close()

    @web.middleware
    async def _heard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Read what was sent, and answer whoever sent it in their language."""
        _check_origin(request)
        sent: Any = request.query
        if request.method == "POST":
            sent = request[SENT] = await _json(request)
        first = FIRST if request.path == "/" else None  # whose page opens where nobody is named
        account = sent.get("as", first) if hasattr(sent, "get") else None
        language = asked_for(request.headers.get("Accept-Language", ""))
        self._playground.hear_language(str(account), language)
        with speaking(self._playground.language_of(str(account), else_=read_locale(language))):
            return await handler(request)

    @web.middleware
    async def _excused(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer every mistake with a sentence: on a page for people, in JSON for the page's script."""
        try:
            done = await or_reference(handler(request), web.HTTPException, ConnectionError)
        except EXPECTED as error:
            return self._said(request, *excuse(error))
        return done if isinstance(done, web.StreamResponse) else self._said(request, *excuse_for_bug(done))

    def _said(self, request: web.Request, status: int, sentence: str) -> web.Response:
        if request.path == "/":
            language = spoken(self._playground.language_of(request.query.get("as", "")))
            return page(render_trouble(sentence, language), status)
        return answer({"kind": "error", "text": sentence}, status)

    async def ready(self, _request: web.Request) -> web.Response:
        """Say whether the database answers."""
        try:
            await self._playground.next_due()
        except DatabaseAway as away:
            return web.json_response({"ready": False, "why": str(away)}, status=503)
        return web.json_response({"ready": True})


async def _closed_in(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a page that is closed in more tightly says so itself


async def _alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


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
        raise BadRequest(_("I expected JSON here. Reload the page and try again."))
    try:
        return json.loads(await request.text())
    except (ValueError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(_("This is no JSON I can read. Reload the page and try again.")) from broken
