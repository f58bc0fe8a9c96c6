"""The doctor: finds what is wrong before anybody suffers from it, and says how to mend it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from bot.directory.actors import Actor
from bot.directory.model import Conversation, Organisation, Person
from bot.errors import ConversationGone, RateLimited
from bot.playbooks.model import Run
from bot.ports import Subject
from bot.run.doctor import examine
from bot.run.findings import Finding
from bot.run.settings import Settings
from bot.run.surroundings import replicas, time_zones
from bot.say.messages import Message, Section
from bot.store.content import SHIPPED_PLAYBOOKS
from bot.store.engines import PROCESS, build_engine
from bot.store.seal import Seal
from bot.watch.clock import SystemClock
from bot.work.domain import ClockTask
from bot.work.work import Work
from tests.databases import SECRET, locked
from tests.fakes.clock import FakeClock
from tests.stage import Cast, FakeStage, people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.database import Database


def examined(stage: FakeStage, **how: object) -> dict[str, Finding]:
    """What the doctor finds at the time of the stage, by what it is about."""
    settings = Settings(database_url=stage.database.url, secret_key=SECRET)
    return {one.about: one for one in examine(settings, **{"clock": stage.clock} | how)}  # type: ignore[arg-type]


async def tell(stage: FakeStage) -> None:
    """Leave somebody a notice."""

    def job(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.name == "Ana")).one()
        actor = Actor(organisation_id=person.organisation_id, person_id=None)
        with Work(session, now=stage.clock.now(), actor=actor) as work:
            work.tell(Subject.of("x", 1), person, lambda: Message.of("", Section(text=("words",))))

    await stage.database.write(job)


def fail(_rows: Sequence[object], _work: Work) -> None:
    raise ZeroDivisionError


async def test_a_healthy_program_gets_a_clean_bill(sqlite_alone: Database) -> None:
    """Everything that is looked at is named, and all of it is fine."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    await stage.database.write(lambda session: session.execute(update(Organisation).values(emergency="5555")) and None)
    found = examined(stage)

    assert set(found) == {
        "database",
        "disk",
        "time zones",
        "key",
        "delivery",
        "incidents",
        "handoffs",
        "admin",
        "supervisor",
        "support channel",
        "shifts",
        "emergency",
        "overdue",
        "audit",
        "clock",
        "playbooks",
        "understanding",
    }
    assert [one for one in found.values() if not one.fine] == []
    assert found["delivery"].found == "0 pending, 0 dead, 0 unknown"
    assert found["handoffs"].found == "nobody is searched for"
    assert found["overdue"].found == "the clock keeps up"
    assert found["audit"].found == "everything has its next step in time"


async def test_a_team_where_nobody_would_come_is_named(sqlite_alone: Database) -> None:
    """Without admin, supervisor or support channel a call for help ends with nobody: each has its line, and its way."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)

    def leave(session: Session) -> None:
        session.execute(update(Person).values(is_admin=False, is_supervisor=False))
        session.execute(update(Conversation).values(is_support=False))

    await stage.database.write(leave)
    found = examined(stage)

    alone = {"admin", "supervisor", "support channel", "emergency"}
    assert {about for about, one in found.items() if not one.fine} == alone
    assert "no supervisor in " in found["supervisor"].found
    assert found["admin"].mend == "zanshin team add ACCOUNT --admin"
    assert "/zanshin here" in found["support channel"].mend


async def test_hours_nobody_has_set_and_an_emergency_nobody_has_described_are_told(sqlite_alone: Database) -> None:
    """Without hours people are asked around the clock, which may be meant; whatever asks for mending is looked at."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    before = examined(stage)
    await Cast(stage).ana.types("/zanshin shift mon-fri 9-17")
    after = examined(stage)

    assert before["shifts"].fine
    assert "people are asked around the clock" in before["shifts"].found
    assert after["shifts"].found == "every organisation has some"
    assert not before["emergency"].fine
    assert str(before["emergency"]).startswith("LOOK")


async def test_an_address_nobody_knocks_at_is_told(sqlite_alone: Database) -> None:
    """Where no platform is configured that calls it, or none of them said what came of it."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    await people_of(stage)
    url = "https://zanshin.example.com"
    knocked = Finding(about="slack request URL", fine=True, found=f"{url}/slack/events answers as Zanshin")
    nobody = examined(stage, url=url)

    assert "nobody knocked at https://zanshin.example.com" in nobody["url"].found
    assert not nobody["url"].fine
    assert "url" not in examined(stage, url=url, platforms=[lambda _engine: [knocked]])


async def test_what_was_not_sent_in_time_is_found(stage: FakeStage) -> None:
    """A moment is nothing; half a minute past its time means that nobody sends."""
    await tell(stage)
    stage.clock.move(timedelta(seconds=30))
    soon = examined(stage)["delivery"]
    stage.clock.move(timedelta(minutes=5))
    late = examined(stage)["delivery"]

    assert (soon.fine, soon.found) == (True, "1 pending, 0 dead, 0 unknown; the oldest is 30 seconds late")
    assert (late.fine, late.found) == (False, "1 pending, 0 dead, 0 unknown; the oldest is 6 minutes late")
    assert "zanshin serve" in late.mend


async def test_what_was_given_up_is_never_fine(stage: FakeStage) -> None:
    """Somebody has not read it: the reasons are named for a day."""
    await tell(stage)
    stage.messenger.failures.append(ConversationGone())
    await stage.program.sender.drain()
    lost = examined(stage)["delivery"]
    stage.clock.move(timedelta(days=2))

    assert (lost.fine, lost.found) == (
        False,
        "0 pending, 1 dead, 0 unknown; given up since yesterday: 1 ConversationGone",
    )
    assert "zanshin outbox list" in lost.mend
    assert "invite the bot again" in lost.mend
    assert examined(stage)["delivery"].fine


async def test_the_channel_of_an_open_incident_that_is_gone_is_named(stage: FakeStage) -> None:
    """Until something can be posted there again, or the incident is over."""
    cast = Cast(stage)
    await cast.omar.in_("incidents").types("/incident open sev2 Cards fail")
    there = examined(stage)["incidents"]
    stage.messenger.fail_in("incidents", *[ConversationGone()] * 3)
    stage.clock.move(timedelta(minutes=30))
    await stage.settle()
    gone = examined(stage)["incidents"]
    await cast.omar.types("/incident resolve 1 All cards work again.")

    assert there.fine
    assert (gone.fine, gone.found) == (False, "channels that take nothing: #1 in incidents")
    assert examined(stage)["incidents"].fine


async def test_what_waits_for_its_next_try_is_not_late(stage: FakeStage) -> None:
    """The platform asked for a pause, and the pause is not over."""
    await tell(stage)
    stage.messenger.failures.append(RateLimited(timedelta(minutes=10)))
    await stage.program.sender.drain()
    stage.clock.move(timedelta(minutes=5))

    assert examined(stage)["delivery"].found == "1 pending, 0 dead, 0 unknown"


async def test_a_search_is_counted(stage: FakeStage) -> None:
    """Somebody waits for a colleague just now."""
    await stage.type("ana", "support", "/recuse", "key-1")

    assert examined(stage)["handoffs"].found == "1 handoff searches for somebody"


async def test_rows_nobody_acts_on_are_found(stage: FakeStage) -> None:
    """The clock of the program stands still: which rows, how many, how late."""
    for account in ("ana", "ben"):
        await stage.program.dispatch.say("/calm keep-calm", stage.origin(account, "support", account))
    due = await stage.database.read(lambda session: session.scalars(select(Run.next_due_at)).first())
    assert due is not None
    stage.clock.move_to(due + timedelta(seconds=30))
    soon = examined(stage)["overdue"]
    stage.clock.move(timedelta(seconds=30))
    late = examined(stage)["overdue"]

    assert soon.fine
    assert (late.fine, late.found) == (False, "runs: 2 rows, the oldest 60 seconds late")
    assert "zanshin serve" in late.mend


async def test_parked_rows_are_named_with_the_reference_of_the_log(stage: FakeStage) -> None:
    """What the clock could not act on waits for somebody to look."""
    await stage.program.dispatch.say("/calm keep-calm", stage.origin("ana", "support", "key-1"))
    stage.clock.move(timedelta(hours=13))
    await stage.program.clockwork.tick(ClockTask(name="runs", model=Run, act=fail))
    clock = examined(stage)["clock"]

    assert not clock.fine
    assert clock.found.startswith("parked: runs 1 (ZeroDivisionError, ")


async def test_a_clock_that_differs_from_the_one_of_the_database_is_found(database: Database) -> None:
    """Machines that disagree about the time send too late, and twice; a file has no clock."""
    stage = FakeStage(database, SHIPPED_PLAYBOOKS)
    real, ahead = SystemClock(), FakeClock(SystemClock().now() + timedelta(hours=2))
    same, differs = (examined(stage, clock=clock).get("time") for clock in (real, ahead))

    if database.is_sqlite:
        assert same is differs is None
    else:
        assert same is not None
        assert same.fine
        assert differs is not None
        assert (differs.fine, differs.found) == (False, "our clock is 2 hours ahead of the one of the database")


@pytest.mark.parametrize(("megabytes", "fine"), [(99, False), (100, True)])
async def test_a_disk_that_is_nearly_full_is_found(sqlite_alone: Database, megabytes: int, fine: bool) -> None:
    """There is still time to make room."""
    disk = examined(FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS), free=lambda _folder: megabytes * 1_000_000)["disk"]

    assert (disk.fine, disk.found) == (fine, f"{megabytes} MB are free")


async def test_looking_waits_for_nobody(sqlite_alone: Database) -> None:
    """The doctor takes no lock: the server goes on, and another program that holds one holds up nobody."""
    stage = FakeStage(sqlite_alone, SHIPPED_PLAYBOOKS)
    with locked(sqlite_alone):
        assert all(one.fine for one in examined(stage).values())


async def test_a_text_that_cannot_be_read_is_found_and_the_rest_is_looked_at(stage: FakeStage) -> None:
    """One thing that is wrong hides no other."""
    await tell(stage)
    settings = Settings(database_url=stage.database.url, secret_key="another secret, just as long as it has to be")
    found = {one.about: one for one in examine(settings, clock=stage.clock)}

    assert not found["key"].fine
    assert found["delivery"].found.startswith("1 pending")


def test_every_process_on_postgresql_is_named(postgres_url: str) -> None:
    """Replicas are seen by their connections; two versions at once are an upgrade that is not finished."""
    engine = build_engine(postgres_url, Seal(SECRET))
    alone = create_engine(postgres_url)
    older = create_engine(postgres_url, connect_args={"application_name": f"{PROCESS} 0.0.1 web-2:7"})
    with alone.connect() as ours, Session(ours) as session, engine.connect():
        one = replicas(session)
        session.rollback()  # who is connected is looked up once a transaction
        with older.connect():
            two = replicas(session)
    for used in (engine, alone, older):
        used.dispose()

    assert (one.fine, two.fine) == (True, False)
    assert "0.0.1 web-2:7" in two.found
    assert "finish the upgrade" in two.mend


def test_a_time_zone_that_is_not_known_is_named(sqlite_alone: Database) -> None:
    """Whoever lives there would be asked at the wrong hour."""

    def live_on_mars(session: Session) -> Finding:
        now = SystemClock().now()
        session.add(Organisation(name="Ours", time_zone="Mars/Phobos", created_at=now))
        session.flush()
        return time_zones(session, now)

    found = sqlite_alone.write_now(live_on_mars)

    assert (found.fine, found.found) == (False, "not known here: Mars/Phobos")
