"""Notes that name somebody: what was written about a case goes with whom it names, for nobody could change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.people.privacy.written import names
from bot.store.database import Base, Sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column
    from sqlalchemy.orm import Session

# What is written about a case: of these tables, and of what hangs on them.
ABOUT_CASES = ("handoffs", "grants")
REFERENCES = ("case", "customer", "danger")  # found by their hash, or nobody's words

Noted = dict[str, dict[int, list[int]]]  # by column: which rows name them, of which case


def notes_naming(session: Session, words: str) -> Noted:
    """Find the notes in which somebody, or a case, is named by a whole word."""
    holds, found = names(words), Noted()
    for column, of_case in _columns():
        rows = session.execute(select(column.table.c.id, of_case, column).where(column.is_not(None))).all()
        for row_id, case_id, text in rows:
            if holds(text):
                found.setdefault(f"{column.table.name}.{column.name}", {}).setdefault(case_id, []).append(row_id)
    return found


def counted(noted: Noted) -> dict[str, int]:
    """Count them by column."""
    return {name: sum(map(len, rows.values())) for name, rows in noted.items()}


def empty_notes(session: Session, noted: Noted) -> dict[str, list[int]]:
    """Let go of them; give the rows of cases they belong to, by table."""
    cases: dict[str, list[int]] = {}
    for column, of_case in _columns():
        rows = noted.get(f"{column.table.name}.{column.name}", {})
        ids = [one for some in rows.values() for one in some]
        if ids:
            session.execute(update(column.table).where(column.table.c.id.in_(ids)).values({column.name: None}))
            [key] = of_case.foreign_keys or (None,)
            cases.setdefault(key.column.table.name if key else column.table.name, []).extend(rows)
    return cases


def _columns() -> Iterator[tuple[Column[str], Column[int]]]:
    """Give the columns of notes, each with the one that says of which case it is."""
    for table in Base.metadata.sorted_tables:
        keys = [one for one in table.columns if any(key.column.table.name in ABOUT_CASES for key in one.foreign_keys)]
        of_case = table.c.id if table.name in ABOUT_CASES else keys[0] if keys else None
        for column in table.columns:
            sealed = isinstance(column.type, Sealed) and column.nullable
            if of_case is not None and sealed and column.name not in REFERENCES:
                yield column, of_case
