"""Rows of what comes after: the retrospective of an incident."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment, Sealed


class Account(BaseModel):
    """What an owner tells of an incident that is over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    summary: str = ""  # what happened, for whoever was not there
    timeline: str = ""  # a line each
    learned: str = ""  # what is done differently from now on


class Retrospective(Base):
    """What an owner told of an incident and posted in its thread."""

    __tablename__ = "retrospectives"
    __table_args__ = (UniqueConstraint("incident_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    account_text: Mapped[str | None] = mapped_column("account", Sealed("retrospectives.account"), default=None)
    posted_at: Mapped[datetime] = mapped_column(Moment)
    posted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    @property
    def account(self) -> Account:
        """What was told; empty once it was erased."""
        return Account.model_validate_json(self.account_text) if self.account_text else Account()
