"""The team in Slack: people Slack has named, user groups, presence and do-not-disturb, shortcuts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select, update

from adapters.slack.hints import Hints, disturbed_not_before, is_away
from adapters.slack.line import Line
from adapters.slack.tokens import OneToken
from bot.directory.model import Conversation, Person
from bot.door.presence import Presence
from tests.adapters.slack_office import CHANNEL, Office
from tests.fakes.slack import TOKEN, Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SUPPORT = "<!subteam^S0SUPPORT|@support>"


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    async with Office(database, admins=("U0SOFIA",)) as opened:
        await opened.type("/zanshin", who="U0SOFIA")
        await opened.database.write(lambda session: session.execute(update(Conversation).values(is_support=True)))
        yield opened


async def team(office: Office) -> dict[str, str]:
    """Read the team: name and role."""

    def look(session: Session) -> dict[str, str]:
        return {
            person.name: "admin" if person.is_admin else "agent" if person.is_agent else "-"
            for person in session.scalars(select(Person).order_by(Person.id))
        }

    return await office.database.read(look)


async def change(office: Office, account: str, **values: Any) -> None:
    await office.database.write(
        lambda session: session.execute(update(Person).where(Person.name == account).values(**values))
    )


async def test_an_admin_by_setting_is_one_from_the_first_word_on(office: Office) -> None:
    """They are shown what is missing, once; nobody else becomes admin."""
    await office.type("/zanshin", who="U0ANA")
    await office.program.sender.drain()
    asked = [post for post in office.slack.messages if "Let us set me up" in str(post)]

    assert await team(office) == {"Sofia": "admin", "Ana": "agent"}
    assert len(asked) == 1


# --- people Slack has named -----------------------------------------------------------------------


async def test_somebody_who_never_typed_anything_is_put_on_the_team(office: Office) -> None:
    """Slack names them, and tells what they are called."""
    answer = await office.type("/zanshin team add <@U0BEN|benny> supervisor", who="U0SOFIA")

    assert "I don't know" not in answer["text"]
    assert (await team(office))["Ben"] == "-"
    assert await office.database.read(
        lambda session: session.scalar(select(Person.is_supervisor).where(Person.name == "Ben"))
    )


@pytest.mark.parametrize(
    "who", [{"is_bot": True}, {"deleted": True}, {"is_ultra_restricted": True}, {"is_stranger": True}]
)
async def test_those_who_cannot_be_on_a_team_are_not(office: Office, who: dict[str, bool]) -> None:
    """Bots, people who left, guests of one channel and strangers cannot be reached where offers go."""
    office.slack.add_account("U0ODD", "Odd", **who)
    answer = await office.type("/zanshin team add <@U0ODD|odd>", who="U0SOFIA")

    assert "I don't know this person yet." in answer["text"]
    assert "Odd" not in await team(office)


# --- user groups ----------------------------------------------------------------------------------


async def test_a_user_group_feeds_the_team(office: Office) -> None:
    """Whoever is in it becomes an agent; whoever leaves it is none any more; roles given by hand stay."""
    office.slack.groups["S0SUPPORT"] = ("support", ["U0ANA", "U0BEN", "U0SOFIA"])
    first = await office.type(f"/zanshin team sync {SUPPORT}", who="U0SOFIA")
    synced = await team(office)
    await office.type("/zanshin team add <@U0OMAR|omar> agent", who="U0SOFIA")
    office.slack.groups["S0SUPPORT"] = ("support", ["U0ANA"])
    second = await office.type(f"/zanshin team sync {SUPPORT}", who="U0SOFIA")

    assert synced == {"Sofia": "admin", "Ana": "agent", "Ben": "agent"}
    assert "Now agents: Ana and Ben" in first["text"]
    assert "On the team already: Sofia" in first["text"]
    assert await team(office) == {"Sofia": "admin", "Ana": "agent", "Ben": "-", "Omar": "agent"}
    assert "No longer agents, for they have left the group: Ben" in second["text"]


async def test_a_group_is_read_in_german_too(office: Office) -> None:
    """Who is in it is asked of Slack, whichever word they are asked for with."""
    office.slack.groups["S0SUPPORT"] = ("support", ["U0ANA"])
    await office.type(f"/zanshin team abgleichen {SUPPORT}", who="U0SOFIA")

    assert (await team(office))["Ana"] == "agent"


async def test_who_was_taken_off_the_team_is_left_out(office: Office) -> None:
    """A group does not undo what somebody decided."""
    office.slack.groups["S0SUPPORT"] = ("support", ["U0ANA"])
    await office.type(f"/zanshin team sync {SUPPORT}", who="U0SOFIA")
    await office.type("/zanshin team remove <@U0ANA|ana>", who="U0SOFIA")
    answer = await office.type(f"/zanshin team sync {SUPPORT}", who="U0SOFIA")

    assert "Left out, because somebody took them off the team: Ana." in answer["text"]
    assert (await team(office))["Ana"] == "-"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/zanshin team sync", "I need a group."),
        ("/zanshin team sync @support", "I found no group called"),
        ("/zanshin team sync <!subteam^S0OTHER|@other>", "I can't see who is in @other."),
    ],
)
async def test_a_group_that_cannot_be_read_changes_nothing(office: Office, typed: str, said: str) -> None:
    """Words that are no group, and a group Slack does not show, are said."""
    assert said in (await office.type(typed, who="U0SOFIA"))["text"]
    assert await team(office) == {"Sofia": "admin"}


# --- presence and do-not-disturb ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "until"),
    [
        (None, None),
        ({"dnd_enabled": False, "next_dnd_start_ts": 0, "next_dnd_end_ts": 2**40}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": "x"}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": -60, "next_dnd_end_ts": 120}, timedelta(seconds=120)),
        ({"dnd_enabled": True, "next_dnd_start_ts": -60, "next_dnd_end_ts": 36_000}, timedelta(minutes=5)),
        ({"dnd_enabled": True, "next_dnd_start_ts": 60, "next_dnd_end_ts": 120}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": -60, "next_dnd_end_ts": 0}, None),
    ],
)
def test_do_not_disturb_means_something_only_while_it_lasts(
    window: dict[str, Any] | None, until: timedelta | None
) -> None:
    """Slack tells the next window, and 1 when there is none."""
    at = int(NOW.timestamp())
    moved = {
        name: value + at if name.endswith("_ts") and isinstance(value, int) and abs(value) != 1 else value
        for name, value in (window or {}).items()
    }

    assert disturbed_not_before(moved or None, NOW) == (NOW + until if until is not None else None)


def test_presence_is_away_only_when_slack_says_so() -> None:
    """No answer says nothing."""
    assert [is_away(None), is_away({}), is_away({"presence": "active"}), is_away({"presence": "away"})] == [
        False,
        False,
        False,
        True,
    ]


async def look(office: Office) -> None:
    async with ClientSession() as session:
        client = AsyncWebClient(base_url=office.slack.base_url, session=session, retry_handlers=[])
        line = Line(client, session, OneToken(TOKEN, office.database, office.clock))
        await Presence("slack", Hints(line), office.database, office.clock).look()


async def test_who_seems_not_to_be_there_is_asked_last_and_still_asked(office: Office) -> None:
    """Presence lowers the rank; when nobody else is left, they are asked all the same."""
    for name in ("ANA", "BEN", "OMAR"):
        await office.type("/calm", who=f"U0{name}")
        await office.type("/zanshin back", who=f"U0{name}")
    office.slack.accounts["U0BEN"].presence = "away"
    await look(office)
    await office.type("/recuse CASE-1 heated: she shouts", who="U0ANA")
    await office.settle()
    first = [name for name in ("BEN", "OMAR", "SOFIA") if office.reads(f"U0{name}", "@")]
    office.clock.move(timedelta(minutes=5))
    await office.settle()

    assert "BEN" not in first
    assert any("case from Ana" in text for text in office.reads("U0BEN", "@"))


async def test_hints_are_asked_for_once_a_minute_where_somebody_is_at_work(office: Office) -> None:
    """A quiet workspace costs nothing, a busy one one question each a minute."""
    await office.type("/calm", who="U0ANA")
    await office.type("/zanshin back", who="U0ANA")
    await look(office)
    await look(office)
    once = len(office.slack.called("users.getPresence"))
    office.clock.move(timedelta(seconds=61))
    await look(office)
    twice = len(office.slack.called("users.getPresence"))
    office.clock.move(timedelta(hours=2))
    await look(office)

    assert (once, twice) == (1, 2)
    assert len(office.slack.called("users.getPresence")) == 2


async def test_slack_not_answering_about_presence_means_nothing(office: Office) -> None:
    """A missing hint is no reason not to ask somebody."""
    await office.type("/calm", who="U0ANA")
    await office.type("/zanshin back", who="U0ANA")
    office.slack.accounts["U0ANA"].presence = "away"
    office.slack.fail("users.getPresence", Fault(error="missing_scope"))
    office.slack.fail("dnd.teamInfo", Fault(status=500, body="oops"))
    await look(office)

    assert await office.database.read(
        lambda session: list(session.scalars(select(Person.quiet_until).where(Person.name == "Ana")))
    ) == [None]


# --- shortcuts ------------------------------------------------------------------------------------


async def choose(office: Office, name: str, text: str | None = None) -> dict[str, Any]:
    if text is None:
        return await office.send(office.interaction("shortcut", callback_id=name))
    return await office.send(
        office.interaction(
            "message_action",
            callback_id=name,
            channel={"id": CHANNEL, "name": "support"},
            message={"type": "message", "user": "U0BEN", "text": text, "ts": "17.2"},
            response_url=office.slack.response_url(CHANNEL, "U0ANA"),
        )
    )


async def test_a_message_fills_the_form(office: Office) -> None:
    """What the customer wrote stands in the form, which opens at once."""
    await office.type("/calm", who="U0ANA")
    await choose(office, "open-incident", "Cards are declined &amp; she shouts")
    shown = office.slack.modal("U0ANA")

    assert shown is not None
    assert "Open an incident" in shown.view["title"]["text"]
    assert "Cards are declined & she shouts" in str(shown.view)


async def test_a_message_becomes_the_note_for_a_colleague(office: Office) -> None:
    """The search begins at once, and whoever takes the case reads what was written."""
    for name in ("ANA", "BEN"):
        await office.type("/zanshin back", who=f"U0{name}")
    await choose(office, "recuse-me", "She shouts: charged twice")
    await office.settle()
    await office.send(office.pressed("accept-handoff", {"handoff": "1"}, who="U0BEN"))
    await office.settle()

    assert any("Look into our direct chat" in text for text in office.reads("U0ANA"))
    assert any("She shouts: charged twice" in text for text in office.reads("U0BEN", "@"))


async def test_a_message_finds_its_playbook(office: Office) -> None:
    """Whoever chose it reads it, and nobody else."""
    await choose(office, "find-playbook", "she keeps shouting at me")

    assert any("Keep calm" in text for text in office.reads("U0ANA"))
    assert not any("Keep calm" in text for text in office.reads("U0BEN"))


async def test_a_message_becomes_the_draft_of_an_update(office: Office) -> None:
    """Its words stand in the form of the update."""
    await office.type("/incident open sev2 Card payments fail", who="U0ANA")
    await choose(office, "draft-update", "Some cards are declined.")
    shown = office.slack.modal("U0ANA")

    assert shown is not None
    assert "Some cards are declined." in str(shown.view)


@pytest.mark.parametrize(("name", "said"), [("recuse-now", "I'm finding"), ("calm-now", "What is happening?")])
async def test_shortcuts_from_anywhere_are_answered_in_the_direct_chat(office: Office, name: str, said: str) -> None:
    """There is no channel to answer in."""
    await office.type("/zanshin back", who="U0ANA")
    await choose(office, name)
    await office.settle()

    assert any(said in text for text in office.reads("U0ANA", "@"))


@pytest.mark.parametrize(("name", "title"), [("incident-now", "Open an incident"), ("update-now", "Update #1")])
async def test_shortcuts_from_anywhere_open_forms(office: Office, name: str, title: str) -> None:
    """Without a message there is nothing in them yet."""
    await office.type("/incident open sev2 Card payments fail", who="U0ANA")
    await choose(office, name)
    shown = office.slack.modal("U0ANA")

    assert shown is not None
    assert shown.view["title"]["text"] == title
