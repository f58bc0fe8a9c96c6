"""What is kept about somebody, row by row, as it leaves the server in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select, true

from bot.directory.model import Identity, Person, Workspace
from bot.errors import WrongUse
from bot.gestures.model import Grant, GrantState
from bot.handoffs.model import OPEN, Handoff
from bot.incidents.model import LIVE, Incident
from bot.people.erasing import accounts_of, of_accounts
from bot.people.merging import about_people
from bot.store.database import Base, Sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session

Row = dict[str, Any]


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
        raise WrongUse(f"There is nobody called {who}. Give their account, or their name as Zanshin writes it.")
    choices = ", ".join(f"{workspace}/{account} ({person.name})" for person, workspace, account in rows[:10])
    raise WrongUse(f"Several people are called {who}. Name one of them: {choices}")


def hindrances(session: Session, person: Person) -> list[str]:
    """Say what somebody still has in hand."""
    mine = or_(Handoff.requester_id == person.id, Handoff.taker_id == person.id)
    cases = session.scalars(select(func.count(Handoff.id)).where(mine, Handoff.state.in_(OPEN))).one()
    owned = session.scalars(select(Incident.number).where(Incident.owner_id == person.id, Incident.state.in_(LIVE)))
    asked = select(func.count(Grant.id)).where(Grant.requester_id == person.id, Grant.state == GrantState.ASKED)
    grants = session.scalars(asked).one()
    return [
        *([f"open handoffs: {cases}"] if cases else []),
        *(f"owner of incident #{number}" for number in owned),
        *([f"gestures that are asked for: {grants}"] if grants else []),
    ]


def everything(session: Session) -> Iterator[Row]:
    """Give every row there is, without the keys to platforms."""
    for table in Base.metadata.sorted_tables:
        columns = [one for one in table.columns if not _is_token(one)]
        for row in session.execute(select(*columns).execution_options(yield_per=500)).mappings():
            yield {"table": table.name, "row": dict(row)}


def rows_about(session: Session, person: Person) -> Iterator[Row]:
    """Give every row that names somebody; what others wrote, and who they are, is theirs and stays out."""
    yield {"table": "people", "named_as": ["id"], "row": _row_of(session, Person.__table__, person.id)}
    for table in Base.metadata.sorted_tables:
        naming = [column for one, column in about_people() if one is table]
        if naming:
            yield from _rows_naming(session, table, naming, person.id)
    accounts = accounts_of(session, person)
    for table, column in of_accounts():
        for row in session.execute(select(*_kept(table)).where(column.in_(accounts))).mappings():
            yield {"table": table.name, "named_as": [column.name], "row": dict(row)}


def _rows_naming(session: Session, table: Table, naming: list[Column[Any]], person_id: int) -> Iterator[Row]:
    rows = session.execute(select(*_kept(table)).where(or_(*(one == person_id for one in naming))))
    for row in rows.mappings():
        named_as = [one.name for one in naming if row[one.name] == person_id]
        # The first whom a row names is who it comes from.
        others = {one.name for one in naming} - set(named_as)
        theirs = {one.name for one in table.columns if isinstance(one.type, Sealed)}
        hidden = others if naming[0].name in named_as else others | theirs
        yield {
            "table": table.name,
            "named_as": named_as,
            "row": {name: value for name, value in row.items() if name not in hidden},
        }


def _row_of(session: Session, table: Any, row_id: int) -> Row:
    return dict(session.execute(select(table).where(table.c.id == row_id)).mappings().one())


def _kept(table: Table) -> list[Column[Any]]:
    return [one for one in table.columns if not _is_token(one)]


def _is_token(column: Column[Any]) -> bool:
    return isinstance(column.type, Sealed) and column.name.endswith("token")


def as_line(row: Row) -> str:
    """Write a row as a line of JSON."""
    return json.dumps(row, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> str:
    return str(value.isoformat() if hasattr(value, "isoformat") else value)
