"""What platforms say of people: their names, their zones, and that they have left, on Slack and on Teams."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.directory.model import Person
from tests.adapters.slack_stage import SlackStage
from tests.adapters.slack_stage import account as slack_account
from tests.adapters.teams_stage import TEAM, TeamsStage, channel
from tests.adapters.teams_stage import account as teams_account
from tests.fakes.slack import Fault
from tests.fakes.slack_rules import BOT
from tests.fakes.slack_rules import TEAM as TEAM_OF_SLACK
from tests.stage import Cast

BAD_ZONES = ["", "Nowhere/Land", "../etc/passwd", "a" * 50]


async def changes(slack: SlackStage, who: str, **shown: Any) -> None:
    """Have Slack tell that somebody is shown otherwise."""
    account = slack.slack.accounts[slack_account(who)]
    for name, value in shown.items():
        setattr(account, name, value)
    await slack._send(  # noqa: SLF001  what Slack sends by itself
        who,
        f"changed-{next(slack.slack.number)}",
        lambda: {
            "type": "event_callback",
            "team_id": TEAM_OF_SLACK,
            "event_id": f"Ev{next(slack.slack.number)}",
            "event": {"type": "user_change", "user": account.profile(), "cache_ts": 1, "event_ts": slack.slack.ts()},
            "authorizations": [{"team_id": TEAM_OF_SLACK, "user_id": BOT, "is_bot": True}],
        },
    )
    await slack.settle()


async def says(teams: TeamsStage, words: str, who: str = "ben", **more: Any) -> None:
    teams.bear(await teams.post(teams.activity("message", who, f"@{who}", text=words) | more))
    await teams.settle()


async def person(stage: SlackStage | TeamsStage, name: str) -> Person:
    return await stage.database.read(lambda session: session.scalars(select(Person).where(Person.name == name)).one())


# --- zones --------------------------------------------------------------------------------------


async def test_a_time_is_meant_where_slack_says_somebody_is(slack: SlackStage) -> None:
    """11:00 typed in Kolkata is 05:30 UTC, whatever the organisation has set or has not."""
    cast = Cast(slack)
    slack.slack.accounts[slack_account("omar")].tz = "Asia/Kolkata"
    slack.clock.move_to(datetime(2026, 11, 24, 4, 30, tzinfo=UTC))
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev2 Cards fail")
    await omar.types("/incident snooze 1 until 11:00 because vendor")

    assert "05:30:00 UTC" in (await omar.sees())[-1]
    hours = await omar.types("/zanshin shift mon-sun 6-22")
    assert "Times are those of Asia/Kolkata." in hours.text


@pytest.mark.parametrize("said", ["localTimezone", "clientInfo"])
async def test_a_time_is_meant_where_teams_says_somebody_is(teams: TeamsStage, said: str) -> None:
    """Both ways in which clients tell their zone count."""
    zone: dict[str, Any] = {"localTimezone": "Asia/Kolkata"}
    if said == "clientInfo":
        zone = {"entities": [{"type": "clientInfo", "timezone": "Asia/Kolkata", "locale": "en-IN"}]}
    await says(teams, "zanshin shift mon-sun 6-22", **zone)

    assert (await person(teams, "Ben")).platform_zone == "Asia/Kolkata"
    assert "Asia/Kolkata" in (await Cast(teams).ben.privately.sees())[-1]


@pytest.mark.parametrize("zone", BAD_ZONES)
async def test_a_zone_that_is_none_is_left_out(slack: SlackStage, zone: str) -> None:
    """What no clock goes by stops nobody, and changes nothing."""
    slack.slack.accounts[slack_account("omar")].tz = zone
    answer = await Cast(slack).omar.types("/zanshin away 30m")

    assert answer.text.startswith("Enjoy your break")
    assert (await person(slack, "Omar")).platform_zone == ""


async def test_a_zone_set_by_hand_stands(slack: SlackStage) -> None:
    """Whoever travels keeps the zone the team has set, until it is taken away again."""
    cast = Cast(slack)
    await cast.omar.types("/zanshin shift mon-sun 6-22")
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Omar")
    await cast.sofia.fills(time_zone="America/Lima")
    await changes(slack, "omar", tz="Asia/Tokyo")

    assert "Times are those of America/Lima." in (await cast.omar.types("/zanshin shift")).text
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Omar")
    await cast.sofia.fills(time_zone="")
    assert "Times are those of Asia/Tokyo." in (await cast.omar.types("/zanshin shift")).text


async def test_hours_of_another_zone_name_it_where_colleagues_read_them(slack: SlackStage) -> None:
    """Nine to five in Tokyo is not nine to five here."""
    cast = Cast(slack)
    slack.slack.accounts[slack_account("omar")].tz = "Asia/Tokyo"
    await cast.omar.types("/zanshin shift mon-sun 6-22")
    await cast.ana.types("/zanshin shift mon-sun 9-17")
    team = (await cast.sofia.types("/zanshin team")).text

    assert "mon-sun 06:00-22:00 (Asia/Tokyo)" in team
    assert "mon-sun 09:00-17:00 (" not in team


async def test_a_form_that_asks_for_a_time_names_the_zone_it_is_read_in(slack: SlackStage) -> None:
    """Whoever lives by another clock than the team reads which one counts."""
    cast = Cast(slack)
    slack.slack.accounts[slack_account("omar")].tz = "Asia/Kolkata"
    omar = cast.omar.in_("incidents")
    await omar.types("/incident open sev2 Cards fail")
    await omar.types("/incident snooze 1")

    assert "In Asia/Kolkata time." in str(slack.slack.modal(slack_account("omar")))
    await cast.ana.in_("incidents").types("/incident update 1")
    assert "time." not in str(slack.slack.modal(slack_account("ana")))


# --- names --------------------------------------------------------------------------------------


async def test_a_new_name_is_read_everywhere_at_once(slack: SlackStage) -> None:
    """Slack tells that somebody is called otherwise, before they do anything."""
    cast = Cast(slack)
    await cast.ben.types("/zanshin away 30m")
    await changes(slack, "ben", name="Benedikt Groß")

    team = await cast.sofia.types("/zanshin team")
    assert "Benedikt Groß: agent" in team.text
    assert (await cast.sofia.types("/zanshin shift Benedikt Groß mon-sun 6-22")).text.startswith("Working hours")


async def test_a_new_name_in_teams_comes_with_what_they_do(teams: TeamsStage) -> None:
    """Teams names whoever sends something."""
    await says(teams, "zanshin back", **{"from": {"id": teams_account("ben"), "name": "Fox-Álvarez, Ben (Acme)"}})

    assert "Fox-Álvarez, Ben (Acme): agent" in (await Cast(teams).sofia.types("/zanshin team")).text


async def test_a_handle_takes_no_name_away(slack: SlackStage) -> None:
    """While Slack says nothing of somebody, their commands carry a handle: the name we know stays."""
    cast = Cast(slack)
    await changes(slack, "ben", name="Benedikt Groß")
    slack.slack.fail("users.info", *[Fault(error="internal_error")] * 9)
    slack.clock.move(timedelta(hours=2))  # what was said before is old by now
    await cast.ben.types("/zanshin away 30m")

    assert "Benedikt Groß: agent" in (await cast.sofia.types("/zanshin team")).text


async def test_a_name_that_was_mended_stands(slack: SlackStage) -> None:
    """What a supervisor wrote in Edit is not overwritten; emptied, the platform's counts again."""
    cast = Cast(slack)
    await cast.sofia.types("/zanshin team")
    await cast.sofia.presses("Edit Ben")
    await cast.sofia.fills(name="Ben from Billing")
    await changes(slack, "ben", name="xX_ben_Xx")
    assert "Ben from Billing: agent" in (await cast.sofia.types("/zanshin team")).text
    await cast.sofia.presses("Edit Ben from Billing")
    await cast.sofia.fills(name="")
    await cast.ben.types("/zanshin back")

    assert "xX_ben_Xx: agent" in (await cast.sofia.types("/zanshin team")).text


# --- whoever has left ---------------------------------------------------------------------------


async def test_whoever_is_deactivated_in_slack_is_asked_for_nothing(slack: SlackStage) -> None:
    """Their case goes to a supervisor that minute, they are on nobody's list; when they come back, they are."""
    cast = Cast(slack)
    await cast.ana.types("/recuse CASE-42 heated: she shouts")
    await cast.ben.privately.presses("I take it")
    await changes(slack, "ben", deleted=True)

    assert "Ben" not in (await cast.omar.types("/zanshin team")).text
    assert any("CASE-42" in one for one in await cast.sofia.privately.sees())
    await changes(slack, "ben", deleted=False)
    assert "Ben: agent" in (await cast.omar.types("/zanshin team")).text


async def test_the_incident_of_whoever_is_deactivated_finds_an_owner(slack: SlackStage) -> None:
    """Supervisors hear at once that nobody owns it any more."""
    cast = Cast(slack)
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")
    await changes(slack, "omar", deleted=True)

    assert any("Cards fail" in one for one in await cast.sofia.privately.sees())


async def test_whoever_leaves_the_support_team_in_teams_is_asked_for_nothing(teams: TeamsStage) -> None:
    """Until they do something here again; leaving some other team means nothing."""
    cast = Cast(teams)

    async def leaves(team: str) -> None:
        gone = teams.activity("conversationUpdate", "sofia", "support", membersRemoved=[{"id": teams_account("ben")}])
        gone["channelData"] |= {"eventType": "teamMemberRemoved", "team": {"id": team}}
        gone["conversation"] = gone["conversation"] | {"id": channel("support")}
        teams.bear(await teams.post(gone))
        await teams.settle()

    await cast.sofia.types("/zanshin team")
    await leaves("19:another@thread.tacv2")
    assert "Ben: agent" in (await cast.omar.types("/zanshin team")).text
    await leaves(TEAM)
    assert "Ben" not in (await cast.omar.types("/zanshin team")).text
    await cast.ben.privately.types("/zanshin back")
    assert "Ben: agent" in (await cast.omar.types("/zanshin team")).text


# --- languages ----------------------------------------------------------------------------------


async def test_slack_is_asked_for_the_language_of_whoever_acts(slack: SlackStage) -> None:
    """Slack tells it when it is asked to, and tells when it changes."""
    slack.slack.accounts[slack_account("omar")].locale = "de-DE"
    cast = Cast(slack)
    await cast.omar.types("/zanshin away 30m")
    await cast.ben.types("/zanshin away 30m")

    assert ((await person(slack, "Omar")).locale, (await person(slack, "Ben")).locale) == ("de-DE", "en")
    assert "Hände weg von der Tastatur" in (await cast.omar.types("/calm restrain")).text
    await changes(slack, "omar", locale="en-GB")
    assert (await person(slack, "Omar")).locale == "en"


@pytest.mark.parametrize("said", ["locale", "clientInfo"])
async def test_teams_says_the_language_with_each_message(teams: TeamsStage, said: str) -> None:
    """Both ways in which clients tell it count, and whoever only looks reads theirs at once."""
    german: dict[str, Any] = {"locale": "de-AT"}
    if said == "clientInfo":
        german = {"entities": [{"type": "clientInfo", "locale": "de-AT"}]}
    await says(teams, "calm restrain", **german)
    assert "Hände weg von der Tastatur" in "\n".join(await Cast(teams).ben.privately.sees())

    await says(teams, "zanshin away 30m", **german)
    assert (await person(teams, "Ben")).locale == "de-AT"


@pytest.mark.parametrize("strange", ["", "../etc", "d", "x" * 500, 7, None, ["de"]])
async def test_a_language_that_is_none_is_left_out(teams: TeamsStage, strange: object) -> None:
    """Whatever a client calls its language, its message is read."""
    await says(teams, "zanshin away 30m", locale=strange)

    assert (await person(teams, "Ben")).locale == "en"
