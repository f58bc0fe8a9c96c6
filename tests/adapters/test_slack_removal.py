"""Tokens at work, in a crowd and in the night; and what becomes of everything when Slack removes us."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from adapters.slack.model import SlackInstallation
from bot.delivery.model import KINDS, DeliveryState
from bot.directory.model import Conversation, Person
from tests.adapters.slack_office import CHANNEL, Office
from tests.fakes.slack_rules import TEAM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

REFRESH = {"grant_type": "refresh_token"}


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """A team that installed us, with an open incident of Sofia's."""
    async with Office(database, many=True) as opened:
        assert await opened.install(authed_user={"id": "U0SOFIA"}) == 200
        await opened.type("/zanshin", who="U0SOFIA")
        await database.write(seat)
        await opened.type("/incident open sev1 Card payments fail", who="U0SOFIA")
        await opened.settle()
        yield opened


def seat(session: Session) -> None:
    session.execute(update(Conversation).where(Conversation.address == CHANNEL).values(is_support=True))
    session.execute(update(Person).values(is_agent=True, is_supervisor=True))


def refreshes(office: Office) -> int:
    return sum(REFRESH.items() <= call.items() for call in office.slack.called("oauth.v2.access"))


async def ends(office: Office) -> Counter[str]:
    """Count cards and notices by how far they have come."""

    def look(session: Session) -> Counter[str]:
        return Counter(state for kind in KINDS for state in session.scalars(select(kind.state)))

    return await office.database.read(look)


async def installations(office: Office) -> list[str]:
    return await office.database.read(lambda session: list(session.scalars(select(SlackInstallation.team))))


# --- tokens at work -------------------------------------------------------------------------------


@pytest.mark.parametrize("late", [timedelta(hours=11), timedelta(hours=30)], ids=["early", "late"])
async def test_eight_people_at_two_processes_meet_an_expiring_token(office: Office, late: timedelta) -> None:
    """Everybody is answered, what waits is said, and Slack is asked for one token."""
    people = [f"U0P{number}" for number in range(8)]
    for person in people:
        office.slack.add_account(person, person.title())
        office.slack.rooms[CHANNEL].members.add(person)
    office.clock.move(late)
    async with Office(office.database, many=True, beside=office) as other:
        typed = [
            (office, other)[number % 2].type("/calm she keeps shouting at me", who=person)
            for number, person in enumerate(people)
        ]
        answers = await asyncio.gather(office.settle(), other.settle(), *typed)
        await office.settle()

    assert ["Keep calm" in answer["text"] for answer in answers if answer is not None] == [True] * 8
    assert refreshes(office) == 1
    assert (await ends(office)).keys() == {DeliveryState.SENT}


async def test_a_nag_in_the_night_renews_the_token(office: Office) -> None:
    """Nobody has typed anything for longer than a token lasts, and the reminder arrives all the same."""
    said = len(office.slack.messages)
    office.clock.move(timedelta(hours=30))
    await office.settle()

    assert sum(len(one.versions) + 1 for one in office.slack.messages) > said
    assert refreshes(office) == 1


async def test_whoever_waits_for_a_form_gets_it_with_the_next_token(office: Office) -> None:
    """A token that ran out earlier than Slack had said costs them nothing."""
    for token in office.slack.expires:
        office.slack.tokens[token] = "token_expired"
    await office.type("/incident open", who="U0SOFIA")

    assert office.slack.modal("U0SOFIA") is not None
    assert refreshes(office) == 1


# --- removed --------------------------------------------------------------------------------------


async def test_nothing_piles_up_where_we_were_removed(office: Office) -> None:
    """What waits ends at once; what the clock still has to say about open incidents ends too, and comes to an end."""
    office.clock.move(timedelta(minutes=20))
    while await office.program.ticker.tick():
        pass
    waiting = (await ends(office))[DeliveryState.PENDING]
    await office.send(office.happened("app_uninstalled", user=None))
    at_once = await ends(office)
    calls = len(office.slack.calls)
    for _hour in range(48):
        office.clock.move(timedelta(hours=1))
        await office.settle()
    after_two_days = await ends(office)

    assert waiting > 0
    assert at_once[DeliveryState.DEAD] == waiting
    assert at_once[DeliveryState.PENDING] == after_two_days[DeliveryState.PENDING] == 0
    assert sum(after_two_days.values()) <= sum(at_once.values()) + 6
    assert len(office.slack.calls) == calls
    assert await installations(office) == []


@pytest.mark.parametrize("writes", [True, False])
async def test_installed_again_an_incident_goes_on(office: Office, writes: bool) -> None:
    """Its card is the one of before, and the next reminder arrives, whether or not somebody writes an update."""
    [card] = [one for one in office.slack.seen_by("U0SOFIA", CHANNEL) if "Card payments fail" in one.text]
    await office.send(office.happened("app_uninstalled", user=None))
    for _hour in range(3):
        office.clock.move(timedelta(hours=1))
        await office.settle()
    await office.install(authed_user={"id": "U0SOFIA"})
    if writes:
        await office.type("/incident update Cards fail. We look. Next update in 20m", who="U0SOFIA")
    await office.settle()
    said = len(office.slack.called("chat.postMessage"))
    office.clock.move(timedelta(minutes=21 if writes else 61))
    await office.settle()

    assert card.versions or not writes
    assert len(office.slack.called("chat.postMessage")) > said


async def test_the_same_removal_told_twice_does_not_end_what_was_installed_since(office: Office) -> None:
    """Slack repeats what it thinks we missed, also after somebody has installed us again."""
    told = office.happened("app_uninstalled", user=None) | {"event_time": int(office.clock.now().timestamp())}
    await office.send(told)
    office.clock.move(timedelta(minutes=2))
    await office.install()
    await office.send(told)

    assert await installations(office) == [TEAM]


async def test_a_token_that_is_refused_ends_everything_that_waits(office: Office) -> None:
    """The first message that is refused finds out; the others need not try."""
    office.clock.move(timedelta(minutes=20))
    while await office.program.ticker.tick():
        pass
    for token in office.slack.tokens:
        office.slack.tokens[token] = "account_inactive"
    await office.program.sender.drain()

    assert (await ends(office))[DeliveryState.PENDING] == 0
    assert await installations(office) == []


async def test_with_one_token_what_waits_ends_too(database: Database) -> None:
    """A workspace by its token has no row to delete; what waits to be said there ends all the same."""
    async with Office(database) as office:
        await office.type("/zanshin", who="U0SOFIA")
        await database.write(seat)
        await office.type("/incident open sev1 Card payments fail", who="U0SOFIA")
        waiting = (await ends(office))[DeliveryState.PENDING]
        await office.send(office.happened("app_uninstalled", user=None))

        assert waiting > 0
        assert await ends(office) == {DeliveryState.DEAD: waiting}


# --- organisations --------------------------------------------------------------------------------


async def test_an_organisation_is_met_by_a_press_that_names_no_workspace(database: Database) -> None:
    """Where a whole organisation installed us, Slack may name that, and the workspace only with whoever acts."""
    async with Office(database, many=True) as office:
        await office.install(team=None, enterprise={"id": "E0ORG", "name": "Acme"}, is_enterprise_install=True)
        pressed = office.pressed("calm", {"words": "she keeps shouting at me"})
        await office.send(pressed | {"team": None, "enterprise": {"id": "E0ORG"}, "is_enterprise_install": True})

        assert sorted(await installations(office)) == ["", TEAM]


async def test_an_organisation_removes_us_whole(database: Database) -> None:
    """Told so for the organisation, no workspace of it is left."""
    async with Office(database, many=True) as office:
        await office.install(team=None, enterprise={"id": "E0ORG", "name": "Acme"}, is_enterprise_install=True)
        await office.type("/calm", enterprise_id="E0ORG")
        told = office.happened("app_uninstalled", user=None) | {"enterprise_id": "E0ORG", "team_id": "T0OTHER"}
        told["authorizations"] = [{"enterprise_id": "E0ORG", "team_id": None, "is_enterprise_install": True}]
        await office.send(told)

        assert await installations(office) == []
