"""What is kept about somebody, row by row, as it leaves the server in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, true

from bot.directory.model import Identity, Person, Workspace
from bot.errors import NothingFound, WrongUse
from bot.gestures.model import Grant, GrantState
from bot.handoffs.model import OPEN, Handoff, HandoffState
from bot.incidents.model import LIVE, Incident
from bot.people.privacy.rows import Row, is_token
from bot.store.database import Base
from bot.store.keyring import Keyring
from bot.store.seal import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def find_person(session: Session, who: str) -> Person:
    """Find somebody by an account, with its workspace where several have it, or by name."""
    named, _slash, account = who.strip().rpartition("/")
    by_account = and_(Identity.address == account, Workspace.address == named if named else true())
    by_name = and_(func.lower(Person.name) == who.strip().lower(), ~Person.is_nobody)
    rows = session.execute(
        select(Person, Workspace.address, Identity.address)
        .outerjoin(Identity, Identity.person_id == Person.id)
        .outerjoin(Workspace, Workspace.id == Identity.workspace_id)
        .where(or_(by_account, by_name))
        .order_by(Person.id, Identity.id)
    ).all()
    people = {person.id: person for person, _workspace, _account in rows}
    if len(people) == 1:
        return next(iter(people.values()))
    if not people:
        raise NothingFound(f'There is nobody called "{who}". Give their account, or their name as Zanshin writes it.')
    choices = ", ".join(f"{workspace}/{account} ({person.name})" for person, workspace, account in rows[:10])
    raise WrongUse(f"Several people are called {who}. Name one of them: {choices}")


IN_HAND = {
    HandoffState.SEARCHING: "for which somebody is searched",
    HandoffState.TAKEN: "which somebody has",
    HandoffState.CALLBACK: "in which a call is promised",
}


def hindrances(session: Session, person: Person) -> list[str]:
    """Say what somebody still has in hand."""
    mine = or_(Handoff.requester_id == person.id, Handoff.taker_id == person.id)
    cases = session.execute(
        select(Handoff.id, Handoff.state).where(mine, Handoff.state.in_(OPEN)).order_by(Handoff.id)
    ).all()
    owned = session.scalars(select(Incident.number).where(Incident.owner_id == person.id, Incident.state.in_(LIVE)))
    asked = select(func.count(Grant.id)).where(Grant.requester_id == person.id, Grant.state == GrantState.ASKED)
    grants = session.scalars(asked).one()
    return [
        *(f"handoff {number}, {IN_HAND[HandoffState(state)]}" for number, state in cases),
        *(f"owner of incident #{number}" for number in owned),
        *([f"gestures that are asked for: {grants}"] if grants else []),
    ]


def everything(session: Session) -> Iterator[Row]:
    """Give every row there is, without the keys to platforms and of our own."""
    for table in Base.metadata.sorted_tables:
        if table is Keyring.__table__:
            continue
        columns = [one for one in table.columns if not is_token(one)]
        with session.execute(select(*columns).execution_options(yield_per=500)) as rows:
            for row in rows.mappings():
                yield {"table": table.name, "row": dict(row)}


def unreadable_in(row: Row) -> list[str]:
    """Name the texts of a row that no key opens."""
    return [name for name, value in row["row"].items() if value == UNREADABLE]


def as_line(row: Row) -> str:
    """Write a row as a line of JSON; a text that no key opens is none, and its name is said."""
    if lost := unreadable_in(row):
        row = {**row, "row": {**row["row"], **dict.fromkeys(lost)}, "unreadable": lost}
    return json.dumps(row, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
