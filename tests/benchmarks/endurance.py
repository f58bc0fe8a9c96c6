"""Half an hour's load on real servers over HTTP: `python -m tests.benchmarks.endurance MINUTES RATE REPLICAS`.

One server stands on SQLite, more than one share a PostgreSQL; `postgresql` as a fourth word puts one there, too. People
of one workspace read, note, open and end incidents, step out of cases and take breaks, so many commands a second,
whether or not the last one has been answered. What is printed: memory and waits by quarter, and whatever went wrong.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import sys
import tempfile
import time
from collections import Counter, deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.benchmarks.measuring import share
from tests.benchmarks.slack_server import make_workspace
from tests.databases import postgres_database, postgres_server, sqlite_database, sqlite_template
from tests.processes import Server, signed, slack_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.store.database import Database

PEOPLE = 120
LEADS = 12  # of them look at the whole board
OPEN_AT_ONCE = 30  # incidents
OUT_AT_ONCE = 20  # people who stepped out of a case
LOOK_EVERY = 10.0  # seconds
ANSWERED_WITHIN = 30.0  # seconds
TEAM = "T1"  # as the Slack of tests.processes calls it
NUMBER = re.compile(r"#(\d+)")
GONE_WRONG = ("bug", "database_away", "limited")

# How often of two hundred; what posts to the channel seldom enough for Slack, which takes one message a second there.
TYPED = {
    "/calm": 20,
    "/calm keep-calm": 30,
    "/calm my hands are shaking and I am about to shout back at him": 30,
    "/calm she keeps shouting at me because the refund is late": 20,
    "/incident": 30,
    "/incident mine": 10,
    "/incident show {incident}": 10,
    "/incident history {incident}": 5,
    "/zanshin status": 3,
    "/zanshin help": 10,
    "/zanshin team": 3,
    "/incident note {incident} The vendor has called back about {number}": 20,
    "/zanshin away 10m": 3,
    "/zanshin back": 3,
    "incident": 1,  # opens one, or ends the oldest
    "case": 2,  # steps out of one, or goes on alone after all
}


@dataclass
class Team:
    """Who types what next; it knows what is open, so that most of it means something."""

    dice: random.Random
    open: deque[str] = field(default_factory=deque)
    out: deque[str] = field(default_factory=deque)

    def types(self, number: int) -> tuple[str, str]:
        """Say who types which words."""
        words = self.dice.choices(list(TYPED), list(TYPED.values()))[0]
        person = f"U0P{self.dice.randrange(LEADS if words == '/zanshin status' else PEOPLE)}"
        if words == "incident":
            if len(self.open) >= OPEN_AT_ONCE:
                return person, f"/incident resolve {self.open.popleft()} It works again"
            return person, f"/incident open sev3 Card payments fail for some, {number}"
        if words == "case":
            if len(self.out) >= OUT_AT_ONCE:
                return self.out.popleft(), "/recuse cancel"
            self.out.append(person)
            return person, f"/recuse CASE-{number} heated: charged twice"
        return person, words.format(incident=self.dice.choice(self.open) if self.open else 1, number=number)

    def hears(self, words: str, answer: str) -> None:
        """Remember the number of what was opened."""
        if words.startswith("/incident open") and (found := NUMBER.search(answer)):
            self.open.append(found[1])


@dataclass
class Seen:
    """What was seen while it went on."""

    waits: list[tuple[float, float]] = field(default_factory=list)  # when in the run, and how long; in seconds
    memory: list[tuple[float, float]] = field(default_factory=list)  # when, and how many MB in all servers
    oldest: list[float] = field(default_factory=list)  # how long the oldest message that was due had waited
    wrong: Counter[str] = field(default_factory=Counter)


class Load:
    """So many commands a second, on several servers in turn."""

    def __init__(self, servers: Sequence[Server], session: aiohttp.ClientSession) -> None:
        self.seen = Seen()
        self._servers = servers
        self._next = itertools.cycle(servers)
        self._session = session
        self._team = Team(random.Random(1))  # noqa: S311  nobody has to be unable to guess it

    async def join(self) -> None:
        """Let everybody join the team, one after the other."""
        for number in range(PEOPLE):
            await self._type(f"U0P{number}", "/zanshin back", f"join-{number}")

    async def go_on(self, seconds: float, rate: float) -> None:
        """Type for so long, and look at the servers meanwhile; a late answer holds nobody up."""
        began = time.perf_counter()
        looking = asyncio.create_task(self._look(began))
        async with asyncio.TaskGroup() as typing:
            for number in range(int(seconds * rate)):
                at = began + number / rate
                await asyncio.sleep(max(at - time.perf_counter(), 0))
                typing.create_task(self._timed(number, began, at))
        looking.cancel()

    async def _timed(self, number: int, began: float, at: float) -> None:
        person, words = self._team.types(number)
        self._team.hears(words, await self._type(person, words, f"t{number}"))
        self.seen.waits.append((at - began, time.perf_counter() - at))

    async def _type(self, person: str, words: str, key: str) -> str:
        body, headers = signed(words, person=person, key=key, team=TEAM)
        try:
            async with self._session.post(next(self._next).address, data=body, headers=headers) as answer:
                if answer.status != 200:
                    self.seen.wrong[f"status {answer.status}"] += 1
                return await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            self.seen.wrong[type(error).__name__] += 1
            return ""

    async def _look(self, began: float) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            self.seen.memory.append((time.perf_counter() - began, sum(one.memory() for one in self._servers)))
            figures = await self.figures()
            self.seen.oldest.append(max(figures.get("zanshin_delivery_oldest_due_seconds", 0.0), 0.0))

    async def figures(self) -> Counter[str]:
        """Read what the servers count: sums of all of them, by name and by the label that matters here."""
        found: Counter[str] = Counter()
        for server in self._servers:
            try:
                async with self._session.get(server.root + "/metrics") as answer:
                    families = list(text_string_to_metric_families(await answer.text()))
            except (aiohttp.ClientError, TimeoutError):
                self.seen.wrong["no figures"] += 1
                continue
            for name, labels, value, *_more in itertools.chain.from_iterable(one.samples for one in families):
                label = labels.get("result") or labels.get("le")
                found[f"{name} {label}" if label else name] += value  # type: ignore[assignment]
        return found


def told(seen: Seen, figures: Counter[str], seconds: float) -> str:
    """Write what came of it, by quarters."""
    lines = []
    for quarter in range(4):
        memory, waits = (_within(what, quarter, seconds) for what in (seen.memory, seen.waits))
        waits.sort()
        lines.append(
            f"  quarter {quarter + 1}: {mean(memory or [0]):7.1f} MB, {len(waits):6} commands,"
            f" p50 {1000 * share(waits, 0.5):6.1f} ms, p99 {1000 * share(waits, 0.99):7.1f} ms"
        )
    second, last = (mean(_within(seen.memory, quarter, seconds) or [0]) for quarter in (1, 3))
    wrong = seen.wrong + Counter({name: int(figures[f"zanshin_commands_total {name}"]) for name in GONE_WRONG})
    late, acted = figures["zanshin_clock_late_seconds_bucket 2.0"], figures["zanshin_clock_late_seconds_count"]
    messages = {
        result: int(figures[f"zanshin_messages_total {result}"]) for result in ("sent", "dead", "unknown", "expired")
    }
    growth = 100 * (last / second - 1) if second else 0
    done, refused = (figures[f"zanshin_commands_total {result}"] for result in ("done", "refused"))
    lines += [
        f"  memory of the last quarter: {growth:+.1f} % of the second's",
        f"  done {done:.0f}, refused by a rule {refused:.0f}, gone wrong: {dict(+wrong) or 'none'}",
        f"  messages: {messages}; the oldest one due had waited {max(seen.oldest, default=0):.1f} s",
        f"  the clock acted on {acted:.0f} rows, {acted - late:.0f} of them over 2 s late",
    ]
    return "\n".join(lines)


def _within(seen: Iterable[tuple[float, float]], quarter: int, seconds: float) -> list[float]:
    return [value for at, value in seen if quarter <= 4 * at / seconds < quarter + 1]


async def endure(database: Database, replicas: int, seconds: float, rate: float) -> str:
    """Load so many servers for so long; say what came of it."""
    await database.write(partial(make_workspace, team=TEAM))
    with slack_of(random.Random(1)) as slack, ExitStack() as stack:  # noqa: S311
        servers = [Server(database.url, slack, ZANSHIN_ADMINS="U0P0,U0P1") for _replica in range(replicas)]
        for server in servers:
            stack.callback(server.kill)
        patience = aiohttp.ClientTimeout(total=ANSWERED_WITHIN)
        async with aiohttp.ClientSession(timeout=patience, connector=aiohttp.TCPConnector(limit=0)) as session:
            load = Load(servers, session)
            await load.join()
            await load.go_on(seconds, rate)
            return told(load.seen, await load.figures(), seconds)


def main(minutes: str = "30", rate: str = "50", replicas: str = "1", kind: str = "sqlite") -> None:
    """Run it, and print."""
    shared = int(replicas) > 1 or kind == "postgresql"
    where = "PostgreSQL" if shared else "SQLite"
    print(f"{minutes} minutes, {rate} commands a second, {replicas} on {where}:", flush=True)
    with ExitStack() as stack:
        if shared:
            database = stack.enter_context(postgres_database(stack.enter_context(postgres_server())))
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            database = stack.enter_context(sqlite_database(sqlite_template(folder), folder))
        print(asyncio.run(endure(database, int(replicas), 60 * float(minutes), float(rate))))


if __name__ == "__main__":
    main(*sys.argv[1:])
