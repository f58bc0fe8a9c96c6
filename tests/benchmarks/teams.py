"""Invokes as Teams sends them: ours beside a bare check and beside the SDK as it comes, in one run, interleaved.

Servers run on one core, each in a process of its own, and the load, with the connector and the keys, on another.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from adapters.teams.places import PLATFORM
from adapters.teams.serve import ROUTE
from bot.compose import compose
from bot.directory.actors import Origin
from bot.directory.model import ConversationKind
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.clock import SystemClock
from tests.adapters.teams_stage import account, seat
from tests.benchmarks import slack
from tests.benchmarks.measuring import Measured
from tests.benchmarks.slack_server import prepare
from tests.databases import postgres_database, postgres_server, sqlite_database, sqlite_template
from tests.fakes.teams import Teams
from tests.fakes.teams_rules import BOT, TENANT
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.store.database import Database

MOST_USED: dict[str, Any] = {"command": "calm", "fields": {}}  # as slack.CALM
READ = {"command": "calm", "fields": {"words": slack.PLAIN.removeprefix("/calm ")}}
COMMIT = {"command": "add-note", "fields": {"number": "1", "words": "Called the bank."}}
CALLERS = (1, 16)
ROUNDS = 3
SECONDS = 1.0  # of one load
_numbers = itertools.count(time.time_ns())

Sent = tuple[int, "dict[str, Any]"]  # a port, and what is pressed


def request(data: Mapping[str, Any], service_url: str, token: str) -> bytes:
    """Write what Teams sends when somebody presses something in a dialog; no two are the same."""
    name = ("ana", "ben", "sofia", "omar")[next(_numbers) % 4]
    body = json.dumps(
        {
            "type": "invoke",
            "name": "composeExtension/submitAction",
            "id": str(next(_numbers)),
            "serviceUrl": service_url,
            "channelId": "msteams",
            "from": {"id": account(name), "name": name.title()},
            "conversation": {"id": f"a:chat-{account(name)}", "conversationType": "personal", "tenantId": TENANT},
            "recipient": {"id": BOT, "name": "Zanshin"},
            "channelData": {"tenant": {"id": TENANT}},
            "value": {"data": data},
        }
    ).encode()
    head = (
        f"POST {ROUTE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\nAuthorization: Bearer {token}\r\n\r\n"
    )
    return head.encode() + body


async def load(sent: Sent, teams: Teams, token: str, callers: int) -> Measured:
    """Let so many callers press over and over, for a while."""
    port, data = sent
    waits: list[float] = []
    until = time.perf_counter() + SECONDS

    async def caller() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            written = request(data, teams.service_url, token)
            began = time.perf_counter()
            await slack.call(reader, writer, written)
            waits.append(time.perf_counter() - began)
        writer.close()
        await writer.wait_closed()

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _caller in range(callers)))
    return Measured(len(waits) / (time.perf_counter() - began), tuple(sorted(waits)), (0.0,))


@contextmanager
def served(kind: str, keys_url: str, url: str, late: dict[str, float]) -> Iterator[int]:
    """Serve one kind in a process of its own; give its port, and in the end how late its loop was."""
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "tests.benchmarks.teams_server", kind, keys_url, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(json.loads(process.stdout.readline())["port"])
    finally:
        process.stdin.close()
        late |= json.loads(process.stdout.readline() or "{}")
        process.wait(30)
        process.stdout.close()


async def measure(name: str, url: str) -> None:
    """Print figures and ratios on one database."""
    print(f"Teams over HTTP, {name}:")
    late: dict[str, float] = {}
    async with AsyncExitStack() as stack:
        teams = Teams(SystemClock(), paced=False)  # type: ignore[arg-type]  it only tells the time
        await stack.enter_async_context(teams.serving())
        token = teams.token()

        async def opened(kind: str, known: dict[str, float]) -> int:
            server = served(kind, teams.keys_url, url, known)
            port = await asyncio.to_thread(server.__enter__)
            stack.push_async_callback(asyncio.to_thread, server.__exit__, None, None, None)
            return port

        bare, stock, ours = await opened("bare", {}), await opened("stock", {}), await opened("ours", late)
        kinds: dict[str, Sent] = {
            "(a) bare: parses, checks the token": (bare, READ),
            "(b) the SDK's adapter, echoes an invoke": (stock, READ),
            "(c) ours, an invoke that reads, no words": (ours, MOST_USED),
            "(c) ours, an invoke that reads": (ours, READ),
            "(c) ours, an invoke with one commit": (ours, COMMIT),
        }
        for callers in CALLERS:
            found = await compared(kinds, teams, token, callers)
            slack.show(callers, found)
            a, b, most_used, read, commit = found.values()
            for how, one in (("no words", most_used), ("words", read)):
                print(f"    {how}: p50 {one.p50 / a.p50:.1f} times (a), {one.rate / b.rate:.1f} times the rate of (b)")
            print(f"    commits: {commit.rate / b.rate:.1f} times (b)")
        beside = asyncio.create_task(slack.load(ours, slack.CALM, 4))
        await load(kinds["(c) ours, an invoke that reads"], teams, token, 4)
        await beside
    print(f"    the loop, Slack commands beside: late {late['late']:.1f} ms at p99, {late['latest']:.1f} ms at most")


async def compared(kinds: dict[str, Sent], teams: Teams, token: str, callers: int) -> dict[str, Measured]:
    """Load every server in turn, several times over; keep the middle one of each."""
    found: dict[str, list[Measured]] = {name: [] for name in kinds}
    for _round in range(ROUNDS):
        for name, sent in kinds.items():
            found[name].append(await load(sent, teams, token, callers))
    return {name: sorted(all_of, key=lambda one: one.rate)[len(all_of) // 2] for name, all_of in found.items()}


async def make_ready(database: Database) -> None:
    """Make a team in Slack and one in Teams, each with an incident open."""
    await prepare(database)
    now = SystemClock().now()
    await database.write(partial(seat, now=now))
    await open_incident(database)


async def open_incident(database: Database) -> None:
    """Have Ana open an incident in Teams."""
    program = compose(database=database, clock=SystemClock(), bookcase=bookcase_of(SHIPPED_PLAYBOOKS), messengers={})
    await program.dispatch.say(
        "/incident open sev2 Card payments fail",
        Origin(
            key="open-teams",
            platform=PLATFORM,
            workspace=TENANT,
            account=account("ana"),
            name="Ana",
            conversation="@29:ana",
            kind=ConversationKind.DIRECT,
        ),
    )


def run() -> None:
    """Measure on both databases."""
    cores = os.sched_getaffinity(0)
    with ExitStack() as stack:
        os.sched_setaffinity(0, {max(cores)})
        stack.callback(os.sched_setaffinity, 0, cores)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sqlite = stack.enter_context(sqlite_database(sqlite_template(folder), folder))
        postgres = stack.enter_context(postgres_database(stack.enter_context(postgres_server())))
        for name, database in (("SQLite", sqlite), ("PostgreSQL", postgres)):
            asyncio.run(make_ready(database))
            asyncio.run(measure(name, database.url))


if __name__ == "__main__":
    run()
