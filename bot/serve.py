"""The server: the platforms that are configured, health and metrics, on one port."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from bot.clock import SystemClock
from bot.compose import compose
from bot.database import Database
from bot.errors import DatabaseAway
from bot.logs import set_up_logs
from bot.schema import check_schema
from bot.seal import Seal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.compose import Program
    from bot.settings import Settings

PLATFORM_ROUTES = ("/slack/events", "/api/messages")


def run_server(settings: Settings) -> None:
    """Serve until told to stop; refuse to start on another schema than ours."""
    set_up_logs()
    database = Database(settings.database_url, Seal(settings.secret_key))
    try:
        check_schema(database.engine)
        program = compose(database=database, clock=SystemClock(), playbooks_dir=settings.playbooks_dir, messengers={})
        web.run_app(build_server(program), host=settings.host, port=settings.port, print=None, access_log=None)
    finally:
        database.close()


def build_server(program: Program) -> web.Application:
    """Build the server; a platform that is not configured answers 404."""

    async def running(_app: web.Application) -> AsyncIterator[None]:
        async with program.running():
            yield

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(_request: web.Request) -> web.Response:
        try:
            await program.database.read(lambda session: session.execute(text("SELECT 1")).scalar())
        except DatabaseAway as away:
            return web.json_response({"ready": False, "why": str(away)}, status=503)
        return web.json_response({"ready": True})

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def not_configured(_request: web.Request) -> web.Response:
        return web.json_response({"error": "This platform is not configured here."}, status=404)

    app = web.Application()
    app.cleanup_ctx.append(running)
    app.add_routes([web.get("/healthz", alive), web.get("/readyz", ready), web.get("/metrics", metrics)])
    app.add_routes([web.post(route, not_configured) for route in PLATFORM_ROUTES])
    return app
