"""Rows of what comes after: the retrospective of an incident, and what follows from it."""

from __future__ import annotations

import enum
from datetime import datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.afterwards.decisions.pace import Kept, Stage
from bot.directory.model import Settings
from bot.ports import Subject
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
    posted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})

    @property
    def version(self) -> str:
        """Name the state a form is opened on: when it was posted."""
        return self.posted_at.isoformat()

    @property
    def account(self) -> Account:
        """What was told; empty once it was erased."""
        return Account.model_validate_json(self.account_text) if self.account_text else Account()


class FollowUpState(enum.StrEnum):
    """How far a follow-up has come."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # nobody needs it any more


class FollowUp(Base):
    """Something somebody does after an incident, by a time."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        Index("ix_follow_ups_state", "organisation_id", "state"),
        Index("ix_follow_ups_person", "person_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})  # who does it
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})
    what: Mapped[str] = mapped_column(Sealed("follow_ups.what"))
    state: Mapped[str] = mapped_column(default=FollowUpState.OPEN)
    made_at: Mapped[datetime] = mapped_column(Moment)  # or moved
    due_at: Mapped[datetime] = mapped_column(Moment)
    stage: Mapped[int] = mapped_column(default=Stage.QUIET)
    said_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)

    @property
    def subject(self) -> Subject:
        """Name the cards that remind of it."""
        return Subject.of("followup", self.id)

    @property
    def kept(self) -> Kept:
        """See it with the eyes of the pace."""
        return Kept(made_at=self.made_at, due_at=self.due_at, stage=Stage(self.stage), said_at=self.said_at)


class HeatedDay(Base):
    """How many heated cases somebody typed about on one day: neither words nor cases."""

    __tablename__ = "heated_days"
    __table_args__ = (
        UniqueConstraint("person_id", "began_at"),
        Index("ix_heated_days_day", "organisation_id", "began_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})
    began_at: Mapped[datetime] = mapped_column(Moment)  # that day, where they are
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # so that one case counts once
    told_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # the gentle word


class CareSettings(Settings):
    """Whether an organisation lets heated cases be counted; without a row they are."""

    __tablename__ = "care_settings"

    counted: Mapped[bool] = mapped_column(default=True)
