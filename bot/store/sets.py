"""Many rows at once: how each of the two databases is asked for them, so that it takes the way it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ARRAY, any_, literal, text

from bot.store.database import locks_all

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute, Session

_IN_ORDER = text("SET LOCAL enable_sort = off")


def among(session: Session, column: InstrumentedAttribute[int], ids: Collection[int]) -> ColumnElement[bool]:
    """Compare with each of them; PostgreSQL takes all as one value, so the statement is the same however many."""
    if locks_all(session):
        return column.in_(ids)
    return column == any_(literal(list(ids), ARRAY(column.type)))


def read_in_order(session: Session) -> None:
    """Have PostgreSQL read what is ordered and limited from its index until it has enough, in this transaction.

    In a burst it believes for a while yet that next to nothing waits; it would read, join and sort all that does.
    """
    if not locks_all(session):
        session.execute(_IN_ORDER)
