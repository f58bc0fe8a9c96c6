"""Microsoft's own playground for agents on this machine: their program, its page, and everything that goes through it.

It checks nothing of what it is sent; `judged` reads its log by the rules the real Teams has.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import tempfile
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from aiohttp import ClientError, ClientSession, WSMsgType

from adapters.web.sample import PEOPLE
from tests.adapters.teams_stage import account, channel
from tests.browser.local_slack import free_port
from tests.fakes.teams import TEAM, directory_id
from tests.fakes.teams_rules import BOT, TENANT, wrong_in_activity
from tests.node import installed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PROGRAM = "@microsoft/m365agentsplayground@0.2.28"
PATIENCE = 60  # seconds
PERSONAL, GROUP = "a:chat-29:ana", "19:group@thread.v2"
FIFTH = "zoe"  # the program insists on five people beside the one who looks at it
INCIDENTS = channel("incidents")


def person(name: str) -> dict[str, str]:
    return {
        "id": account(name),
        "name": name.title(),
        "userPrincipleName": f"{name}@acme.example",
        "aadObjectId": directory_id(account(name)),
        "givenName": name.title(),
        "surname": "Sample",
        "email": f"{name}@acme.example",
    }


def described() -> dict[str, Any]:
    """Describe a tenant with the sample people; Ana is who looks at the page."""
    names = [one.account for one in PEOPLE if one.account != "ana"]
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT, "name": "Zanshin"},
        "currentUser": person("ana"),
        "users": [person(name) for name in (*names, FIFTH, "max")],
        "personalChat": {"id": PERSONAL},
        "groupChat": {"id": GROUP, "name": "Shift"},
        "team": {
            "id": TEAM,
            "name": "Support",
            "aadGroupId": "6f0f0d5e-58b1-4d6b-a1d9-0f6b8b7c2a10",
            "channels": [{"id": INCIDENTS, "name": "incidents"}],
        },
    }


class AgentsPlayground:
    """The program, running; `ours` is the port at which it calls Zanshin."""

    def __init__(self, session: ClientSession, address: str, ours: int) -> None:
        self._session = session
        self.address = address
        self.ours = ours
        self.log: list[dict[str, Any]] = []  # everything that went through it, oldest first
        self._heard = asyncio.Event()

    @property
    def service_url(self) -> str:
        return f"{self.address.replace('127.0.0.1', 'localhost')}/_connector"

    async def listen(self) -> None:
        """Keep what goes through it."""
        async with self._session.ws_connect(f"{self.address}/_ws/log/stream") as socket:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self.log.append(json.loads(message.data))
                    self._heard.set()

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        async with self._session.post(f"{self.address}{path}", json=body) as answer:
            text = await answer.text()
            assert answer.status < 300, (path, answer.status, text)
            return json.loads(text) if text[:1] in ("{", "[") else text

    async def say(self, words: str, conversation: str = PERSONAL, *, to_bot: bool = False) -> None:
        """Say something as its current user; in a group only what mentions the bot reaches it."""
        mention = {"mentioned": {"id": BOT, "name": "Zanshin"}, "text": "<at>Zanshin</at>"}
        said = {
            "from": {"id": account("ana")},
            "text": f"<at>Zanshin</at> {words}" if to_bot else words,
            "textFormat": "plain",
            "mentions": [mention] if to_bot else [],
        }
        await self.post(f"/_conversation/v1/conversations/{conversation}/messages", said)

    async def add(self, conversation: str = PERSONAL) -> None:
        """Add Zanshin to a conversation, as its current user."""
        await self.post(f"/_debug/conversation/{conversation}/installation", {})

    async def send(self, activity: dict[str, Any]) -> None:
        """Send an activity of anybody."""
        await self.post("/_internal/v1/customActivities", activity)

    def activity(self, who: str, conversation: str = "", kind: str = "message", **more: Any) -> dict[str, Any]:
        """Build an activity of somebody."""
        where = conversation or f"a:chat-{account(who)}"
        personal = not where.startswith("19:")
        team = {} if personal or where == GROUP else {"team": {"id": TEAM}, "channel": {"id": where.partition(";")[0]}}
        kinds = "personal" if personal else "groupChat" if where == GROUP else "channel"
        return {
            "type": kind,
            "id": f"custom-{len(self.log)}-{who}",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": account(who), "name": who.title(), "aadObjectId": directory_id(account(who))},
            "conversation": {"id": where, "conversationType": kinds, "tenantId": TENANT},
            "recipient": {"id": BOT, "name": "Zanshin"},
            "channelData": {"tenant": {"id": TENANT}, **team},
        } | more

    # --- what it was told -----------------------------------------------------------------------

    def sent(self) -> list[tuple[str, dict[str, Any]]]:
        """List the messages we have sent or changed, oldest first, each with its id."""
        found = []
        for entry in self.log:
            line = entry.get("log", {})
            if line.get("from") != "User Application":
                continue
            body = (line.get("request") or {}).get("body")
            answer = (line.get("response") or {}).get("body")
            one = body.get("activity", body) if isinstance(body, dict) else {}
            if one.get("type") == "message" and one.get("attachments"):
                ids = answer if isinstance(answer, dict) else {}
                found.append((str(one.get("id") or ids.get("activityId") or ids.get("id") or ""), one))
        return found

    def judged(self) -> tuple[int, list[str]]:
        """Count what we have shown, and list all the real Teams would have refused of it."""
        people = {account(one.account): one.name for one in PEOPLE}
        sent = self.sent()
        return len(sent), [problem for _id, one in sent for problem in wrong_in_activity(one, people)]

    async def until(self, *words: str) -> tuple[str, dict[str, Any]]:
        """Wait until something was sent that says all of these words; give the latest, and its id."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for id_, one in reversed(self.sent()):
                    written = json.dumps(one, ensure_ascii=False)
                    if all(word in written for word in words):
                        return id_, one
                self._heard.clear()
                await self._heard.wait()

    def response(self, activity_id: str) -> Any:
        """Give what we have answered to an activity; None: nothing yet."""
        for entry in self.log:
            line = entry.get("log", {})
            if ((line.get("request") or {}).get("body") or {}).get("id") == activity_id and "response" in line:
                return line["response"].get("body")
        return None

    async def chat_with(self, who: str) -> str:
        """Give the direct chat of somebody with the bot."""
        if who == "ana":
            return PERSONAL
        body = {"bot": {"id": BOT}, "members": [{"id": account(who)}], "tenantId": TENANT, "isGroup": False}
        found = await self.post("/_connector/v3/conversations", body)
        return str(found["id"])


@asynccontextmanager
async def agents_playground() -> AsyncIterator[AgentsPlayground]:
    """Run the program."""
    program = installed(PROGRAM) / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
    port, ours = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".m365agentsplayground.yml").write_text(yaml.safe_dump(described()))
        endpoint = f"http://127.0.0.1:{ours}/api/messages"
        arguments = ("start", "-e", endpoint, "-c", "msteams", "-p", str(port), "--disable-telemetry")
        process = await asyncio.create_subprocess_exec(
            "node",
            program,
            *arguments,
            cwd=folder,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "HOME": folder, "TEAMSAPPTESTER_BROWSER": "none"},
        )
        try:
            async with ClientSession() as session:
                found = AgentsPlayground(session, f"http://127.0.0.1:{port}", ours)
                await answering(session, f"{found.address}/_debug/ping")
                listening = asyncio.create_task(found.listen())
                yield found
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening
        finally:
            process.send_signal(signal.SIGTERM)
            await process.wait()


async def answering(session: ClientSession, url: str) -> None:
    """Wait until the program answers."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                async with session.get(url) as answer:
                    if answer.status < 500:
                        return
            except ClientError:
                await asyncio.sleep(0.05)
