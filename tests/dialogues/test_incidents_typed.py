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


# --- which one is meant --------------------------------------------------------------------------


async def test_the_number_of_a_live_incident_comes_first(cast: Cast) -> None:
    """The documented way is one step, though another incident is open in the same channel."""
    omar = await opened(cast.omar, "sev2 Cards fail", "sev2 Search is slow")
    posted = await omar.types("/incident update 2 Some searches fail. We add machines. Next update in 20m")
    noted = await omar.types("/incident note 1 vendor called")

    assert posted.text.startswith("#2 Search is slow\nReady to copy:")
    assert "\nSome searches fail. We add machines." in posted.text
    assert noted.text.startswith("#1 Cards fail\nNoted")


async def test_a_number_that_may_be_text_is_asked(cast: Cast) -> None:
    """What customers would read in the wrong place is never sent; one press tells where it belongs."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    asked = await ben.types("/incident update 1 card in ten is declined. We look. in 20m")
    before = await card(cast), await card(cast, 2)
    posted = await ben.presses("1 is text, for #2", asked)

    assert asked.text.startswith("Is 1 the number of an incident?")
    assert labels(asked) == ["For #1 Cards fail", "1 is text, for #2"]
    assert "Told to customers" not in "".join(before)
    assert posted.text.startswith("#2 Search is slow")
    assert "1 card in ten is declined. We look." in posted.text


async def test_the_other_press_takes_the_number_off(cast: Cast) -> None:
    """The words without it go to the incident of that number."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    asked = await ben.types("/incident update 1 Some cards fail. We look. in 20m")
    posted = await ben.presses("For #1 Cards fail", asked)

    assert posted.text.startswith("#1 Cards fail\nReady to copy:")
    assert "\nSome cards fail. We look." in posted.text


async def test_a_number_of_no_incident_is_text_only_when_that_is_said(cast: Cast) -> None:
    """A slip in a number sends nothing to the customers of another incident."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    asked = await omar.types("/incident update 3 cards are declined. We look. in 20m")
    before = await card(cast)
    posted = await omar.presses("3 is text, for #1", asked)

    assert asked.text.startswith("There is no incident #3.")
    assert "Told to customers" not in before
    assert "3 cards are declined. We look." in posted.text


async def test_a_number_is_no_text_with_its_sign(cast: Cast) -> None:
    """Whoever writes #1 means the incident."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    posted = await ben.types("/incident update #1: some cards fail. We look. in 20m")
    unknown = await ben.types("/incident update #3 cards are declined. We look. in 20m")

    assert "some cards fail. We look." in posted.text
    assert posted.text.startswith("#1 Cards fail")
    assert unknown.text.startswith("There is no incident #3.")
    assert unknown.buttons == ()


async def test_a_note_that_begins_with_a_number_is_kept_whole(cast: Cast) -> None:
    """Where no incident has that number, it belongs to the note."""
    omar = await opened(cast.omar, "sev2 Cards fail")
    await omar.types("/incident note 3 customers called")

    assert "noted: “3 customers called”" in (await omar.types("/incident history 1")).text


async def test_the_wrong_incident_is_not_resolved(cast: Cast) -> None:
    """Last words that begin with a number end what they are meant for, once that is said."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = await opened(cast.ben, "sev2 Search is slow")
    asked = await ben.types("/incident resolve 1 index was broken, and is whole again.")
    open_still = await card(cast, 2)
    await ben.presses("1 is text, for #2", asked)

    assert "Open since" in open_still
    assert "Open since" in await card(cast)
    assert "Resolved:" in await card(cast, 2)


@pytest.mark.parametrize("who", ["me", "myself", "@me", "@you", "1 @you", "#1 me"])
async def test_people_name_themselves_as_they_speak(cast: Cast, who: str) -> None:
    """Nobody has to know how the platform calls them."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = cast.ben.in_("incidents")
    answer = await ben.types(f"/incident owner {who}")

    assert "Ben owns it." in answer.text
    assert "Owner: Ben" in await card(cast)


async def test_whoever_may_not_end_it_can_own_it(cast: Cast) -> None:
    """The refusal has the button that leads on."""
    await opened(cast.omar, "sev2 Cards fail")
    ben = cast.ben.in_("incidents")
    refused = await ben.types("/incident severity 1 sev1")
    await ben.presses("I own it", refused)

    assert "Omar owns #1." in refused.text
    assert "Owner: Ben" in await card(cast)
