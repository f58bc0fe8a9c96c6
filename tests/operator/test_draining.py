"""Told to stop, a server ends within ten seconds, whatever hangs, and loses nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from bot.delivery.model import DeliveryState, Notice
from bot.directory.actors import Actor, Origin, enrol
from bot.directory.model import ConversationKind, Person
from bot.directory.workspaces import add_workspace
from bot.ports import Subject
from bot.say.messages import Message, Section
from bot.watch.clock import SystemClock
from bot.work.work import Work
from tests.databases import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

MOST = 10  # seconds: Docker and Kubernetes are told to wait a little longer


class HangingSlack(ThreadingHTTPServer):
    """Says who it is, and then no word about any message until it is let go."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.asked, self.let_go = threading.Event(), threading.Event()


class _Answers(BaseHTTPRequestHandler):
    server: HangingSlack

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self.path.endswith("auth.test"):
            self.server.asked.set()
            self.server.let_go.wait()
        told = json.dumps({"ok": True, "team_id": "T1", "team": "Ours", "user_id": "U0BOT"}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_anything: object) -> None:
        """Say nothing."""


def leave_a_notice(session: Session) -> None:
    now = SystemClock().now()
    add_workspace(session, platform="slack", address="T1", name="Ours", now=now)
    origin = Origin(
        key="k", platform="slack", workspace="T1", account="U0ANA", conversation="D0ANA", kind=ConversationKind.DIRECT
    )
    actor = enrol(session, origin, now).actor
    person = session.get_one(Person, actor.person_id)
    with Work(session, now=now, actor=Actor(organisation_id=actor.organisation_id, person_id=None)) as work:
        work.tell(Subject.of("x", 1), person, lambda: Message.of("", Section(text=("words",))))


@contextmanager
def hanging_slack() -> Iterator[HangingSlack]:
    slack = HangingSlack()
    threading.Thread(target=slack.serve_forever, daemon=True).start()
    yield slack
    slack.let_go.set()
    slack.shutdown()
    slack.server_close()


@contextmanager
def served(url: str, slack: HangingSlack) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Serve Slack in a process of its own; give it and its port."""
    settings = {
        "ZANSHIN_DATABASE_URL": url,
        "ZANSHIN_SECRET_KEY": SECRET,
        "ZANSHIN_PORT": "0",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "a signing secret",
        "SLACK_API_URL": f"http://127.0.0.1:{slack.server_address[1]}/api/",
    }
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | settings) as process:  # noqa: S603  ours
        assert process.stdout is not None
        try:
            yield process, int(process.stdout.readline().partition("127.0.0.1:")[2].partition(".")[0])
        finally:
            process.kill()


@pytest.mark.slow
async def test_a_server_ends_in_time_whatever_hangs(sqlite_alone: Database) -> None:
    """Slack says nothing and a visitor never ends its request: the server ends by itself, and its notice waits."""
    await sqlite_alone.write(leave_a_notice)
    with (
        hanging_slack() as slack,
        served(sqlite_alone.url, slack) as (process, port),
        socket.create_connection(("127.0.0.1", port)) as visitor,
    ):
        visitor.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        assert slack.asked.wait(60)
        process.terminate()
        ended = process.wait(MOST)
    notice = await sqlite_alone.read(lambda session: session.scalars(select(Notice)).one())

    assert ended == 0
    assert (notice.state, notice.lease_until) == (DeliveryState.PENDING, None)
