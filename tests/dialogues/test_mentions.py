"""People with names of several words, mentioned in every command that takes somebody, on every platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.colleagues import COLLEAGUES

if TYPE_CHECKING:
    from tests.stage import Cast

EVERYBODY = list(COLLEAGUES.items())


@pytest.mark.parametrize(("account", "name"), EVERYBODY)
async def test_whoever_is_mentioned_joins_the_team_and_leaves_it(cast: Cast, account: str, name: str) -> None:
    """Added, made more, given hours, and removed: each time the one that was named."""
    added = await cast.sofia.types(f"/zanshin team add @{account}")
    more = await cast.sofia.types(f"/zanshin team add @{account} as supervisor")
    hours = await cast.sofia.types(f"/zanshin shift @{account} mon-fri 9-17")
    shown = await cast.sofia.types(f"/zanshin shift @{account}")
    removed = await cast.sofia.types(f"/zanshin team remove @{account}")

    for answer in (added, more, hours, shown, removed):
        assert answer is not None
        assert name in answer.text
        assert "I found nobody" not in answer.text


@pytest.mark.parametrize(("account", "name"), EVERYBODY)
async def test_whoever_is_mentioned_is_asked(cast: Cast, account: str, name: str) -> None:
    """To take a case over, and to own an incident."""
    await cast.sofia.types(f"/zanshin team add @{account}")
    await cast.ana.types(f"/recuse @{account} CASE-42 heated: charged twice")
    asked = "\n".join(await cast.ana.sees() + await cast.ana.privately.sees())
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev3 Search is slow")
    owner = await omar.types(f"/incident owner 1 @{account}")

    assert f"Asking {name}" in asked
    assert owner is not None
    assert name in owner.text


@pytest.mark.parametrize("typed", ["mary jane o\u2019neil", "@Mary"])
async def test_names_are_read_however_they_are_typed(cast: Cast, typed: str) -> None:
    """Capitals, accents and apostrophes of any kind make no difference."""
    answer = await cast.sofia.types(f"/zanshin team add {typed} agent")

    assert answer is not None
    assert "Mary Jane O'Neil" in answer.text
    assert "I found nobody" not in answer.text


async def test_names_need_no_mark_where_only_somebody_can_follow(cast: Cast) -> None:
    """Behind "shift" and "for" a known name is somebody, and other words are what they were."""
    await cast.sofia.types("/zanshin team add @zoe")
    hours = await cast.sofia.types("/zanshin shift Zoe Alvarez mon-fri 9-17")
    taken = await cast.sofia.types("/recuse for Zoë Álvarez CASE-7 heated: loud")

    assert hours is not None
    assert "Zoë Álvarez" in hours.text
    assert taken is not None
    assert "Zoë Álvarez" in taken.text


async def test_customers_read_names_and_nothing_else(cast: Cast) -> None:
    """In an update somebody is a name, without a mark and without an account."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev3 Checkout is slow")
    await omar.tells("/incident update 1 Checkout is slow. @mary is on it. Next update in 45m")
    seen = "\n".join(await omar.sees() + await omar.privately.sees())

    assert "Mary Jane O'Neil is on it." in seen
    assert "<@" not in seen


async def test_everybody_is_nobody(cast: Cast) -> None:
    """A channel and everybody in it are said to be no person."""
    here = await cast.sofia.types("/zanshin team add @everyone agent")
    channel = await cast.sofia.types("/zanshin team add #random agent")

    assert here is not None
    assert "That's everybody." in here.text
    assert channel is not None
    assert "#random is a channel." in channel.text
