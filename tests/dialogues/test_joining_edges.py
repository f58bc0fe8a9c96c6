"""Bringing two sides together where something is in the way: said twice, half undone, or already together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.delivery.ending import end_what_waits
from bot.delivery.model import DeliveryState, Notice
from bot.directory.actors import Actor
from bot.directory.model import Identity, Organisation, Person, Workspace
from bot.handoffs.model import Offer, OfferState
from bot.incidents.model import Incident
from bot.people.joining.merging import lists_of_people, owned
from bot.say.messages import Message
from bot.store.database import Base
from bot.work.named import find_channel
from bot.work.work import Work
from tests.adapters.both_stages import Both
from tests.adapters.teams_stage import account
from tests.dialogues.test_joining import acts_in, code_in, count, join, link
from tests.fakes.slack import Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database


@pytest.fixture
async def both(database: Database) -> AsyncIterator[Both]:
    """The sample people in Slack, and the same people in Teams, who know nothing of each other."""
    async with Both(database) as both:
        yield both


async def changed(both: Both, name: str, platform: str, **values: object) -> None:
    """Change a person of one platform as nobody can by typing."""
    side = select(Workspace.organisation_id).where(Workspace.platform == platform).scalar_subquery()
    change = update(Person).where(Person.name == name, Person.organisation_id == side).values(**values)
    await both.database.write(lambda session: session.execute(change) and None)


async def test_a_second_code_of_the_same_two_sides_has_nothing_to_join(both: Both) -> None:
    """Two admins each made a code; the one confirmed last finds them joined, and nothing is renumbered."""
    await changed(both, "Omar", "slack", is_admin=True)
    here = both.in_teams("sofia")
    for name in ("sofia", "omar"):
        await here.types(f"/zanshin join {code_in(await both.in_slack(name).types('/zanshin join'))}")
        await here.presses("Join them")
        await both.later(timedelta(seconds=1))
    await both.in_slack("omar").types("/incident open sev3 Cards fail")
    await both.in_slack("omar").tells("/incident resolve 1 All is well again.")
    await both.in_slack("sofia").privately.presses("Join them")
    late = await both.in_slack("omar").privately.presses("Join them")

    assert "This is over." in late.text
    assert await count(both, Organisation) == 1
    assert await both.database.read(lambda session: list(session.scalars(select(Incident.number)))) == [1]


async def test_a_second_code_of_the_same_two_people_has_nothing_to_link(both: Both) -> None:
    """Whoever made two codes and confirms both is one person all the same."""
    await join(both)
    there, here = both.in_slack("ben"), both.in_teams("ben")
    for _code in range(2):
        await here.types(f"/zanshin link {code_in(await there.types('/zanshin link'))}")
        await here.presses("That's me")
        await both.later(timedelta(seconds=1))
    done = await there.privately.presses("That's me")
    late = await there.privately.presses("That's me")

    assert "You're one person now" in done.text
    assert "This is over." in late.text
    assert await count(both, Person) == 7


async def test_an_admin_who_is_none_any_more_joins_nothing(both: Both) -> None:
    """Whoever confirmed on the other side has to be admin still when it happens."""
    there, here = both.in_slack("sofia"), both.in_teams("sofia")
    await here.types(f"/zanshin join {code_in(await there.types('/zanshin join'))}")
    await here.presses("Join them")
    await both.later(timedelta(seconds=1))
    await changed(both, "Sofia", "teams", is_admin=False)
    hindered = await there.privately.presses("Join them")

    assert "is no admin there any more" in hindered.text
    assert await count(both, Organisation) == 2


async def test_two_accounts_of_one_workspace_stay_two_people(both: Both) -> None:
    """One workspace has one direct chat with a person, so that a colleague cannot become them either."""
    ana, ben = both.in_slack("ana"), both.in_slack("ben")
    refused = await ben.types(f"/zanshin link {code_in(await ana.types('/zanshin link'))}")

    assert "Both accounts are in the same workspace." in refused.text
    assert await count(both, Person) == 8


async def test_hours_are_kept_where_the_clocks_differ(both: Both) -> None:
    """Nine o'clock stays nine o'clock in New York for those who join people in Berlin."""
    zones = {"slack": "Europe/Berlin", "teams": "America/New_York"}
    for platform, zone in zones.items():
        side = select(Workspace.organisation_id).where(Workspace.platform == platform).scalar_subquery()
        change = update(Organisation).where(Organisation.id == side).values(time_zone=zone)
        await both.database.write(lambda session, change=change: session.execute(change) and None)
    await changed(both, "Ben", "teams", shifts_text="mon-fri 9-17")
    await changed(both, "Omar", "teams", shifts_text="mon-fri 9-17", time_zone="Asia/Tokyo")
    await join(both)

    def hours(session: Session) -> list[tuple[str, str]]:
        organisation = session.scalars(select(Organisation)).one()
        named = select(Person).where(Person.name.in_(("Ana", "Ben", "Omar"))).order_by(Person.name, Person.id)
        return [(one.name, one.zone_in(organisation).key) for one in session.scalars(named)]

    assert await both.database.read(hours) == [
        ("Ana", "Europe/Berlin"),
        ("Ana", "Europe/Berlin"),
        ("Ben", "Europe/Berlin"),
        ("Ben", "America/New_York"),
        ("Omar", "Europe/Berlin"),
        ("Omar", "Asia/Tokyo"),
    ]


async def test_a_reminder_from_before_is_closed_by_the_update(both: Both) -> None:
    """The owner is linked after the reminder: its card still says what came of it."""
    await join(both)
    omar = both.in_teams("omar")
    await omar.types("/incident open sev1 Search is down")
    await both.later(timedelta(minutes=17))
    before = [text for text in await omar.privately.sees() if "Search is down" in text]
    await link(both, "omar")
    await both.in_slack("omar").tells("/incident update Search is down. We restart it. Next update in 15m")
    await both.later(timedelta(seconds=1))

    def nagged(session: Session) -> set[int]:
        people = set(session.scalars(select(Person.id)))
        return {one for incident in session.scalars(select(Incident)) for one in incident.nagged} - people

    assert before
    assert await both.database.read(nagged) == set()
    open_ones = [one for one in await omar.privately.posts() if any("update" in b.label.lower() for b in one.buttons)]
    assert open_ones == []


async def test_both_were_asked_about_a_case_that_is_still_held(both: Both) -> None:
    """Whoever took it and whoever said no to it are not one person until the case is over."""
    await join(both)
    await both.in_slack("ana").types("/recuse @ben")
    await both.later(timedelta(seconds=1))
    await both.in_slack("ben").privately.presses("I take it")
    await both.later(timedelta(seconds=1))

    def asked_there_too(session: Session) -> None:
        offer = session.scalars(select(Offer).where(Offer.state == OfferState.TOOK)).one()
        teams = select(Workspace.organisation_id).where(Workspace.platform == "teams").scalar_subquery()
        first = session.get_one(Person, offer.person_id)
        other = session.scalars(
            select(Person).where(Person.name == "Ben", Person.id != first.id, Person.organisation_id == teams)
        ).one()
        session.add(
            Offer(
                organisation_id=offer.organisation_id,
                handoff_id=offer.handoff_id,
                person_id=other.id,
                rung=offer.rung,
                state=OfferState.DECLINED,
                asked_at=offer.asked_at,
            )
        )

    await both.database.write(asked_there_too)
    there, here = both.in_teams("ben"), both.in_slack("ben")  # made there: the one who said no stays
    await here.types(f"/zanshin link {code_in(await there.types('/zanshin link'))}")
    await here.presses("That's me")
    await both.later(timedelta(seconds=1))
    hindered = await there.privately.presses("That's me")

    assert "in a handoff that's not over" in hindered.text


async def test_a_channel_is_meant_where_it_is_named(both: Both) -> None:
    """Both sides have a channel of this name; the one nearby is meant."""
    await join(both)

    def meant(session: Session) -> list[str]:
        workspaces = session.scalars(select(Workspace).order_by(Workspace.platform)).all()
        actors = [Actor(organisation_id=one.organisation_id, person_id=None, workspace_id=one.id) for one in workspaces]
        works = [Work(session, now=both.clock.now(), actor=actor) for actor in actors]
        places = [find_channel(work, "#support") for work in works]
        return [session.get_one(Workspace, place.workspace_id).platform for place in places]

    assert await both.database.read(meant) == ["slack", "teams"]


async def test_what_waits_where_the_app_is_removed_goes_to_the_other_side(both: Both) -> None:
    """What waits for Ben, who is in both, arrives in Slack; what waits for Ana, who is in Teams alone, ends."""
    await join(both)
    await link(both, "ben")
    await acts_in(both, both.in_teams("ben"))
    both.teams.teams.installed.discard(account("ben"))

    def remove(session: Session) -> None:
        workspace = session.scalars(select(Workspace).where(Workspace.platform == "teams")).one()
        there = select(Identity.person_id).where(Identity.workspace_id == workspace.id)
        actor = Actor(organisation_id=workspace.organisation_id, person_id=None)
        with Work(session, now=both.clock.now(), actor=actor) as work:
            for person in session.scalars(select(Person).where(Person.id.in_(there), Person.name.in_(("Ana", "Ben")))):
                work.tell("word", person, lambda: Message.of("A word."))
        session.flush()
        end_what_waits(session, "teams", [workspace.address], both.clock.now())

    await both.database.write(remove)
    await both.later(timedelta(seconds=2))

    assert len([text for text in await both.in_slack("ben").privately.sees() if "A word." in text]) == 1
    assert await outcomes(both, "word") == [(DeliveryState.DEAD, False), (DeliveryState.SENT, True)]


async def test_a_message_that_arrives_on_neither_side_ends(both: Both) -> None:
    """It is tried once there and once here; then it is over, and is not tried to and fro."""
    await join(both)
    await link(both, "ben")
    await acts_in(both, both.in_teams("ben"))
    both.teams.teams.installed.discard(account("ben"))
    both.slack.slack.fail("chat.postMessage", *[Fault(error="channel_not_found")] * 9)

    def tell(session: Session) -> None:
        ben = session.scalars(select(Person).where(Person.linked)).one()
        actor = Actor(organisation_id=ben.organisation_id, person_id=None)
        with Work(session, now=both.clock.now(), actor=actor) as work:
            work.tell("word", ben, lambda: Message.of("A word."))

    await both.database.write(tell)
    for _minute in range(3):
        await both.later(timedelta(minutes=1))

    assert await outcomes(both, "word") == [(DeliveryState.DEAD, True)]
    assert len([sent for sent in both.slack.slack.called("chat.postMessage") if "A word." in sent["text"]]) == 2, (
        "a direct chat that is gone is opened anew, once"
    )


async def outcomes(both: Both, subject: str) -> list[tuple[str, bool]]:
    """List what became of notices: their state, and whether they were moved."""
    rows = select(Notice).where(Notice.subject == subject)
    return await both.database.read(lambda session: sorted((one.state, one.moved) for one in session.scalars(rows)))


def test_no_table_is_forgotten() -> None:
    """Whatever says by its name that it belongs to an organisation or lists people is moved with them."""
    tables = Base.metadata.sorted_tables
    named = {table.name for table in tables if "organisation_id" in table.columns}

    assert named == {table.name for table, _column in owned()}
    assert [f"{table.name}.{column.name}" for table, column in lists_of_people()] == ["incidents.nagged"]
