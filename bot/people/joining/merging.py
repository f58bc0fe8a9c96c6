"""Two owners become one, two people become one: every row that names the second names the first from then on.

Tables are found by what they declare, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Integer, UniqueConstraint, and_, delete, func, insert, select, update

from bot.directory.model import Organisation, Person
from bot.store.database import Base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Table
    from sqlalchemy.orm import Session


def lock_both(session: Session, model: type[Organisation | Person], both: tuple[int, int]) -> bool:
    """Lock the two for merging, always in one order; False: they are one by now."""
    rows = select(model.id).where(model.id.in_(both)).order_by(model.id).with_for_update()
    return len(session.scalars(rows).all()) == len(both)


def merge_organisations(session: Session, first: int, second: int) -> None:
    """Give the first everything the second owns; its settings hold, its numbers go on."""
    session.flush()
    _keep_hours(session, first, second)
    for table, column in owned():
        if column.primary_key:
            _unite_lists(session, table, column, (first, second))
            session.execute(delete(table).where(column == second))  # settings: there is one row for each
            continue
        moved: dict[str, Any] = {column.name: first}
        for number in _numbers_beside(table, column):
            highest = session.scalar(select(func.coalesce(func.max(number), 0)).where(column == first))
            moved[number.name] = number + highest
        session.execute(update(table).where(column == second).values(moved))
    session.execute(delete(Organisation).where(Organisation.id == second))
    session.expire_all()


def _unite_lists(session: Session, table: Table, column: Column[Any], both: tuple[int, int]) -> None:
    """Keep what the second has listed, such as the places its customers read; what holds one value is the first's."""
    lists = [one for one in table.columns if isinstance(one.type, JSON)]
    if not lists:
        return
    ours, theirs = (session.execute(select(*lists).where(column == one)).first() for one in both)
    if theirs is None or not any(theirs):
        return
    kept = [
        list(dict.fromkeys([*(mine or []), *(more or [])])) for mine, more in zip(ours or theirs, theirs, strict=True)
    ]
    united = dict(zip((one.name for one in lists), kept, strict=True))
    if ours is None:
        session.execute(insert(table).values({column.name: both[0], **united}))
    else:
        session.execute(update(table).where(column == both[0]).values(united))


def owned() -> Iterator[tuple[Table, Column[Any]]]:
    """List every table whose rows belong to an organisation, with the column that says so."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if _names(column, "organisations.id"):
                yield table, column


def about_people() -> Iterator[tuple[Table, Column[Any]]]:
    """List every column that names a person."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if _names(column, "people.id"):
                yield table, column


def _names(column: Column[Any], what: str) -> bool:
    """Say whether a column names one, by a key or by its word where a key would lock too much."""
    return column.info.get("names") == what or any(key.target_fullname == what for key in column.foreign_keys)


def lists_of_people() -> Iterator[tuple[Table, Column[Any]]]:
    """List every column that holds the ids of several people, which a key cannot say."""
    for table in Base.metadata.sorted_tables:
        yield from ((table, column) for column in table.columns if column.info.get("lists") == "people.id")


def _keep_hours(session: Session, first: int, second: int) -> None:
    """Leave nine o'clock where it was for those whose hours were written in the zone of the second."""
    stays, joins = session.get_one(Organisation, first), session.get_one(Organisation, second)
    if stays.time_zone != joins.time_zone:
        theirs = (
            Person.organisation_id == second,
            Person.time_zone == "",
            Person.platform_zone == "",
            Person.shifts_text != "",
        )
        session.execute(update(Person).where(*theirs).values(time_zone=joins.time_zone))


def _unique_with(table: Table, column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """Give what stands beside a column where a table insists on one row of each."""
    for rule in table.constraints:
        if isinstance(rule, UniqueConstraint) and column.name in rule.columns:
            yield [one for one in rule.columns if one.name != column.name]


def _numbers_beside(table: Table, column: Column[Any]) -> Iterator[Column[Any]]:
    for beside in _unique_with(table, column):
        yield from (one for one in beside if isinstance(one.type, Integer) and not one.foreign_keys)


def merge_people(session: Session, first: Person, second: Person) -> None:
    """Make one of two: roles of both, and everything else as the first has it."""
    first.is_agent = first.is_agent or second.is_agent
    first.is_supervisor = first.is_supervisor or second.is_supervisor
    first.is_admin = first.is_admin or second.is_admin
    first.linked = True
    session.flush()
    for table, column in about_people():
        for beside in _unique_with(table, column):
            _drop_twins(session, table, column, beside, (first.id, second.id))
        session.execute(update(table).where(column == second.id).values({column.name: first.id}))
    for table, column in lists_of_people():
        _replace_in_lists(session, table, column, (first.id, second.id))
    session.expire_all()
    session.execute(delete(Person).where(Person.id == second.id))


def _drop_twins(
    session: Session, table: Table, column: Column[Any], beside: list[Column[Any]], both: tuple[int, int]
) -> None:
    """Where each has a row of a kind of which one may have only one, the first's stays."""
    first, second = both
    other = table.alias()
    same = and_(other.c[column.name] == first, *(other.c[one.name] == one for one in beside))
    session.execute(delete(table).where(column == second, select(other.c[column.name]).where(same).exists()))


def _replace_in_lists(session: Session, table: Table, column: Column[Any], both: tuple[int, int]) -> None:
    first, second = both
    for row_id, listed in session.execute(select(table.c.id, column)).all():
        if second in listed:
            people = list(dict.fromkeys(first if one == second else one for one in listed))
            session.execute(update(table).where(table.c.id == row_id).values({column.name: people}))
