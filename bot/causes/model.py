"""Rows of the causes domain: what goes wrong and which department mends it, what it was named for, and its reviews."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.causes.shipped import NONE, SHIPPED
from bot.directory.model import Settings
from bot.say.language import _, in_every_language
from bot.store.database import Base, Moment, Sealed


class ReviewState(enum.StrEnum):
    """How far a review has come."""

    ASKED = "asked"  # the department owes an answer
    ANSWERED = "answered"  # it has answered; nothing was changed yet
    TESTING = "testing"  # something was changed, and what comes of it is counted
    CLOSED = "closed"


class Cause(Base):
    """Why cases are handed on and incidents happen, as a team names it; ours until somebody writes another name."""

    __tablename__ = "causes"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    key: Mapped[str | None] = mapped_column(default=None)  # of one of ours
    name_text: Mapped[str | None] = mapped_column("name", Sealed("causes.name"), default=None)  # None: ours
    department_text: Mapped[str | None] = mapped_column("department", Sealed("causes.department"), default=None)
    hints_text: Mapped[str | None] = mapped_column("hints", Sealed("causes.hints"), default=None)
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), default=None)  # of the department
    person_id: Mapped[int | None] = mapped_column(  # who answers for it
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )
    changed_by_id: Mapped[int | None] = mapped_column(  # None: as shipped
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )
    version: Mapped[int] = mapped_column(default=0)  # forms name the one they were opened on
    retired_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    @property
    def name(self) -> str:
        """What it is called."""
        return self.name_text or _(SHIPPED.get(self.key or "", NONE).name)

    @property
    def department(self) -> str:
        """Who has to mend it."""
        return self.department_text or _(SHIPPED.get(self.key or "", NONE).department)

    @property
    def hints(self) -> str:
        """Words that speak for it, with commas between."""
        ours = SHIPPED.get(self.key or "", NONE).hints
        return self.hints_text if self.hints_text is not None else _(ours) if ours else ""

    @property
    def hints_everywhere(self) -> str:
        """The same in every language of ours: a note is not always in the one its reader speaks."""
        ours = SHIPPED.get(self.key or "", NONE).hints
        if self.hints_text is not None or not ours:
            return self.hints
        return ", ".join(in_every_language(ours))


class Attribution(Base):
    """The cause somebody named for one handoff, or for one incident. Who named it is not kept."""

    __tablename__ = "attributions"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    cause_id: Mapped[int] = mapped_column(ForeignKey("causes.id"), index=True)
    handoff_id: Mapped[int | None] = mapped_column(ForeignKey("handoffs.id"), default=None, unique=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), default=None, unique=True)


class Review(Base):
    """A cause, looked at with the department that can mend it: what it answers, what changes, and whether it helps."""

    __tablename__ = "reviews"
    __table_args__ = (Index("ix_reviews_cause", "cause_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    cause_id: Mapped[int] = mapped_column(ForeignKey("causes.id"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})
    channel_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None, info={"erase": "name"})
    state: Mapped[str] = mapped_column(default=ReviewState.ASKED)
    question_text: Mapped[str | None] = mapped_column("question", Sealed("reviews.question"), default=None)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    answer_by: Mapped[datetime] = mapped_column(Moment)
    said_at: Mapped[datetime] = mapped_column(Moment)  # when the department was last asked
    escalated_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # whoever opened it was told
    answered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None, info={"erase": "name"})
    answer_text: Mapped[str | None] = mapped_column("answer", Sealed("reviews.answer"), default=None)
    change_text: Mapped[str | None] = mapped_column("change", Sealed("reviews.change"), default=None)
    changed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # since when the change holds
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)


class ReachOut(Base):
    """A customer somebody wants to reach out to, on a list of their own."""

    __tablename__ = "reach_outs"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(  # whose list it is on
        ForeignKey("people.id"), index=True, info={"erase": "row"}
    )
    cause_id: Mapped[int | None] = mapped_column(ForeignKey("causes.id"), default=None)
    customer: Mapped[str] = mapped_column(Sealed("reach_outs.customer"))
    added_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class CauseSettings(Settings):
    """How many of those whom something hits say so, as an organisation assumes; without a row, as shipped."""

    __tablename__ = "cause_settings"

    fewest_per_mille: Mapped[int]  # of a thousand customers who met it, at least so many complain
    most_per_mille: Mapped[int]
