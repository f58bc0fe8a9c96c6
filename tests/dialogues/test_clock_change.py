"""The nights in which clocks change: promises, breaks and shifts mean one moment, or are asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.stage import Cast, FakeStage

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


async def night(stage: FakeStage, zone: str, begins: datetime) -> Cast:
    """Let a team of this zone work through the night, with an incident open."""
    stage.clock.move_to(begins)
    cast = Cast(stage)
    await cast.sofia.types("/zanshin settings")
    await cast.sofia.fills(time_zone=zone)
    await cast.omar.types("/zanshin shift mon-sun 22-6")
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")
    return cast


@pytest.mark.parametrize(
    ("zone", "begins", "named", "by"),
    [
        (BERLIN, datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "02:30 CEST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (NEW_YORK, datetime(2026, 11, 1, 4, 30, tzinfo=UTC), "01:30 EDT", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
    ],
)
async def test_an_hour_that_comes_twice_means_the_first_and_says_so(
    stage: FakeStage, zone: str, begins: datetime, named: str, by: datetime
) -> None:
    """Customers read of which of the two it is, the owner is reminded by the first, and nights last an hour longer."""
    cast = await night(stage, zone, begins)
    omar, typed = cast.omar.in_("incidents"), named.partition(" ")[0]
    posted = await omar.tells(f"/incident update 1 Some cards fail. We look. Next update at {typed}")
    away = await cast.ben.types(f"/zanshin away until {typed}")
    team = await cast.sofia.types("/zanshin team")
    await cast.later(minutes=59)
    early = (await omar.sees())[-1]
    await cast.later(minutes=1)
    ends = begins.replace(hour=0, minute=0) + timedelta(days=by.day - begins.day, hours=5 if zone == BERLIN else 11)

    assert f"Next update by {named}." in posted.text
    assert f"Until {by:%H:%M} UTC" in away.text
    assert f"Omar: agent · available until {ends:%H:%M} UTC" in team.text
    assert f"promised news by {by:%H:%M}" not in early
    assert f"customers were promised news by {by:%H:%M} UTC" in (await omar.sees())[-1]
    assert "Ben: agent · available" in (await cast.sofia.types("/zanshin team")).text


@pytest.mark.parametrize(
    ("zone", "begins", "ends"),
    [
        (BERLIN, datetime(2027, 3, 28, 0, 10, tzinfo=UTC), "04:00"),
        (NEW_YORK, datetime(2027, 3, 14, 6, 10, tzinfo=UTC), "10:00"),
    ],
)
async def test_an_hour_that_does_not_come_is_never_promised(
    stage: FakeStage, zone: str, begins: datetime, ends: str
) -> None:
    """Whoever types it is asked again and nothing is lost; lengths are lengths, and nights are an hour shorter."""
    cast = await night(stage, zone, begins)
    omar = cast.omar.in_("incidents")
    await omar.types("/incident update 1 Some cards fail. We look. Next update at 02:30")
    asked = {one.name: one.value for one in cast.omar.form.inputs}
    away = await cast.ben.types("/zanshin away until 02:30")
    long = await cast.ana.types("/zanshin away for 3 hours")
    team = await cast.sofia.types("/zanshin team")

    assert (asked["notice"], asked["doing"]) == ("Some cards fail.", "We look.")
    assert "That night the clocks go from 02:00 straight to 03:00: this time doesn't exist." in away.text
    assert f"Until {begins + timedelta(hours=3):%H:%M} UTC" in long.text
    assert f"Omar: agent · available until {ends} UTC" in team.text
