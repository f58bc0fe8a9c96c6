"""Rows of pages that keep themselves up to date: whoever changes what they show has them drawn again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Table, UniqueConstraint, bindparam, case, update
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment


class Board(Base):
    """A status board somebody has open: it is drawn again when something on it changes."""

    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)


class Home(Base):
    """The Home somebody has opened lately: it is drawn again when something on it changes."""

    __tablename__ = "homes"
    __table_args__ = (UniqueConstraint("person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    not_before: Mapped[datetime | None] = mapped_column(Moment, default=None)  # it is not drawn again sooner
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)


_BOARDS: Table = Board.__table__  # type: ignore[assignment]  # a declared class always has a table
_HOMES: Table = Home.__table__  # type: ignore[assignment]  # as above
_NOW = bindparam("now", type_=Moment)
# Every page of an organisation is to be drawn again. Built once: most commands change what they show.
CHANGED = (
    update(_BOARDS).where(_BOARDS.c.organisation_id == bindparam("organisation")).values(next_due_at=_NOW),
    update(_HOMES)
    .where(_HOMES.c.organisation_id == bindparam("organisation"))
    .values(next_due_at=case((_HOMES.c.not_before > _NOW, _HOMES.c.not_before), else_=_NOW)),
)
