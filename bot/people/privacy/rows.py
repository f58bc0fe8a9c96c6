"""Every row that names somebody, as they may have it: what others wrote, and who those are, stays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from bot.directory.model import Person
from bot.people.joining.merging import about_people
from bot.people.privacy.erasing import accounts_of, of_accounts
from bot.store.database import Base, Sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session

Row = dict[str, Any]


def rows_about(session: Session, person: Person) -> Iterator[Row]:
    """Give them, table by table."""
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
    return [one for one in table.columns if not is_token(one)]


def is_token(column: Column[Any]) -> bool:
    """Say whether a column holds a key to a platform, which is nobody's data."""
    return isinstance(column.type, Sealed) and column.name.endswith("token")
