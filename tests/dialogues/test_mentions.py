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


NAMES = {
    "Ben\nFox": "Ben Fox",
    "\u202eBen\u200b Fox\ufeff": "Ben Fox",
    "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f": "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f",
    "\U0001f525 Ben Fox \U0001f468\u200d\U0001f692": "\U0001f525 Ben Fox \U0001f468\u200d\U0001f692",
    "Fox, Ben (Acme)": "Fox, Ben (Acme)",
    "*Ben* _Fox_ `x`": "*Ben* _Fox_ `x`",
    "<b>Ben</b> &amp; Co": "<b>Ben</b> &amp; Co",
    "{customer} {0} %s": "{customer} {0} %s",
    "B" * 80: "B" * 80,
}


@pytest.mark.parametrize(("typed", "shown"), NAMES.items())
async def test_a_name_is_shown_as_it_was_given_in_every_sentence(cast: Cast, typed: str, shown: str) -> None:
    """On one line, without what nobody sees, and never as markup of ours or of a platform."""
    sofia = cast.sofia.privately
    await sofia.types("/zanshin team")
    await sofia.presses("Edit Ben")
    team = await sofia.fills(name=typed)
    board = await sofia.types("/zanshin status")
    await cast.ana.types("/recuse @ben CASE-42 heated: charged twice")
    asked = (await cast.ana.privately.sees())[-1]
    await cast.ben.privately.presses("I take it")
    taken = (await cast.ana.privately.sees())[-1]

    for read in (team.text, board.text, asked, taken):
        assert shown in bare(read)
    assert f"Asking {shown} …" in bare(asked)
    assert f"{shown} takes over" in bare(taken)


def bare(read: str) -> str:
    """Leave out what keeps a name from turning the sentence around it."""
    return read.translate({0x2068: None, 0x2069: None})


async def test_a_name_of_nothing_is_none(cast: Cast) -> None:
    """What nobody sees leaves the name as it was."""
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Ben")
    team = await cast.sofia.fills(name="\u200b\u2060")

    assert "Ben: agent" in team.text


@pytest.mark.parametrize(
    "typed",
    ["/recuse @{} CASE-42", "/incident owner 1 @{}", "/zanshin shift @{} mon-fri 9-17", "/zanshin team add @{} agent"],
)
async def test_whoever_shares_a_name_is_told_from_the_others_first(cast: Cast, typed: str) -> None:
    """Two of one full name, however many words it has: nobody is asked, and the reason is the right one."""
    await cast.omar.in_("incidents").types("/incident open sev3 Search is slow")
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Ben")
    await cast.sofia.fills(name="Nguyen, Linh (Acme)")
    answer = await cast.sofia.types(typed.format("Nguyen, Linh (Acme)"))

    assert "There are 2 people called Nguyen, Linh (Acme)." in answer.text


async def test_the_hours_of_somebody_else_are_changed_as_it_says(cast: Cast) -> None:
    """What stands there to type names whose hours one looks at."""
    shown = await cast.sofia.types("/zanshin shift @ben mon-fri 9-17")
    await cast.sofia.types("/zanshin shift @Ben off")

    assert "/zanshin shift @Ben mon-fri 9-17" in shown.text
    assert "/zanshin shift @Ben off" in shown.text
    assert "none set" in (await cast.ben.types("/zanshin shift")).text


async def test_nobody_is_taken_for_a_name_that_is_hidden_in_another(cast: Cast) -> None:
    """A short name stands in half of all long ones, by chance."""
    answer = await cast.sofia.types("/zanshin team add Roberta Benson-Clarke agent")

    assert "I found nobody called" in answer.text
    assert "Did you mean" not in answer.text
