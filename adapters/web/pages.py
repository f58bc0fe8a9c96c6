"""What people see: the page of one person, and the stream that keeps it up to date."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import select

from adapters.web import posts
from adapters.web.acts import check_place
from adapters.web.answers import event, page
from adapters.web.drawing import posted
from adapters.web.inbound import PLATFORM, Pressed, origin
from adapters.web.sample import CHANNELS, FIRST, NAMES, is_place
from adapters.web.views import Window
from bot.directory import addresses
from bot.directory.model import Organisation, Workspace
from bot.errors import BotError
from bot.insights.links import LASTS, PATH, PURPOSE, Pass, signed
from bot.insights.period import period_of
from bot.people.commands import OpenHome
from bot.pictures.carried import png_of
from bot.say.language import reader
from bot.say.messages import Image
from bot.store.database import digest
from bot.work.dispatch import or_reference

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from adapters.web.hub import Watcher
    from adapters.web.playground import Playground
    from bot.pictures.inks import Theme

HEARTBEAT = 15  # seconds between signs of life on an idle stream
REPORTED_DAYS = 30


def _known(account: str) -> str:
    """Lead whoever came astray to a place there is, as the person they are if we know them; the page says so."""
    there = {"as": account, "missed": "place"} if account in NAMES else {"as": FIRST, "missed": "person"}
    return f"/?{urlencode({**there, 'in': 'support'})}"


class Pages:
    """Shows the playground."""

    def __init__(self, playground: Playground) -> None:
        self._playground = playground

    async def page(self, request: web.Request) -> web.Response:
        """Show the page of one person."""
        account = request.query.get("as", FIRST)
        conversation = request.query.get("in", "support")
        if account not in NAMES or not is_place(account, conversation):
            raise web.HTTPFound(_known(account))
        if conversation == addresses.home(account):
            await self._open_home(account)
        await self._playground.name_samples(account)
        window = Window(self._playground, account, conversation, request.query.get("missed", ""))
        return page(await self._playground.database.read(window.page))

    async def report(self, _request: web.Request) -> web.Response:
        """Lead to the page of a report on the last days, today among them, as the link in chat does."""
        raise web.HTTPFound(await self._playground.database.read(partial(self._newest_report, locale=reader())))

    def _newest_report(self, session: Session, *, locale: str) -> str:
        now = self._playground.clock.now()
        workspace = session.scalars(select(Workspace).where(Workspace.platform == PLATFORM)).one()
        organisation = session.get_one(Organisation, workspace.organisation_id)
        today = now.astimezone(organisation.zone).date()
        period = period_of(today - timedelta(days=REPORTED_DAYS - 1), today, organisation.zone)
        letting_in = Pass(
            organisation_id=organisation.id,
            first=period.first,
            last=period.last,
            team=None,
            locale=locale,
            until=now + LASTS,
        )
        return PATH + signed(letting_in, partial(digest, session, purpose=PURPOSE))

    async def picture(self, request: web.Request) -> web.Response:
        """Draw a picture of a post."""
        match = request.match_info
        theme: Theme = "dark" if match["theme"] == "dark" else "light"
        post = int(match["post"]) if match["post"].isdecimal() else 0
        found = await self._playground.database.read(lambda session: posts.load(session, [post]))
        shown = posted(found[0]).message if found else None
        image = (
            dict(enumerate(shown.parts)).get(int(match["place"]) if match["place"].isdecimal() else -1)
            if shown
            else None
        )
        if not isinstance(image, Image):
            raise web.HTTPNotFound
        return web.Response(body=await png_of(image, theme), content_type="image/png")

    async def _open_home(self, account: str) -> None:
        """Have somebody's Home drawn, and wait until it is there to be shown."""
        program = self._playground.program
        opened = Pressed.model_validate(
            {"as": account, "in": addresses.home(account), "command": OpenHome.called(), "key": secrets.token_hex(8)}
        )
        await program.dispatch.press(opened.command, {}, origin(opened, name=NAMES[account], channels=CHANNELS))
        await program.sender.send_due()

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens to one open page, until it is closed."""
        window = Window(self._playground, request.query.get("as", ""), request.query.get("in", "support"))
        check_place(window.account, window.conversation)
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        with self._playground.hub.watching(window.account) as watcher:
            await stream.prepare(request)
            # A stream that breaks only ends: the page says so, and comes back by itself.
            with suppress(ConnectionResetError, BotError):
                await or_reference(self._stream(stream, watcher, window), ConnectionResetError)
        return stream

    async def _stream(self, stream: web.StreamResponse, watcher: Watcher, window: Window) -> None:
        await stream.write(await self._playground.database.read(window.everything))
        while watcher.is_open:
            try:
                news = await asyncio.wait_for(watcher.news(), HEARTBEAT)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            locale = self._playground.language_of(window.account)
            for post in news:
                await stream.write(event("post", self._playground.drawings.draw(post, locale)))
            await stream.write(await self._playground.database.read(window.surroundings))
