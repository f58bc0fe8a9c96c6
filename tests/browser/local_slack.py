"""A Slack of others on this machine: their program, its browser page, and everything that goes through it.

It checks nothing of what it is sent; `judged` reads its log by the rules the real one has.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from aiohttp import ClientError, ClientSession

from adapters.web.sample import PEOPLE
from tests.adapters.slack_payloads import SECRET
from tests.adapters.slack_stage import account, channel
from tests.fakes.slack import APP_TOKEN, TOKEN
from tests.fakes.slack_rules import BOT, TEAM, wrong_in_message, wrong_in_view
from tests.node import installed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PROGRAM = "local-slack-linux-x64@0.1.8"
PATIENCE = 30  # seconds
PLACES = ("support", "incidents")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def described(*, way: str, ours: int, team: str) -> dict[str, Any]:
    """Describe a workspace with the sample people, and where Zanshin listens."""
    names = [person.account for person in PEOPLE]
    return {
        "workspace": {"name": "Acme Support", "domain": "acme", "teamId": team},
        "app": {
            "appId": "A0ZANSHIN",
            "botUserId": BOT,
            "botName": "Zanshin",
            "botToken": TOKEN,
            "appToken": APP_TOKEN,
            "signingSecret": SECRET,
            "mode": way,
            "requestUrl": f"http://127.0.0.1:{ours}/slack/events",
        },
        "users": [
            {"id": account(name), "name": name.title(), "real_name": name.title(), "email": f"{name}@acme.example"}
            for name in names
        ],
        "channels": [
            {"id": channel(place, ""), "name": place, "members": [*map(account, names), BOT]} for place in PLACES
        ],
    }


class LocalSlack:
    """The program, running; `ours` is the port at which it calls Zanshin."""

    def __init__(self, session: ClientSession, address: str, ours: int, way: str) -> None:
        self._session = session
        self.address = address
        self.ours = ours
        self.way = way

    @property
    def settings(self) -> dict[str, str]:
        """The settings that a Zanshin needs for it, under the names of variables."""
        way = {"SLACK_APP_TOKEN": APP_TOKEN} if self.way == "socket" else {"SLACK_SIGNING_SECRET": SECRET}
        return {"SLACK_BOT_TOKEN": TOKEN, "SLACK_API_URL": f"{self.address}/api/", **way}

    async def tell(self, what: str, **told: Any) -> dict[str, Any]:
        async with self._session.post(f"{self.address}/_control/{what}", json=told) as answer:
            found: dict[str, Any] = await answer.json()
        assert found["ok"], found
        return found

    async def ask(self, what: str) -> Any:
        async with self._session.get(f"{self.address}/_control/{what}") as answer:
            return await answer.json()

    async def judged(self) -> tuple[int, list[str]]:
        """Count what we have shown, and list all the real Slack would have refused of it."""
        log = (await self.ask("log"))["log"]
        sent = [entry for entry in log if entry["direction"] == "from_bot"]
        shown = [(entry["summary"], one) for entry in sent for one in contents(entry)]
        shown += [("response_url", one) for one in await self._standing()]
        failed = [e["summary"] for e in log if e["direction"] == "internal" and "unknown_method" not in e["summary"]]
        return len(shown), failed + [f"{where}: {problem}" for where, one in shown for problem in problems(one)]

    async def _standing(self) -> list[dict[str, Any]]:
        """List our messages as they stand: answers to clicks are in no log."""
        found = [await self.ask(f"messages/{room['id']}") for room in (await self.ask("state"))["channels"]]
        return [one for room in found for one in room["messages"] if one["user"] == BOT]


def contents(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Find the views and messages in a line of the log: arguments of a call, an acknowledgement, or an answer."""
    sent = read(entry.get("detail"))
    if isinstance(sent, dict):
        if "view" in sent:
            yield read(sent["view"])
        elif sent.get("text") or sent.get("blocks"):
            yield sent | {"blocks": read(sent.get("blocks", []))}


def read(written: Any) -> Any:
    """Read what stands in the log as text."""
    return json.loads(written) if isinstance(written, str) and written[:1] in ("{", "[") else written


def problems(shown: dict[str, Any]) -> Iterator[str]:
    """Judge a view or a message by the rules of the real one."""
    if shown.get("type") in ("modal", "home"):
        yield from wrong_in_view(shown)
        return
    yield from wrong_in_message(shown["blocks"])
    if not shown.get("text"):
        yield "no text for notifications"


@asynccontextmanager
async def local_slack(way: str, *, team: str = TEAM) -> AsyncIterator[LocalSlack]:
    """Run the program; `way` is how it reaches us: events (signed HTTP) or socket."""
    program = installed(PROGRAM) / "node_modules" / PROGRAM.partition("@")[0] / "bin" / "local-slack"
    port, ours = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "workspace.yaml"
        config.write_text(yaml.safe_dump(described(way=way, ours=ours, team=team)))
        arguments = ("--config", str(config), "--port", str(port), "--base-host", "127.0.0.1", "--files-dir", folder)
        process = await asyncio.create_subprocess_exec(
            program, *arguments, stdout=asyncio.subprocess.DEVNULL, env={"PATH": os.environ["PATH"], "HOME": folder}
        )
        try:
            async with ClientSession() as session, asyncio.timeout(PATIENCE) as waiting:
                slack = LocalSlack(session, f"http://127.0.0.1:{port}", ours, way)
                await answering(slack)
                waiting.reschedule(None)
                yield slack
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def answering(slack: LocalSlack) -> None:
    """Wait until the program answers."""
    while True:
        try:
            await slack.ask("state")
        except ClientError:
            await asyncio.sleep(0.05)
        else:
            return
