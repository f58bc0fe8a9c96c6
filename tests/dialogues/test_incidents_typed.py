"""What people type about incidents: whatever is clear is done, and whatever is not is asked with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Cast, Seen, Voice


async def opened(voice: Voice, *titles: str) -> Voice:
    """Open incidents in their channel, a while apart."""
    there = voice.in_("incidents")
    for title in titles:
        await there.types(f"/incident open {title}")
    return there


def filled(voice: Voice) -> dict[str, str]:
    """Read what stands in the open form already."""
    assert voice.form is not None
    return {question.name: question.value for question in voice.form.inputs}


def intro(voice: Voice) -> str:
    """Read what the open form says above its questions."""
    assert voice.form is not None
    return "".join(str(span) for span in voice.form.intro)


def labels(seen: Seen) -> list[str]:
    """Name the buttons of an answer."""
    return [button.label for button in seen.buttons]


async def card(cast: Cast, number: int = 1) -> str:
    """Read the living card of an incident."""
    posts = await cast.ben.in_("incidents").sees()
    return next(post for post in posts if post.startswith(f"#{number} ") and "Severity:" in post)


# --- how bad it is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "severity"),
    [
        ("sev1 Cards fail", "sev1"),
        ("sev 1 Cards fail", "sev1"),
        ("SEV-1: Cards fail", "sev1"),
        ("severity 2 Cards fail", "sev2"),
        ("P4 Cards fail", "sev4"),
        ("[sev2] Cards fail", "sev2"),
        ("sev2 P2 Cards fail", "sev2"),
        ("Cards fail (sev1)", "sev1"),
        ("Cards fail", "sev3"),
    ],
)
async def test_a_severity_is_read_however_it_is_written(cast: Cast, typed: str, severity: str) -> None:
    """It counts, and does not stay in the title."""
    answer = await cast.omar.in_("incidents").types(f"/incident open {typed}")

    assert answer.text.startswith("#1 Cards fail\n")
    assert f"Severity: {severity}" in await card(cast)


@pytest.mark.parametrize(
    ("typed", "title", "offered"),
    [
        ("sev1 sev2 Cards fail", "Cards fail", ["sev1", "sev2"]),
        ("P0 Cards fail", "Cards fail", ["sev1", "sev2", "sev3", "sev4"]),
        ("critical: Cards fail", "Cards fail", ["sev1", "sev2", "sev3", "sev4"]),
        ("sev9 Cards fail", "Cards fail", ["sev1", "sev2", "sev3", "sev4"]),
    ],
)
async def test_a_severity_that_is_not_clear_is_asked(cast: Cast, typed: str, title: str, offered: list[str]) -> None:
    """One press opens the incident with the title that was typed."""
    omar = cast.omar.in_("incidents")
    asked = await omar.types(f"/incident open {typed}")
    await omar.presses("sev2", asked)

    assert asked.text.startswith("I need a severity from 1 to 4.")
    assert labels(asked) == offered
    assert (await card(cast)).startswith(f"#1 {title}\nSeverity: sev2")


@pytest.mark.parametrize("typed", ["open sev1", "plan sev1", "plan P1", "open severity 1"])
async def test_a_severity_is_kept_by_the_form(cast: Cast, typed: str) -> None:
    """Whoever typed it does not choose it again."""
    await cast.omar.types(f"/incident {typed}")

    assert filled(cast.omar)["severity"] == "1"


async def test_a_change_of_severity_that_is_not_clear_is_one_press(cast: Cast) -> None:
    """The buttons carry the number of the incident."""
    omar = await opened(cast.omar, "sev3 Cards fail")
    asked = await omar.types("/incident severity 1 P0")
    await omar.presses("sev1", asked)

    assert "Severity: sev1" in await card(cast)
