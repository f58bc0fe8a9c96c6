"""Commands over HTTP as Slack sends them: ours beside a bare handler and beside bolt, in one run, interleaved.

Servers run on one core, each in a process of its own, and the load on another.
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
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.adapters.slack_payloads import signature
from tests.benchmarks.measuring import Measured
from tests.benchmarks.slack_server import NOTE, ROUTE, prepare
from tests.databases import postgres_database, postgres_server, sqlite_database, sqlite_template
from tests.fakes.slack_rules import TEAM

if TYPE_CHECKING:
    from collections.abc import Iterator

CALM = "/calm"  # the playbooks most used
PLAIN = "/calm my hands are shaking and I am about to shout back at him"  # the quick reader is sure of these words
UNSURE = "/calm she keeps shouting at me because the refund is late"  # and these take the slow reader, too
CALLERS = (1, 16, 64)
ROUNDS = 3
SECONDS = 1.0  # of one load
_numbers = itertools.count(time.time_ns())


def request(words: str) -> bytes:
    """Write and sign what Slack sends when somebody types; no two are the same."""
    name, _space, text = words.partition(" ")
    body = urlencode(
        {
            "team_id": TEAM,
            "channel_id": "C0SUPPORT",
            "channel_name": "support",
            "user_id": ("U0ANA", "U0BEN", "U0SOFIA", "U0OMAR")[next(_numbers) % 4],
            "user_name": "somebody",
            "command": name,
            "text": text,
            "response_url": "https://hooks.slack.test/commands/1",
            "trigger_id": f"{next(_numbers)}.trigger",
        }
    ).encode()
    headers = {
        "Host": "127.0.0.1",
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        **signature(body, at=int(time.time())),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST {ROUTE} HTTP/1.1\r\n{head}\r\n".encode() + body


async def call(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, sent: bytes) -> None:
    """Send one request over an open connection, and read the whole answer."""
    writer.write(sent)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode(errors="replace"))
    length = head.lower().split(b"content-length: ", 1)[1].split(b"\r\n", 1)[0]
    await reader.readexactly(int(length))


async def load(port: int, words: str, callers: int) -> Measured:
    """Let so many callers type over and over, for a while."""
    waits: list[float] = []
    until = time.perf_counter() + SECONDS

    async def caller() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < until:
            sent = request(words)
            began = time.perf_counter()
            await call(reader, writer, sent)
            waits.append(time.perf_counter() - began)
        writer.close()
        await writer.wait_closed()

    began = time.perf_counter()
    await asyncio.gather(*(caller() for _caller in range(callers)))
    return Measured(len(waits) / (time.perf_counter() - began), tuple(sorted(waits)), (0.0,))


@contextmanager
def served(kind: str, url: str = "", extra: int = 0) -> Iterator[int]:
    """Serve one kind in a process of its own; give its port."""
    process = subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-m", "tests.benchmarks.slack_server", kind, url, str(extra)],
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
        process.wait(30)
        process.stdout.close()


async def compared(servers: dict[str, tuple[int, str]], callers: int) -> dict[str, Measured]:
    """Load every server in turn, several times over; keep the middle one of each."""
    found: dict[str, list[Measured]] = {name: [] for name in servers}
    for _round in range(ROUNDS):
        for name, (port, words) in servers.items():
            found[name].append(await load(port, words, callers))
    return {name: sorted(all_of, key=lambda one: one.rate)[len(all_of) // 2] for name, all_of in found.items()}


def show(callers: int, found: dict[str, Measured]) -> None:
    """Print one line for each server."""
    print(f"  {callers} callers at once:")
    for name, one in found.items():
        print(f"    {name:42} {one.rate:7.0f}/s, p50 {one.p50:6.2f} ms, p99 {one.p99:6.2f} ms")


async def measure(database: str, ports: dict[str, int]) -> None:
    """Print figures and ratios on one database."""
    print(f"Slack over HTTP, {database}:")
    for callers in CALLERS:
        found = await compared(
            {
                "(a) bare handler, checks the signature": (ports["bare"], CALM),
                "(b) bolt, as it is by default": (ports["bolt"], CALM),
                "(c) bolt, processes before it responds": (ports["bolt-first"], CALM),
                "(d) ours, /calm": (ports["ours"], CALM),
                "(d) ours, /calm with plain words": (ports["ours"], PLAIN),
                "(d) ours, /calm with words read twice": (ports["ours"], UNSURE),
                "(c) the same, with the statements of a note": (ports["statements"], NOTE),
                "(d) ours, /incident note": (ports["ours"], NOTE),
            },
            callers,
        )
        show(callers, found)
        a, b, c, *reads, note, commit = found.values()
        for name, read in zip(("/calm", "plain words", "read twice"), reads, strict=True):
            print(
                f"    {name}: p50 {read.p50 / a.p50:.1f} times (a), {read.rate / b.rate:.1f} times the rate of (b), "
                f"{read.rate / c.rate:.2f} of (c)"
            )
        print(f"    /incident note: {commit.rate / note.rate:.2f} of (c)")


async def crowds(few: int, many: int) -> None:
    """Print what ten times as many registered commands cost."""
    ratios = []
    for _round in range(ROUNDS):
        found = await compared({"few": (few, CALM), "many": (many, CALM)}, 1)
        ratios.append(found["many"].p50 / found["few"].p50)
    print(f"Slack, 90 commands more than there are: p50 of /calm {median(ratios):.2f} times")


def run() -> None:
    """Measure on both databases."""
    cores = os.sched_getaffinity(0)
    with ExitStack() as stack:
        os.sched_setaffinity(0, {max(cores)})
        stack.callback(os.sched_setaffinity, 0, cores)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = {kind: stack.enter_context(served(kind)) for kind in ("bare", "bolt", "bolt-first")}
        for name, url in (("SQLite", _sqlite(folder, stack)), ("PostgreSQL", _postgres(stack))):
            ports |= {kind: stack.enter_context(served(kind, url)) for kind in ("ours", "statements")}
            asyncio.run(measure(name, ports))
            if name == "SQLite":
                asyncio.run(crowds(ports["ours"], stack.enter_context(served("ours", url, 90))))


def _sqlite(folder: Path, stack: ExitStack) -> str:
    database = stack.enter_context(sqlite_database(sqlite_template(folder), folder))
    asyncio.run(prepare(database))
    return database.url


def _postgres(stack: ExitStack) -> str:
    database = stack.enter_context(postgres_database(stack.enter_context(postgres_server())))
    asyncio.run(prepare(database))
    return database.url


if __name__ == "__main__":
    run()
