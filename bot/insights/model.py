"""Rows of reports that come by themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment


class ReportPlan(Base):
    """In which channel a report comes, how often, and when next: the row is the truth, no job is stored."""

    __tablename__ = "report_plans"
    __table_args__ = (UniqueConstraint("organisation_id", "conversation_id", "rhythm"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    rhythm: Mapped[str]  # week, month or monday
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
