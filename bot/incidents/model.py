"""Rows of the incidents domain: the incident with its promise, what was said to customers, and what happened when."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.directory.model import Settings
from bot.directory.shifts import read_shifts
from bot.incidents.decisions.cadence import CADENCES, Promise, Rules, Stage
from bot.say.directions import isolated
from bot.store.database import Base, Moment, Sealed
from bot.understanding.drafts import OwnWords


def words_listed(line: str) -> tuple[str, ...]:
    """Read words with commas between."""
    return tuple(dict.fromkeys(word for one in line.split(",") if (word := one.strip())))


class IncidentState(enum.StrEnum):
    """How far an incident has come."""

    PLANNED = "planned"  # known ahead: customers are told before it begins
    OPEN = "open"  # customers notice it
    RESOLVED = "resolved"


LIVE = (IncidentState.PLANNED, IncidentState.OPEN)


class EventKind(enum.StrEnum):
    """What happened to an incident."""

    PLANNED = "planned"
    OPENED = "opened"
    BEGAN = "began"  # a planned one
    UPDATED = "updated"  # customers were told, as somebody said
    DRAFTED = "drafted"  # an update was prepared, and nobody has said yet that customers have it
    NOTED = "noted"  # internally
    NAGGED = "nagged"
    SNOOZED = "snoozed"
    PAUSED = "paused"
    RESUMED = "resumed"  # before the snooze or the pause was over
    OFFERED = "offered"  # its ownership
    OWNED = "owned"  # by somebody else from now on
    SEVERITY = "severity"
    RESOLVED = "resolved"
    REOPENED = "reopened"


class Words(BaseModel):
    """What people wrote about an event."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice: str = ""  # what customers notice
    doing: str = ""  # what is being done, or what they can do
    note: str = ""  # internal, or a reason
    where: str = ""  # customers were told
    names_time: bool = False  # the sentences say themselves by when customers hear more
    flags: tuple[str, ...] = ()  # what was pointed out before customers had it

    @property
    def whole(self) -> str:
        """What customers read, in one line."""
        return f"{self.notice} {self.doing}".strip()


class Incident(Base):
    """A problem hitting customers, and the promise of the next update about it."""

    __tablename__ = "incidents"
    __table_args__ = (
        UniqueConstraint("organisation_id", "number"),
        Index("ix_incidents_state", "organisation_id", "state"),
        Index("ix_incidents_watched", "state", "next_due_at"),
        Index("ix_incidents_ended", "organisation_id", "state", "resolved_at", "number"),
        Index("ix_incidents_owner", "owner_id", "state"),
        Index("ix_incidents_twins", "organisation_id", "title_hash", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]  # of the organisation
    title: Mapped[str] = mapped_column(Sealed("incidents.title"))
    title_hash: Mapped[str]
    severity: Mapped[int]
    state: Mapped[str]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))  # its channel
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), info={"erase": "name"})
    offered_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None, info={"erase": "name"})
    opened_at: Mapped[datetime] = mapped_column(Moment)
    starts_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # of a planned one
    resolved_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    first_update_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    promise_made_at: Mapped[datetime] = mapped_column(Moment)
    promise_at: Mapped[datetime] = mapped_column(Moment)  # what customers were told
    wanted_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # sooner: what its severity asks of us
    prepared_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # an update nobody has confirmed
    stage: Mapped[int] = mapped_column(default=Stage.QUIET)
    said_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    resume_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    paused: Mapped[bool] = mapped_column(default=False)  # until then; a snooze is not a pause
    nagged: Mapped[list[int]] = mapped_column(  # people who were reminded of this promise in their direct chat
        JSON, default=list, info={"lists": "people.id"}
    )
    orphaned_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # the owner is away: supervisors asked
    unreached: Mapped[bool] = mapped_column(default=False)  # no warning reaches the owner, who seems to be there
    handover_asked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # for the end of that shift
    next_due_at: Mapped[datetime | None] = mapped_column(Moment, default=None, index=True)

    @property
    def heading(self) -> str:
        """Name it above its cards and in lists."""
        return f"#{self.number} {isolated(self.title[:140])}"

    @property
    def began_at(self) -> datetime:
        """Say when customers began to notice it."""
        return self.starts_at or self.opened_at

    @property
    def is_called_off(self) -> bool:
        """Say whether it was planned and ended before it began."""
        return self.starts_at is not None and self.resolved_at is not None and self.resolved_at < self.starts_at

    @property
    def due_at(self) -> datetime:
        """Say by when news is due: as promised, or sooner because it has become worse."""
        return min(self.promise_at, self.wanted_at) if self.wanted_at is not None else self.promise_at

    def promise(self, cadence: timedelta) -> Promise:
        """See the promise with the eyes of the cadence."""
        return Promise(
            severity=self.severity,
            cadence=cadence,
            made_at=self.promise_made_at,
            at=self.due_at,
            stage=Stage(self.stage),
            said_at=self.said_at,
            resume_at=self.resume_at,
        )


class IncidentEvent(Base):
    """Something that happened to an incident: the record that is shown later."""

    __tablename__ = "incident_events"
    __table_args__ = (
        Index("ix_incident_events_incident", "incident_id", "id"),
        Index("ix_incident_events_kept", "organisation_id", "kept_at", "told_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(  # who did it; None: the clock
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )
    about_id: Mapped[int | None] = mapped_column(  # whom it concerned
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )
    words_text: Mapped[str | None] = mapped_column("words", Sealed("incident_events.words"), default=None)
    promise_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # made by it
    kept_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # the promise it kept, or missed
    until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # of a snooze or a pause
    stage: Mapped[int | None] = mapped_column(default=None)  # of a nag
    severity: Mapped[int | None] = mapped_column(default=None)
    late: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # customers, as somebody said
    told_by_id: Mapped[int | None] = mapped_column(  # who said so
        ForeignKey("people.id"), default=None, info={"erase": "name"}
    )

    @property
    def reached_at(self) -> datetime:
        """When its words reached customers, or else when it happened."""
        return self.told_at or self.at

    @property
    def words(self) -> Words:
        """What was written."""
        return Words.model_validate_json(self.words_text) if self.words_text else Words()


class IncidentSettings(Settings):
    """How an organisation keeps its promises; without a row, the defaults hold."""

    __tablename__ = "incident_settings"

    cadence_1_min: Mapped[int] = mapped_column(default=CADENCES[1])
    cadence_2_min: Mapped[int] = mapped_column(default=CADENCES[2])
    cadence_3_min: Mapped[int] = mapped_column(default=CADENCES[3])
    cadence_4_min: Mapped[int] = mapped_column(default=CADENCES[4])
    hours_text: Mapped[str] = mapped_column("hours", default="")  # working hours; sev3 and sev4 wait for them
    customer_places: Mapped[list[int]] = mapped_column(JSON, default=list)  # conversations that customers read
    own_jargon: Mapped[str] = mapped_column(default="")  # words that customers do not know, commas between
    own_promises: Mapped[str] = mapped_column(default="")  # that nobody may make

    @property
    def rules(self) -> Rules:
        """See the settings as the domain uses them."""
        lengths = (self.cadence_1_min, self.cadence_2_min, self.cadence_3_min, self.cadence_4_min)
        return Rules(
            cadences={severity: timedelta(minutes=length) for severity, length in enumerate(lengths, 1)},
            hours=read_shifts(self.hours_text) if self.hours_text else (),
            places=tuple(self.customer_places),
            own=OwnWords(words_listed(self.own_jargon), words_listed(self.own_promises)),
        )
