"""The server: the platforms that are configured, health and metrics, on one port."""

from __future__ import annotations

import asyncio
import gc
import re
import sys
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.compose import Program, compose, open_bookcase
from bot.errors import SettingsError
from bot.ports import Messenger
from bot.run.alive import Auditor
from bot.run.doctor import key_of_texts
from bot.run.health import Readiness, look_at_what_waits, watch_loop
from bot.run.keys import insist_on_the_key
from bot.run.report_page.serving import report_routes
from bot.run.settings import Settings
from bot.store.database import Database
from bot.store.keyring import make_keyring
from bot.store.schema import check_schema
from bot.store.seal import Seal
from bot.watch.clock import SystemClock
from bot.watch.logs import set_up_logs
from bot.watch.traces import set_up_traces

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.run.names import Unread
log = structlog.get_logger()

Route = tuple[str, str]  # how, and at which path
LOST_KEY = (
    "Some stored texts cannot be read with this ZANSHIN_SECRET_KEY. "
    "Name the key used before in ZANSHIN_OLD_SECRET_KEYS, start again and ask zanshin doctor."
)
LAST = timedelta(seconds=2)  # of requests that are underway when we are told to stop


class Platform(Protocol):
    """A platform that is configured: what it says things with, and what it adds to the server."""

    @property
    def name(self) -> str:
        """Name it as rows of workspaces do."""
        ...

    @property
    def messenger(self) -> Messenger:
        """Give what says things on it."""
        ...

    def attach(self, app: web.Application, program: Program) -> None:
        """Add the routes people come in by, and whatever runs beside them."""
        ...


def run_server(
    settings: Settings,
    openers: Sequence[Callable[[Database], Platform | None]] = (),
    routes: Sequence[Route] = (),
    unread: Sequence[Unread] = (),
) -> None:
    """Serve until told to stop; refuse to start on another schema than ours. `openers` build what is configured."""
    set_up_logs()
    for one in unread:
        log.warning(
            "A variable is set that nothing reads; it may be mistyped.", action="unread_setting", **one._asdict()
        )
    end_traces = set_up_traces() if settings.traces else None
    database = Database(settings.database_url, settings.seal)
    try:
        platforms = open_all(openers, database)
        check_schema(database.engine)
        take_the_key(database)
        warn_of_a_lost_key(database)
        program = compose(
            database=database,
            clock=SystemClock(),
            bookcase=open_bookcase(settings.playbooks_dir),
            messengers={platform.name: platform.messenger for platform in platforms},
            admins=settings.named_admins,
            retention=settings.retention,
            allowance=settings.allowance,
            address=settings.public_url,
        )
        app = build_server(program, platforms=platforms, alive_url=settings.alive_url, routes=routes)
        keep_what_is_there()
        _listen(app, settings, sorted(platform.name for platform in platforms))
    finally:
        database.close()
        if end_traces is not None:
            end_traces()


def open_all(openers: Sequence[Callable[[Database], Platform | None]], database: Database) -> list[Platform]:
    """Open every platform that is configured; raise SettingsError naming what is wrong on any of them."""
    opened, wrong = [], []
    for opener in openers:
        try:
            opened.append(opener(database))
        except SettingsError as problem:
            wrong.append(str(problem))
    if wrong:
        raise SettingsError("\n".join(wrong))
    return [platform for platform in opened if platform is not None]


def take_the_key(database: Database) -> None:
    """Refuse to start with the key of another database; the first start keeps a keyring, which says so at once."""
    seal: Seal = database.engine.dialect.zanshin_seal  # type: ignore[attr-defined]  # put there by build_engine
    with suppress(DBAPIError):  # slow as it may be, people are let in; another replica may have kept one just now
        insist_on_the_key(database.engine)
        if len(seal.digest_keys) == 1:  # of several, `rotate-key` finds the one that hashes are made with
            make_keyring(database.engine, seal)


def warn_of_a_lost_key(database: Database) -> None:
    """Say it at the start: whoever lacks the key of some of what is stored learns of it before people do."""
    with suppress(DBAPIError), Session(database.engine) as session:  # slow as it may be, people are let in
        if not key_of_texts(session).fine:
            log.warning(LOST_KEY, action="wrong_key")


def keep_what_is_there() -> None:
    """Leave what a start has made out of collecting garbage: looking through all of it stops the loop for 60 ms."""
    gc.collect()
    gc.freeze()


def _listen(app: web.Application, settings: Settings, platforms: list[str]) -> None:
    try:
        web.run_app(
            app,
            host=settings.host,
            port=settings.port,
            print=partial(_greet, platforms=platforms),
            access_log=None,
            shutdown_timeout=LAST.total_seconds(),
        )
    except (OSError, UnicodeError) as problem:  # UnicodeError: the host cannot be a name
        why = (getattr(problem, "strerror", None) or str(problem)).rpartition(": ")[2].rstrip(")")
        raise SettingsError(
            f"Cannot listen on {settings.host}, port {settings.port}: {why}. "
            "Choose another place with ZANSHIN_HOST and ZANSHIN_PORT."
        ) from problem


def _greet(said: str, *, platforms: list[str]) -> None:
    where = re.findall(r"http://[^\s,]+", said)  # aiohttp knows which port it got
    named = ", ".join(platforms) or "none configured"
    told = structlog.wrap_logger(structlog.WriteLogger(sys.stdout))  # the command's own output, as the log writes it
    told.info(f"Listening on {' and '.join(where)}. Platforms: {named}.", action="listening", platforms=platforms)


def build_server(
    program: Program,
    readiness: Readiness | None = None,
    platforms: Sequence[Platform] = (),
    alive_url: str = "",
    routes: Sequence[Route] = (),
) -> web.Application:
    """Build the server; at the `routes` of a platform that is not configured, 404 says so."""
    readiness = readiness or Readiness(program)

    async def running(_app: web.Application) -> AsyncIterator[None]:
        async with program.running():
            watching = asyncio.create_task(watch_loop(program.metrics.lagged))
            auditing = asyncio.create_task(Auditor(program, readiness, alive_url).run())
            yield
            watching.cancel()
            auditing.cancel()

    async def alive(_request: web.Request) -> web.Response:
        if why := readiness.standing_still():
            return web.json_response({"alive": False, "why": why}, status=503)
        return web.json_response({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        if why := await readiness.why_not():
            return web.json_response({"ready": False, "why": why}, status=503)
        return web.json_response({"ready": True})

    async def metrics(_request: web.Request) -> web.Response:
        await look_at_what_waits(program)
        figures = await asyncio.to_thread(program.metrics.written)  # it takes milliseconds
        return web.Response(body=figures, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def not_configured(_request: web.Request) -> web.Response:
        return web.json_response({"error": "This platform is not configured here."}, status=404)

    app = web.Application()
    app.cleanup_ctx.append(running)
    app.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)])
    app.add_routes(report_routes(program))
    for platform in platforms:
        platform.attach(app, program)
    taken = {resource.canonical for resource in app.router.resources()}
    app.add_routes([web.route(how, at, not_configured) for how, at in routes if at not in taken])
    return app
