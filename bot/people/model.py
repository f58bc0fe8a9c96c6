"""Rows of the people domain: who owns the data, who is in it, and where they can be reached."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment


class CodeState(enum.StrEnum):
    """How far a code has come; it is entered once."""

    MADE = "made"
    ENTERED = "entered"  # whoever entered it has yet to confirm
    CONFIRMED = "confirmed"  # they did; whoever made it has yet to
    DONE = "done"
    ENDED = "ended"  # somebody thought better of it


class Code(Base):
    """A code that brings two sides together: made on one, entered on the other, confirmed by both."""

    __tablename__ = "codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})  # who made it
    purpose: Mapped[str]
    digest: Mapped[str] = mapped_column(index=True)  # of the code, which is kept nowhere
    state: Mapped[str] = mapped_column(default=CodeState.MADE)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None, info={"erase": "row"})
    entered_at_id: Mapped[int | None] = mapped_column(ForeignKey("workspaces.id"), default=None)
    until: Mapped[datetime] = mapped_column(Moment)  # it holds


class WrongCode(Base):
    """A code that somebody entered and that was none: nobody may guess for long."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True, info={"erase": "row"})
    at: Mapped[datetime] = mapped_column(Moment)
