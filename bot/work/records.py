"""Rows of the trail: who decided what, and where a chain begins whose oldest entries were let go of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment, Sealed


class Decision(Base):
    """One command that somebody had carried out."""

    __tablename__ = "decisions"
    __table_args__ = (UniqueConstraint("chain", "number"), Index("ix_decisions_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    chain: Mapped[int]  # the organisation it was decided in: it stays when two become one
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    command: Mapped[str]
    who_id: Mapped[int | None] = mapped_column(default=None, info={"names": "people.id"})
    whence: Mapped[str | None] = mapped_column(Sealed("trail.whence"), default=None)  # account, place, how
    salt: Mapped[str | None] = mapped_column(default=None)
    mark: Mapped[str]  # binds whence, and stays when that is erased
    link: Mapped[str]  # binds the entry to the one before it


class Anchor(Base):
    """The last entry of a chain that was let go of, so that the rest can be verified."""

    __tablename__ = "anchors"

    chain: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    number: Mapped[int]
    link: Mapped[str] = mapped_column(Sealed("anchors.link"))  # sealed: nobody else can say where it begins
