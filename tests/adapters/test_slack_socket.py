"""Socket Mode: the same payloads down a socket we open, which is opened again, or the process ends."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
from shutil import copyfile
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from structlog.testing import capture_logs

from adapters.slack.socket import LOOK_EVERY, PATIENCE, give_up_when_lost
from tests.adapters.slack_office import Office
from tests.adapters.slack_payloads import SECRET
from tests.fakes.slack import APP_TOKEN, TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from bot.store.database import Database

TIME_LIMIT = 60  # seconds


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """A team whose Zanshin listens down a socket."""
    async with Office(database, socket=True, admins=("U0ANA",)) as office, asyncio.timeout(TIME_LIMIT):
        await office.slack.heard("socket 1")
        yield office


async def delivered(office: Office, kind: str, payload: dict[str, Any]) -> Any:
    """Send something down the socket; give what it is acknowledged with."""
    envelope = await office.slack.deliver(kind, payload)
    await office.slack.heard(envelope)
    return office.slack.acknowledged[envelope]


async def test_a_command_is_answered_with_its_acknowledgement(office: Office) -> None:
    """What is typed comes down the socket, and the playbook goes back with its acknowledgement, for their eyes only."""
    answer = await delivered(office, "slash_commands", office.typed("/calm she keeps shouting"))

    assert answer["response_type"] == "ephemeral"
    assert "Keep calm" in json.dumps(answer)


async def test_clicks_and_forms_are_answered_too(office: Office) -> None:
    """A form is opened by its trigger; filled in with nonsense it comes back with an error at its question."""
    await delivered(office, "slash_commands", office.typed("/zanshin settings handoffs"))
    shown = office.slack.modal("U0ANA")
    assert shown is not None
    questions = [block["block_id"] for block in shown.view["blocks"] if block["type"] == "input"]
    values = {name: {name: {"type": "plain_text_input", "value": "never"}} for name in questions}
    view = shown.payload() | {"root_view_id": shown.id, "previous_view_id": None, "state": {"values": values}}
    answer = await delivered(office, "interactive", office.interaction("view_submission", view=view))
    pressed = await delivered(office, "interactive", office.pressed("help", {}))

    assert answer["response_action"] == "errors"
    assert answer["errors"].keys() <= set(questions)
    assert pressed is None
    assert office.slack.posts, "the click was answered where it was made"


async def test_what_happened_is_acknowledged_without_words(office: Office) -> None:
    """An event gets a bare acknowledgement, and the answer is said where it was asked."""
    direct = office.slack.direct("U0ANA").id
    answer = await delivered(
        office, "events_api", office.happened("message", channel=direct, channel_type="im", text="help")
    )

    assert answer is None
    assert office.reads("U0ANA", "@")


@pytest.mark.parametrize("kind", ["events_api", "interactive", "slash_commands"])
async def test_nonsense_is_acknowledged_and_does_nothing(office: Office, kind: str) -> None:
    """What nobody can read is not sent again for ever, and the socket goes on."""
    for nonsense in ({}, {"type": 7}, {"type": "event_callback", "event": []}):
        await delivered(office, kind, nonsense)
    answer = await delivered(office, "slash_commands", office.typed("/calm"))

    assert answer["blocks"]


async def test_what_comes_twice_acts_once(office: Office) -> None:
    """An event delivered again after a drop is acknowledged again, and answered once."""
    direct = office.slack.direct("U0ANA").id
    asked = office.happened("message", channel=direct, channel_type="im", text="help")
    for event in (asked, asked):
        await delivered(office, "events_api", event)
    once = len(office.reads("U0ANA", "@"))
    await delivered(office, "events_api", office.happened("message", channel=direct, channel_type="im", text="help"))

    assert once == 1
    assert len(office.reads("U0ANA", "@")) == 2


@pytest.mark.parametrize("asked", [True, False])
async def test_a_socket_that_ends_is_opened_again(office: Office, asked: bool) -> None:
    """Slack asks to change the connection, or just drops it: the next one answers as before."""
    if asked:
        await office.slack.sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})
    else:
        await office.slack.sockets[-1].close()
    await office.slack.heard("socket 2")
    answer = await delivered(office, "slash_commands", office.typed("/calm"))

    assert answer["blocks"]
    assert len(office.slack.called("apps.connections.open")) == 2


async def test_a_second_process_is_noted(office: Office) -> None:
    """Slack greets with the number of processes that listen: one that was forgotten is named in the log."""
    with capture_logs() as logs:
        async with ClientSession() as session:
            address = office.slack.base_url.removesuffix("api/") + "socket"
            async with session.ws_connect(address) as other:
                await other.receive_json()
                await office.slack.sockets[0].send_json({"type": "disconnect", "reason": "refresh_requested"})
                await office.slack.heard("socket 3")
                await delivered(office, "slash_commands", office.typed("/calm"))

    assert [entry["others"] for entry in logs if entry.get("action") == "socket_shared"] == [1]


# --- the watchdog -------------------------------------------------------------------------------


class Watched:
    """A connection that is looked at, and a clock that goes on by looking."""

    def __init__(self, connected: Iterator[bool]) -> None:
        self._connected = connected
        self.time = 0.0

    async def is_connected(self) -> bool:
        return next(self._connected)

    async def sleep(self, seconds: float) -> None:
        self.time += seconds

    async def watch(self) -> None:
        await give_up_when_lost(self.is_connected, now=lambda: self.time, sleep=self.sleep)


async def test_a_connection_that_is_kept_is_left_alone() -> None:
    """However long it lasts, and though it is away for a while now and then, the process goes on."""
    looks = int(PATIENCE / LOOK_EVERY)
    kept = itertools.chain.from_iterable([[True], *([False] * (looks - 1),), [True]] * 100)

    with pytest.raises(RuntimeError, match="StopIteration"):  # there is nothing left to look at
        await Watched(kept).watch()


async def test_a_connection_that_is_lost_ends_the_process() -> None:
    """After a minute without one the process ends with an exit code that says so, and one line in the log."""
    watched = Watched(itertools.chain([True, True], itertools.repeat(False)))

    with capture_logs() as logs, pytest.raises(SystemExit) as ended:
        await watched.watch()

    assert ended.value.code == 1
    assert watched.time == 2 * LOOK_EVERY + PATIENCE
    assert [entry["action"] for entry in logs] == ["socket_lost"]


def test_the_server_ends_in_good_order(sqlite_file: Path, tmp_path: Path) -> None:
    """A whole server whose socket cannot be opened takes everything down and exits with 1, without a traceback."""
    environment = os.environ | {
        "ZANSHIN_DATABASE_URL": f"sqlite:///{copyfile(sqlite_file, tmp_path / 'zanshin.db')}",
        "ZANSHIN_SECRET_KEY": SECRET * 4,
        "ZANSHIN_PORT": "0",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": "http://127.0.0.1:1/api/",  # nobody listens there
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.adapters.lost_socket"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIME_LIMIT,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "Everything was taken down." in done.stdout
    assert [json.loads(line) for line in done.stderr.splitlines()], "every line of the log is JSON"
    assert "socket_lost" in done.stderr
    assert "SystemExit" not in done.stderr
