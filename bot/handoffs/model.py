"""Rows of the handoffs domain: the hold, the one clock a customer waits by; the handoff, and whom it was offered to."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.directory.model import Settings
from bot.handoffs.decisions.rungs import Times
from bot.ports import Subject
from bot.safety.hearing import Danger
from bot.store.database import Base, Moment, Sealed


class HandoffState(enum.StrEnum):
    """How far a handoff has come."""

    SEARCHING = "searching"  # nobody has it yet
    TAKEN = "taken"  # somebody took the case over
    CALLBACK = "callback"  # nobody could take it; the requester promised to call the customer back
    COMPLETED = "completed"  # whoever had it is done with it
    PASSED_ON = "passed_on"  # whoever had taken it handed it to the next, in a handoff of its own
    CANCELLED = "cancelled"  # the requester goes on alone


OPEN = (HandoffState.SEARCHING, HandoffState.TAKEN, HandoffState.CALLBACK)


class OfferState(enum.StrEnum):
    """What came of asking one person."""

    ASKED = "asked"  # they may still take it
    DECLINED = "declined"  # they said no
    TOOK = "took"  # they took it; they had the case, whatever came later
    OVER = "over"  # it ended without them


class Reason(enum.StrEnum):
    """Why somebody steps away from a case."""

    HEATED = "heated"
    ATTACK = "attack"  # it became personal
    SAFETY = "safety"  # threats, or fear
    EXHAUSTED = "exhausted"
    CONFLICT = "conflict"  # of interest
    END_OF_SHIFT = "shift"
    OTHER = "other"


COOL = (Reason.CONFLICT, Reason.END_OF_SHIFT)  # reasons that say nothing of heat
OF_CASE = (Reason.HEATED, Reason.ATTACK, Reason.SAFETY)  # reasons that go on with it; the others are of a person


class Note(BaseModel):
    """What the taker should know, as far as the requester has written it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mood: str = ""
    happened: str = ""
    promised: str = ""
    asked_for: str = ""
    real_problem: str = ""
    do_nots: str = ""
    playbooks_told: str = ""  # "yes": the requester lets the reader know which they have used
    signals: str = ""  # of heat, in words that led here and are not kept; commas between

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written yet."""
        return not any(self.model_dump(exclude={"signals"}).values())


class Hold(Base):
    """A customer asked to hold: one clock from "I asked them to hold" to "I am back"."""

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_running", "ended_at", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True, info={"erase": "name"})
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    told: Mapped[int] = mapped_column(default=0)  # notices said so far: see hold.py
    unreachable: Mapped[bool] = mapped_column(default=False)  # a notice could not be delivered
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)

    @property
    def subject(self) -> Subject:
        """The subject of the card with its clock: one for each who reads it, which moves on with what it says."""
        return Subject.of("hold", self.id)


class Handoff(Base):
    """A case passed to a colleague, from the first cry for help to the end."""

    __tablename__ = "handoffs"
    __table_args__ = (
        Index("ix_handoffs_requester", "requester_id", "state"),
        Index("ix_handoffs_taker", "taker_id", "state"),
        Index("ix_handoffs_case", "organisation_id", "case_hash"),
        Index("ix_handoffs_state", "organisation_id", "state"),
        Index("ix_handoffs_unended", "state", "next_due_at"),
        # Figures of a period are counted in this index alone: rows of handoffs are wide.
        Index(
            "ix_handoffs_history",
            "organisation_id",
            "started_at",
            "rung",
            "heated",
            "state",
            "taken_at",
            "requester_id",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    chain_id: Mapped[int | None] = mapped_column(default=None, index=True)  # the first handoff of a case passed on
    requester_id: Mapped[int] = mapped_column(  # who has to get out of the case
        ForeignKey("people.id"), info={"erase": "name"}
    )
    started_by_id: Mapped[int] = mapped_column(  # they themselves, or a supervisor
        ForeignKey("people.id"), info={"erase": "name"}
    )
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None, info={"erase": "name"})
    wish_id: Mapped[int | None] = mapped_column(  # whom to ask first
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )
    state: Mapped[str] = mapped_column(default=HandoffState.SEARCHING)
    reason_text: Mapped[str | None] = mapped_column("reason", Sealed("handoffs.reason"), default=None)
    heated: Mapped[bool] = mapped_column(default=True)  # counts among the heated cases of whoever takes it
    urgent: Mapped[bool] = mapped_column(default=False)  # a supervisor is called at once
    danger_text: Mapped[str | None] = mapped_column("danger", Sealed("handoffs.danger"), default=None)
    case: Mapped[str | None] = mapped_column(Sealed("handoffs.case"), default=None)
    case_hash: Mapped[str | None] = mapped_column(default=None)
    customer: Mapped[str | None] = mapped_column(Sealed("handoffs.customer"), default=None)
    customer_hash: Mapped[str | None] = mapped_column(default=None)
    note_text: Mapped[str | None] = mapped_column("note", Sealed("handoffs.note"), default=None)
    playbooks: Mapped[list[str]] = mapped_column(JSON, default=list)  # titles of those used shortly before
    started_at: Mapped[datetime] = mapped_column(Moment)
    supervisors_by: Mapped[datetime] = mapped_column(Moment)
    rung: Mapped[str | None] = mapped_column(default=None)
    asked_at: Mapped[datetime] = mapped_column(Moment)  # when this rung last asked
    delivered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # the first offer of this rung
    rounds: Mapped[int] = mapped_column(default=0)  # how often this rung asked
    calls: Mapped[int] = mapped_column(default=0)  # how often the channel was called
    calls_again_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    bridge_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when the bridging sentence is due
    taken_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    call_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # by when the customer was promised a call
    answered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # last sign of life of who has it
    care_asked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # "are you still at it?"
    closed_by_clock: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)

    @property
    def note(self) -> Note:
        """What the requester has written so far."""
        return Note.model_validate_json(self.note_text) if self.note_text else Note()

    @property
    def reason(self) -> Reason | None:
        """Why the requester steps away, as far as they said."""
        return Reason(self.reason_text) if self.reason_text else None

    @property
    def danger(self) -> Danger | None:
        """Which danger it tells of; one that is urgent for another reason tells of a threat."""
        if self.danger_text:
            known = self.danger_text in set(Danger)  # a newer version beside this one may know more kinds
            return Danger(self.danger_text) if known else Danger.PERSON
        return Danger.THREAT if self.urgent else None

    @property
    def chain(self) -> int:
        """The first handoff of this case, as far as we know it was passed on."""
        return self.chain_id or self.id

    @property
    def holder_id(self) -> int | None:
        """Who owes the customer the next step, once nobody is searched for any more."""
        return self.taker_id if self.state == HandoffState.TAKEN else self.requester_id


class Offer(Base):
    """One person asked to take one handoff over."""

    __tablename__ = "offers"
    __table_args__ = (UniqueConstraint("handoff_id", "person_id"), Index("ix_offers_lately", "state", "asked_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoffs.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True, info={"erase": "row"})
    rung: Mapped[str]  # on which they were last asked
    as_supervisor: Mapped[bool] = mapped_column(default=False)
    because: Mapped[list[str]] = mapped_column(JSON, default=list)  # why they were asked: see ladder.Because
    state: Mapped[str] = mapped_column(default=OfferState.ASKED)
    asks: Mapped[int] = mapped_column(default=1)  # how often; each time the one card they have makes itself heard
    asked_at: Mapped[datetime] = mapped_column(Moment)
    undelivered: Mapped[bool] = mapped_column(default=False)  # the platform would not take it
    why_text: Mapped[str | None] = mapped_column("why", Sealed("offers.why"), default=None)  # why they declined

    @property
    def subject(self) -> Subject:
        """The subject of the card that asks them."""
        return Subject.of("offer", self.handoff_id)


class HandoffTimes(Settings):
    """How long an organisation lets each rung wait; without a row, the defaults hold."""

    __tablename__ = "handoff_times"

    one_s: Mapped[int]
    everybody_s: Mapped[int]
    supervisors_s: Mapped[int]
    nobody_min: Mapped[int]
    cooling_min: Mapped[int]

    @property
    def times(self) -> Times:
        """These times as the ladder takes them."""
        return Times(
            one=timedelta(seconds=self.one_s),
            everybody=timedelta(seconds=self.everybody_s),
            supervisors=timedelta(seconds=self.supervisors_s),
            nobody=timedelta(minutes=self.nobody_min),
            cooling=timedelta(minutes=self.cooling_min),
        )
