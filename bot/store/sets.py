"""Many rows at once: how each of the two databases is asked for them, so that it takes the way it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, any_, bindparam, func, literal, text, update

from bot.store.database import locks_all

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

_IN_ORDER = text("SET LOCAL enable_sort = off")


def among(session: Session, column: InstrumentedAttribute[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Compare with each of them; PostgreSQL takes all as one value, so the statement is the same however many."""
    if locks_all(session):
        return column.in_(ids)
    return column == any_(literal(list(ids), ARRAY(column.type)))


def update_each(
    session: Session,
    column: InstrumentedAttribute[int],
    other: InstrumentedAttribute[str | None],
    each: Mapping[int, str | None],
    values: dict[str, Any],
) -> None:
    """Write the same to each of these rows, but for one column; PostgreSQL takes all of it as one statement."""
    table: Any = column.class_.__table__
    its = table.c[column.key]
    if locks_all(session):  # which is asked within the process
        one = update(table).where(its == bindparam("its_id")).values({**values, other.key: bindparam("its_value")})
        session.connection().execute(one, [{"its_id": row_id, "its_value": value} for row_id, value in each.items()])
        return
    ids, theirs = literal(list(each), ARRAY(column.type)), literal(list(each.values()), ARRAY(other.type))
    given = func.unnest(ids, theirs).table_valued("id", "value", name="given").render_derived()
    session.connection().execute(update(table).where(its == given.c.id).values({**values, other.key: given.c.value}))


def read_in_order(session: Session) -> None:
    """Have PostgreSQL read what is ordered and limited from its index until it has enough, in this transaction.

    In a burst it believes for a while yet that next to nothing waits; it would read, join and sort all that does.
    """
    if not locks_all(session):
        session.execute(_IN_ORDER)
