"""The servers of the Teams benchmark, each a process of its own: a bare check, the SDK as it comes, and ours."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

import jwt
from aiohttp import ClientSession, web

from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import SlackSettings
from adapters.teams.keys import read_keys
from adapters.teams.serve import ROUTE, TeamsPlatform
from adapters.teams.settings import TeamsSettings
from bot.compose import compose
from bot.run.serve import build_server, keep_what_is_there
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from bot.watch.clock import SystemClock
from bot.watch.logs import set_up_logs
from tests.adapters.slack_payloads import SECRET
from tests.benchmarks.measuring import share, stalled
from tests.databases import SECRET as KEY
from tests.fakes.slack import TOKEN as SLACK_TOKEN
from tests.fakes.slack import Slack
from tests.fakes.teams import ISSUER, TOKEN
from tests.fakes.teams_rules import APP, TENANT
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from botbuilder.core import TurnContext

ANSWER = {"status": 200, "body": {"ok": True}}


async def bare(keys_url: str) -> web.Application:
    """Parse the body, check its token with a key that is known, and answer."""
    async with ClientSession() as http:
        about = await (await http.get(keys_url)).json()
        keys = read_keys(await (await http.get(about["jwks_uri"])).json())

    async def handle(request: web.Request) -> web.Response:
        activity = json.loads(await request.read())
        token = request.headers["Authorization"].removeprefix("Bearer ")
        key = keys[jwt.get_unverified_header(token)["kid"]]
        claims = jwt.decode(token, key.key, algorithms=["RS256"], audience=APP, issuer=ISSUER)
        if claims["serviceurl"] != activity["serviceUrl"]:
            return web.Response(status=401)
        return web.json_response(ANSWER)

    app = web.Application()
    app.router.add_post(ROUTE, handle)
    return app


def stock(keys_url: str) -> web.Application:
    """Put the SDK's own adapter behind aiohttp, with an echo for every invoke."""
    from botbuilder.core import ActivityHandler, InvokeResponse  # noqa: PLC0415  it is loaded for this one alone
    from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication  # noqa: PLC0415
    from botbuilder.schema import Activity  # noqa: PLC0415

    class Settings:
        APP_ID, APP_PASSWORD, APP_TYPE, APP_TENANTID = APP, "a secret", "SingleTenant", TENANT
        CHANNEL_SERVICE, VALIDATE_AUTHORITY, CALLER_ID = "", True, ""
        TO_CHANNEL_FROM_BOT_LOGIN_URL = "https://login.microsoftonline.com/botframework.com"
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER, OAUTH_URL = ISSUER, "https://token.botframework.com"
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = keys_url
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = keys_url

    class Echo(ActivityHandler):  # type: ignore[misc]  # it has no types
        async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
            return InvokeResponse(status=200, body={"name": turn_context.activity.name})

    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Settings())), Echo()

    async def handle(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        answer: Any = await adapter.process_activity(request.headers["Authorization"], activity, bot.on_turn)
        return web.json_response(answer.body, status=answer.status)

    app = web.Application()
    app.router.add_post(ROUTE, handle)
    return app


async def ours(keys_url: str, database: Database, stack: AsyncExitStack) -> web.Application:
    """Put the whole program behind its own server, Teams and Slack both."""
    host = keys_url.split("/")[2]
    settings = TeamsSettings(
        app_id=APP, app_password="a secret", app_tenant=TENANT, keys_url=keys_url, service_hosts=(host,)
    )
    slack = Slack(SystemClock())  # type: ignore[arg-type]  it only tells the time
    for name in ("ANA", "BEN", "SOFIA", "OMAR"):
        slack.add_account(f"U0{name}", name.title())
    slack.add_channel("C0SUPPORT", "support", "U0ANA")
    base_url = await stack.enter_async_context(slack.serving())
    slack_settings = SlackSettings(bot_token=SLACK_TOKEN, signing_secret=SECRET, api_url=base_url)

    async def token() -> str:
        return TOKEN

    platforms = [
        TeamsPlatform(settings, database, SystemClock(), token=token),
        SlackPlatform(slack_settings, database, SystemClock()),
    ]
    program = compose(
        database=database,
        clock=SystemClock(),
        bookcase=bookcase_of(SHIPPED_PLAYBOOKS),
        messengers={platform.name: platform.messenger for platform in platforms},
    )
    return build_server(program, platforms=platforms)


async def serve(kind: str, keys_url: str, url: str) -> None:
    """Serve one kind on a port of its own, and say which, until the input ends; then say how late the loop was."""
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(await _application(kind, keys_url, url, stack), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        keep_what_is_there()
        print(json.dumps({"port": runner.addresses[0][1]}), flush=True)
        async with stalled() as stalls:
            await asyncio.to_thread(sys.stdin.read)
        print(json.dumps({"late": 1000 * share(stalls, 0.99), "latest": 1000 * stalls[-1]}), flush=True)


async def _application(kind: str, keys_url: str, url: str, stack: AsyncExitStack) -> web.Application:
    match kind:
        case "bare":
            return await bare(keys_url)
        case "stock":
            return stock(keys_url)
        case _:
            database = Database(url, Seal(KEY))
            stack.callback(database.close)
            return await ours(keys_url, database, stack)


if __name__ == "__main__":
    set_up_logs()
    os.sched_setaffinity(0, {0})
    asyncio.run(serve(*sys.argv[1:4]))
