"""Rows of who and where: who owns the data, who is in it, and where they can be reached."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, validates

from bot.directory.shifts import Shift, read_shifts
from bot.store.database import Base, Moment, Sealed
from bot.typing.names import tidy_name


class ConversationKind(enum.StrEnum):
    """What sort of place a conversation is."""

    CHANNEL = "channel"  # everybody in it reads along
    DIRECT = "direct"  # one person and the bot
    HOME = "home"  # a page one person looks at, and nobody speaks on


class Organisation(Base):
    """Who owns everything; it may have several workspaces."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="UTC")
    case_url: Mapped[str | None] = mapped_column(default=None)  # with {case} where the reference goes
    english: Mapped[str] = mapped_column(default="gb")  # British, American (us) or Indian (in)
    emergency: Mapped[str | None] = mapped_column(default=None)  # its own instruction, with numbers
    hold_warning_s: Mapped[int] = mapped_column(default=45)  # a hold this long gets the first notice
    hold_limit_s: Mapped[int] = mapped_column(default=60)  # no customer should be on hold for longer
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of shifts and quiet hours."""
        return ZoneInfo(self.time_zone)

    @property
    def hold_warning(self) -> timedelta:
        """How long a hold may last before the first notice."""
        return timedelta(seconds=self.hold_warning_s)

    @property
    def hold_limit(self) -> timedelta:
        """How long a hold may last at all."""
        return timedelta(seconds=self.hold_limit_s)


class Settings(Base):
    """What an organisation has set of one kind; without a row, everything is as shipped."""

    __abstract__ = True

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)


class Workspace(Base):
    """One Slack team, Teams tenant or playground of an organisation."""

    __tablename__ = "workspaces"
    __table_args__ = (UniqueConstraint("platform", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    platform: Mapped[str]
    address: Mapped[str]  # the platform's id
    name: Mapped[str]


class Conversation(Base):
    """A place where we speak."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("workspace_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    address: Mapped[str]  # the platform's id
    kind: Mapped[str]
    name: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(  # of a direct chat
        ForeignKey("people.id"), default=None, index=True, info={"erase": "name"}
    )
    is_support: Mapped[bool] = mapped_column(default=False)  # the channel where the support team works

    @property
    def shown(self) -> str:
        """How people call a channel; empty where we only know the platform's id, as of private ones in Slack."""
        is_id = self.name == self.address and (self.address != self.address.lower() or ":" in self.address)
        return f"#{self.name}" if self.name and not is_id else ""


class Person(Base):
    """Somebody."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    locale: Mapped[str] = mapped_column(default="en")
    named_by_hand: Mapped[bool] = mapped_column(default=False, server_default=false())  # the platform's does not count
    time_zone: Mapped[str] = mapped_column(default="")  # set by hand; empty: the platform's
    platform_zone: Mapped[str] = mapped_column(default="", server_default="")  # empty: the organisation's
    is_agent: Mapped[bool] = mapped_column(default=False)
    is_supervisor: Mapped[bool] = mapped_column(default=False)
    is_admin: Mapped[bool] = mapped_column(default=False)
    left_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # every platform of theirs, until they act
    removed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # taken off the team, until added again
    away_since: Mapped[datetime | None] = mapped_column(Moment, default=None)
    away_until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # None while away: until they say so
    away_reason: Mapped[str | None] = mapped_column(Sealed("people.away_reason"), default=None)
    back_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when they last said they are back
    shifts_text: Mapped[str] = mapped_column("shifts", default="")  # as `write_shifts` writes them
    skills: Mapped[list[str]] = mapped_column(JSON, default=list)
    capacity: Mapped[int] = mapped_column(default=1)  # handoffs accepted and not completed
    hinted_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when a platform was last asked
    quiet_until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # what it thinks: a hint, no more
    spared_until: Mapped[datetime | None] = mapped_column(Moment, default=None)  # not asked for cases; why: nobody's
    by_group: Mapped[str] = mapped_column(default="", server_default="")  # the group that brought them to the team
    linked: Mapped[bool] = mapped_column(default=False, server_default=false())  # has identities on several platforms
    is_nobody: Mapped[bool] = mapped_column(default=False, server_default=false())  # stands for who is no longer named

    @validates("name")
    def _on_one_line(self, _key: str, name: str) -> str:
        """Whoever says what somebody is called, a form or a platform: it stands in the middle of our sentences."""
        return name if name.isprintable() else tidy_name(name)

    def zone_in(self, organisation: Organisation) -> ZoneInfo:
        """Give the zone of their shifts and of times they type: their own, or else the organisation's."""
        return ZoneInfo(self.zone_name(organisation))

    def zone_name(self, organisation: Organisation) -> str:
        """Name it: as set by hand, or as their platform says, or the organisation's."""
        return self.time_zone or self.platform_zone or organisation.time_zone

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The weekly working hours; none means always."""
        return read_shifts(self.shifts_text) if self.shifts_text else ()

    @property
    def on_team(self) -> bool:
        """Say whether they have any role, and have not left."""
        return self.left_at is None and (self.is_agent or self.is_supervisor or self.is_admin)


class Identity(Base):
    """The same somebody on one platform."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("workspace_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True, info={"erase": "row"})
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id"))
    address: Mapped[str]  # the platform's id
    last_acted_at: Mapped[datetime] = mapped_column(Moment)  # within a minute
    left_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # the platform says that they are gone
