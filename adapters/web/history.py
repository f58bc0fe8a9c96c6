"""A year that never was: what a sample team did before the playground was opened, the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, insert, select

from adapters.web.causes_history import write_causes
from adapters.web.inbound import PLATFORM
from bot.directory.model import Conversation, Organisation, Person, Workspace
from bot.gestures.model import Gesture, Grant, GrantState
from bot.handoffs.decisions.rungs import Rung
from bot.handoffs.model import Handoff, HandoffState
from bot.incidents.decisions.cadence import CADENCES
from bot.incidents.model import EventKind, Incident, IncidentEvent, IncidentState, Words
from bot.playbooks.model import Misfit, Run, RunState
from bot.work.retention import CAUTIOUS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from sqlalchemy.orm import Session

SEED = 20_260_101
YEAR = timedelta(days=365)
LATELY = timedelta(days=40)  # since when one situation comes up more
LONG_AGO = timedelta(days=14)  # who has handoffs older than this has a history
WEEKEND, FRIDAY = (5, 6), 4
# How often each playbook is started; the last one is what comes up more of late.
MET = {"keep-calm": 5, "be-heard": 4, "restrain": 3, "fast-fix": 3, "not-your-fault": 2, "own-and-apologise": 2}
RISING = "keep-posted"
RUNGS = (Rung.BEST, Rung.EVERYBODY, Rung.SUPERVISORS)
BEYOND = 15  # of the limit: what a supervisor decided
NOTICE, DOING = "Some of you see an error message.", "We have found the reason and are working on it."
LAST_WORD = "All is well again. Thank you for your patience."
TITLES = ("Card payments fail", "Parcels arrive late", "The app signs people out", "Invoices show the wrong month")


@dataclass(frozen=True)
class Team:
    """Who did it, and where."""

    organisation: int
    people: tuple[int, ...]
    channel: int
    supervisors: tuple[int, ...]
    gestures: tuple[tuple[int, str, Decimal], ...]  # with currency and limit


def write_history(session: Session, now: datetime) -> None:
    """Write a year of rows of the sample team, once."""
    organisation = session.scalar(
        select(Organisation)
        .join(Workspace, Workspace.organisation_id == Organisation.id)
        .where(Workspace.platform == PLATFORM)
    )
    if organisation is None:
        return
    old = (Handoff.organisation_id == organisation.id, Handoff.started_at < now - LONG_AGO)
    if session.scalar(select(exists().where(*old))):
        return
    team, dice = _team(session, organisation.id), Random(SEED)  # noqa: S311  no secret, the same each time
    days = [now - YEAR + timedelta(days=number) for number in range(YEAR.days)]
    moments = [at for day in days for at in _moments(day, now, dice)]
    session.execute(insert(Handoff), [_handoff(at, team, dice) for at in moments if dice.random() < 0.3])  # noqa: PLR2004
    kept = [at for at in moments if at > now - CAUTIOUS.runs]
    session.execute(insert(Run), [_run(at, now, team, dice) for at in kept])
    _write_incidents(session, days[::4], team, dice)
    write_causes(session, organisation.id, now)
    if team.gestures:
        session.execute(insert(Grant), [_grant(number, at, team, dice) for number, at in enumerate(moments[::12])])
    session.add_all(
        Misfit(organisation_id=team.organisation, playbook=playbook, instead=instead, count=count)
        for playbook, instead, count in (("fast-fix", RISING, 7), ("keep-calm", "restrain", 3))
        if not session.scalar(
            select(exists().where(Misfit.organisation_id == team.organisation, Misfit.playbook == playbook))
        )
    )


def _team(session: Session, organisation: int) -> Team:
    people = session.scalars(select(Person).where(Person.organisation_id == organisation).order_by(Person.id)).all()
    channel = session.scalars(
        select(Conversation.id).where(Conversation.organisation_id == organisation, Conversation.is_support)
    ).one()
    gestures = session.execute(
        select(Gesture.id, Gesture.currency, Gesture.per_case)
        .where(Gesture.organisation_id == organisation)
        .order_by(Gesture.id)
    )
    return Team(
        organisation,
        tuple(one.id for one in people),
        channel,
        tuple(one.id for one in people if one.is_supervisor),
        tuple((one, currency, most) for one, currency, most in gestures),
    )


def _moments(day: datetime, now: datetime, dice: Random) -> Iterator[datetime]:
    """Have a working day from eight to six, a quiet weekend, and a rush on Friday afternoons."""
    count = dice.randint(0, 2) if day.weekday() in WEEKEND else dice.randint(8, 16)
    hours = [dice.randint(8, 17) for _one in range(count)]
    if day.weekday() == FRIDAY:
        hours += [16] * dice.randint(2, 5)
    for hour in sorted(hours):
        at = day.replace(hour=hour, minute=dice.randint(0, 59), second=dice.randint(0, 59), microsecond=0)
        if at < now - timedelta(hours=1):
            yield at


def _handoff(at: datetime, team: Team, dice: Random) -> dict[str, Any]:
    requester, taker = dice.sample(team.people, 2)
    nobody = at.weekday() == FRIDAY and at.hour == 16 and dice.random() < 0.4  # noqa: PLR2004
    rung = Rung.NOBODY if nobody else dice.choices(RUNGS, (6, 3, 1))[0]
    waited = timedelta(seconds=dice.randint(300, 900) if nobody else int(dice.expovariate(1 / 30)) + 3)
    over = at + waited + timedelta(minutes=dice.randint(5, 40))
    alone = dice.random() < 0.05  # noqa: PLR2004
    return {
        "organisation_id": team.organisation,
        "requester_id": requester,
        "started_by_id": requester,
        "taker_id": None if alone else taker,
        "state": HandoffState.CANCELLED if alone else HandoffState.COMPLETED,
        "heated": dice.random() < 0.8,  # noqa: PLR2004
        "rung": rung,
        "started_at": at,
        "asked_at": at,
        "supervisors_by": at + timedelta(seconds=60),
        "taken_at": None if alone else at + waited,
        "ended_at": over,
    }


def _run(at: datetime, now: datetime, team: Team, dice: Random) -> dict[str, Any]:
    weights = {**MET, RISING: 6 if at > now - LATELY else 1}
    return {
        "organisation_id": team.organisation,
        "person_id": dice.choice(team.people),
        "playbook": dice.choices(list(weights), list(weights.values()))[0],
        "path": [],
        "state": RunState.DONE,
        "started_at": at,
    }


def _write_incidents(session: Session, days: list[datetime], team: Team, dice: Random) -> None:
    """Open an incident every few days, keep most of its promises, and resolve it."""
    taken = session.scalars(select(Incident.number).where(Incident.organisation_id == team.organisation)).all()
    for number, day in enumerate(days, max(taken, default=0) + 1):
        opened = day.replace(hour=dice.randint(8, 15), minute=dice.randint(0, 59), second=0, microsecond=0)
        first = opened + timedelta(minutes=dice.randint(3, 25))
        updates = [first + timedelta(minutes=30 * step) for step in range(dice.randint(1, 4))]
        over = updates[-1] + timedelta(minutes=20)
        incident = Incident(
            organisation_id=team.organisation,
            number=number,
            title=dice.choice(TITLES),
            title_hash=f"sample {number}",
            severity=dice.randint(1, 4),
            state=IncidentState.RESOLVED,
            conversation_id=team.channel,
            owner_id=dice.choice(team.people),
            opened_at=opened,
            first_update_at=first,
            promise_made_at=updates[-1],
            promise_at=over,
            resolved_at=over,
        )
        session.add(incident)
        session.flush()
        told = {"organisation_id": team.organisation, "incident_id": incident.id, "person_id": incident.owner_id}
        session.execute(insert(IncidentEvent), [told | one for one in _events(opened, updates, over, incident, dice)])


def _events(
    opened: datetime, updates: list[datetime], over: datetime, incident: Incident, dice: Random
) -> Iterator[dict[str, Any]]:
    """Have each promise answered a little before or after its time, in words that customers could read."""
    dues = [at + timedelta(minutes=dice.choices((3, -6), (9, 1))[0]) for at in updates]
    dues[0] = opened + timedelta(minutes=CADENCES[incident.severity])
    nothing = {"promise_at": None, "kept_at": None, "told_at": None, "told_by_id": None, "words_text": None}
    yield nothing | {"kind": EventKind.OPENED, "at": opened, "promise_at": dues[0]}
    written = Words(notice=NOTICE, doing=DOING).model_dump_json()
    for at, due, following in zip(updates, dues, (*dues[1:], over), strict=True):
        had = {"at": at, "told_at": at, "told_by_id": incident.owner_id, "words_text": written}
        yield had | {"kind": EventKind.UPDATED, "kept_at": due, "promise_at": following}
    last = {"at": over, "told_at": over, "told_by_id": incident.owner_id, "kept_at": over, "promise_at": None}
    yield last | {"kind": EventKind.RESOLVED, "words_text": Words(notice=LAST_WORD).model_dump_json()}


def _grant(number: int, at: datetime, team: Team, dice: Random) -> dict[str, Any]:
    """Give something within its limit, or beyond it as a supervisor decided."""
    gesture, currency, most = dice.choice(team.gestures)
    requester = dice.choice([one for one in team.people if one not in team.supervisors])
    alone = most > 0 and dice.random() < 0.8  # noqa: PLR2004
    amount = most if alone else most + BEYOND
    return {
        "organisation_id": team.organisation,
        "gesture_id": gesture,
        "requester_id": requester,
        "decided_by_id": None if alone else dice.choice(team.supervisors),
        "mark": f"sample-{number}",
        "state": GrantState.GRANTED,
        "amount": amount,
        "currency": currency,
        "started_at": at,
        "granted_at": at,
        "ended_at": at,
        "asked_at": at,
        "supervisors_by": at,
    }
