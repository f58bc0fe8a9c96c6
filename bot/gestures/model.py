"""Rows of the gestures domain: what may be given to customers, and what was."""

from __future__ import annotations

import enum
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.directory.model import Settings
from bot.gestures.limits import Limits
from bot.ports import Subject
from bot.store.amounts import Exactly
from bot.store.database import Base, Moment, Sealed


class GestureKind(enum.StrEnum):
    """What sort of thing is given."""

    CREDIT = "credit"  # on the customer's account
    REFUND = "refund"  # of a fee
    TOKEN = "token"  # a voucher, flowers, a card  # noqa: S105  no password
    REPLACEMENT = "replacement"  # the thing itself once more


class GrantState(enum.StrEnum):
    """How far a grant has come."""

    ASKED = "asked"  # a supervisor is asked
    GRANTED = "granted"
    REFUSED = "refused"
    UNANSWERED = "unanswered"  # no supervisor answered in time
    CANCELLED = "cancelled"  # taken back, before it was granted or after


class AskState(enum.StrEnum):
    """What came of asking one supervisor."""

    ASKED = "asked"
    PASSED = "passed"  # "not me"
    OVER = "over"


class GestureSettings(Settings):
    """How an organisation writes amounts; without a row, its time zone says so."""

    __tablename__ = "gesture_settings"

    locale: Mapped[str]


class Gesture(Base):
    """One line of the catalogue: something that may be given, and how much of it an agent grants alone."""

    __tablename__ = "gestures"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})
    kind: Mapped[str]
    name: Mapped[str] = mapped_column(Sealed("gestures.name"))
    sentence: Mapped[str | None] = mapped_column(Sealed("gestures.sentence"), default=None)  # None: ours
    currency: Mapped[str]
    per_case: Mapped[Decimal] = mapped_column(Exactly)  # an agent alone; 0: never
    per_day: Mapped[Decimal | None] = mapped_column(Exactly, default=None)
    per_customer: Mapped[Decimal | None] = mapped_column(Exactly, default=None)
    version: Mapped[int] = mapped_column(default=1)  # forms name the one they were opened on
    changed_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    @property
    def limits(self) -> Limits:
        """How much an agent grants alone."""
        return Limits(case=self.per_case, day=self.per_day, customer=self.per_customer)


class Grant(Base):
    """A gesture made to one customer, or asked for."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("organisation_id", "mark"),
        Index("ix_grants_asked", "state", "next_due_at"),
        Index("ix_grants_case", "gesture_id", "case_hash"),
        Index("ix_grants_customer", "gesture_id", "customer_hash"),
        Index("ix_grants_requester", "requester_id", "granted_at"),
        Index("ix_grants_month", "organisation_id", "granted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    gesture_id: Mapped[int] = mapped_column(ForeignKey("gestures.id"))
    requester_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})
    decided_by_id: Mapped[int | None] = mapped_column(  # None: within limits
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )
    mark: Mapped[str]  # of the form it came from: the same form makes one gesture, however often it is sent
    state: Mapped[str] = mapped_column(default=GrantState.ASKED)
    amount: Mapped[Decimal] = mapped_column(Exactly)
    currency: Mapped[str]
    instead: Mapped[Decimal | None] = mapped_column(Exactly, default=None)  # what a no offers instead
    case: Mapped[str | None] = mapped_column(Sealed("grants.case"), default=None)
    case_hash: Mapped[str | None] = mapped_column(default=None)
    customer: Mapped[str | None] = mapped_column(Sealed("grants.customer"), default=None)
    customer_hash: Mapped[str | None] = mapped_column(default=None)
    why_text: Mapped[str | None] = mapped_column("why", Sealed("grants.why"), default=None)
    no_text: Mapped[str | None] = mapped_column("no", Sealed("grants.no"), default=None)  # why it was refused
    started_at: Mapped[datetime] = mapped_column(Moment)
    granted_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # stays when it is taken back later
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)
    rung: Mapped[str | None] = mapped_column(default=None)
    rounds: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(Moment)  # when this rung last asked
    delivered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    supervisors_by: Mapped[datetime] = mapped_column(Moment)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)


class GrantAsk(Base):
    """One supervisor asked to decide one grant."""

    __tablename__ = "grant_asks"
    __table_args__ = (UniqueConstraint("grant_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    grant_id: Mapped[int] = mapped_column(ForeignKey("grants.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True, info={"erase": "row"})
    rung: Mapped[str]  # on which they were last asked
    state: Mapped[str] = mapped_column(default=AskState.ASKED)
    asks: Mapped[int] = mapped_column(default=1)  # how often; each time with a card of its own
    asked_at: Mapped[datetime] = mapped_column(Moment)
    undelivered: Mapped[bool] = mapped_column(default=False)

    @property
    def subject(self) -> Subject:
        """The subject of the card that asks them."""
        return Subject.of("grant-ask", self.grant_id, self.asks)
