"""Many rows at once: how each of the two databases is asked for them, so that it takes the way it should."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, any_, func, literal, text

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


def of_each(
    session: Session,
    column: InstrumentedAttribute[int],
    other: InstrumentedAttribute[str | None],
    each: Mapping[int, str | None],
) -> tuple[ColumnElement[bool], ColumnElement[str | None]]:
    """Choose these rows, and give the value that belongs to each; as with `among`, the statement stays the same."""
    if locks_all(session):
        pairs = func.json_each(literal(json.dumps(list(each.items())))).table_valued("value")
        return column == func.json_extract(pairs.c.value, "$[0]"), func.json_extract(pairs.c.value, "$[1]")
    ids, values = literal(list(each), ARRAY(column.type)), literal(list(each.values()), ARRAY(other.type))
    given = func.unnest(ids, values).table_valued("id", "value", name="given").render_derived()
    return column == given.c.id, given.c.value


def read_in_order(session: Session) -> None:
    """Have PostgreSQL read what is ordered and limited from its index until it has enough, in this transaction.

    In a burst it believes for a while yet that next to nothing waits; it would read, join and sort all that does.
    """
    if not locks_all(session):
        session.execute(_IN_ORDER)
