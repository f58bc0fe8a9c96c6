"""What people do in Slack while real servers are upgraded: they type and press, and every message to them is kept."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from sqlalchemy import Engine, text

from adapters.slack.guard import sign
from tests.databases import SECRET
from tests.processes import ROUTE, SIGNING, Server, Slack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEAM, CHANNEL = "T1", "C0SUPPORT"
PEOPLE = {name: f"U0P{number}" for number, name in enumerate(("sofia", "ana", *(f"agent{one}" for one in range(14))))}
NAMES = {account: name for name, account in PEOPLE.items()}
PATIENCE = 20.0  # seconds for anything that has to come
WAITS = 60.0  # seconds that a command of git or of ours may take
LINE = "Some cards are declined. We switch to the other provider. Next update in 15m"
NAGGED = "news for customers is due by"
OVERDUE = text(
    "UPDATE incidents SET promise_made_at = now() - interval '10 minutes', promise_at = now() - interval '1 second',"
    " next_due_at = now() WHERE number = :number"
)


@dataclass(frozen=True)
class Post:
    """A message as Slack was given it."""

    channel: str
    body: str

    @property
    def is_numbered(self) -> bool:
        """Say whether a button on it names what it is about."""
        return '"value": "{' in self.body

    def fields_of(self, command: str) -> dict[str, str] | None:
        """Give what a button for this command carries, if there is one."""
        found = re.search(rf'"action_id": ?"{command}:\d+".*?"value": ?"((?:[^"\\]|\\.)*)"', self.body)
        return json.loads(json.loads(f'"{found[1]}"')) if found else None


class Office(Slack):
    """Takes everything, and keeps what was posted."""

    def __init__(self) -> None:
        super().__init__(random.Random(0))  # noqa: S311  nothing here is left to chance
        self.posts: list[Post] = []

    def hear(self, method: str, body: str) -> bool:
        """Keep a message that is new."""
        if method == "chat.postMessage":
            self.posts.append(_post(body))
        return True


def _post(body: str) -> Post:
    if body.startswith("{"):
        given = json.loads(body)
        return Post(given["channel"], json.dumps(given.get("blocks") or given.get("attachments") or ""))
    fields = {name: values[0] for name, values in parse_qs(body).items()}
    return Post(fields["channel"], fields.get("blocks") or fields.get("attachments") or "")


class Version(Server):
    """One server out of a folder of source."""

    def __init__(self, name: str, source: Path, url: str, slack: Slack) -> None:
        self.name, self._source = name, source
        self.waits: list[float] = []  # ms, of each answer
        super().__init__(url, slack)

    def _begin(self, settings: dict[str, str]) -> tuple[int, int, Callable[[], object]]:
        reads, writes = os.pipe()
        environment = os.environ | settings | {"PYTHONPATH": str(self._source)}
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=self._source,
            stdout=writes,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        os.close(writes)
        return process.pid, reads, process.wait

    def stop(self) -> float:
        """Tell it to stop, as whoever upgrades does; say how many seconds that took."""
        began = time.monotonic()
        os.kill(self._pid, signal.SIGTERM)
        self._wait()
        return time.monotonic() - began

    def get(self, path: str) -> tuple[int, str]:
        """Ask how it is."""
        return self._request("GET", path, "", {})

    def send(self, fields: dict[str, str]) -> str:
        """Hand over what Slack sends; give the answer."""
        body, at = urlencode(fields), str(int(time.time()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": sign(body.encode(), at, SIGNING),
        }
        began = time.monotonic()
        status, answer = self._request("POST", ROUTE, body, headers)
        self.waits.append((time.monotonic() - began) * 1000)
        assert status == http.client.OK, f"{self.name} answered {status}: {answer[:200]}"
        return answer

    def _request(self, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.root.removeprefix("http://"), timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@dataclass
class Day:
    """What people do, and what has to come of it."""

    office: Office
    engine: Engine
    acts: int = 0
    notes: int = 0
    nags: int = 0
    handoffs: int = 0
    updates: int = 0
    incidents: list[int] = field(default_factory=list)

    def types(self, server: Version, who: str, words: str) -> str:
        """Have somebody type a command in the channel of the team."""
        self.acts += 1
        command, _space, rest = words.partition(" ")
        typed = {"command": command, "text": rest, "trigger_id": f"t{self.acts}", "team_id": TEAM}
        where = {"user_id": PEOPLE[who], "user_name": who, "channel_id": CHANNEL, "channel_name": "support"}
        return server.send(typed | where)

    def presses(self, server: Version, who: str, command: str, fields: dict[str, str], place: str) -> str:
        """Have somebody press a button on a message of ours."""
        self.acts += 1
        action = {"type": "button", "action_id": f"{command}:0", "block_id": "b0", "value": json.dumps(fields)}
        pressed = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": PEOPLE[who], "username": who, "name": who, "team_id": TEAM},
            "trigger_id": f"t{self.acts}",
            "channel": {"id": place, "name": "directmessage" if place.startswith("D") else "support"},
            "container": {"type": "message", "message_ts": "1.1", "channel_id": place, "is_ephemeral": False},
            "actions": [action | {"action_ts": f"{time.time():.6f}"}],
            "state": {"values": {}},
        }
        return server.send({"payload": json.dumps(pressed)})

    def waits_for(self, what: str, look: Callable[[], Any]) -> Any:
        """Wait until something has come."""
        until = time.monotonic() + PATIENCE
        while not (found := look()):
            assert time.monotonic() < until, f"{what} did not come in {PATIENCE:.0f} s."
            time.sleep(0.05)
        return found

    def asks(self, sql: str, **values: Any) -> Any:
        """Look up one value."""
        with self.engine.connect() as connection:
            return connection.scalar(text(sql), values)


def zanshin(source: Path, url: str, *words: str) -> str:
    """Type a command of a version; give what it says."""
    environment = os.environ | {"ZANSHIN_DATABASE_URL": url, "ZANSHIN_SECRET_KEY": SECRET, "PYTHONPATH": str(source)}
    return run([sys.executable, "-m", "bot", *words], cwd=source, env=environment).decode().strip()


def run(command: list[str], **more: Any) -> bytes:
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=WAITS, check=True, **more)  # noqa: S603  ours, and git
    return bytes(done.stdout)


def begin(day: Day, server: Version, url: str, source: Path) -> None:
    """Let everybody come in, and the first incident begin."""
    for who in PEOPLE:
        day.types(server, who, "/zanshin help")
    zanshin(source, url, "team", "add", f"{TEAM}/{PEOPLE['sofia']}", "--admin")
    for who, account in PEOPLE.items():
        role = "supervisor" if who == "sofia" else "agent"
        day.types(server, "sofia", f"/zanshin team add <@{account}|{who}> {role}")
    open_incident(day, server)


def open_incident(day: Day, server: Version) -> None:
    """Open one."""
    number = len(day.incidents) + 1
    answer = day.types(server, "ana", f"/incident open sev1 Cards of kind {number} fail")
    assert f"#{number} Cards" in answer, answer[:300]
    day.incidents.append(number)


def note(day: Day, server: Version) -> None:
    """Write a note, and read that it is kept."""
    number = day.incidents[day.notes % len(day.incidents)]
    answer = day.types(server, "ana", f"/incident note {number} what was seen, the {day.notes + 1}th time")
    assert "oted" in answer, answer[:300]
    day.notes += 1


def hand_over(day: Day, first: Version, then: Version) -> None:
    """Step out through one version; the first who is asked declines through the other, and the next takes it."""
    number = day.handoffs = day.handoffs + 1
    day.types(first, "ana", f"/recuse CASE-{number} heated: charged twice")
    asked = day.waits_for("The first offer", lambda: _asked(day, number, set()))
    day.presses(then, asked, "decline-handoff", {"handoff": str(number)}, f"D0{PEOPLE[asked]}")
    taker = day.waits_for("The next offer", lambda: _asked(day, number, {asked}))
    day.presses(first, taker, "accept-handoff", {"handoff": str(number)}, f"D0{PEOPLE[taker]}")
    day.presses(then, taker, "complete-handoff", {"handoff": str(number)}, f"D0{PEOPLE[taker]}")
    done = day.asks("SELECT state FROM handoffs WHERE id = :number", number=number)
    assert done == "completed", f"Handoff {number} is {done}."


def _asked(day: Day, handoff: int, but: set[str]) -> str | None:
    offers = (one for one in day.office.posts if one.fields_of("accept-handoff") == {"handoff": str(handoff)})
    return next((who for one in offers if (who := NAMES.get(one.channel[2:])) and who not in but), None)


def nag(day: Day, first: Version, then: Version) -> None:
    """Let a promise run out; whichever version sees it first asks, once, and customers are told through both."""
    number = day.incidents[day.nags % len(day.incidents)]
    before = nagged(day, number)
    with day.engine.begin() as connection:
        connection.execute(OVERDUE, {"number": number})
    day.nags += 1
    day.waits_for("A reminder", lambda: nagged(day, number) > before)
    answer = day.types(first, "ana", f"/incident update {number} {LINE}")
    press = Post(CHANNEL, answer).fields_of("was-sent")
    assert press is not None, answer[:300]
    day.presses(then, "ana", "was-sent", press, CHANNEL)
    day.updates += 1


def nagged(day: Day, number: int) -> int:
    """Count the reminders about an incident."""
    reminders = (one for one in day.office.posts if NAGGED in one.body)
    return sum((one.fields_of("ask-for-update") or {}).get("number") == str(number) for one in reminders)
