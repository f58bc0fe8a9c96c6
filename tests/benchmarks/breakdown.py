"""Where a request's time goes: `python -m tests.benchmarks.breakdown`, or with `profile` for the functions.

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
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.run.serve import keep_what_is_there
from bot.watch.clock import SystemClock
from bot.watch.logs import set_up_logs
from tests.benchmarks import slack, slack_server, teams, teams_server
from tests.databases import sqlite_database, sqlite_template
from tests.fakes.teams import Teams

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROUNDS = 7
REQUESTS = 150  # of one round
SHOWN = 45  # functions of a profile


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
    least = dict.fromkeys(asked, 1e9)
    for _round in range(ROUNDS):
        for name, (caller, write) in asked.items():
            requests = [write() for _request in range(REQUESTS)]
            began = time.process_time()
            for sent in requests:
                await caller.call(sent)
            least[name] = min(least[name], (time.process_time() - began) / REQUESTS * 1000)
    return least


async def profiled(caller: Caller, write: Callable[[], bytes]) -> None:
    """Print which functions take the time of one kind of request."""
    requests = [write() for _request in range(1000)]
    profile = cProfile.Profile()
    profile.enable()
    for sent in requests:
        await caller.call(sent)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(SHOWN)


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
            ours = await started(await teams_server.ours(chat.keys_url, database.url, stack), stack)
            bare = await started(slack_server.bare(), stack)
            bare_teams = await started(await teams_server.bare(chat.keys_url), stack)
            asked = {
                "Slack, bare": (bare, typed(slack.CALM)),
                "Slack, bolt": (await started(slack_server.bolt(first=True), stack), typed(slack.CALM)),
                "Slack, a read": (ours, typed(slack.CALM)),
                "Slack, a commit": (ours, typed(slack_server.NOTE)),
                "Teams, bare": (bare_teams, pressed(teams.READ)),
                "Teams, a read": (ours, pressed(teams.READ)),
                "Teams, a commit": (ours, pressed(teams.COMMIT)),
            }
            await measured(asked)
            keep_what_is_there()
            if wanted:
                await profiled(*asked[wanted])
                return
            for name, took in (await measured(asked)).items():
                print(f"{name:20} {took:6.3f} ms of the processor")


if __name__ == "__main__":
    set_up_logs()
    asyncio.run(main(" ".join(sys.argv[1:])))
