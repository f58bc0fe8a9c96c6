"""The doctor looks at Slack: each line says what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from adapters.slack.checkup import examine_slack
from adapters.slack.manifest import SCOPES
from bot.directory.model import Conversation, Person
from bot.watch.clock import SystemClock
from tests.adapters.slack_office import CHANNEL, Office
from tests.adapters.slack_payloads import SECRET
from tests.command_line import run
from tests.core.test_command_line import NOT_FINE
from tests.databases import SECRET as KEY
from tests.fakes.slack import APP_TOKEN, TOKEN, Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.run.findings import Finding
    from bot.store.database import Database


@pytest.fixture
async def office(sqlite_alone: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    async with Office(sqlite_alone) as opened:
        opened.slack.clock = SystemClock()  # type: ignore[assignment]
        opened.slack.scopes = ",".join(SCOPES)
        await opened.type("/zanshin", who="U0SOFIA")
        await opened.database.write(lambda session: session.execute(update(Conversation).values(is_support=True)))
        monkeypatch.setenv("SLACK_BOT_TOKEN", TOKEN)
        monkeypatch.setenv("SLACK_SIGNING_SECRET", "0123456789abcdef" * 2)
        monkeypatch.setenv("SLACK_API_URL", opened.slack.base_url)
        yield opened


async def examined(office: Office, url: str | None = None) -> dict[str, Finding]:
    found = await asyncio.to_thread(examine_slack, office.database.engine, url)
    return {one.about.removeprefix("slack "): one for one in found}


async def test_a_healthy_installation_gets_a_clean_bill(office: Office) -> None:
    """Everything is named, and all of it is fine."""
    found = await examined(office)

    assert [one for one in found.values() if not one.fine] == []
    assert set(found) == {
        "signing secret",
        "token of Test",
        "permissions in Test",
        "clock",
        "channel #support",
    }


@pytest.mark.parametrize(
    ("name", "value", "about", "said", "mend"),
    [
        ("SLACK_SIGNING_SECRET", "not-hexadecimal", "signing secret", "does not look like", "Basic Information"),
        ("SLACK_BOT_TOKEN", "xoxb-wrong", "token of Test", "invalid_auth", "copy it again"),
        ("SLACK_BOT_TOKEN", "wrong", "settings", "SLACK_BOT_TOKEN: is no bot token", "docs/slack.md"),
        ("SLACK_API_URL", "http://127.0.0.1:9/api/", "token of Test", "cannot be reached", "machine may call it"),
        ("SLACK_APP_TOKEN", "xapp-wrong", "socket", "invalid_auth", "connections:write"),
    ],
)
async def test_a_wrong_setting_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, *, name: str, value: str, about: str, said: str, mend: str
) -> None:
    """What an admin has mistyped, and where the right one is found."""
    monkeypatch.setenv(name, value)
    found = (await examined(office))[about]

    assert not found.fine
    assert said in found.found
    assert mend in found.mend


async def test_missing_permissions_are_named_with_what_they_are_for(office: Office) -> None:
    """Whoever sees the line knows what will not work."""
    office.slack.scopes = ",".join(name for name in SCOPES if name not in ("im:write", "users:read"))
    found = (await examined(office))["permissions in Test"]

    assert not found.fine
    assert "im:write (to open the direct chat" in found.found
    assert "users:read (to know names" in found.found
    assert "chat:write" not in found.found
    assert "install the app again" in found.mend


async def test_a_channel_it_was_not_invited_to_is_named(office: Office) -> None:
    """Calls to everybody would go nowhere."""
    office.slack.rooms[CHANNEL].members.discard("U0BOT")
    outside = (await examined(office))["channel #support"]
    office.slack.rooms[CHANNEL].is_archived = True
    del office.slack.rooms[CHANNEL]
    gone = (await examined(office))["channel #support"]

    assert (outside.fine, outside.found, outside.mend) == (
        False,
        "Zanshin is not in it",
        "type /invite @Zanshin in #support",
    )
    assert (gone.fine, "channel_not_found" in gone.found) == (False, True)


async def test_processes_that_share_a_socket_are_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is right; a second takes commands that the first never sees."""
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    alone = (await examined(office))["socket"]
    address = office.slack.base_url.removesuffix("api/") + "socket"
    first = await office.client.session.ws_connect(address)
    one = (await examined(office))["socket"]
    second = await office.client.session.ws_connect(address)
    two = (await examined(office))["socket"]
    await first.close()
    await second.close()

    assert (alone.fine, "nobody listens" in alone.found) == (True, True)
    assert (one.fine, "one process listens" in one.found) == (True, True)
    assert (two.fine, two.found.startswith("2 processes share it")) == (False, True)
    assert "stop those that should not run" in two.mend


async def test_it_knocks_at_the_address_slack_calls(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours refuses strangers and knows the secret; anything else there is found out."""
    office.clock.move_to(SystemClock().now())
    url = str(office.client.make_url("/"))
    other_secret = (await examined(office, url))["request URL"]
    monkeypatch.setenv("SLACK_SIGNING_SECRET", SECRET)
    fine = (await examined(office, url))["request URL"]
    elsewhere = (await examined(office, office.slack.base_url))["request URL"]
    nowhere = (await examined(office, "http://127.0.0.1:9"))["request URL"]

    assert (fine.fine, "answers as Zanshin" in fine.found) == (True, True)
    assert (other_secret.fine, "the same SLACK_SIGNING_SECRET" in other_secret.mend) == (False, True)
    assert (elsewhere.fine, "not 401" in elsewhere.found) == (False, True)
    assert (nowhere.fine, "cannot be reached" in nowhere.found) == (False, True)


async def test_slack_out_of_order_is_no_traceback(office: Office) -> None:
    """Whatever Slack answers, a line says so."""
    office.slack.fail("auth.test", Fault(status=500, body="oops"))
    office.slack.fail("conversations.info", Fault(reset=True), Fault(reset=True))  # a client asks twice
    broken = await examined(office)
    later = await examined(office)

    assert "Slack refuses it (500)" in broken["token of Test"].found
    assert "Slack did not say" in later["channel #support"].found


@pytest.mark.parametrize(
    ("call", "body", "about"),
    [
        ("auth.test", '["ok"]', "token of Test"),
        ("auth.test", '"ok"', "token of Test"),
        ("conversations.info", '{"ok": true, "channel": "C0"}', "channel #support"),
        ("conversations.info", '[{"ok": true}]', "channel #support"),
        ("apps.connections.open", "[1]", "socket"),
    ],
)
async def test_an_answer_of_another_shape_is_no_traceback(
    office: Office, monkeypatch: pytest.MonkeyPatch, call: str, body: str, about: str
) -> None:
    """Something that answers in Slack's place is said to be no Slack."""
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    office.slack.fail(call, Fault(status=200, body=body))
    found = (await examined(office))[about]

    assert (found.fine, "no answer of Slack's" in found.found) == (False, True)


@pytest.mark.parametrize("greeting", ["no JSON", "[]", '{"num_connections": "many"}', '{"num_connections": null}'])
async def test_an_odd_greeting_is_no_traceback(office: Office, monkeypatch: pytest.MonkeyPatch, greeting: str) -> None:
    """A socket that opens to something else is said to do so."""
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    office.slack.greeting = greeting
    found = (await examined(office))["socket"]

    assert (found.fine, "no answer of Slack's" in found.found) == (False, True)


async def test_the_command_prints_it_and_exits_accordingly(office: Office) -> None:
    """Not fine is 1; without Slack one line says that it is not there, which is no fault."""
    environment: dict[str, Any] = {"ZANSHIN_DATABASE_URL": office.database.url, "ZANSHIN_SECRET_KEY": KEY}
    slack = {
        "SLACK_BOT_TOKEN": "xoxb-wrong",
        "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
        "SLACK_API_URL": office.slack.base_url,
    }
    sick = await asyncio.to_thread(run, "doctor", "--json", **environment | slack)
    without = await asyncio.to_thread(run, "doctor", **environment | dict.fromkeys(slack, ""))

    assert sick.returncode == NOT_FINE
    assert any(one["about"] == "slack token of Test" and not one["fine"] for one in json.loads(sick.stdout))
    assert "ok   slack: off: no SLACK_SIGNING_SECRET" in without.stdout
    assert "LOOK slack" not in without.stdout


async def test_a_removed_installation_is_said_and_is_no_fault(
    sqlite_alone: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With OAuth every workspace has a line of its own."""
    async with Office(sqlite_alone, many=True) as office:
        for name, value in (
            ("SLACK_CLIENT_ID", "1.2"),
            ("SLACK_CLIENT_SECRET", "secret"),
            ("SLACK_SIGNING_SECRET", "0123456789abcdef" * 2),
            ("SLACK_API_URL", office.slack.base_url),
        ):
            monkeypatch.setenv(name, value)
        found = await examined(office)

    assert (found["installations"].fine, "/slack/install" in found["installations"].found) == (True, True)


async def test_whoever_is_named_beforehand_stands_there_by_their_name(office: Office) -> None:
    """Slack is asked what they are called; where it does not say, that is told and their id stands there."""
    environment = {
        "ZANSHIN_DATABASE_URL": office.database.url,
        "ZANSHIN_SECRET_KEY": KEY,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
        "SLACK_API_URL": office.slack.base_url,
    }
    known = await asyncio.to_thread(run, "team", "add", "U0OMAR", **environment)
    unknown = await asyncio.to_thread(run, "team", "add", "U0NOBODY1", **environment)
    names = await office.database.read(lambda session: set(session.scalars(select(Person.name))))

    assert (known.returncode, known.stderr) == (0, "")
    assert (unknown.returncode, "What they are called is known once" in unknown.stderr) == (0, True)
    assert {"Omar", "U0NOBODY1"} <= names
    assert "U0OMAR" not in names
