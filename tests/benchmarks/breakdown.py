"""Where a request's time goes: `python -m tests.benchmarks.breakdown`; with the name of one, by what it is spent on.

No sockets are in it: requests are put into the server's protocol, and what counts is the processor's time of this
process, so it holds on a machine that others use too. Each request is measured as a whole, beside a bare handler.
"""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import sys
import tempfile
import time
from collections import Counter
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.run.serve import keep_what_is_there
from bot.understanding.ready import get_ready
from bot.watch.clock import SystemClock
from bot.watch.logs import set_up_logs
from tests.benchmarks import slack, slack_server, teams, teams_server
from tests.databases import sqlite_database, sqlite_template
from tests.fakes.teams import Teams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.store.database import Database

ROUNDS = 7
REQUESTS = 100  # of one round
SLOW = 5.0  # milliseconds: of what takes longer, fewer are measured
SHOWN = 25  # functions of a profile
WAITING = ("'poll' of", "'acquire' of", "'get' of '_queue", "'put' of '_queue")  # built in, and no work
PARTS = {
    "aiohttp, as the bare handler has it": ("/aiohttp/", "/multidict/", "/yarl/"),
    "bolt": ("/slack_bolt/", "/slack_sdk/"),
    "SQLAlchemy": ("/sqlalchemy/",),
    "understanding what words tell": ("/bot/safety/", "/bot/understanding/", "/playbooks/suggest", "/rapidfuzz/"),
    "drawing the answer": (
        "/render.py",
        "/blocks.py",
        "/spans.py",
        "/escape.py",
        "/drawing.py",
        "/door/writing.py",
        "/adapters/teams/cards",
        "/json/",
    ),
    "the signature, the payload": (
        "/guard.py",
        "/payloads.py",
        "/inbound.py",
        "/bodies.py",
        "/parse.py",
        "/hmac.py",
        "/jwt/",
    ),
    "reading what was typed": ("/bot/typing/",),
    "dispatch, Work, the inbox": ("/bot/work/", "/bot/store/", "/bot/delivery/", "/bot/directory/", "/bot/watch/"),
    "the use case and what it says": ("/bot/",),
    "the adapter, the door": ("/adapters/", "/bot/door/"),
    "asyncio, threads": ("/asyncio/", "/concurrent/", "/threading.py", "/queue.py", "/contextlib.py"),
}


@dataclass
class Wire(asyncio.Transport):
    """A connection without a socket: what is written to it is an answer."""

    answered: asyncio.Event = field(default_factory=asyncio.Event)
    written: bytearray = field(default_factory=bytearray)

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Take a piece of an answer, and see whether it is whole."""
        self.written += data
        head, gap, body = self.written.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if gap and len(body) >= int(length or 0):
            self.answered.set()

    def writelines(self, pieces: Any) -> None:
        """Take pieces at once."""
        self.write(b"".join(pieces))

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Say where it comes from."""
        return ("127.0.0.1", 1) if name == "peername" else default

    def is_closing(self) -> bool:
        """Stay open."""
        return False

    def close(self) -> None:
        """Nothing is to be closed."""

    def pause_reading(self) -> None:
        """Nothing is read ahead."""

    def resume_reading(self) -> None:
        """As above."""


class Caller:
    """Somebody who sends one request after the other to a server in this process."""

    def __init__(self, runner: web.AppRunner) -> None:
        assert runner.server is not None
        self._wire = Wire()
        self._protocol = runner.server()
        self._protocol.connection_made(self._wire)

    async def call(self, sent: bytes) -> bytes:
        """Send a request, and wait for the answer."""
        self._wire.answered.clear()
        self._wire.written.clear()
        self._protocol.data_received(sent)
        await self._wire.answered.wait()
        if not self._wire.written.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(self._wire.written.decode(errors="replace"))
        return bytes(self._wire.written)


async def started(app: web.Application, stack: AsyncExitStack) -> Caller:
    """Start a server that listens nowhere."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    return Caller(runner)


async def measured(asked: Mapping[str, tuple[Caller, Callable[[], bytes]]]) -> dict[str, float]:
    """Measure all of them in turn; give the least milliseconds of the processor that one request took."""
    least = dict.fromkeys(asked, SLOW)
    for number in range(ROUNDS):
        for name, (caller, write) in asked.items():
            requests = [write() for _request in range(REQUESTS if least[name] < SLOW else REQUESTS // 10)]
            began = time.process_time()
            for sent in requests:
                await caller.call(sent)
            took = (time.process_time() - began) / len(requests) * 1000
            least[name] = took if number == 0 else min(least[name], took)
    return least


async def profiled(caller: Caller, write: Callable[[], bytes], database: Database) -> pstats.Stats:
    """Watch both threads that carry out one kind of request: the loop's, and the writer's."""
    requests = [write() for _request in range(REQUESTS * 5)]
    loop, writer = cProfile.Profile(), cProfile.Profile()
    await database.write(lambda _session: writer.enable())
    loop.enable()
    for sent in requests:
        await caller.call(sent)
    loop.disable()
    await database.write(lambda _session: writer.disable())
    return pstats.Stats(loop, writer)


def spent_on(stats: pstats.Stats) -> dict[str, float]:
    """Say which share of the time goes to what; what is built in counts as whoever calls it."""
    spent: Counter[str] = Counter()
    rows: Mapping[Any, Any] = stats.stats  # type: ignore[attr-defined]  it is not declared
    for (file, _line, function), (_calls, _all_calls, own, _whole, callers) in rows.items():
        if any(waiting in function for waiting in WAITING):
            continue
        if "sqlite3." in function:
            spent["SQLite itself, its disk"] += own
        elif file == "~":
            for (caller, _at, _name), (_some, _more, there, _under) in callers.items():
                spent[_part(caller)] += there
        else:
            spent[_part(file)] += own
    total = sum(spent.values())
    return {part: took / total for part, took in spent.most_common()}


def _part(file: str) -> str:
    return next((part for part, paths in PARTS.items() if any(path in file for path in paths)), "the rest")


async def main(wanted: str) -> None:
    """Measure, and print."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        database = opened.enter_context(sqlite_database(sqlite_template(folder), folder))
        await teams.make_ready(database)
        async with AsyncExitStack() as stack:
            chat = Teams(SystemClock(), paced=False)  # type: ignore[arg-type]  it only tells the time
            await stack.enter_async_context(chat.serving())
            typed = partial(partial, slack.request)
            token = chat.token()
            pressed = partial(partial, teams.request, service_url=chat.service_url, token=token)
            ours = await started(await teams_server.ours(chat.keys_url, database, stack), stack)
            bare = await started(slack_server.bare(), stack)
            bare_teams = await started(await teams_server.bare(chat.keys_url), stack)
            asked = {
                "Slack, bare": (bare, typed(slack.CALM)),
                "Slack, bolt": (await started(slack_server.bolt(first=True), stack), typed(slack.CALM)),
                "Slack, /calm": (ours, typed(slack.CALM)),
                "Slack, plain words": (ours, typed(slack.PLAIN)),
                "Slack, words read twice": (ours, typed(slack.UNSURE)),
                "Slack, a commit": (ours, typed(slack_server.NOTE)),
                "Teams, bare": (bare_teams, pressed(teams.READ)),
                "Teams, no words": (ours, pressed(teams.MOST_USED)),
                "Teams, a read": (ours, pressed(teams.READ)),
                "Teams, a commit": (ours, pressed(teams.COMMIT)),
            }
            get_ready()
            keep_what_is_there()
            if wanted:
                asked = {wanted: asked[wanted]}
            took = await measured(asked)
            for name, milliseconds in took.items():
                print(f"{name:24} {milliseconds:6.3f} ms of the processor")
            if wanted:
                stats = await profiled(*asked[wanted], database)
                for part, share in spent_on(stats).items():
                    print(f"  {took[wanted] * share:6.3f} ms  {part}")
                stats.sort_stats("tottime").print_stats(SHOWN)


if __name__ == "__main__":
    set_up_logs()
    asyncio.run(main(" ".join(sys.argv[1:])))
