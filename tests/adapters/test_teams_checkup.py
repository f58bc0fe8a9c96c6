"""The doctor looks at Teams: each line says what is wrong and how to mend it."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import update

from adapters.teams.checkup import examine_teams
from adapters.teams.errors import NotAnswering
from adapters.teams.model import TeamsReference
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import TeamsStage
from tests.fakes.teams_rules import APP, TENANT
from tests.stage import Cast, seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from adapters.teams.credentials import Token
    from bot.run.findings import Finding
    from bot.store.database import Database


@pytest.fixture
async def stage(sqlite_alone: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TeamsStage]:
    """A tenant of Teams, and the settings of an operator who serves it."""
    async with seated(TeamsStage(sqlite_alone, SHIPPED_PLAYBOOKS)) as stage:
        monkeypatch.setenv("MicrosoftAppId", APP)
        monkeypatch.setenv("MicrosoftAppPassword", "a secret")
        monkeypatch.setenv("MicrosoftAppTenantId", TENANT)
        monkeypatch.setenv("ZANSHIN_TEAMS_KEYS_URL", stage.teams.keys_url)
        yield stage


def token_of(app: str = APP) -> Token:
    claims = json.dumps({"appid": app, "exp": time.time() + 3600}).encode()

    async def give() -> str:
        return f"x.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.x"

    return give


async def refused() -> str:
    raise NotAnswering("invalid_client")


async def examined(stage: TeamsStage, *, url: str | None = None, token: Token | None = None) -> dict[str, Finding]:
    given = token or token_of()
    found = await asyncio.to_thread(examine_teams, stage.database.engine, url, given)
    return {one.about.removeprefix("teams "): one for one in found}


async def test_a_healthy_app_gets_a_clean_bill(stage: TeamsStage) -> None:
    """Everything is named, and all of it is fine."""
    await Cast(stage).ana.privately.types("help")
    found = await examined(stage, url=str(stage.client.make_url("/")))

    assert [str(one) for one in found.values() if not one.fine] == []
    assert set(found) == {"app", "manifest", "conversations", "keys of Teams", "token", "messaging endpoint"}
    assert "works, for 60 minutes" in found["token"].found


async def test_without_an_id_it_is_off(stage: TeamsStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody who has no Teams is told to look."""
    for name in ("MicrosoftAppId", "MicrosoftAppPassword", "MicrosoftAppTenantId"):
        monkeypatch.delenv(name)
    [finding] = (await examined(stage)).values()

    assert finding.fine
    assert "off: no MicrosoftAppId" in finding.found


@pytest.mark.parametrize(
    ("name", "value", "about", "said"),
    [
        ("MicrosoftAppPassword", "11111111-2222-3333-4444-555555555555", "secret", "the id of a secret"),
        ("MicrosoftAppId", "x", "settings", "no application id"),
        ("MicrosoftAppType", "MultiTenant", "tenants", "people of every tenant are let in"),
        ("ZANSHIN_TEAMS_KEYS_URL", "http://127.0.0.1:9/keys", "keys of Teams", "cannot be had"),
    ],
)
async def test_what_is_wrong_is_named(  # noqa: PLR0917  one row of the table
    stage: TeamsStage, monkeypatch: pytest.MonkeyPatch, name: str, value: str, about: str, said: str
) -> None:
    """With the way to mend it."""
    monkeypatch.setenv(name, value)
    found = await examined(stage)

    assert not found[about].fine
    assert said in found[about].found
    assert found[about].mend


async def test_a_token_that_is_refused_or_anothers_is_named(stage: TeamsStage) -> None:
    """By what Microsoft says."""
    none = await examined(stage, token=refused)
    other = await examined(stage, token=token_of("00000000-0000-4000-8000-000000000000"))

    assert "Microsoft gives none" in none["token"].found
    assert "another app" in other["token"].found


@pytest.mark.parametrize(
    ("failed", "found", "mend"),
    [
        (PermissionError("invalid_client: AADSTS7000215: Invalid secret. Trace ID: 1"), "gives none", "compare id"),
        (ValueError("Unable to get authority configuration"), "gives none", "compare id"),
        (ConnectionError(socket.gaierror(-2, "unknown")), "cannot be reached (no address is found", "may call it"),
        (OSError("no route"), "cannot be reached (OSError)", "may call it"),
        (TimeoutError(), "cannot be reached (no answer in time)", "may call it"),
    ],
)
async def test_no_network_is_no_wrong_secret(stage: TeamsStage, failed: Exception, found: str, mend: str) -> None:
    """Whoever cannot be reached has refused nothing."""

    async def fail() -> str:
        raise NotAnswering from failed

    token = (await examined(stage, token=fail))["token"]

    assert found in token.found
    assert "Trace ID" not in token.found
    assert mend in token.mend


@pytest.mark.parametrize(
    ("status", "mend"), [(200, "ZANSHIN_TEAMS_ANONYMOUS"), (404, "set MicrosoftAppId"), (502, "what else answers")]
)
async def test_an_endpoint_that_does_not_ask_for_a_token_is_told_apart(
    stage: TeamsStage, status: int, mend: str
) -> None:
    """Anybody is let in, Teams is off there, or it is not Zanshin."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/api/messages", answer)
    async with TestServer(app) as server:
        found = (await examined(stage, url=str(server.make_url("/"))))["messaging endpoint"]

    assert (found.fine, mend in found.mend) == (False, True)


async def test_an_endpoint_that_is_not_us_is_named(stage: TeamsStage) -> None:
    """Nobody there, or somebody who lets everybody in."""
    nobody = await examined(stage, url="http://127.0.0.1:9")
    other = await examined(stage, url=stage.teams.service_url)

    assert "does not answer" in nobody["messaging endpoint"].found
    assert not other["messaging endpoint"].fine


async def test_conversations_that_went_silent_are_counted(stage: TeamsStage) -> None:
    """When all of them are, somebody has to look."""
    await Cast(stage).ana.privately.types("help")
    old = stage.clock.now() - timedelta(days=400)
    await stage.database.write(lambda session: session.execute(update(TeamsReference).values(seen_at=old)) and None)
    found = await examined(stage)

    assert not found["conversations"].fine
    assert "1 silent for 60 days" in found["conversations"].found
