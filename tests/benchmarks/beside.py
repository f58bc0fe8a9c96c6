"""The same reminders, all due at once, through Zanshin, procrastinate and APScheduler on one PostgreSQL.

`python -m tests.benchmarks.beside [COUNT]`. Each works in one process of its own; a reminder is taken at once, so what
is measured is what each of them does for one. They do not do the same: docs/operations.md says what.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from importlib.util import find_spec
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from bot.delivery.model import KINDS
from bot.watch.clock import SystemClock
from tests.benchmarks.handoffs import found
from tests.benchmarks.measuring import share
from tests.benchmarks.peers import AT_MOST
from tests.databases import postgres_database, postgres_server

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DUE = 10_000
HOW = '.venv/bin/pip install --constraint constraints.txt -e ".[bench]"'
PEERS = {
    "Zanshin, outbox": ("reminding", "outbox"),
    "Zanshin, ticker and outbox": ("reminding", "promises"),
    "procrastinate": ("peers", "procrastinate"),
    "APScheduler, one job each": ("peers", "apscheduler"),
}


def measure(name: str, url: str, count: int) -> str:
    """Have one of them remind; say how fast and how late, and what it took to put the reminders in."""
    module, peer = PEERS[name]
    command = [sys.executable, "-m", "tests.benchmarks.taking_part", module, peer, url, str(count)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603  ours
    assert process.stdin is not None
    assert process.stdout is not None
    too_long = threading.Timer(AT_MOST, process.kill)
    too_long.start()
    try:
        while (said := process.stdout.readline()) != "ready\n":
            assert said, f"{name} ended too early, or took longer than {AT_MOST:.0f} s."
        due = time.time()
        process.stdin.write("\n")
        process.stdin.flush()
        came = json.loads(process.stdout.readlines()[-1])
    finally:
        too_long.cancel()
        process.kill()
        process.wait()
    late = sorted(at - due for at in came["taken"])
    assert len(late) == count, f"{name}: {len(late)} of {count} came."
    return (
        f"  {name:27} {count / late[-1]:6.0f}/s   late p50 {share(late, 0.5):6.2f} s  p99 {share(late, 0.99):6.2f} s"
        f"   put in within {came['filled']:5.1f} s   {came['memory']:4.0f} MB"
    )


def _empty(session: Session) -> None:
    for kind in KINDS:
        session.execute(delete(kind))


def main(count: str = str(DUE)) -> None:
    """Measure one after the other, and print."""
    if find_spec("procrastinate") is None:
        sys.exit(f"procrastinate is not installed, and nothing else needs it. Install it with: {HOW}")
    print(f"{int(count):,} reminders due at once, one process each, PostgreSQL")
    with postgres_server() as url, postgres_database(url) as database:
        stage: Any = SimpleNamespace(clock=SystemClock(), database=database)
        database.write_now(lambda session: found(session, stage, 1))
        for name in PEERS:
            print(measure(name, url, int(count)), flush=True)
            database.write_now(_empty)


if __name__ == "__main__":
    main(*sys.argv[1:])
