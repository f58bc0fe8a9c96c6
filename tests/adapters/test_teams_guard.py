"""What the guard lets in from Teams, and what it answers everything else: every refusal a plain 4xx."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from adapters.teams.guard import LARGEST
from adapters.teams.keys import ASK_AGAIN
from adapters.teams.settings import TeamsSettings, read_teams_settings
from bot.errors import SettingsError
from bot.store.content import SHIPPED_PLAYBOOKS
from tests.adapters.teams_stage import TeamsStage
from tests.fakes.teams import ISSUER
from tests.fakes.teams_rules import APP, TENANT
from tests.stage import seated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.database import Database

OTHER = "00000000-0000-4000-8000-000000000000"
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
TAKEN, UNREADABLE, UNSIGNED, NOT_OURS, TOO_LARGE = 200, 400, 401, 403, 413
GUARDED = {"MicrosoftAppId": APP, "MicrosoftAppPassword": "a secret", "MicrosoftAppTenantId": TENANT}


@pytest.fixture
async def stage(sqlite_alone: Database) -> AsyncIterator[TeamsStage]:
    """A tenant of Teams."""
    async with seated(TeamsStage(sqlite_alone, SHIPPED_PLAYBOOKS)) as stage:
        yield stage


async def knock(stage: TeamsStage, token: str, **activity: Any) -> int:
    """Send words of Ana's under a token; give the status."""
    sent = stage.activity("message", "ana", "@ana", text="zanshin team") | activity
    status, _body = await stage.post(sent, Authorization=f"Bearer {token}")
    return status


async def test_what_teams_signed_is_let_in(stage: TeamsStage) -> None:
    """Signed by a published key, for us, from the connector it names, now."""
    assert await knock(stage, stage.teams.token()) == TAKEN
    assert await knock(stage, stage.teams.token(exp=_at(stage, -4))) == TAKEN  # clocks differ by up to five minutes
    assert await knock(stage, stage.teams.token(nbf=_at(stage, 4))) == TAKEN


def _at(stage: TeamsStage, minutes: float) -> int:
    return int((stage.clock.now() + timedelta(minutes=minutes)).timestamp())


async def test_every_token_that_is_not_right_is_refused(stage: TeamsStage) -> None:
    """Each for one reason, all of them 401, and nobody's words are read."""
    teams = stage.teams
    plain = jwt.encode({"iss": ISSUER, "aud": APP}, None, algorithm="none", headers={"kid": "key-1"})
    shared = jwt.encode({"iss": ISSUER, "aud": APP}, "x" * 32, algorithm="HS256", headers={"kid": "key-1"})
    tokens = {
        "another key": teams.token(key=STRANGER),
        "an unknown key": teams.token(key=STRANGER, kid="key-9"),
        "for another app": teams.token(aud=OTHER),
        "for nobody": teams.token(aud=None),
        "of another issuer": teams.token(iss="https://sts.windows.net/"),
        "of no issuer": teams.token(iss=None),
        "too old": teams.token(exp=_at(stage, -6)),
        "without an end": teams.token(exp=None),
        "an end that is no number": teams.token(exp="soon"),
        "of later": teams.token(nbf=_at(stage, 6)),
        "for another connector": teams.token(service_url="https://smba.trafficmanager.net/other/"),
        "for no connector": teams.token(serviceurl=None),
        "not signed at all": plain,
        "signed with a shared secret": shared,
        "cut off": teams.token()[:-10],
        "no token": "x",
        "nothing": "",
        "endless": "a" * 7_000,
        "with dots": "..",
        "strange letters": "é.é.é",
    }
    found = {why: await knock(stage, token) for why, token in tokens.items()}

    assert set(found.values()) == {UNSIGNED}, found
    assert not stage.teams.posts


async def test_a_key_that_is_not_endorsed_for_teams_is_refused(stage: TeamsStage) -> None:
    """Keys say for which channels they speak."""
    stage.teams.keys[0]["endorsements"] = ["webchat"]

    assert await knock(stage, stage.teams.token()) == TAKEN  # the stage knows the key from before
    stage.teams.keys[0]["kid"] = "key-w"
    await later(stage)
    assert await knock(stage, stage.teams.token(kid="key-w")) == UNSIGNED


async def test_a_token_shown_again_is_held_to_the_same(stage: TeamsStage) -> None:
    """Its signature is not read twice; its times, its connector and its key still have to hold."""
    token, long_ago = stage.teams.token(), stage.teams.token(exp=_at(stage, 24 * 60))
    shown = [await knock(stage, one) for one in (token, token, long_ago)]
    elsewhere = await knock(stage, token, serviceUrl="https://smba.trafficmanager.net/other/")
    stage.clock.move(timedelta(hours=2))
    too_old = await knock(stage, token)
    await later(stage)
    key, kid = stage.teams.rotate()
    del stage.teams.keys[0]
    fresh = await knock(stage, stage.teams.token(key=key, kid=kid))

    assert (shown, elsewhere, too_old) == ([TAKEN] * 3, UNSIGNED, UNSIGNED)
    assert (fresh, await knock(stage, long_ago)) == (TAKEN, UNSIGNED)  # its key is published no longer


async def later(stage: TeamsStage) -> None:
    """Let more than a minute pass by the stage's own ticks."""
    for _tick in range(int(ASK_AGAIN) + 1):
        stage._ticks()  # noqa: SLF001  it counts


async def test_a_rotated_key_is_asked_for_once_a_minute(stage: TeamsStage) -> None:
    """A new key works at once; unknown ones cost one question a minute, however many come."""
    await later(stage)
    before = stage.teams.key_requests
    key, kid = stage.teams.rotate()
    fresh = await knock(stage, stage.teams.token(key=key, kid=kid))
    guesses = [await knock(stage, stage.teams.token(key=STRANGER, kid=f"guess-{number}")) for number in range(5)]

    assert fresh == TAKEN
    assert set(guesses) == {UNSIGNED}
    assert stage.teams.key_requests == before + 1


async def test_old_keys_hold_while_new_ones_cannot_be_had(stage: TeamsStage) -> None:
    """The metadata server is away: who was known is known."""
    stage.teams.keys_away = True
    await later(stage)
    stranger = await knock(stage, stage.teams.token(kid="key-5"))
    known = await knock(stage, stage.teams.token())

    assert (stranger, known) == (UNSIGNED, TAKEN)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", UNREADABLE),
        (b"{", UNREADABLE),
        (b"[]", UNREADABLE),
        (b"null", UNREADABLE),
        (b'"x"', UNREADABLE),
        (b"{}", UNREADABLE),
        (b"[" * 100_000, UNREADABLE),
        (b'{"type": 5}', UNREADABLE),
        (b"\xff\xfe", UNREADABLE),
        (b"x" * (LARGEST + 1), TOO_LARGE),
    ],
)
async def test_a_body_that_is_no_activity_is_refused(stage: TeamsStage, raw: bytes, expected: int) -> None:
    """By its size first, then by its shape; never an error of ours."""
    status, _body = await stage.post_raw(raw)

    assert status == expected


async def test_a_shape_that_is_none_is_refused(stage: TeamsStage) -> None:
    """Signed, and still nothing we can read."""
    bare = stage.activity("message", "ana", "@ana", text="help")
    broken: list[dict[str, Any]] = [
        bare | {"conversation": {"id": "x"}, "channelData": {}},  # nobody says whose Teams it is
        bare | {"from": None},
        bare | {"text": "x" * 200_000},
    ]
    found = [(await stage.post(one))[0] for one in broken]

    assert set(found) == {UNREADABLE}


async def test_a_card_that_cannot_be_read_is_answered_in_words(stage: TeamsStage) -> None:
    """Whoever pressed it reads what to do, within the response."""
    pressed = {"name": "adaptiveCard/action", "value": {"action": {"verb": "x", "data": {"command": 1}}}}
    status, body = await stage.post(stage.activity("invoke", "ana", "@ana", **pressed))

    assert status == TAKEN
    assert "Type the command again" in body["value"]


async def test_other_tenants_are_not_served(stage: TeamsStage) -> None:
    """Their people are signed for by Microsoft all the same."""
    sent = stage.activity("message", "ana", "@ana", text="help")
    sent["conversation"]["tenantId"] = OTHER
    status, _body = await stage.post(sent)

    assert status == NOT_OURS
    assert not stage.teams.posts


async def test_our_token_goes_to_no_other_host(stage: TeamsStage) -> None:
    """An activity that names another connector is refused, though its token names it too."""
    elsewhere = "https://evil.example.com/"
    status = await knock(stage, stage.teams.token(service_url=elsewhere), serviceUrl=elsewhere)

    assert status == UNSIGNED


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://smba.trafficmanager.net/emea/", True),
        ("https://smba.infra.gcc.teams.microsoft.com/gcc/", True),
        ("https://smba.infra.gov.teams.microsoft.us/gov/", True),
        ("http://smba.trafficmanager.net/emea/", False),
        ("https://evil.trafficmanager.net/", False),
        ("https://smba.trafficmanager.net.evil.example/", False),
        ("https://smba.trafficmanager.net@evil.example/", False),
        ("https://smba.trafficmanager.net:8443/", False),
        ("https://teams.microsoft.com.evil.example/", False),
        ("https://[::1", False),
        ("http://127.0.0.1:5000/", False),
        ("", False),
    ],
)
def test_only_microsofts_connectors_are_answered(url: str, allowed: bool) -> None:
    """By https, at their hosts, at no other port."""
    settings = TeamsSettings(app_id=APP, app_password="a secret", app_tenant=TENANT)

    assert settings.allows_service(url) is allowed


def test_without_an_app_only_this_machine_is_answered() -> None:
    """Anonymous is for trying: a connector on loopback, and no other beside Microsoft's."""
    settings = TeamsSettings(anonymous=True)

    assert settings.allows_service("http://localhost:56150/_connector")
    assert not settings.allows_service("http://192.168.1.5:56150/_connector")
    assert settings.allows_tenant(OTHER)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"MicrosoftAppId": APP}, "MicrosoftAppPassword: is not set"),
        ({"MicrosoftAppPassword": "x"}, "MicrosoftAppId: is not set"),
        (GUARDED | {"MicrosoftAppTenantId": ""}, "MicrosoftAppTenantId: is not set"),
        (GUARDED | {"MicrosoftAppId": "my-app"}, "MicrosoftAppId: is no application id"),
        (GUARDED | {"MicrosoftAppType": "UserAssignedMSI"}, "not supported"),
        (GUARDED | {"ZANSHIN_TEAMS_TENANTS": f"{OTHER}, acme"}, "acme is no tenant id"),
        (GUARDED | {"ZANSHIN_TEAMS_ANONYMOUS": "1"}, "for trying without an app"),
        ({"ZANSHIN_TEAMS_ANONYMOUS": "1", "ZANSHIN_HOST": "0.0.0.0"}, "works on loopback only"),  # noqa: S104  refused
    ],
)
def test_settings_that_do_not_go_together_are_named(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], said: str
) -> None:
    """All at once, each with what would be right."""
    monkeypatch.setenv("ZANSHIN_DATABASE_URL", "sqlite:///x.db")
    monkeypatch.setenv("ZANSHIN_SECRET_KEY", "k" * 40)
    for name, value in named.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=said):
        read_teams_settings()


def test_many_tenants_are_let_in_by_name_or_all_of_them() -> None:
    """A list holds for both types of app; without one, an app of many tenants serves every one."""
    many = {"app_id": APP, "app_password": "a secret", "app_type": "MultiTenant"}

    assert TeamsSettings(**many).allows_tenant(OTHER)
    assert not TeamsSettings(**many, tenants=f"{TENANT}").allows_tenant(OTHER)
    assert TeamsSettings(**many, tenants=f"{TENANT} {OTHER.upper()}").allows_tenant(OTHER)
    assert not TeamsSettings(app_id=APP, app_password="a secret", app_tenant=TENANT).allows_tenant(OTHER)


def test_it_is_off_without_an_id() -> None:
    """Nothing set, nothing served."""
    assert not TeamsSettings().configured
    assert json.loads(TeamsSettings().model_dump_json())["app_id"] is None
