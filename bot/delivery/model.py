"""Rows of delivery: what is to be shown and said, and the commands already carried out."""

from __future__ import annotations

import enum
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, TypeDecorator, UniqueConstraint, and_, false, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from bot.ports import Subject
from bot.store.database import Base, Moment, Sealed

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Dialect


class About(TypeDecorator[Subject]):
    """A subject as one text, such as offer:12. What it is compared with may be a pattern of such texts."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Subject | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write it."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Subject | None:  # noqa: ARG002
        """Read it."""
        return None if value is None else Subject.read(value)


class DeliveryState(enum.StrEnum):
    """How far a card or notice has come."""

    PENDING = "pending"  # to be sent, perhaps again
    SENT = "sent"  # the platform took it
    DEAD = "dead"  # the platform will never take it
    EXPIRED = "expired"  # too late to be of use; never sent
    UNKNOWN = "unknown"  # it may or may not have arrived, and is not sent again


class IfUnknown(enum.StrEnum):
    """What to do when nobody knows whether a message arrived."""

    AGAIN = "again"  # send it once more, marked as such
    LEAVE = "leave"  # twice would be worse than never


class Deliverable(Base):
    """What cards and notices have in common."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[Subject] = mapped_column(About)
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)  # orders rows of one subject in one conversation
    body: Mapped[str | None] = mapped_column(Sealed("deliverable.body"))  # a Message; erased a day after its end
    state: Mapped[str] = mapped_column(default=DeliveryState.PENDING)
    try_at: Mapped[datetime] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # by the database's clock, if it has one
    not_after: Mapped[datetime | None] = mapped_column(Moment, default=None)
    if_unknown: Mapped[str] = mapped_column(default=IfUnknown.AGAIN)
    sent_again: Mapped[bool] = mapped_column(default=False)
    moved: Mapped[bool] = mapped_column(default=False, server_default=false())  # it could not arrive where it was to go
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    error: Mapped[str | None] = mapped_column(default=None)  # why it is dead or waits: never message text
    outcome_to: Mapped[str | None] = mapped_column(default=None)  # who wants to hear how it ended
    outcome_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    @declared_attr
    def organisation_id(cls) -> Mapped[int]:  # noqa: N805  SQLAlchemy calls it with the class
        """Name the owner."""
        return mapped_column(ForeignKey("organisations.id"), index=True)

    @declared_attr
    def conversation_id(cls) -> Mapped[int]:  # noqa: N805  as above
        """Name the place."""
        return mapped_column(ForeignKey("conversations.id"))


# Whole, so that PostgreSQL takes it also when it believes that next to nothing is pending, as it does before a burst.
OF_ONE_SUBJECT = ("subject", "conversation_id", "state", "asked_at")

# Which is true of all. But who asks for no such time cannot take the index of what is due, as PostgreSQL would for each
# row of a burst, to see what holds it back.
TRIED = text("try_at IS NOT NULL")
UNSAID = "unsaid"  # what cards are about that stand in place of something that was erased
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

# What a lease changes stays on its page, and no index has to hear of it.
ROOMY = {"postgresql_with": {"fillfactor": 50}}


def _only(name: str, known: str, *columns: str) -> Index:
    """Make an index of the rows of which something is known."""
    where = text(f"{known} IS NOT NULL")
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Card(Deliverable):
    """A living message: what it should show, and what the platform shows."""

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("subject", "conversation_id"),
        Index("ix_cards_due", "state", "try_at", "asked_at", postgresql_where=TRIED),
        _only("ix_cards_ended", "ended_at", "ended_at"),
        _only("ix_cards_outcome_due_at", "outcome_due_at", "outcome_due_at"),
        Index("ix_cards_subject", *OF_ONE_SUBJECT),
        _only("ix_cards_worded", "body", "ended_at"),
        ROOMY,
    )

    wanted: Mapped[int] = mapped_column(default=1)  # version
    shown: Mapped[int] = mapped_column(default=0)  # version
    reference: Mapped[str | None] = mapped_column(default=None)  # the platform's id of the message
    under: Mapped[Subject | None] = mapped_column(
        About, default=None
    )  # the subject of the card in whose thread it stands
    aloud: Mapped[bool] = mapped_column(default=False, server_default=false())  # heard outside of that thread too
    afresh: Mapped[bool] = mapped_column(default=False, server_default=false())  # in a new message, for it is heard


class Notice(Deliverable):
    """Something said once, to draw attention."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_due", "state", "try_at", "asked_at", postgresql_where=TRIED),
        _only("ix_notices_ended", "ended_at", "ended_at"),
        _only("ix_notices_outcome_due_at", "outcome_due_at", "outcome_due_at"),
        Index("ix_notices_subject", *OF_ONE_SUBJECT),
        _only("ix_notices_worded", "body", "ended_at"),
        ROOMY,
    )

    reference: Mapped[str | None] = mapped_column(default=None)  # so that it can be taken back


KINDS: tuple[type[Deliverable], ...] = (Card, Notice)


def in_state(kind: Any, *states: str) -> ColumnElement[bool]:
    """Choose the rows in these states by the index of what is due, which whoever asks for no time cannot take."""
    return and_(kind.state.in_(states), kind.try_at >= LONG_AGO)


class InboxEntry(Base):
    """A command already carried out, with its reply, so that a repeat changes nothing."""

    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    reply: Mapped[str | None] = mapped_column(Sealed("inbox.reply"), default=None)
    # What the trail will say of it, until it does; without keys, for keys would lock the rows of people.
    trail_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)
    organisation_id: Mapped[int | None] = mapped_column(default=None, info={"names": "organisations.id"})
    who_id: Mapped[int | None] = mapped_column(default=None, info={"names": "people.id"})
    command: Mapped[str | None] = mapped_column(default=None)
    whence: Mapped[str | None] = mapped_column(Sealed("trail.whence"), default=None)


class Parked(Base):
    """A row the clock could not act on: kept out of its way, shown by `doctor`."""

    __tablename__ = "parked"

    id: Mapped[int] = mapped_column(primary_key=True)
    task: Mapped[str]
    row_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    reference: Mapped[str]  # as in the log
    error: Mapped[str]  # the class of the error: never message text
