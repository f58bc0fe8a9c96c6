"""Microsoft's own playground for agents on this machine: their program, its page, and everything that goes through it.

It checks nothing of what it is sent; `judged` reads its log by the rules the real Teams has.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from aiohttp import ClientError, ClientSession, ClientWebSocketResponse, WSMsgType

from adapters.web.sample import PEOPLE
from tests.adapters.teams_stage import account, channel
from tests.browser.local_slack import free_port
from tests.fakes.teams import TEAM, directory_id
from tests.fakes.teams_rules import BOT, TENANT, wrong_in_activity
from tests.node import installed

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Callable, Iterator

PROGRAM = "@microsoft/m365agentsplayground@0.2.28"
PATIENCE = 60  # seconds
FAREWELL = 10  # seconds that the program has to stop
PERSONAL, GROUP = "a:chat-29:ana", "19:group@thread.v2"
FIFTH = "zoe"  # the program insists on five people beside the one who looks at it
INCIDENTS = channel("incidents")
_QUOTED = 600  # characters of a message that was refused

Found = TypeVar("Found")


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

    @asynccontextmanager
    async def listening(self, path: str, kept: list[dict[str, Any]]) -> AsyncIterator[None]:
        """Keep what one of its sockets tells."""
        async with self._session.ws_connect(f"{self.address}{path}") as socket:
            listening = asyncio.create_task(self._listen(socket, kept))
            try:
                yield
            finally:
                listening.cancel()
                with suppress(asyncio.CancelledError):
                    await listening

    async def _listen(self, socket: ClientWebSocketResponse, kept: list[dict[str, Any]]) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                kept.append(json.loads(message.data))
                self._heard.set()

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[list[dict[str, Any]]]:
        """Look on as its page does: what is said and changed where its current user is, and in which conversation.

        What nobody has watched is kept for the first who does: a page opened later does not show what was told here.
        """
        told: list[dict[str, Any]] = []
        async with self.listening("/_ws_conversation/v1/conversations/stream", told):
            yield told

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

    async def invoke(
        self, name: str, value: dict[str, Any], conversation: str = PERSONAL, *, reply_to: str = ""
    ) -> dict[str, Any]:
        """Ask the bot as its current user, and give the answer; a press is `adaptiveCard/action`."""
        asked = {"name": name, "value": value, **_on(conversation, reply_to)}
        found: dict[str, Any] = await self.post("/_conversation/v1/invoke", asked)
        return found

    async def submit(self, value: dict[str, Any], conversation: str = PERSONAL, *, reply_to: str = "") -> None:
        """Press an Action.Submit as its current user."""
        await self.post("/_conversation/v1/submit", {"value": value, **_on(conversation, reply_to)})

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
        """List the messages we have sent or changed and it has taken, oldest first, each with its id."""
        return [(id_, one) for id_, one, refusal in self._messages() if not refusal]

    def judged(self) -> tuple[int, list[str]]:
        """Count what we have shown, and list all that it, or the real Teams, would have refused of it."""
        people = {account(one.account): one.name for one in PEOPLE}
        sent = self.sent()
        refused = [refusal for _id, _one, refusal in self._messages() if refusal]
        return len(sent), refused + [problem for _id, one in sent for problem in wrong_in_activity(one, people)]

    def _messages(self) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Find our messages in the log: their ids, what they say, and why they were refused."""
        for entry in self.log:
            line = entry.get("log", {})
            body, answer = line.get("request", {}).get("body"), line.get("response", {})
            if line.get("from") != "User Application" or not isinstance(body, dict):
                continue
            one, told = body.get("activity", body), answer.get("body") or {}
            if one.get("type") == "message":
                said = f"{answer['statusCode']}: {told} for {json.dumps(one, ensure_ascii=False)[:_QUOTED]}"
                refusal = "" if answer["statusCode"] < HTTPStatus.BAD_REQUEST else said
                yield str(told.get("activityId") or told.get("id") or ""), one, refusal

    async def until(self, *words: str) -> tuple[str, dict[str, Any]]:
        """Wait until a message says all of these words, as it stands now; give the latest, and its id."""

        def find() -> tuple[str, dict[str, Any]] | None:
            says = lambda one: all(word in json.dumps(one, ensure_ascii=False) for word in words)  # noqa: E731
            return next(((id_, one) for id_, one in reversed(dict(self.sent()).items()) if says(one)), None)

        return await self.waited_for(find)

    async def answer_to(self, activity_id: str) -> Any:
        """Wait for what we answer to an activity."""

        def find() -> dict[str, Any] | None:
            lines = (entry.get("log", {}) for entry in self.log)
            return next((line["response"] for line in lines if _is_answer(line, activity_id)), None)

        return (await self.waited_for(find)).get("body")

    async def waited_for(self, find: Callable[[], Found | None]) -> Found:
        """Wait until what it has told us holds what is looked for."""
        async with asyncio.timeout(PATIENCE):
            while (found := find()) is None:
                self._heard.clear()
                await self._heard.wait()
        return found

    async def chat_with(self, who: str) -> str:
        """Give the direct chat of somebody with the bot."""
        if who == "ana":
            return PERSONAL
        body = {"bot": {"id": BOT}, "members": [{"id": account(who)}], "tenantId": TENANT, "isGroup": False}
        found = await self.post("/_connector/v3/conversations", body)
        return str(found["id"])


def _on(conversation: str, reply_to: str) -> dict[str, Any]:
    """Say who presses something, and where."""
    return {"from": {"id": account("ana")}, "conversation": {"id": conversation}, "replyToId": reply_to}


def _is_answer(line: dict[str, Any], activity_id: str) -> bool:
    body = line.get("request", {}).get("body") or {}
    return line.get("to") == "User Application" and body.get("id") == activity_id and "response" in line


@asynccontextmanager
async def agents_playground(tenant: dict[str, Any] | None = None) -> AsyncIterator[AgentsPlayground]:
    """Run the program."""
    port, ours = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".m365agentsplayground.yml").write_text(yaml.safe_dump(tenant or described()))
        endpoint = f"http://127.0.0.1:{ours}/api/messages"
        async with running(folder, "-e", endpoint, "-p", str(port)) as process, ClientSession() as session:
            found = AgentsPlayground(session, f"http://127.0.0.1:{port}", ours)
            await answering(session, f"{found.address}/_debug/ping", process, Path(folder))
            async with found.listening("/_ws/log/stream", found.log):
                yield found


@asynccontextmanager
async def running(folder: str, *arguments: str) -> AsyncIterator[Process]:
    """Start the program, and stop it whatever happens."""
    program = installed(PROGRAM) / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
    process = await asyncio.create_subprocess_exec(
        *("node", program, "start", "-c", "msteams", "--disable-telemetry", *arguments),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": folder, "TEAMSAPPTESTER_BROWSER": "none"},
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # it has ended by itself
            process.terminate()
        try:
            async with asyncio.timeout(FAREWELL):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def answering(session: ClientSession, url: str, process: Process, folder: Path) -> None:
    """Wait until the program answers; where it ends instead, say what it says of it."""
    async with asyncio.timeout(PATIENCE):
        while process.returncode is None:
            try:
                async with session.get(url) as answer:
                    if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                        return
            except ClientError:
                await asyncio.sleep(0.05)
    raise AssertionError(f"{PROGRAM} did not start: {errors_in(folder)}")


def errors_in(folder: Path) -> str:
    """Read what went wrong in the log of the program, which prints nothing of it."""
    lines = (line for path in folder.glob("devTools/*.log") for line in path.read_text().splitlines())
    return " ".join(line.removeprefix("error ") for line in lines if line.startswith("error "))
