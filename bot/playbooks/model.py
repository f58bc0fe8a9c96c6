"""Rows of the playbooks domain."""

from __future__ import annotations

import enum
from datetime import date, datetime

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
    __table_args__ = (
        Index("ix_runs_owner", "person_id", "state"),
        Index("ix_runs_history", "organisation_id", "started_at", "playbook"),
        Index("ix_runs_lately", "person_id", "started_at"),
        Index("ix_runs_open", "state", "next_due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})
    playbook: Mapped[str]
    path: Mapped[list[str]] = mapped_column(JSON)  # ids of the steps so far; the last one is shown
    channel: Mapped[str] = mapped_column(default="spoken")  # how its owner speaks with the customer
    version: Mapped[int] = mapped_column(default=1)  # counts changes: buttons name the one they were drawn in
    state: Mapped[str] = mapped_column(default=RunState.OPEN)
    started_at: Mapped[datetime] = mapped_column(Moment)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)  # when it is left


class VersionState(enum.StrEnum):
    """What became of a version of a playbook of our own."""

    WAITING = "waiting"  # for a second person
    LIVE = "live"  # what the team reads
    EARLIER = "earlier"  # was live, or was written over before it came to that
    DECLINED = "declined"  # the second person sent it back


class OwnPlaybook(Base):
    """A playbook a team has written for itself, as its author typed it; what stands here is what the team reads."""

    __tablename__ = "own_playbooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(  # of the version that is read
        ForeignKey("people.id"), info={"erase": "name"}
    )
    title: Mapped[str] = mapped_column(Sealed("own_playbooks.title"))
    situation: Mapped[str] = mapped_column(Sealed("own_playbooks.situation"))
    words: Mapped[str] = mapped_column(Sealed("own_playbooks.words"))
    steps: Mapped[str] = mapped_column(Sealed("own_playbooks.steps"))
    version: Mapped[int] = mapped_column(default=1)  # counts changes: forms and shelves name the one they know
    live: Mapped[bool] = mapped_column(default=False)  # a second person has published it, and it is not retired
    changed_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    reviewed_at: Mapped[datetime] = mapped_column(Moment)  # when somebody last said that it is still right
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)  # when to ask again


class OwnVersion(Base):
    """A playbook of a team's own as somebody wrote it once, and what became of that."""

    __tablename__ = "own_versions"
    __table_args__ = (UniqueConstraint("playbook_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    playbook_id: Mapped[int] = mapped_column(ForeignKey("own_playbooks.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None, info={"erase": "name"})
    # Sealed as the playbook's own are: they are the same words.
    title: Mapped[str] = mapped_column(Sealed("own_playbooks.title"))
    situation: Mapped[str] = mapped_column(Sealed("own_playbooks.situation"))
    words: Mapped[str] = mapped_column(Sealed("own_playbooks.words"))
    steps: Mapped[str] = mapped_column(Sealed("own_playbooks.steps"))
    why: Mapped[str | None] = mapped_column(Sealed("own_versions.why"), default=None)  # what was changed, and why
    answer: Mapped[str | None] = mapped_column(Sealed("own_versions.answer"), default=None)  # why it was sent back
    state: Mapped[str] = mapped_column(default=VersionState.WAITING)
    written_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class HouseRule(Base):
    """What an organisation has decided for itself, read in the step of a playbook that asks for it."""

    __tablename__ = "house_rules"
    __table_args__ = (UniqueConstraint("organisation_id", "playbook"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    playbook: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})  # who changed it last
    text: Mapped[str] = mapped_column(Sealed("house_rules.text"))
    version: Mapped[int] = mapped_column(default=1)  # forms name the one they were opened on
    changed_at: Mapped[datetime] = mapped_column(Moment)


class PrivateSentence(Base):
    """What somebody says in a step in words of their own, read by nobody else."""

    __tablename__ = "private_sentences"
    __table_args__ = (Index("ix_private_sentences_step", "person_id", "playbook", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})
    playbook: Mapped[str]
    step: Mapped[str]
    text: Mapped[str] = mapped_column(Sealed("private_sentences.text"))
    changed_at: Mapped[datetime] = mapped_column(Moment)


class Vote(Base):
    """That a sentence worked for somebody on a day: once a day, however often they say so."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("person_id", "playbook", "step", "line", "day"),
        Index("ix_votes_step", "organisation_id", "playbook", "step"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "row"})
    playbook: Mapped[str]
    step: Mapped[str]
    line: Mapped[str]  # names the sentence, and cannot be read as one
    day: Mapped[date] = mapped_column(index=True)


class Misfit(Base):
    """How often a playbook offered first did not fit, and which one was chosen instead: never what was typed."""

    __tablename__ = "misfits"
    __table_args__ = (UniqueConstraint("organisation_id", "playbook", "instead"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    playbook: Mapped[str]
    instead: Mapped[str] = mapped_column(default="")  # empty while none was chosen
    count: Mapped[int] = mapped_column(default=0)
