"""Tokens of installations: renewed once, by whoever needs one first, and gone when we are removed."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import func, select, text, update

from adapters.slack.installations import save
from adapters.slack.leases import LEASE
from adapters.slack.model import SlackInstallation
from adapters.slack.rotation import Rotation
from adapters.slack.tokens import InstalledTokens
from bot.directory.model import Person, Workspace
from bot.errors import AccessRevoked, DatabaseAway, PlatformDown
from bot.store.database import lease_time
from tests.fakes.clock import START, FakeClock
from tests.fakes.slack import Fault, Slack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy.orm import Session

    from bot.store.database import Database

TEAM, ORG = "T0TEST", "E0ORG"


class House:
    """A Slack in which we are installed, and processes that need its tokens."""

    def __init__(self, database: Database, slack: Slack, base_url: str) -> None:
        self.database = database
        self.slack = slack
        self.clock = slack.clock
        self._base_url = base_url
        self.sleeping = asyncio.Event()  # somebody waits for another process
        self._processes: list[InstalledTokens] = []

    def process(self) -> InstalledTokens:
        """Begin another process: it remembers nothing."""
        rotation = Rotation(AsyncWebClient(base_url=self._base_url, retry_handlers=[]), "1.2", "secret")
        process = InstalledTokens(self.database, self.clock, rotation.renew, ticks=self._ticks, sleep=self._sleep)
        self._processes.append(process)
        return process

    async def keep(self, installation: Installation) -> None:
        """Keep an installation as coming back from Slack does."""
        await self.database.write(partial(save, installation=installation))

    async def settle(self) -> None:
        """Let every process finish what it renews."""
        for process in self._processes:
            await process.close()

    def _ticks(self) -> float:
        return self.clock.now().timestamp()

    async def _sleep(self, _seconds: float) -> None:
        self.sleeping.set()
        await asyncio.sleep(0)

    async def install(self, team: str | None = TEAM, enterprise: str | None = None, by: str = "U0ANA") -> str:
        """Install, and give the token."""
        number = next(self.slack.number)
        token, refresh = f"xoxe.xoxb-{number}", f"xoxe-{number}"
        self.slack.tokens[token] = ""
        self.slack.expires[token] = self.clock.now() + timedelta(hours=12)
        self.slack.refreshes[refresh] = token
        await self.keep(
            Installation(
                app_id="A0APP",
                team_id=team,
                team_name="Acme" if team else None,
                enterprise_id=enterprise,
                enterprise_name="Acme Org" if enterprise else None,
                is_enterprise_install=team is None,
                bot_token=token,
                bot_id="B0BOT",
                bot_user_id="U0BOT",
                bot_scopes="chat:write,commands",
                bot_refresh_token=refresh,
                bot_token_expires_at=int(self.slack.expires[token].timestamp()),
                user_id=by,
                installed_at=self.clock.now().timestamp(),
            )
        )
        return token

    async def take_turn(self) -> None:
        """Begin to renew, in a process that dies of it."""

        def job(session: Session) -> None:
            now = session.execute(select(lease_time(session, self.clock.now()))).scalar_one()
            session.execute(update(SlackInstallation).values(refreshing_until=now + LEASE))

        await self.database.write(job)

    async def outlast_a_lease(self, span: timedelta) -> None:
        """Let time pass until no lease holds: PostgreSQL has a clock of its own, which nobody can move."""
        self.clock.move(span)
        over = update(SlackInstallation).values(refreshing_until=START - LEASE)
        held = over.where(SlackInstallation.refreshing_until.is_not(None))
        await self.database.write(lambda session: session.execute(held))

    async def count(self) -> int:
        return await self.database.read(
            lambda session: session.scalar(select(func.count()).select_from(SlackInstallation)) or 0
        )


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    slack = Slack(FakeClock())
    async with slack.serving() as base_url:
        house = House(database, slack, base_url)
        yield house
        await house.settle()


async def test_a_token_that_holds_is_left_alone(house: House) -> None:
    """For most of its twelve hours nobody asks Slack for another."""
    token = await house.install()
    house.clock.move(timedelta(hours=9, minutes=59))

    assert await house.process().token_for(TEAM) == token
    assert house.slack.called("oauth.v2.access") == []


@pytest.mark.parametrize("late", [timedelta(hours=10, minutes=1), timedelta(hours=30)], ids=["early", "after a night"])
async def test_eight_who_need_it_at_once_renew_it_once(house: House, late: timedelta) -> None:
    """In one process and across several, whoever comes first renews it, and everybody speaks with a good one."""
    old = await house.install()
    house.clock.move(late)
    processes = [house.process() for _number in range(4)]
    tokens = await asyncio.gather(*(process.token_for(TEAM) for process in processes for _twice in range(2)))
    await house.settle()
    again = await house.process().token_for(TEAM)

    assert len(house.slack.called("oauth.v2.access")) == 1
    assert again != old
    assert house.slack.tokens[again] == ""
    expected = {again} if late > timedelta(hours=12) else {again, old}
    assert set(tokens) <= expected


async def test_the_renewed_one_is_renewed_in_its_turn(house: House) -> None:
    """Each refresh token is used once, and the next one kept."""
    await house.install()
    process, seen = house.process(), set()
    for _night in range(3):
        house.clock.move(timedelta(hours=11))
        seen.add(await process.token_for(TEAM))
        await house.settle()

    assert len(seen) == 3
    assert len(house.slack.called("oauth.v2.access")) == 3


async def test_who_died_while_renewing_holds_up_the_others_for_half_a_minute(house: House) -> None:
    """The turn of a process that is gone runs out."""
    await house.install()
    house.clock.move(timedelta(hours=13))
    await house.take_turn()
    waiting = asyncio.create_task(house.process().token_for(TEAM))
    await house.sleeping.wait()
    assert house.slack.called("oauth.v2.access") == []

    await house.outlast_a_lease(timedelta(seconds=31))
    assert house.slack.tokens[await waiting] == ""


async def test_while_slack_renews_nothing_the_old_one_is_used_to_its_end(house: House) -> None:
    """Somebody at the door who is told to come back later does so, and nobody notices before the end."""
    old = await house.install()
    house.clock.move(timedelta(hours=11))
    house.slack.fail("oauth.v2.access", Fault(error="internal_error"), Fault(error="ratelimited", status=429))
    assert await house.process().token_for(TEAM) == old
    await house.settle()

    await house.outlast_a_lease(timedelta(hours=2))
    with pytest.raises(PlatformDown):
        await house.process().token_for(TEAM)
    assert await house.process().token_for(TEAM) not in ("", old)


async def test_a_refresh_token_slack_no_longer_takes_ends_it(house: House) -> None:
    """Once the old one has run out we are not let in any more, until somebody installs us again."""
    await house.install()
    house.slack.refreshes.clear()
    house.clock.move(timedelta(hours=13))
    with pytest.raises(AccessRevoked):
        await house.process().token_for(TEAM)
    assert await house.count() == 0
    token = await house.install()

    assert await house.process().token_for(TEAM) == token


async def test_while_the_old_one_holds_slack_is_asked_once_in_half_a_minute(house: House) -> None:
    """What fails is not begun anew by every message, nor by every process."""
    old = await house.install()
    house.clock.move(timedelta(hours=11))
    house.slack.fail("oauth.v2.access", Fault(error="internal_error"), Fault(error="internal_error"))
    for _message in range(3):
        assert await house.process().token_for(TEAM) == old
        await house.settle()
    tried = len(house.slack.called("oauth.v2.access"))
    await house.outlast_a_lease(timedelta(seconds=31))
    await house.process().token_for(TEAM)
    await house.settle()

    assert tried == 1
    assert len(house.slack.called("oauth.v2.access")) == 2


async def test_whoever_stops_waiting_loses_no_token(house: House) -> None:
    """Slack has its answer on the way: it is taken and written down, though nobody waits for it any more."""
    await house.install()
    house.clock.move(timedelta(hours=13))
    waiting = asyncio.create_task(house.process().token_for(TEAM))
    await house.slack.heard("oauth.v2.access")
    waiting.cancel()
    await house.settle()

    assert house.slack.tokens[await house.process().token_for(TEAM)] == ""
    assert len(house.slack.called("oauth.v2.access")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(error="bad_client_secret"),
        Fault(error="ratelimited", status=429, retry_after=30),
        Fault(body='{"ok": true}'),
        Fault(body='{"ok": true, "expires_in": 43200, "refresh_token": "b"}'),
        Fault(body='{"ok": true, "access_token": "a", "refresh_token": "b", "expires_in": "soon"}'),
        Fault(body="[]"),
        Fault(status=502, body="<html>oops</html>", content_type="text/html"),
    ],
)
async def test_nothing_but_a_refusal_of_our_token_ends_it(house: House, fault: Fault) -> None:
    """A wrong secret of the operator, or an answer that says nothing, is a reason to try again."""
    await house.install()
    house.clock.move(timedelta(hours=13))
    house.slack.fail("oauth.v2.access", fault)
    with pytest.raises(PlatformDown):
        await house.process().token_for(TEAM)

    assert house.slack.tokens[await house.process().token_for(TEAM)] == ""


async def test_a_token_that_ran_out_early_is_renewed(house: House) -> None:
    """Slack knows better: whoever hears that it has expired asks for the next, also if we thought it held."""
    old = await house.install()
    process = house.process()
    assert await process.token_for(TEAM) == old
    await process.doubt(TEAM, old)
    renewed = await process.token_for(TEAM)
    await process.doubt(TEAM, old)

    assert renewed != old
    assert await process.token_for(TEAM) == renewed
    assert len(house.slack.called("oauth.v2.access")) == 1


async def test_a_renewed_token_is_not_lost_when_the_database_is_away(house: House) -> None:
    """Slack gives it once: it is used, and written down as soon as that is possible."""
    await house.install()
    house.clock.move(timedelta(hours=13))
    process, write = house.process(), house.database.write
    calls = iter([write])

    async def once(job: Callable[[Session], object]) -> object:
        for good in calls:
            return await good(job)
        raise DatabaseAway

    house.database.write = once  # type: ignore[method-assign,assignment]
    renewed = await process.token_for(TEAM)
    assert await process.token_for(TEAM) == renewed
    house.database.write = write  # type: ignore[method-assign]
    house.clock.move(timedelta(minutes=1))
    assert await process.token_for(TEAM) == renewed

    assert await house.process().token_for(TEAM) == renewed
    assert len(house.slack.called("oauth.v2.access")) == 1


async def test_a_token_without_an_end_is_never_renewed(house: House) -> None:
    """Apps without rotation keep theirs."""
    await house.keep(Installation(team_id=TEAM, bot_token="xoxb-1", bot_user_id="U0BOT", user_id="U0ANA", bot_id="B0"))
    house.clock.move(timedelta(days=365))

    assert await house.process().token_for(TEAM) == "xoxb-1"


# --- installations --------------------------------------------------------------------------------


async def test_installing_again_leaves_one_row_and_the_newer_token(house: House) -> None:
    """Old tokens are pruned, also when the workspace has moved into an organisation since."""
    await house.install()
    await house.install()
    token = await house.install(enterprise=ORG)

    assert await house.count() == 1
    assert await house.process().token_for(TEAM) == token


async def test_tokens_cannot_be_read_in_the_database(house: House) -> None:
    """What is stored is encrypted."""
    token = await house.install()
    stored = await house.database.read(
        lambda session: session.execute(text("SELECT token, refresh_token FROM slack_installations")).one()
    )

    assert token.encode() not in bytes(stored[0])
    assert b"xoxe" not in bytes(stored[0]) + bytes(stored[1])


async def test_whoever_installs_is_admin(house: House) -> None:
    """The workspace is in place, and whoever installs it again is admin too."""
    await house.install(by="U0ANA")
    await house.install(by="U0BEN")

    def look(session: Session) -> tuple[list[str], list[bool]]:
        return list(session.scalars(select(Workspace.name))), list(session.scalars(select(Person.is_admin)))

    assert await house.database.read(look) == (["Acme"], [True, True])


async def test_an_installed_organisation_serves_the_workspaces_in_it(house: House) -> None:
    """A workspace is met when somebody acts there; it speaks with the token of the organisation."""
    token = await house.install(team=None, enterprise=ORG)
    process = house.process()
    with pytest.raises(AccessRevoked):
        await process.token_for("T0ONE")
    for team in ("T0ONE", "T0TWO", "T0ONE"):
        await process.meet(team, ORG)
    await process.meet("T0STRANGE", "")
    await process.meet("T0STRANGER", "E0OTHER")

    assert await process.token_for("T0ONE") == await process.token_for("T0TWO") == token
    for team in ("T0STRANGE", "T0STRANGER"):
        with pytest.raises(AccessRevoked):
            await process.token_for(team)


async def test_an_organisation_that_removes_us_is_removed_whole(house: House) -> None:
    """Its workspaces go with it; a workspace of its own stays."""
    await house.install(team=None, enterprise=ORG)
    own = await house.install(team="T0OWN")
    process = house.process()
    await process.meet("T0ONE", ORG)
    await process.forget("T0ANY", ORG)

    assert await house.count() == 1
    with pytest.raises(AccessRevoked):
        await process.token_for("T0ONE")
    assert await process.token_for("T0OWN") == own


async def test_an_organisation_that_removes_us_takes_the_workspaces_we_met_along(house: House) -> None:
    """They have no token of their own: told of one of them, or refused in one of them, we are gone from all."""
    await house.install(team=None, enterprise=ORG)
    process = house.process()
    await process.meet("T0ONE", ORG)
    await process.meet("T0TWO", ORG)
    await process.revoked("T0TWO", await process.token_for("T0ONE"))
    revoked = await house.count()
    await house.install(team=None, enterprise=ORG)
    await process.meet("T0ONE", ORG)
    await process.forget("T0ONE", ORG)

    assert (revoked, await house.count()) == (0, 0)


async def test_an_organisation_that_installs_us_again_is_met_again(house: House) -> None:
    """Also by processes that knew it before, and heard neither of the end nor of the new beginning."""
    await house.install(team=None, enterprise=ORG)
    process, other = house.process(), house.process()
    await process.meet("T0ONE", ORG)
    await other.meet("T0ONE", ORG)
    await process.forget("T0ONE", ORG)
    token = await house.install(team=None, enterprise=ORG)
    house.clock.move(timedelta(minutes=1))
    await other.meet("T0ONE", ORG)

    assert await other.token_for("T0ONE") == token


async def test_old_news_of_a_removal_changes_nothing(house: House) -> None:
    """Slack may tell late, and a process may still try the token of before: what was installed since stays."""
    old = await house.install()
    process = house.process()
    assert await process.token_for(TEAM) == old
    told_at = house.clock.now()
    house.clock.move(timedelta(minutes=5))
    token = await house.install()
    await process.forget(TEAM, told_at=told_at)
    await process.revoked(TEAM, old)

    assert await process.token_for(TEAM) == token
