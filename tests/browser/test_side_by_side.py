"""A Slack and a Teams of others, side by side: two workspaces become one, and a case goes across."""

from __future__ import annotations

import re
from contextlib import AsyncExitStack
from functools import partial
from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from adapters.slack.serve import SlackPlatform
from adapters.slack.settings import SlackSettings
from adapters.teams.serve import TeamsPlatform
from adapters.teams.settings import TeamsSettings
from bot.compose import compose
from bot.run.serve import build_server
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.watch.clock import SystemClock
from tests.adapters import slack_stage, teams_stage
from tests.browser.agents_playground import agents_playground
from tests.browser.local_slack import local_slack
from tests.browser.slack_desk import SlackDesk
from tests.browser.teams_desk import Colleague
from tests.stage import bookcase_of

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from bot.store.database import Database

pytestmark = pytest.mark.browser


async def test_a_case_asked_for_in_slack_is_taken_in_teams(sqlite_alone: Database, browser: Browser) -> None:
    """Sofia joins them with a code; Ana steps out in Slack, Ben takes over in Teams with her note."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(local_slack("events"))
        teams = await stack.enter_async_context(agents_playground())
        named = {name.removeprefix("SLACK_").lower(): value for name, value in slack.settings.items()}
        platforms = [
            SlackPlatform(SlackSettings(**named), sqlite_alone, clock),
            TeamsPlatform(TeamsSettings(anonymous=True), sqlite_alone, clock),
        ]
        program = compose(
            database=sqlite_alone,
            clock=clock,
            bookcase=bookcase_of(SHIPPED_PLAYBOOKS),
            messengers={platform.name: platform.messenger for platform in platforms},
        )
        runner = web.AppRunner(build_server(program, platforms=platforms))
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        for port in (slack.ours, teams.ours):
            await web.TCPSite(runner, "127.0.0.1", port).start()
        for seat in (slack_stage.seat, teams_stage.seat):
            await sqlite_alone.write(partial(seat, now=clock.now()))
        desk = SlackDesk(sqlite_alone, browser, "events")
        desk.slack = slack

        sofia, there = await desk.sit_down("sofia"), Colleague(teams, "sofia", await teams.chat_with("sofia"))
        await sofia.types("/zanshin join")
        await sofia.sees("Your code is")
        found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", await sofia.messages.inner_text())
        assert found is not None
        await there.says(f"zanshin join {found[0]}")
        await there.presses("Join them", "This can't be undone.")
        await sofia.go("Sofia")
        await sofia.sees("entered your code")
        await sofia.presses("Join them")
        await there.sees("You have joined them")

        for name in ("ben", "omar"):
            person = await desk.sit_down(name)
            await person.types("/zanshin away")
            await person.sees("Enjoy your break")
        for name in ("ana", "omar"):
            colleague = Colleague(teams, name, await teams.chat_with(name))
            await colleague.says("zanshin away")
        ana, ben = await desk.sit_down("ana"), Colleague(teams, "ben", await teams.chat_with("ben"))
        await ana.types("/recuse heated: charged twice")
        await ben.presses("I take it", "Can you take over a case from Ana?")
        await ben.sees("You took over from Ana", "charged twice")
        await ana.go("Ana")
        await ana.sees("Ben takes over")
        shown, wrong = teams.judged()
        assert shown > 0
        assert wrong == []
