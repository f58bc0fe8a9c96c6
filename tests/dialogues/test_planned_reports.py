"""A report comes by itself, where and as often as a supervisor has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import ConversationGone
from tests.stage import Cast

if TYPE_CHECKING:
    from tests.stage import FakeStage


async def test_a_report_comes_every_week_until_it_is_stopped(cast: Cast) -> None:
    """Planned by a supervisor, it comes on Monday with its sentences and its picture, and then no more."""
    planned = await cast.sofia.types("/zanshin report every week in #support")
    assert "Every Monday at 08:00 (" in planned.text
    assert "comes to #support." in planned.text

    await cast.later(days=8)
    posts = [post for post in await cast.ana.sees() if "On Monday" in post or "Nothing was recorded" in post]
    assert len(posts) == 1
    await cast.later(hours=5)
    assert [post for post in await cast.ana.sees() if "On Monday" in post or "Nothing was recorded" in post] == posts

    listed = await cast.sofia.types("/zanshin report every")
    stopped = await cast.sofia.presses("Stop this one", listed)
    assert "This report comes no more by itself." in stopped.text
    assert "No report comes by itself yet." in (await cast.sofia.types("/zanshin report every")).text


async def test_leaders_get_five_lines_on_monday(cast: Cast) -> None:
    """Asked for where it is to come, and twice it is still one."""
    for _time in range(2):
        await cast.sofia.types("/zanshin report every monday")
    listed = await cast.sofia.types("/zanshin report every")
    assert listed.text.count("five lines about the week before") == 1

    await cast.later(days=8)
    digests = [post for post in await cast.ana.sees() if "Nothing was recorded" in post]
    assert len(digests) == 1


async def test_a_report_whose_channel_is_gone_is_told_to_whoever_leads(stage: FakeStage) -> None:
    """Every time it should have come, with the way to read it and to stop it."""
    cast = Cast(stage)
    await cast.sofia.types("/zanshin report every week in #support")
    stage.messenger.fail_in("support", *[ConversationGone()] * 20)
    await cast.later(days=8)
    await cast.later(seconds=5)
    told = [post for post in await cast.sofia.privately.sees() if "A report reached nobody" in post]
    stopped = await cast.sofia.privately.presses("Stop this one")

    assert len(told) == 1
    assert "I couldn't post in #support" in told[0]
    assert "This report comes no more by itself." in stopped.text


@pytest.mark.parametrize(
    ("who", "typed", "said"),
    [
        ("sofia", "every fortnight", "I can't read how often that is."),
        ("sofia", "every week in #nowhere", "I don't know this channel yet."),
        ("ana", "every week", "supervisor"),
    ],
)
async def test_what_cannot_be_planned_is_said(cast: Cast, who: str, typed: str, said: str) -> None:
    """Another rhythm, a channel nobody was in, somebody who may not: a sentence each."""
    told = await cast.voice(who).types(f"/zanshin report {typed}")

    assert said in told.text


async def test_in_a_direct_chat_a_channel_is_named(cast: Cast) -> None:
    """There nobody else would read it."""
    told = await cast.sofia.privately.types("/zanshin report every week")

    assert "I need to know in which channel." in told.text


async def test_the_five_lines_tell_five_facts(cast: Cast) -> None:
    """What the first three sentences tell is not told again below."""
    await cast.sofia.types("/zanshin report every monday")
    for who in (cast.ana, cast.ben, cast.sofia):
        await who.types("/calm restrain")
    await cast.ana.types("/recuse CASE-42 heated: charged twice")
    await cast.ben.privately.presses("I take it")
    await cast.later(days=6)
    [digest] = [post for post in await cast.ana.sees() if "On Monday" in post]

    assert digest.count("met most") == 1
    assert digest.count("1 handoff") == 1
