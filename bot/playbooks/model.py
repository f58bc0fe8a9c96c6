"""Rows of the playbooks domain."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.database import Base, Moment, Sealed


class RunState(enum.StrEnum):
    """How far a run has come."""

    OPEN = "open"  # its owner is walking through it
    DONE = "done"  # walked to the end
    LEFT = "left"  # its owner started another, or it lay open for half a day


class Run(Base):
    """One use of a playbook by one person."""

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_owner", "person_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    playbook: Mapped[str]
    path: Mapped[list[str]] = mapped_column(JSON)  # ids of the steps so far; the last one is shown
    channel: Mapped[str] = mapped_column(default="spoken")  # how its owner speaks with the customer
    version: Mapped[int] = mapped_column(default=1)  # counts changes: buttons name the one they were drawn in
    state: Mapped[str] = mapped_column(default=RunState.OPEN)
    started_at: Mapped[datetime] = mapped_column(Moment)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)  # when it is left


class OwnPlaybook(Base):
    """A playbook a team has written for itself, as its author typed it."""

    __tablename__ = "own_playbooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who changed it last
    title: Mapped[str] = mapped_column(Sealed("own_playbooks.title"))
    situation: Mapped[str] = mapped_column(Sealed("own_playbooks.situation"))
    words: Mapped[str] = mapped_column(Sealed("own_playbooks.words"))
    steps: Mapped[str] = mapped_column(Sealed("own_playbooks.steps"))
    version: Mapped[int] = mapped_column(default=1)  # forms name the one they were opened on
    changed_at: Mapped[datetime] = mapped_column(Moment)


class HouseRule(Base):
    """What an organisation has decided for itself, read in the step of a playbook that asks for it."""

    __tablename__ = "house_rules"
    __table_args__ = (UniqueConstraint("organisation_id", "playbook"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    playbook: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # who changed it last
    text: Mapped[str] = mapped_column(Sealed("house_rules.text"))
    version: Mapped[int] = mapped_column(default=1)  # forms name the one they were opened on
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Misfit(Base):
    """How often a playbook offered first did not fit, and which one was chosen instead: never what was typed."""

    __tablename__ = "misfits"
    __table_args__ = (UniqueConstraint("organisation_id", "playbook", "instead"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    playbook: Mapped[str]
    instead: Mapped[str] = mapped_column(default="")  # empty while none was chosen
    count: Mapped[int] = mapped_column(default=0)
