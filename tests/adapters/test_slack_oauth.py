"""Installing by OAuth: from our page to Slack's and back, and everything that can go wrong on the way."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from yarl import URL

from adapters.slack.manifest import SCOPES
from adapters.slack.model import SlackInstallation
from adapters.slack.oauth import COOKIE, is_ours, sign_state
from bot.directory.model import Person, Workspace
from tests.adapters.slack_office import Office
from tests.fakes.slack import Fault
from tests.fakes.slack_rules import TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with Office(database, many=True) as opened:
        yield opened


async def leave(office: Office) -> tuple[dict[str, str], dict[str, str]]:
    """Go to Slack; give what it is asked, and the cookie of this browser."""
    answer = await office.client.get("/slack/install", allow_redirects=False)
    assert answer.status == 302
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")
    address = urlsplit(answer.headers["Location"])
    assert address.path == "/oauth/v2/authorize"
    return {name: values[0] for name, values in parse_qs(address.query).items()}, {COOKIE: cookie.value}


async def come_back(office: Office, cookies: dict[str, str], **query: str) -> tuple[int, str]:
    office.client.session.cookie_jar.clear()
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    answer = await office.client.get("/slack/oauth_redirect", params=query, headers={"Cookie": header})
    return answer.status, await answer.text()


async def installed(office: Office) -> list[tuple[str, str, str]]:
    def look(session: Session) -> list[tuple[str, str, str]]:
        return [(row.enterprise, row.team, row.installed_by) for row in session.scalars(select(SlackInstallation))]

    return await office.database.read(look)


async def names(office: Office) -> list[str]:
    return await office.database.read(lambda session: list(session.scalars(select(Person.name))))


async def install(office: Office, code: str = "code-1", **differing: object) -> tuple[int, str]:
    asked, cookies = await leave(office)
    office.slack.expect_code(code, **differing)
    return await come_back(office, cookies, code=code, state=asked["state"])


async def test_an_admin_installs_it_and_is_admin(office: Office) -> None:
    """After agreeing, the page says what to type first; the first command works, and they are admin."""
    asked, cookies = await leave(office)
    office.slack.expect_code("code-1", authed_user={"id": "U0SOFIA"})
    status, page = await come_back(office, cookies, code="code-1", state=asked["state"])
    answer = await office.type("/calm she keeps shouting at me")
    admins = await office.database.read(
        lambda session: list(session.scalars(select(Person.name).where(Person.is_admin)))
    )

    assert asked["client_id"] == "1.2"
    assert asked["scope"].split(",") == list(SCOPES)
    assert status == 200
    assert "Zanshin is installed" in page
    assert "<code>/zanshin here</code>" in page
    assert f"team={TEAM}" in page
    assert await installed(office) == [("", TEAM, "U0SOFIA")]
    assert "Keep calm" in answer["text"]
    assert admins == ["Sofia"]


async def test_an_admin_slack_does_not_name_is_called_by_their_account_until_they_act(office: Office) -> None:
    """Their name is worth asking for, and no reason to fail; with what they do first it comes along."""
    office.slack.fail("users.info", Fault(error="internal_error"))
    status, _page = await install(office, authed_user={"id": "U0SOFIA"})
    before = await names(office)
    await office.type("/zanshin away 10m", who="U0SOFIA")

    assert (status, before, await names(office)) == (200, ["U0SOFIA"], ["Sofia"])


async def test_a_whole_organisation_installs_it(office: Office) -> None:
    """The workspaces in it are met when somebody types there."""
    status, page = await install(
        office, team=None, enterprise={"id": "E0ORG", "name": "Acme"}, is_enterprise_install=True
    )
    answer = await office.type("/calm", enterprise_id="E0ORG", is_enterprise_install="true")

    assert (status, "Zanshin is installed" in page) == (200, True)
    assert "What is happening?" in answer["text"]
    assert sorted(await installed(office)) == [("E0ORG", "", "U0ADMIN"), ("E0ORG", TEAM, "")]


async def test_a_workspace_that_never_installed_it_is_told(office: Office) -> None:
    """A command from elsewhere gets a sentence, and changes nothing."""
    answer = await office.type("/calm")

    assert "Zanshin doesn't know this workspace." in answer["text"]


async def test_a_state_is_good_once_for_one_browser_and_ten_minutes(office: Office) -> None:
    """Used again, in another browser, later, changed or left out: a page says so, and nothing is installed."""
    asked, cookies = await leave(office)
    _asked, others = await leave(office)
    office.slack.expect_code("code-1")
    attempts = [
        await come_back(office, others, code="code-1", state=asked["state"]),
        await come_back(office, {}, code="code-1", state=asked["state"]),
        await come_back(office, cookies, code="code-1", state=asked["state"] + "0"),
        await come_back(office, cookies, code="code-1", state="ünsinn.1.2"),
        await come_back(office, cookies, code="code-1"),
        await come_back(office, cookies, state=asked["state"]),
    ]
    assert await installed(office) == []
    assert (await come_back(office, cookies, code="code-1", state=asked["state"]))[0] == 200
    attempts.append(await come_back(office, cookies, code="code-1", state=asked["state"]))
    asked, cookies = await leave(office)
    office.clock.move(timedelta(minutes=11))
    attempts.append(await come_back(office, cookies, code="code-1", state=asked["state"]))

    assert {status for status, _page in attempts} == {400}
    assert all("This page has expired" in page for _status, page in attempts)
    assert len(office.slack.called("oauth.v2.access")) == 1


async def test_whatever_comes_back_gets_a_page(office: Office) -> None:
    """Nothing a browser sends is worse than a state that is not ours."""
    answers = []
    for state in ("%FF", "%00", "1.%ED%A0%80.c", "1.a.%FF", "1..x", "9" * 13 + ".a.b", "%D9%A1.a.b", "a.b.c.d"):
        address = URL(f"/slack/oauth_redirect?code=%FF&state={state}", encoded=True)
        for cookie in (b"\xff\xfe", b"a;b=\xc3", b'"', b"\xed\xa0\x80", b""):
            headers = {"Cookie": f"{COOKIE}={cookie.decode(errors='surrogateescape')}"}
            answer = await office.client.get(address, headers=headers)
            answers.append((answer.status, "This page has expired" in await answer.text()))

    assert set(answers) == {(400, True)}


async def test_who_does_not_agree_is_told_so(office: Office) -> None:
    """Slack sends them back with a reason; nothing is installed, and nothing of it is on the page."""
    asked, cookies = await leave(office)
    status, page = await come_back(office, cookies, error="<script>alert(1)</script>", state=asked["state"])

    assert status == 403
    assert "Nothing was installed" in page
    assert "script" not in page


@pytest.mark.parametrize(
    "fault",
    [
        Fault(error="invalid_code"),
        Fault(status=500, body="oops"),
        Fault(reset=True),
        Fault(body='{"ok": true}'),
        Fault(body='{"ok": true, "team": {"id": "T0TEST"}, "authed_user": {"id": "U0ANA"}}'),
        Fault(body='{"ok": true, "team": "T0TEST"}'),
        Fault(body="[]"),
    ],
)
async def test_a_code_slack_does_not_take_gives_a_page(office: Office, fault: Fault) -> None:
    """Whatever Slack answers, the admin reads what to do, and nothing is kept."""
    office.slack.fail("oauth.v2.access", fault)
    status, page = await install(office)

    assert status == 502
    assert "let us in" in page
    assert "code-1" not in page
    assert await installed(office) == []


async def test_removed_and_installed_again_it_goes_on_with_the_same_data(office: Office) -> None:
    """What waited when we were removed is never said; after installing again everything is as it was."""
    await install(office, authed_user={"id": "U0SOFIA"})
    await office.type("/zanshin team add <@U0BEN|ben> agent", who="U0SOFIA")
    await office.type("/recuse CASE-1 heated: she shouts", who="U0SOFIA")
    await office.send(office.happened("app_uninstalled", user=None))
    said = len(office.slack.messages)
    await office.settle()
    gone = await office.type("/zanshin team", who="U0SOFIA")
    await install(office, "code-2", authed_user={"id": "U0SOFIA"})
    again = await office.type("/zanshin team", who="U0SOFIA")

    assert len(office.slack.messages) == said
    assert await office.database.read(lambda session: len(list(session.scalars(select(Workspace))))) == 1
    assert "U0BEN" in str(again["blocks"]) or "Ben" in str(again["blocks"])
    assert gone


async def test_a_revoked_token_of_a_person_changes_nothing(office: Office) -> None:
    """Only when the bot's own token is gone are we."""
    await install(office)
    await office.send(office.happened("tokens_revoked", user=None, tokens={"oauth": ["U0ANA"], "bot": []}))
    kept = await installed(office)
    await office.send(office.happened("tokens_revoked", user=None, tokens={"oauth": [], "bot": ["U0BOT"]}))

    assert len(kept) == 1
    assert await installed(office) == []


async def test_slack_saying_that_the_token_is_revoked_removes_it(office: Office) -> None:
    """An event may be lost; the next message finds it out."""
    await install(office, authed_user={"id": "U0SOFIA"})
    await office.type("/zanshin status", who="U0SOFIA")
    for token in office.slack.tokens:
        office.slack.tokens[token] = "token_revoked"
    await office.settle()

    assert await installed(office) == []


async def test_without_client_id_and_secret_there_are_no_such_pages(database: Database) -> None:
    """One workspace by its token needs none, and gets 404."""
    async with Office(database) as office:
        assert [
            (await office.client.get(path, allow_redirects=False)).status
            for path in ("/slack/install", "/slack/oauth_redirect")
        ] == [404, 404]


def test_a_state_is_signed_for_its_browser_and_its_time() -> None:
    """It holds from its second on, and for ten minutes."""
    state = sign_state("secret", "browser", 1000)

    assert is_ours("secret", state, "browser", 1000)
    assert is_ours("secret", state, "browser", 1600)
    assert not is_ours("secret", state, "browser", 999)
    assert not is_ours("secret", state, "browser", 1601)
    assert not is_ours("other", state, "browser", 1000)
    assert not is_ours("secret", state, "", 1000)
    assert not is_ours("secret", state.replace("1000", "1001"), "browser", 1001)
    assert hashlib.sha256(state.encode()).hexdigest() not in state
