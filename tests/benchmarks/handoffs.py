"""A thousand searches due in one tick, and many colleagues who accept at once, beside the bare statements."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.delivery.model import Card, InboxEntry, Notice
from bot.directory.model import Conversation, Identity, Organisation, Person, Workspace
from bot.handoffs.decisions.rungs import Rung, Times
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.work.views import Board
from tests.benchmarks.commands import databases, stages
from tests.benchmarks.measuring import Measured, load
from tests.benchmarks.slack_server import recorded, replayed

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.directory.actors import Origin
    from tests.stage import FakeStage

DUE = 1000
TEAM = 14  # people in each organisation, two of them supervisors
ROUNDS = 3
ACCEPTED = 600
RECORDED = 200  # of those, as often as it takes


# --- a thousand due at once ----------------------------------------------------------------------


def found(session: Session, stage: FakeStage, organisations: int) -> list[tuple[int, list[int]]]:
    """Found organisations with a team each."""
    made = []
    before = len(session.scalars(select(Workspace.id)).all())
    for number in range(before, before + organisations):
        organisation = Organisation(name=f"Team {number}", created_at=stage.clock.now())
        session.add(organisation)
        session.flush()
        workspace = Workspace(
            organisation_id=organisation.id, platform="web", address=f"team-{number}", name=organisation.name
        )
        session.add(workspace)
        session.flush()
        people = [
            Person(organisation_id=organisation.id, name=f"P{one}", is_agent=one > 1, is_supervisor=one <= 1)
            for one in range(TEAM)
        ]
        session.add_all(people)
        session.flush()
        for one in people:
            place = {"workspace_id": workspace.id, "person_id": one.id}
            session.add(Identity(**place, address=f"p{one.id}", last_acted_at=stage.clock.now()))
            session.add(
                Conversation(
                    **place, organisation_id=organisation.id, address=f"@p{one.id}", kind="direct", name=one.name
                )
            )
        session.add(
            Conversation(
                organisation_id=organisation.id,
                workspace_id=workspace.id,
                address="support",
                kind="channel",
                name="support",
                is_support=True,
            )
        )
        made.append((organisation.id, [one.id for one in people]))
    return made


def search(session: Session, stage: FakeStage, teams: list[tuple[int, list[int]]], rung: Rung | None) -> None:
    """Put a thousand searches where their rung has just ended."""
    for model in (Card, Notice, Offer, Handoff):
        session.execute(delete(model))
    now = stage.clock.now()
    asked = now - timedelta(seconds=61)
    for number in range(DUE):
        organisation_id, people = teams[number % len(teams)]
        agents = people[2:]
        handoff = Handoff(
            organisation_id=organisation_id,
            requester_id=agents[number // len(teams) % (len(agents) - 1)],
            started_by_id=agents[0],
            state=HandoffState.SEARCHING,
            started_at=now - timedelta(hours=2),
            supervisors_by=now + timedelta(hours=1),
            rung=rung,
            asked_at=asked,
            delivered_at=asked,
            rounds=1,
            calls=0,
            closed_by_clock=False,
            playbooks=[],
            next_due_at=now,
        )
        session.add(handoff)
        session.flush()
        for person_id, at in before(rung, people):
            session.add(
                Offer(
                    organisation_id=organisation_id,
                    handoff_id=handoff.id,
                    person_id=person_id,
                    rung=at,
                    as_supervisor=person_id in people[:2],
                    because=[],
                    state=OfferState.ASKED,
                    asks=1,
                    asked_at=asked,
                    undelivered=False,
                )
            )


def before(rung: Rung | None, people: list[int]) -> list[tuple[int, Rung]]:
    """Say who was asked before a rung ends, and where."""
    if rung is Rung.BEST:
        return [(people[-1], rung)]
    if rung is Rung.SUPERVISORS:
        return [(one, rung) for one in people[:2]] + [(one, Rung.EVERYBODY) for one in people[2:12]]
    return []


async def due_at_once(name: str, stage: FakeStage) -> None:
    """Print how long one tick takes."""
    task = next(task for domain in stage.program.domains for task in domain.clock if task.name == "handoffs")
    for organisations in (50, 5):
        teams = await stage.database.write(partial(found, stage=stage, organisations=organisations))
        for rung, what in (
            (None, "the best colleague is asked"),
            (Rung.SUPERVISORS, "two supervisors are called again"),
            (Rung.BEST, "ten colleagues are asked each"),
        ):
            took, worked = [], []
            for _round in range(ROUNDS):
                stage.database.write_now(partial(search, stage=stage, teams=teams, rung=rung))
                began, busy = time.perf_counter(), time.process_time()
                count = await stage.program.clockwork.tick(task)
                took.append(time.perf_counter() - began)
                worked.append(time.process_time() - busy)
                assert count == DUE
            rows = await stage.database.read(lambda session: len(session.scalars(select(Card.id)).all()))
            print(
                f"{name}: {DUE} searches due in one tick, {organisations:2} organisations of {TEAM}, {what}: "
                f"{statistics.median(took):.2f} s, worst {max(took):.2f} s, "
                f"{statistics.median(worked):.2f} s of our processor; {rows} cards asked for"
            )


# --- accepting -----------------------------------------------------------------------------------


async def accepting(name: str, stage: FakeStage, callers: int) -> None:
    """Print accepting through dispatch, beside its statements, those very ones and hand-written, on one writer."""
    teams = await stage.database.write(partial(found, stage=stage, organisations=40))

    def offer_all(session: Session) -> list[tuple[int, int, str]]:
        search(session, stage, teams, Rung.BEST)
        session.execute(update(Handoff).values(next_due_at=None))
        offered = (
            select(Offer.handoff_id, Offer.person_id, Workspace.address)
            .join(Workspace, Workspace.organisation_id == Offer.organisation_id)
            .order_by(Offer.id)
        )
        return [tuple(row) for row in session.execute(offered)]

    def where(person_id: int, address: str, key: str) -> Origin:
        return replace(stage.origin(f"p{person_id}", f"@p{person_id}", key), workspace=address)

    offers = stage.database.write_now(offer_all)

    async def through(number: int, way: str = "ours") -> None:
        handoff_id, person_id, address = offers[number]
        origin = where(person_id, address, f"{way}-{name}-{callers}-{number}")
        reply = await stage.program.dispatch.press("accept-handoff", {"handoff": str(handoff_id)}, origin)
        assert "You took over" in str(reply), reply

    async def bare(number: int) -> None:
        handoff_id, person_id, address = offers[number]
        origin = where(person_id, address, f"hand-{name}-{callers}-{number}")
        await stage.database.write(lambda session: by_hand(session, stage, origin, handoff_id, person_id))

    taken = [await recorded(stage.database, partial(through, number, "seen")) for number in range(RECORDED)]
    fresh = itertools.count()

    async def same(number: int) -> None:
        seen = number % RECORDED
        key = f"seen-{name}-{callers}-{seen}"
        await stage.database.write(partial(replayed, taken[seen], key, fresh))

    replays = await load(same, callers=callers, count=ACCEPTED)
    offers = stage.database.write_now(offer_all)
    by_core = await load(bare, callers=callers, count=ACCEPTED)
    offers = stage.database.write_now(offer_all)
    ours: Measured = await load(through, callers=callers, count=ACCEPTED)
    print(
        f"{name}: accept, {callers:2} callers: {ours.rate:,.0f}/s, "
        f"{ours.rate / replays.rate:.2f} of its {len(taken[0])} statements alone, "
        f"{ours.rate / by_core.rate:.2f} of by hand; p50 {ours.p50:.1f} ms, p99 {ours.p99:.1f} ms; "
        f"loop late by {ours.stall:.1f} ms at p99"
    )


def by_hand(session: Session, stage: FakeStage, origin: Origin, handoff_id: int, person_id: int) -> None:
    """Do what accepting does to the database, and nothing else: no texts are written."""
    now, connection = stage.clock.now(), session.connection()
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    inbox, handoffs, offers, cards = (
        InboxEntry.__table__,
        Handoff.__table__,
        Offer.__table__,
        Card.__table__,
    )
    connection.execute(
        dialect.insert(inbox).values(key=origin.key, at=now).on_conflict_do_nothing().returning(inbox.c.key)
    ).scalar()
    connection.execute(
        select(Person.__table__, Organisation.__table__)
        .join(Identity.__table__, Identity.person_id == Person.id)
        .join(Workspace.__table__, Workspace.id == Identity.workspace_id)
        .join(Organisation.__table__, Organisation.id == Person.organisation_id)
        .where(Workspace.address == origin.workspace, Identity.address == origin.account)
    ).one()
    handoff = connection.execute(select(handoffs).where(handoffs.c.id == handoff_id).with_for_update()).one()
    connection.execute(select(offers).where(offers.c.handoff_id == handoff_id)).all()
    connection.execute(select(Person.__table__).where(Person.organisation_id == handoff.organisation_id)).all()
    connection.execute(select(handoffs).where(handoffs.c.organisation_id == handoff.organisation_id).limit(TEAM)).all()
    chats = connection.execute(
        select(Conversation.id).where(Conversation.organisation_id == handoff.organisation_id).limit(3)
    ).all()
    connection.execute(
        update(handoffs)
        .where(handoffs.c.id == handoff_id)
        .values(state=HandoffState.TAKEN, taker_id=person_id, taken_at=now, answered_at=now, next_due_at=now)
    )
    connection.execute(
        update(offers)
        .where(offers.c.handoff_id == handoff_id, offers.c.person_id == person_id)
        .values(state=OfferState.TOOK)
    )
    connection.execute(
        update(Board.__table__).where(Board.organisation_id == handoff.organisation_id).values(next_due_at=now)
    )
    body = "x" * 1500
    rows = [
        {
            "organisation_id": handoff.organisation_id,
            "subject": f"by hand:{handoff_id}:{number}",
            "conversation_id": chats[0][0],
            "asked_at": now,
            "body": body,
            "try_at": now,
        }
        for number in range(3)
    ]
    asked = dialect.insert(cards)
    connection.execute(
        asked.on_conflict_do_update(index_elements=["subject", "conversation_id"], set_={"body": asked.excluded.body}),
        rows,
    )
    connection.execute(insert(Notice.__table__), rows[:1])
    connection.execute(update(inbox).where(inbox.c.key == origin.key).values(reply=body))


# --- fairness ------------------------------------------------------------------------------------


def spread(counts: list[int]) -> str:
    """Describe how evenly cases fell."""
    return f"{min(counts)} to {max(counts)}, standard deviation {statistics.pstdev(counts):.1f}"


def fairness() -> None:
    """Print how a month of heated cases falls on a team, beside taking turns and drawing lots."""
    from tests.handoffs.month import play_month  # noqa: PLC0415  shared with the tests

    for way in ("ladder", "round robin", "random"):
        counts = play_month(way, random.Random(7), Times())  # noqa: S311  a simulation
        print(f"A month of heated cases on ten people, {way}: {spread(list(counts.values()))}")


async def run() -> None:
    """Print what was measured."""
    fairness()
    with databases() as opened:
        async for name, stage in stages(opened):
            await due_at_once(name, stage)
            for callers in (1, 16, 64):
                await accepting(name, stage, callers)
