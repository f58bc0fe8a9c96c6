"""One server of the Slack benchmark, in a process of its own: `python -m tests.benchmarks.slack_server KIND`."""

from __future__ import annotations

import asyncio
import hmac
import itertools
import json
import os
import sys
import time
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import event, select, update

from adapters.slack.guard import sign
from adapters.slack.places import PLATFORM, Where, origin
from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import SlackSettings
from bot.compose import compose
from bot.directory.model import Conversation, ConversationKind, Person, Workspace
from bot.directory.workspaces import add_workspace
from bot.errors import DatabaseAway
from bot.run.serve import build_server, keep_what_is_there
from bot.say.replies import Done
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.database import Database
from bot.store.seal import Seal
from bot.typing.command import Command, Need
from bot.typing.grammar import Phrase
from bot.watch.clock import SystemClock
from bot.watch.logs import set_up_logs
from bot.work.domain import Domain
from tests.adapters.slack_payloads import SECRET
from tests.databases import SECRET as KEY
from tests.fakes.slack import TOKEN, Slack
from tests.fakes.slack_rules import TEAM
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt.context.ack.async_ack import AsyncAck
    from sqlalchemy.orm import Session

    from bot.directory.actors import Origin

ROUTE = "/slack/events"
NOTE = "/incident note 1 The vendor has called back"
ANSWER = "Keep calm: breathe out slowly, twice as long as in."

Statement = tuple[str, Any]


# --- (a) nothing but the signature ----------------------------------------------------------------


def bare() -> web.Application:
    """Check the signature, and answer."""

    async def handle(request: web.Request) -> web.Response:
        raw = await request.read()
        wanted = sign(raw, request.headers["X-Slack-Request-Timestamp"], SECRET)
        if not hmac.compare_digest(wanted, request.headers["X-Slack-Signature"]):
            return web.Response(status=401)
        return web.json_response({"text": ANSWER})

    app = web.Application()
    app.router.add_post(ROUTE, handle)
    return app


# --- (b), (c) bolt as it is usually run -----------------------------------------------------------


def bolt(*, first: bool, work: Callable[[], Any] | None = None) -> web.Application:
    """Put bolt behind aiohttp; `first`: it processes before it responds; `work` is done within the command."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1", bot_user_id="U0")

    slack = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=first)

    async def hear(ack: AsyncAck) -> None:
        if work is not None:
            await work()
        await ack(ANSWER)

    for name in ("/calm", "/incident"):
        slack.command(name)(hear)

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await slack.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post(ROUTE, handle)
    return app


# --- (d) ours -------------------------------------------------------------------------------------


def crowd(count: int) -> Domain:
    """Register more commands than anybody needs."""
    phrases, use_cases = [], {}
    for number in range(count):
        command = type(f"Extra{number}Command", (Command,), {"__module__": __name__, "needs": Need.TEAM})
        use_cases[command] = lambda _command, _work: Done()
        phrases.append(Phrase(starts=f"/extra{number}", help="", read=lambda _words, command=command: command()))
    return Domain(use_cases=use_cases, phrases=tuple(phrases))


async def ours(database: Database, stack: AsyncExitStack, extra: int) -> web.Application:
    """Put the whole program behind its own server."""
    slack = Slack(SystemClock())  # type: ignore[arg-type]  it only tells the time
    for name in ("ANA", "BEN", "SOFIA", "OMAR"):
        slack.add_account(f"U0{name}", name.title())
    slack.add_channel("C0SUPPORT", "support", "U0ANA")
    base_url = await stack.enter_async_context(slack.serving())
    settings = SlackSettings(bot_token=TOKEN, signing_secret=SECRET, api_url=base_url)
    platform = SlackPlatform(settings, database, SystemClock())
    program = compose(
        database=database,
        clock=SystemClock(),
        bookcase=bookcase_of(SHIPPED_PLAYBOOKS),
        messengers={platform.name: platform.messenger},
        more=(crowd(extra),),
    )
    return build_server(program, platforms=[platform])


def make_workspace(session: Session, team: str = TEAM) -> None:
    """Put the workspace in place, with a channel where the team works: whoever types there joins."""
    add_workspace(session, platform=PLATFORM, address=team, name="Test", now=SystemClock().now())
    workspace = session.scalars(select(Workspace).where(Workspace.address == team)).one()
    session.add(
        Conversation(
            organisation_id=workspace.organisation_id,
            workspace_id=workspace.id,
            address="C0SUPPORT",
            kind=ConversationKind.CHANNEL,
            name="support",
            is_support=True,
        )
    )


async def prepare(database: Database) -> None:
    """Make a workspace in which everybody has typed something, and an incident is open."""
    await database.write(make_workspace)
    program = compose(database=database, clock=SystemClock(), bookcase=bookcase_of(SHIPPED_PLAYBOOKS), messengers={})
    for name in ("ANA", "BEN", "SOFIA", "OMAR"):
        await program.dispatch.say("/zanshin back", spoken_by(name, f"back-{name}"))
    await database.write(lambda session: session.execute(update(Person).values(is_supervisor=True)))
    await program.dispatch.say("/incident open sev2 Card payments fail", spoken_by("ANA", "open"))


def spoken_by(name: str, key: str) -> Origin:
    """Say who types, in the words of the core."""
    where = Where(conversation="C0SUPPORT", kind=ConversationKind.CHANNEL, name="support")
    return origin(key, TEAM, f"U0{name}", where, name=name.title())


async def recorded(database: Database, job: Callable[[], Any]) -> list[Statement]:
    """Carry something out, and write down every statement it takes."""
    statements: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            statements.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    await job()
    event.remove(database.engine, "before_cursor_execute", note)
    return statements


def replayed(statements: list[Statement], key: str, number: itertools.count[int], session: Session) -> None:
    """Carry the same statements out once more, under a key of their own."""
    fresh = f"{key}-{next(number)}"
    connection = session.connection()
    for statement, parameters in statements:
        connection.exec_driver_sql(statement, _with(parameters, key, fresh))


def _with(parameters: Any, key: str, fresh: str) -> Any:
    if isinstance(parameters, list):  # of many rows at once
        return [_with(one, key, fresh) for one in parameters]
    if isinstance(parameters, dict):
        return {name: fresh if value == key else value for name, value in parameters.items()}
    return tuple(fresh if value == key else value for value in parameters)


# --- serving --------------------------------------------------------------------------------------


async def serve(kind: str, url: str, extra: int) -> None:
    """Serve one kind on a port of its own, and say which, until the input ends."""
    async with AsyncExitStack() as stack:
        app = await _application(kind, url, extra, stack)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        keep_what_is_there()
        print(json.dumps({"port": runner.addresses[0][1]}), flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def _application(kind: str, url: str, extra: int, stack: AsyncExitStack) -> web.Application:
    match kind:
        case "bare":
            return bare()
        case "bolt":
            return bolt(first=False)
        case "bolt-first":
            return bolt(first=True)
        case "ours":
            database = _open(url, stack)
            return await ours(database, stack, extra)
        case _:
            return await _with_statements(_open(url, stack))


async def _with_statements(database: Database) -> web.Application:
    """Have bolt do what `/incident note` does, statement by statement, in the same writer."""
    program = compose(database=database, clock=SystemClock(), bookcase=bookcase_of(SHIPPED_PLAYBOOKS), messengers={})
    key = f"recorded-{time.time_ns()}"
    statements = await recorded(database, lambda: program.dispatch.say(NOTE, spoken_by("ANA", key)))
    job = partial(replayed, statements, key, itertools.count())

    async def work() -> None:
        with suppress(DatabaseAway):  # said by us, too, and measured like any other answer
            await database.write(job)

    return bolt(first=True, work=work)


def _open(url: str, stack: AsyncExitStack) -> Database:
    database = Database(url, Seal(KEY))
    stack.callback(database.close)
    return database


if __name__ == "__main__":
    set_up_logs()
    os.sched_setaffinity(0, {0})
    asyncio.run(serve(sys.argv[1], sys.argv[2], int(sys.argv[3])))
