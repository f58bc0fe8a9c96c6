"""What Slack says about people: a Slack that is slow, fails or says odd things stands in nobody's way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from adapters.slack.inbound import Act, Via
from adapters.slack.places import in_channel, origin
from adapters.slack.profiles import FAILED, REMEMBERED, Profiles
from adapters.slack.standing import Standing
from bot.door.wanted import Typed
from tests.adapters.slack_office import CHANNEL, Office
from tests.fakes.slack import Fault

if TYPE_CHECKING:
    from bot.store.database import Database

ANA = {"id": "U0ANA", "team_id": "T0TEAM", "name": "ana", "profile": {"display_name": "Ana"}}
CALM = "/calm she keeps shouting"


class Wire:
    """A line on which Slack answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: dict[str, Any] | None = {"ok": True, "user": ANA}
        self.answers = asyncio.Event()
        self.answers.set()
        self.time = 0.0

    async def call(self, _workspace: str, _method: str, **arguments: Any) -> dict[str, Any] | None:
        self.asked.append(arguments["user"])
        await self.answers.wait()
        return self.answer


def acts(*mentioned: str) -> Act:
    where = in_channel(CHANNEL, "support", "U0ANA")
    by_ana = origin("a key", "T0TEAM", "U0ANA", where, name="as she came")
    return Act(origin=by_ana, via=Via.COMMAND, wanted=Typed(words=CALM), mentioned=mentioned)


def profiles(wire: Wire) -> Profiles:
    return Profiles(wire, now=lambda: wire.time)  # type: ignore[arg-type]  # all of a line that is used


async def test_what_slack_does_not_tell_is_not_asked_again_for_a_minute() -> None:
    """A failure is remembered: not every command of a bad minute asks again."""
    wire = Wire()
    wire.answer = None
    known = profiles(wire)
    first = (await known.about(acts())).profile
    await known.about(acts())
    wire.time += FAILED + 1
    wire.answer = {"ok": True, "user": ANA}
    later = (await known.about(acts())).profile

    assert (first.standing, first.name) == (Standing.MEMBER, "as she came")
    assert wire.asked == ["U0ANA", "U0ANA"]
    assert later.name == "Ana"


@pytest.mark.parametrize("answers", [True, False])
async def test_an_old_profile_serves_while_slack_fails_or_is_slow(answers: bool) -> None:
    """Whoever was known an hour ago is still called what they were called."""
    wire = Wire()
    known = profiles(wire)
    await known.about(acts())
    wire.time += REMEMBERED + 1
    wire.answer = None
    if not answers:
        wire.answers.clear()

    assert (await known.about(acts())).profile.name == "Ana"


async def test_nobody_waits_for_a_slack_that_hangs() -> None:
    """The answer does not wait for Slack's; what comes late is taken, and asked for once."""
    wire = Wire()
    wire.answers.clear()
    known = profiles(wire)
    soon = (await known.about(acts("U0BEN"))).profile
    await known.about(acts("U0BEN"))
    wire.answers.set()
    late = (await known.about(acts())).profile

    assert (soon.name, late.name) == ("as she came", "Ana")
    assert sorted(wire.asked) == ["U0ANA", "U0BEN"]


ODD = (
    '{"ok": true}',
    '{"ok": true, "user": null}',
    '{"ok": true, "user": "U0ANA"}',
    '{"ok": true, "user": ["U0ANA"]}',
    '{"ok": true, "user": {"id": "U0ANA", "profile": "Ana"}}',
    "[1, 2]",
    '"well"',
    "null",
    "<html>",
    "",
)


@pytest.mark.parametrize("body", ODD)
async def test_calm_is_answered_whatever_slack_says_about_people(sqlite_alone: Database, body: str) -> None:
    """An answer that is none is no bug of whoever needs a playbook."""
    async with Office(sqlite_alone) as office:
        await office.type("/zanshin", who="U0SOFIA")
        office.slack.fail("users.info", Fault(body=body))
        answer = await office.type(CALM)

    assert "What is happening" not in answer["text"]
    assert "Something went wrong" not in answer["text"]


async def test_a_group_in_words_for_calm_is_nobody_slack_is_asked_about(sqlite_alone: Database) -> None:
    """Who is in a group matters only where the team is to follow it."""
    async with Office(sqlite_alone) as office:
        await office.type("/zanshin", who="U0SOFIA")
        await office.type("/calm <!subteam^S0SUPPORT|@support> says she keeps shouting")

        assert not office.slack.called("usergroups.users.list")
