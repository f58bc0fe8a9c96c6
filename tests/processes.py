"""Kills and freezes real servers while people ask and messages go out: `python -m tests.processes 5 1`.

A seed decides what is done to whom and when; how far a server has come by then, the machine decides.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy import func, select

from bot.delivery.model import DeliveryState, Notice
from bot.directory.actors import Actor, Origin, enrol
from bot.directory.model import ConversationKind, Person
from bot.directory.workspaces import add_workspace
from bot.playbooks.catalogue import Playbook, load_catalogue
from bot.playbooks.model import Run
from bot.playbooks.suggest import CRISIS
from bot.ports import Subject
from bot.say.messages import Message, Section
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.clock import SystemClock
from bot.work.work import Work
from tests.databases import SECRET, postgres_database, postgres_server, sqlite_database, sqlite_template
from tests.nursery import begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

SIGNING = "a signing secret"
ROUTE = "/slack/events"
STEPS = 12
TOLD_AT_ONCE = 8  # messages, each to somebody else
DRAINED = 120  # seconds at most: what a killed server had claimed waits for its lease
SAID_AGAIN = "seen this already"
ACCOUNT = re.compile(r"U0P\d+")
WORDS = re.compile(r"message \d+\.")


class Slack(ThreadingHTTPServer):
    """Takes every message, and breaks off without an answer to some of them."""

    daemon_threads = True

    def __init__(self, dice: random.Random) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.dice = dice
        self.said: list[tuple[str, bool]] = []  # which message, and whether it says that it may have been seen

    def hear(self, method: str, body: str) -> bool:
        """Take a call; False: the connection breaks before the answer."""
        if method == "chat.postMessage" and (found := WORDS.search(body)):
            self.said.append((found[0], SAID_AGAIN in body))
            return self.dice.random() > 0.1
        return True


class _Answers(BaseHTTPRequestHandler):
    server: Slack

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        method = self.path.rpartition("/")[2]
        if not self.server.hear(method, body):
            self.connection.close()
            return
        told = {"ok": True, "team_id": "T1", "team": "Ours", "user_id": "U0BOT", "ts": f"{time.time():.6f}"}
        chat = {"id": f"D0{found[0]}"} if method == "conversations.open" and (found := ACCOUNT.search(body)) else "D0"
        answer = json.dumps(told | {"channel": chat}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST  # noqa: N815  as its base class has it

    def log_message(self, *_anything: object) -> None:
        """Say nothing."""


def signed(words: str, *, person: str, key: str, team: str) -> tuple[str, dict[str, str]]:
    """Write what Slack sends when somebody types in the team's channel, and sign it."""
    command, _space, text = words.partition(" ")
    typed = {"command": command, "text": text, "trigger_id": key, "team_id": team}
    where = {"user_id": person, "user_name": "ana", "channel_id": "C0SUPPORT", "channel_name": "support"}
    body, at = urlencode(typed | where), str(int(time.time()))
    mark = hmac.new(SIGNING.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={mark}",
    }


class Server:
    """One `zanshin serve` in a process of its own."""

    def __init__(self, url: str, slack: Slack, **more: str) -> None:
        self._settings = {
            "ZANSHIN_DATABASE_URL": url,
            "ZANSHIN_SECRET_KEY": SECRET,
            "ZANSHIN_PORT": "0",
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_SIGNING_SECRET": SIGNING,
            "SLACK_API_URL": f"http://127.0.0.1:{slack.server_address[1]}/api/",
        } | more
        self.start()

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._pid, said, self._wait = self._begin(self._settings)
        with os.fdopen(said, encoding="utf-8") as says:
            port = int(says.readline().partition("127.0.0.1:")[2].partition(".")[0])
        self.root = f"http://127.0.0.1:{port}"
        self.address = self.root + ROUTE

    def _begin(self, settings: dict[str, str]) -> tuple[int, int, Callable[[], object]]:
        """Begin the process; give its number, the file of what it says, and how to wait for its end."""
        reads, writes = os.pipe()
        command, environment = [sys.executable, "-m", "bot", "serve"], os.environ | settings
        process = subprocess.Popen(command, stdout=writes, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603  ours
        os.close(writes)
        return process.pid, reads, process.wait

    def memory(self) -> float:
        """Say how many MB it holds."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._wait()

    def freeze(self, seconds: float) -> None:
        """Let it stand still for a while."""
        os.kill(self._pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(self._pid, signal.SIGCONT)

    def ask(self, number: int) -> bool:
        """Have somebody type a command, another one each time; say whether they were told that it is done."""
        playbook = _playbooks()[number % len(_playbooks())]  # the same again, not yet walked, would begin nothing
        body, headers = signed(f"/calm {playbook.id}", person="U0P0", key=f"t{number}", team="T1")
        connection = http.client.HTTPConnection(self.root.removeprefix("http://"), timeout=30)
        try:
            connection.request("POST", ROUTE, body, headers)
            return playbook.steps[0].title in connection.getresponse().read().decode()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class QuickServer(Server):
    """The same, made out of a process that has read everything already."""

    def _begin(self, settings: dict[str, str]) -> tuple[int, int, Callable[[], object]]:
        process, said = begin(settings)
        reads = os.dup(said.fileno())
        said.close()
        assert process.pid is not None
        return process.pid, reads, process.join


@cache
def _playbooks() -> list[Playbook]:
    return [one for one in load_catalogue(SHIPPED_PLAYBOOKS).playbooks.values() if one.id != CRISIS]


def tell(session: Session, first: int) -> None:
    """Leave messages to be sent, each to somebody else."""
    now = SystemClock().now()
    add_workspace(session, platform="slack", address="T1", name="Ours", now=now)
    for number in range(first, first + TOLD_AT_ONCE):
        account = f"U0P{number}"
        where = {"conversation": f"D0P{number}", "kind": ConversationKind.DIRECT}
        origin = Origin(key="k", platform="slack", workspace="T1", account=account, **where)  # type: ignore[arg-type]
        acting = enrol(session, origin, now)
        person = session.get_one(Person, acting.actor.person_id)
        words = Message.of("", Section(text=(f"message {number}.",)))
        with Work(session, now=now, actor=Actor(organisation_id=person.organisation_id, person_id=None)) as work:
            work.tell(Subject.of("x", number), person, lambda words=words: words)  # type: ignore[misc]


def play(seed: int, database: Database, replicas: int) -> str:
    """Play one history; raise AssertionError where something is lost or said twice."""
    dice = random.Random(seed)  # noqa: S311  nobody has to be unable to guess it
    told, asked, done, deeds = 0, 0, 0, Counter[str]()
    with slack_of(random.Random(seed)) as slack, ExitStack() as stack:  # noqa: S311
        servers = [QuickServer(database.url, slack) for _replica in range(replicas)]
        for server in servers:
            stack.callback(server.kill)
        for _step in range(STEPS):
            server = dice.choice(servers)
            deed = dice.choices(("tell", "ask", "kill", "freeze"), (5, 4, 2, 2))[0]
            deeds[deed] += 1
            match deed:
                case "tell":
                    database.write_now(lambda session, first=told: tell(session, first))  # type: ignore[misc]
                    told += TOLD_AT_ONCE
                case "ask":
                    asked += 1
                    done += server.ask(asked)
                case "kill":
                    time.sleep(dice.uniform(0, 1.5))  # somewhere amid what it does
                    server.kill()
                    server.start()
                case "freeze":
                    server.freeze(dice.uniform(0.5, 3))
        _drain(database)
        _check(slack.said, told)
    runs = database.write_now(lambda session: session.scalar(select(func.count(Run.id)))) or 0
    assert done <= runs <= asked, f"{done} were told that it is done, {asked} asked, {runs} are there"
    again = sum(marked for _words, marked in slack.said)
    came = f"{told} messages, {again} said again, {done} of {asked} answered"
    return f"seed {seed}, {replicas} on {database.engine.dialect.name}: {dict(deeds)}, {came}"


def _drain(database: Database) -> None:
    waiting = select(func.count(Notice.id)).where(Notice.state == DeliveryState.PENDING)
    until = time.monotonic() + DRAINED
    while database.write_now(lambda session: session.scalar(waiting)):
        assert time.monotonic() < until, "Messages wait for ever."
        time.sleep(0.5)


def _check(said: list[tuple[str, bool]], told: int) -> None:
    arrived, plain = Counter(words for words, _marked in said), Counter(words for words, marked in said if not marked)
    lost = {f"message {number}." for number in range(told)} - arrived.keys()
    twice = [words for words, count in plain.items() if count > 1]
    assert not lost, f"Lost: {sorted(lost)}"
    assert not twice, f"Said twice as if for the first time: {twice}"


@contextmanager
def slack_of(dice: random.Random) -> Iterator[Slack]:
    """Serve Slack for as long as this takes."""
    slack = Slack(dice)
    threading.Thread(target=slack.serve_forever, daemon=True).start()
    try:
        yield slack
    finally:
        slack.shutdown()
        slack.server_close()


def play_some(seeds: range) -> None:
    """Play these in this process, beside others that wait for leases most of the time."""
    with tempfile.TemporaryDirectory() as name, postgres_server() as url:
        template = sqlite_template(Path(name))
        for seed in seeds:
            try:
                with sqlite_database(template, Path(name)) as database:
                    print(play(seed, database, 1), flush=True)
                with postgres_database(url) as database:
                    print(play(seed, database, 2), flush=True)
            except Exception as error:
                error.add_note(f"To repeat it: python -m tests.processes 1 {seed}")
                raise


def main(count: int = 3, first: int = 0, at_once: int = 4) -> None:
    """Play so many histories, from a seed on, each with one server on SQLite and with two on PostgreSQL."""
    at_once, began = min(at_once, count), time.monotonic()
    parts = [range(first + one, first + count, at_once) for one in range(at_once)]
    with ProcessPoolExecutor(at_once, get_context("spawn")) as processes:
        list(processes.map(play_some, parts))
    took = f"in {time.monotonic() - began:.0f} s, {at_once} at once"
    print(f"{count} histories from seed {first} on: nothing lost, nothing said twice without saying so, {took}.")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
