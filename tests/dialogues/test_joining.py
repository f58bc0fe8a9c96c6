"""Slack and Teams become one organisation, people become one person, and cases go across."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from bot.directory.model import Conversation, Identity, Organisation, Person
from bot.incidents.decisions.cadence import CADENCES
from bot.incidents.model import IncidentSettings
from bot.people.joining.merging import about_people, owned
from tests.adapters.both_stages import Both
from tests.adapters.teams_stage import account

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database
    from tests.stage import Seen, Voice


@pytest.fixture
async def both(database: Database) -> AsyncIterator[Both]:
    """The sample people in Slack, and the same people in Teams, who know nothing of each other."""
    async with Both(database) as both:
        yield both


def code_in(post: Seen | None) -> str:
    assert post is not None
    found = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", post.text)
    assert found is not None, post.text
    return found[0]


async def join(both: Both) -> None:
    """Sofia makes a code in Slack, enters it in Teams, and confirms on both."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    code = code_in(await there.types("/zanshin join"))
    await here.types(f"/zanshin join {code.lower()}")
    await here.presses("Join them")
    await both.later(timedelta(seconds=1))
    await there.privately.presses("Join them")
    await both.later(timedelta(seconds=1))


async def link(both: Both, name: str) -> None:
    there, here = both.in_slack(name), both.in_teams(name)
    code = code_in(await there.types("/zanshin link"))
    await here.types(f"/zanshin link {code}")
    await here.presses("That's me")
    await both.later(timedelta(seconds=1))
    await there.privately.presses("That's me")
    await both.later(timedelta(seconds=1))


async def count(both: Both, what: Any) -> int:
    return await both.database.read(lambda session: session.scalars(select(func.count()).select_from(what)).one())


async def test_two_workspaces_become_one_organisation(both: Both) -> None:
    """Both sides read what happens before they confirm; then there is one team, with a support channel on each."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    made = await there.types("/zanshin join")
    asked = await here.types(f"/zanshin join {code_in(made)}")
    waits = await here.presses("Join them")
    await both.later(timedelta(seconds=1))
    before = await count(both, Organisation)
    [confirm] = [text for text in await there.privately.sees() if "entered your code" in text]
    done = await there.privately.presses("Join them")
    await both.later(timedelta(seconds=1))

    assert "It works once." in made.text
    assert "4 people" in asked.text
    assert "This can't be undone." in asked.text
    assert "I asked Sofia to confirm it on their side." in waits.text
    assert before == 2
    assert "Sofia entered your code." in confirm
    assert "has joined you" in done.text
    assert "You have joined them" in (await here.privately.sees())[-1]
    assert await count(both, Organisation) == 1
    supported = select(Conversation).where(Conversation.is_support).subquery()
    assert await count(both, supported) == 2


async def test_nothing_is_left_behind(both: Both) -> None:
    """Every table that belongs to an organisation, and every column that names a person, was looked at."""
    await both.in_teams("omar").types("/incident open sev3 Search is slow")
    await both.in_teams("omar").tells("/incident resolve 1 All is well again.")
    await both.in_teams("ana").types("/calm restrain")
    await both.in_slack("omar").types("/incident open sev3 Cards fail")
    await join(both)
    await link(both, "ana")

    def strays(session: Session) -> list[str]:
        [organisation] = session.scalars(select(Organisation.id))
        people = set(session.scalars(select(Person.id)))
        rows = [
            (table.name, one)
            for table, column in owned()
            for one in session.scalars(select(column).where(column != organisation))
        ]
        rows += [
            (table.name, one)
            for table, column in about_people()
            for one in session.scalars(select(column).where(column.is_not(None)))
            if one not in people
        ]
        return [name for name, _one in rows]

    assert await both.database.read(strays) == []
    assert {table.name for table, _column in owned()} >= {"people", "incidents", "handoffs", "cards", "codes"}
    listed = await both.in_slack("omar").types("/incident list resolved")
    assert "#2 Search is slow" in listed.text


async def test_a_case_goes_from_slack_to_teams_and_back(both: Both) -> None:
    """Asked in Slack, taken in Teams with its note; the next one is asked in Teams and taken in Slack."""
    await join(both)
    for name in ("ana", "ben", "omar", "sofia"):
        await link(both, name)
    ana, ben = both.in_slack("ana"), both.in_teams("ben")
    await acts_in(both, ben)
    await ana.types("/recuse @ben heated: charged twice")
    await both.later(timedelta(seconds=1))
    await ben.privately.presses("I take it")
    await both.later(timedelta(seconds=1))

    assert any("charged twice" in text for text in await ben.privately.sees())
    assert any("Ben takes over" in text for text in await ana.privately.sees())

    await ben.privately.presses("Done with it")
    await acts_in(both, ana)
    await both.later(timedelta(hours=1))
    await ben.types("/recuse @ana stuck: third call today")
    await both.later(timedelta(seconds=1))
    await ana.privately.presses("I take it")
    await both.later(timedelta(seconds=1))

    assert any("third call today" in text for text in await ana.privately.sees())
    assert any("Ana takes over" in text for text in await ben.privately.sees())


async def acts_in(both: Both, voice: Voice) -> None:
    """Have somebody do something on a platform, some time after whatever they did before."""
    await both.later(timedelta(minutes=2))
    await voice.types("/zanshin away")
    await voice.types("/zanshin back")


async def test_whoever_cannot_be_reached_on_one_side_is_on_the_other(both: Both) -> None:
    """A message to somebody who removed the app in Teams arrives in Slack, once."""
    await join(both)
    await link(both, "ben")
    await acts_in(both, both.in_teams("ben"))
    await both.in_slack("ana").types("/recuse @ben")
    await both.later(timedelta(seconds=1))
    there = [text for text in await both.in_teams("ben").privately.sees() if "Can you take over" in text]
    await both.in_slack("ana").types("/recuse cancel")
    both.teams.teams.installed.discard(account("ben"))
    await both.later(timedelta(minutes=1))
    await both.in_slack("ana").types("/recuse @ben")
    await both.later(timedelta(seconds=2))
    here = [text for text in await both.in_slack("ben").privately.sees() if "Can you take over" in text]

    assert len(there) == 1
    assert len(here) == 1


async def test_a_code_works_once_and_for_ten_minutes(both: Both) -> None:
    """Used, old and mistyped codes are none; after five nobody may guess on for a while."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    old = code_in(await there.types("/zanshin join"))
    await both.later(timedelta(minutes=11))
    too_late = await here.types(f"/zanshin join {old}")
    code = code_in(await there.types("/zanshin join"))
    await here.types(f"/zanshin join {code}")
    again = await here.types(f"/zanshin join {code}")
    for _guess in range(3):
        await here.types("/zanshin join AAAA-AAAA")
    stopped = await here.types("/zanshin join AAAA-AAAA")
    fresh = code_in(await there.types("/zanshin join"))
    still = await here.types(f"/zanshin join {fresh}")
    await both.later(timedelta(minutes=11))
    renewed = code_in(await there.types("/zanshin join"))
    read = await here.types(f"/zanshin join {renewed}")

    assert "I don't know this code." in too_late.text
    assert "I don't know this code." in again.text
    assert "I read no more codes from you just now." in stopped.text
    assert "I read no more codes from you just now." in still.text
    assert "This can't be undone." in read.text


async def test_either_side_may_think_better_of_it(both: Both) -> None:
    """Nothing changes, and whoever waits is told."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    await here.types(f"/zanshin join {code_in(await there.types('/zanshin join'))}")
    left = await here.presses("No, leave it")
    await here.types(f"/zanshin join {code_in(await there.types('/zanshin join'))}")
    await here.presses("Join them")
    await both.later(timedelta(seconds=1))
    refused = await there.privately.presses("No, leave it")
    await both.later(timedelta(seconds=1))

    assert "Nothing was changed." in left.text
    assert "Left as it is" in refused.text
    assert any("The other side said no." in text for text in await here.privately.sees())
    assert await count(both, Organisation) == 2


async def test_only_admins_join_workspaces(both: Both) -> None:
    """Agents are told whom to ask, on either side."""
    code = code_in(await both.in_slack("sofia").types("/zanshin join"))
    made = await both.in_slack("ana").types("/zanshin join")
    entered = await both.in_teams("ana").types(f"/zanshin join {code}")

    assert "Only admins can do this." in made.text
    assert "Only admins can do this." in entered.text


async def test_a_code_of_ones_own_side_joins_nothing(both: Both) -> None:
    """It is said, and it is not used up."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    code = code_in(await there.types("/zanshin join"))
    own = await there.types(f"/zanshin join {code}")
    other = await here.types(f"/zanshin join {code}")

    assert "This is your own organisation." in own.text
    assert "This can't be undone." in other.text


async def test_open_incidents_of_those_who_join_have_to_end_first(both: Both) -> None:
    """Their numbers would change while people speak of them."""
    await both.in_teams("omar").types("/incident open sev3 Search is slow")
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    await here.types(f"/zanshin join {code_in(await there.types('/zanshin join'))}")
    await here.presses("Join them")
    await both.later(timedelta(seconds=1))
    hindered = await there.privately.presses("Join them")
    await both.in_teams("omar").tells("/incident resolve 1 All is well again.")
    done = await there.privately.presses("Join them")

    assert "1 incident of those who join is open" in hindered.text
    assert "has joined you" in done.text


async def test_people_are_linked_within_one_organisation(both: Both) -> None:
    """Before the workspaces belong together, the way there is shown; afterwards one is one, and oneself already."""
    there, here = both.in_slack("ben"), both.in_teams("ben")
    early = await here.types(f"/zanshin link {code_in(await there.types('/zanshin link'))}")
    await join(both)
    before = await both.in_slack("sofia").types("/zanshin team")
    await link(both, "ben")
    again = await here.types(f"/zanshin link {code_in(await there.types('/zanshin link'))}")
    team = await both.in_slack("sofia").types("/zanshin team")

    assert "These workspaces don't belong together yet." in early.text
    assert "That's you already." in again.text
    assert (before.text.count("Ben:"), team.text.count("Ben:")) == (2, 1)


async def test_two_sides_of_one_search_are_not_linked_meanwhile(both: Both) -> None:
    """Whoever searches, or is asked, stays who they are until that is over."""
    await join(both)
    await both.in_slack("ana").types("/recuse")
    there, here = both.in_slack("ana"), both.in_teams("ana")
    await here.types(f"/zanshin link {code_in(await there.types('/zanshin link'))}")
    await here.presses("That's me")
    await both.later(timedelta(seconds=1))
    hindered = await there.privately.presses("That's me")

    assert "One of the two is in a handoff that's not over." in hindered.text


async def test_a_strangers_code_is_nobodys_to_confirm(both: Both) -> None:
    """Buttons of a code work for its two people alone."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    asked = await here.types(f"/zanshin join {code_in(await there.types('/zanshin join'))}")
    await both.database.write(lambda session: session.execute(update(Person).values(is_admin=True)) and None)
    meddled = await both.in_teams("ana").presses("Join them", asked)

    assert "This code isn't here." in meddled.text
    assert await count(both, Organisation) == 2
    assert await count(both, Identity) == 8


@pytest.mark.parametrize("first_has_settings", [True, False])
async def test_the_places_customers_read_are_kept(both: Both, first_has_settings: bool) -> None:
    """Whoever joins goes on telling customers where they did; everything else is as the side that stays has it."""
    await both.in_teams("sofia").types("/zanshin settings incidents")
    await both.in_teams("sofia").fills(places="#incidents", cadence_1="7")
    if first_has_settings:
        await both.in_slack("sofia").types("/zanshin settings incidents")
        await both.in_slack("sofia").fills(places="#support", cadence_1="9")
    await join(both)

    def settings(session: Session) -> tuple[int, set[str]]:
        [row] = session.scalars(select(IncidentSettings))
        places = select(Conversation.name).where(Conversation.id.in_(row.customer_places))
        return row.cadence_1_min, set(session.scalars(places))

    expected = (9, {"support", "incidents"}) if first_has_settings else (CADENCES[1], {"incidents"})
    assert await both.database.read(settings) == expected


async def test_a_call_is_read_on_both_platforms(both: Both) -> None:
    """Joined, the team works in two channels: whoever could help reads the call in theirs, and how it ended."""
    await join(both)
    for who in ("ben", "omar", "sofia"):
        for at in (both.in_slack(who), both.in_teams(who)):
            await at.types("/zanshin away 5h")
    await both.in_slack("ana").types("/recuse CASE-42 heated: she shouts")
    for _second in range(12):
        await both.later(timedelta(seconds=30))
    slack, teams = await both.in_slack("ben").sees(), await both.in_teams("ben").sees()

    assert any("Ana" in one for one in slack)
    assert any("Ana" in one for one in teams)
