"""A report of a month with a million events, beside a quiet month before: how long it takes, and how much memory."""

from __future__ import annotations

import resource
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from bot.directory.actors import Actor
from bot.directory.model import Conversation, Person
from bot.handoffs.decisions.rungs import RUNGS
from bot.handoffs.model import Handoff, HandoffState, Offer, OfferState
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState
from bot.insights.building import build_report
from bot.insights.period import period_of
from bot.playbooks.model import Run, RunState
from bot.work.work import Work
from tests.benchmarks.commands import databases
from tests.insights.happened import Happened, Promise, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from bot.store.database import Database

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BEGINS, MONTH = datetime(2026, 10, 1, tzinfo=UTC), timedelta(days=31)
DAYS = date(2026, 10, 1), date(2026, 10, 31)
RUNS, HANDOFFS, OFFERS, EVENTS = 400_000, 200_000, 300_000, 100_000  # together a million
EVENTS_EACH = 10  # of an incident
FIRST = 1000  # number of an incident
PEOPLE = 40
AT_ONCE = 10_000  # rows written together
BARS = {"PostgreSQL": 2, "SQLite": 5}  # seconds
MEMORY_BAR = 300  # MB
PLAYBOOKS = tuple(f"situation-{number}" for number in range(25))


def run() -> None:
    """Measure on both databases."""
    with databases() as opened:
        for kind, database in opened:
            organisation = _filled(database)
            times = []
            for _again in range(3):
                began = time.perf_counter()
                database.write_now(partial(_report, organisation=organisation))
                times.append(time.perf_counter() - began)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"report of a million events, {kind:10}  {min(times):5.2f} s, at first {times[0]:5.2f} s"
                f" (at most {BARS[kind]} s); the process {peak:.0f} MB at its peak (at most {MEMORY_BAR} MB)"
            )


def _report(session: Session, *, organisation: int) -> None:
    work = Work(session, now=NOW, actor=Actor(organisation_id=organisation, person_id=None))
    report = build_report(work, period_of(*DAYS, work.organisation.zone), None)
    assert [one.key for one in report.sections] == ["situations", "handoffs", "hours", "promises"]


def _filled(database: Database) -> int:
    """Fill a database, a few rows at a time; give the organisation."""
    organisation, people, channel = database.write_now(_team)
    kinds = (
        (Run, _runs(organisation, people)),
        (Handoff, _handoffs(organisation, people)),
        (Offer, _offers(organisation, people)),
        (Incident, _incidents(organisation, people, channel)),
        (IncidentEvent, _events(organisation)),
    )
    for model, rows in kinds:
        while some := list(islice(rows, AT_ONCE)):
            database.write_now(partial(_put, model=model, rows=some))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return organisation


def _put(session: Session, *, model: type[Any], rows: list[dict[str, Any]]) -> None:
    session.execute(insert(model.__table__), rows)


def _team(session: Session) -> tuple[int, list[int], int]:
    organisation = write(session, Happened(promises=[Promise(NOW - timedelta(days=900), 0)]), "Europe/Berlin").id
    people = [Person(organisation_id=organisation, name=f"Person {number}", is_agent=True) for number in range(PEOPLE)]
    session.add_all(people)
    session.flush()
    channel = session.scalars(select(Conversation.id)).one()
    return organisation, [person.id for person in people], channel


def _moments(count: int, dice: Random) -> Iterator[datetime]:
    """Spread so many over the month, and a tenth as many over the one before."""
    for _one in range(count):
        yield BEGINS + dice.random() * MONTH
    for _one in range(count // 10):
        yield BEGINS - dice.random() * MONTH


def _runs(organisation: int, people: list[int]) -> Iterator[dict[str, Any]]:
    dice = Random(1)  # noqa: S311  no secret
    for at in _moments(RUNS, dice):
        yield {
            "organisation_id": organisation,
            "person_id": dice.choice(people),
            "playbook": dice.choice(PLAYBOOKS),
            "path": [],
            "channel": "spoken",
            "version": 1,
            "state": RunState.DONE,
            "started_at": at,
        }


def _handoffs(organisation: int, people: list[int]) -> Iterator[dict[str, Any]]:
    dice = Random(2)  # noqa: S311  as above
    for number, at in enumerate(_moments(HANDOFFS, dice), 1):
        requester, taker = dice.sample(people, 2)
        taken = at + timedelta(seconds=dice.expovariate(1 / 40))
        yield {
            "id": number,
            "organisation_id": organisation,
            "requester_id": requester,
            "started_by_id": requester,
            "taker_id": taker,
            "state": HandoffState.COMPLETED,
            "heated": True,
            "urgent": False,
            "playbooks": [],
            "rung": dice.choice(RUNGS),
            "started_at": at,
            "supervisors_by": at,
            "asked_at": at,
            "rounds": 1,
            "calls": 0,
            "taken_at": taken,
            "closed_by_clock": False,
            "ended_at": taken + timedelta(minutes=20),
        }


def _offers(organisation: int, people: list[int]) -> Iterator[dict[str, Any]]:
    for number in range(OFFERS):
        yield {
            "organisation_id": organisation,
            "handoff_id": number % HANDOFFS + 1,
            "person_id": people[(number + number // HANDOFFS) % PEOPLE],
            "rung": "best",
            "as_supervisor": False,
            "because": [],
            "state": OfferState.OVER,
            "asks": 1,
            "asked_at": BEGINS,
            "undelivered": False,
        }


def _incidents(organisation: int, people: list[int], channel: int) -> Iterator[dict[str, Any]]:
    dice = Random(3)  # noqa: S311  as above
    for number in range(EVENTS // EVENTS_EACH):
        at = BEGINS + dice.random() * MONTH
        yield {
            "id": FIRST + number,
            "organisation_id": organisation,
            "number": FIRST + number,
            "title": "Card payments fail",
            "title_hash": "x",
            "severity": 2,
            "state": IncidentState.RESOLVED,
            "conversation_id": channel,
            "owner_id": dice.choice(people),
            "opened_at": at,
            "first_update_at": at + timedelta(seconds=dice.randint(60, 3000)),
            "resolved_at": at + timedelta(hours=5),
            "promise_made_at": at,
            "promise_at": at + timedelta(hours=5),
            "stage": 0,
            "paused": False,
            "nagged": [],
            "unreached": False,
        }


def _events(organisation: int) -> Iterator[dict[str, Any]]:
    dice = Random(4)  # noqa: S311  as above
    for number in range(EVENTS):
        at = BEGINS + dice.random() * MONTH
        yield {
            "organisation_id": organisation,
            "incident_id": FIRST + number // EVENTS_EACH,
            "kind": EventKind.UPDATED,
            "at": at,
            "told_at": at,
            "kept_at": at + timedelta(seconds=dice.randint(-600, 1800)),
            "late": False,
        }


if __name__ == "__main__":
    run()
