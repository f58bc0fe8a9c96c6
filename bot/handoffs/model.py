"""Rows of the handoffs domain: today the hold, the one clock a customer waits by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base, Moment


class Hold(Base):
    """A customer asked to hold: one clock from "I asked them to hold" to "I am back"."""

    __tablename__ = "holds"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    told: Mapped[int] = mapped_column(default=0)  # notices said so far: see hold.py
    unreachable: Mapped[bool] = mapped_column(default=False)  # a notice could not be delivered
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)
