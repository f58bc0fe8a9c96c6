"""The token we speak with: fetched once for everybody, remembered, and never sent anywhere else."""

from __future__ import annotations

import asyncio

import pytest
from botframework.connector.auth import MicrosoftAppCredentials

from adapters.teams.connector import Connector
from adapters.teams.credentials import REMEMBERED, Credentials, credentials_of
from adapters.teams.errors import ConnectorRefused, Deed, NotAnswering, judge
from adapters.teams.settings import GRAPH, TeamsSettings
from bot.errors import PlatformDown
from tests.fakes.teams_rules import APP, TENANT

SETTINGS = TeamsSettings(app_id=APP, app_password="a secret", app_tenant=TENANT)
Asked = list[str]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Where tokens were asked for; Microsoft gives one each time."""
    found: Asked = []

    def give(self: MicrosoftAppCredentials, _force: bool = False) -> str:
        found.append(f"{self.oauth_endpoint} {self.oauth_scope}")
        return f"token {len(found)}"

    monkeypatch.setattr(MicrosoftAppCredentials, "get_access_token", give)
    return found


class Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_one_token_serves_everybody_until_it_is_old(asked: Asked) -> None:
    """Many who ask at once ask once; later a new one is fetched."""
    ticks = Ticks()
    credentials = Credentials(SETTINGS, ticks=ticks)
    first = await asyncio.gather(*(credentials() for _sender in range(5)))
    ticks.now = REMEMBERED + 1
    later = await credentials()

    assert set(first) == {"token 1"}
    assert later == "token 2"
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("settings", "scope", "tenant", "where"),
    [
        (SETTINGS, None, "", TENANT),
        (TeamsSettings(app_id=APP, app_password="a secret", app_type="MultiTenant"), None, "", "botframework.com"),
        (SETTINGS, GRAPH, "another-tenant", "another-tenant"),
    ],
)
async def test_it_is_asked_for_in_the_right_tenant(
    asked: Asked, settings: TeamsSettings, scope: str | None, tenant: str, where: str
) -> None:
    """The app's own, the framework's for an app of many, or the one whose people Graph is asked about."""
    await Credentials(settings, scope, tenant=tenant, ticks=Ticks())()

    assert asked[0].split(" ")[0].endswith(f"/{where}")
    assert (GRAPH in asked[0]) == (scope == GRAPH)


@pytest.mark.parametrize("failure", [PermissionError("invalid_client"), OSError("no route"), ValueError("authority")])
async def test_without_a_token_messages_wait(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    """Whatever the SDK fails with: nothing was sent, so it is sent later; the next one asks anew."""

    def fail(_self: MicrosoftAppCredentials) -> str:
        raise failure

    monkeypatch.setattr(MicrosoftAppCredentials, "get_access_token", fail)
    credentials = Credentials(SETTINGS, ticks=Ticks())
    for _time in range(2):
        with pytest.raises(NotAnswering) as refused:
            await credentials()
        assert isinstance(judge(refused.value, Deed.SAY).error, PlatformDown)


async def test_on_this_machine_none_is_needed() -> None:
    """Without an app there is nothing to ask for."""
    assert await credentials_of(TeamsSettings(anonymous=True))() == ""


async def test_no_other_host_is_even_called(asked: Asked) -> None:
    """The address is looked at before a token is asked for."""
    connector = Connector(credentials_of(SETTINGS), SETTINGS.allows_service)
    with pytest.raises(ConnectorRefused):
        await connector.call("POST", "https://evil.example.com/", "/v3/conversations", {})
    await connector.close()

    assert asked == []
