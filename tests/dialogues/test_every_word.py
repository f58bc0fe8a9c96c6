"""Words that no other dialogue types: each is answered, on every platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Cast


async def test_our_name_alone_shows_what_we_can_do(cast: Cast) -> None:
    """And so does the help of incidents."""
    everything = await cast.ana.types("/zanshin")
    incidents = await cast.ana.types("/incident help")

    assert "What I can do for you" in everything.text
    assert "/incident open" in incidents.text


async def test_an_incident_is_shown_and_its_reminders_go_on(cast: Cast) -> None:
    """By its number, and with a word."""
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev3 Search is slow")
    await omar.types("/incident snooze 1 30m because the fix is rolling out")
    shown = await omar.types("/incident show 1")
    resumed = await omar.types("/incident resume 1")

    assert "Search is slow" in shown.text
    assert "Search is slow" in resumed.text


async def test_a_case_is_handed_on_with_a_word(cast: Cast) -> None:
    """Whoever took it types it, and the search goes on."""
    await cast.ana.types("/recuse @ben")
    await cast.ben.privately.presses("I take it")
    await cast.ben.types("/recuse back")
    await cast.later(seconds=1)

    assert any("Can you take over" in text for text in await cast.omar.privately.sees())


async def test_one_person_on_two_platforms_needs_a_code(cast: Cast) -> None:
    """Agents get one for themselves, admins one for the workspace too."""
    link = await cast.ana.types("/zanshin link")
    join = await cast.sofia.types("/zanshin join")

    assert "Your code is" in link.text
    assert "/zanshin join" in join.text
